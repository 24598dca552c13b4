//! The comments above the package clause.

use super::source_file::Constraint;

/// The build constraint in the comments above the package clause. `//go:build` may stand anywhere
/// there; `// +build` lines only in comment lines that a blank line separates from what follows.
pub(super) fn read_constraint(head: &[u8]) -> Constraint {
    let mut go_build: Option<String> = None;
    let mut lines: Vec<String> = Vec::new();
    // How many of `lines` a blank line follows.
    let mut settled = 0;
    let (mut only_line_comments, mut in_block) = (true, false);
    'lines: for raw in head.split(|&byte| byte == b'\n') {
        let text = String::from_utf8_lossy(raw);
        let mut line = text.trim();
        if line.is_empty() && only_line_comments {
            settled = lines.len();
            continue;
        }
        if !line.starts_with("//") {
            only_line_comments = false;
        }
        if !in_block && let Some(expression) = after_word(line, "//go:build") {
            if go_build.is_some() {
                return Constraint::SeveralGoBuild;
            }
            go_build = Some(expression.to_owned());
        }
        if only_line_comments
            && let Some(words) = line.strip_prefix("//").and_then(|rest| after_word(rest.trim_start(), "+build"))
        {
            lines.push(words.to_owned());
        }
        while !line.is_empty() {
            if in_block {
                let Some((_, rest)) = line.split_once("*/") else { continue 'lines };
                in_block = false;
                line = rest.trim_start();
            } else if line.starts_with("//") {
                continue 'lines;
            } else if let Some(rest) = line.strip_prefix("/*") {
                in_block = true;
                line = rest.trim_start();
            } else {
                break 'lines;
            }
        }
    }
    lines.truncate(settled);
    match go_build {
        Some(expression) => Constraint::GoBuild(expression),
        None if lines.is_empty() => Constraint::None,
        None => Constraint::PlusBuild(lines),
    }
}

/// What follows `word` at the start of `line`, if a blank or nothing separates them.
fn after_word<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let rest = line.strip_prefix(word)?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim())
}
