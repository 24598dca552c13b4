//! A page of the knowledge base on a terminal.

use super::paint::Paint;

/// The Markdown of a page drawn for a terminal: headings stand out, commands and logs are set in and
/// not wrapped, the marks of Markdown are gone.
#[must_use]
pub fn drawn(markdown: &str, color: bool, ascii: bool) -> String {
    let paint = Paint::new(color, ascii);
    let mut text = String::new();
    let mut block: Option<&str> = None;
    for line in markdown.lines() {
        let drawn = match (block, line.strip_prefix("```")) {
            (None, Some(info)) => {
                block = Some(info);
                continue;
            }
            (Some(_), Some(_)) => {
                block = None;
                continue;
            }
            (Some("sh"), None) => format!("    {}", paint.command(line)),
            (Some(_), None) => format!("    {}", paint.faint(line)),
            (None, None) => match line.strip_prefix("## ") {
                Some(heading) => paint.strong(heading),
                None => line.to_owned(),
            },
        };
        text.push_str(&drawn);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Code, Lang};

    #[test]
    fn marks_of_markdown_become_looks() {
        let text = drawn("## Fix\n\nDo it.\n\n```sh\ngo mod tidy\n```\n\n```log\ngo: no\n```\n", false, false);
        assert_eq!(text, "Fix\n\nDo it.\n\n    go mod tidy\n\n    go: no\n");
        colored::control::set_override(true);
        let text = drawn("## Fix\n```sh\ngo mod tidy\n```\n", true, false);
        assert_eq!(text, "\u{1b}[1mFix\u{1b}[0m\n    \u{1b}[36mgo mod tidy\u{1b}[0m\n");
    }

    #[test]
    fn no_page_loses_a_line_or_keeps_a_fence() {
        for lang in [Lang::En, Lang::Zh] {
            for code in Code::ALL {
                let body = code.page(lang).unwrap().body;
                let text = drawn(body, false, false);
                assert!(!text.contains("```") && !text.contains("## "), "{code}");
                let fences = body.lines().filter(|line| line.starts_with("```")).count();
                assert_eq!(text.lines().count() + fences, body.lines().count(), "{code}");
            }
        }
    }
}
