//! The line of a git configuration file on which a setting stands: `git config` does not tell it.

/// The line, from 1, of the last `key = value` in `text`; `key` as git lists it: section and name in
/// lower case, the subsection as written between them.
///
/// Values that go on over several lines are not found.
#[must_use]
pub fn line_of(text: &str, key: &str, value: &str) -> Option<usize> {
    let (section, name) = key.rsplit_once('.')?;
    let mut here = false;
    let mut found = None;
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let mut rest = line.trim();
        if let Some(header) = rest.strip_prefix('[') {
            let Some((named, after)) = header_of(header) else {
                here = false;
                continue;
            };
            here = named == section;
            rest = after.trim();
        }
        if !here {
            continue;
        }
        let (written, assigned) = rest.split_once('=').unwrap_or((rest, ""));
        if written.trim().eq_ignore_ascii_case(name) && unquoted(assigned.trim()) == value {
            found = Some(at + 1);
        }
    }
    found
}

/// What stands in a section's brackets, in the form of a key, and what follows them.
fn header_of(header: &str) -> Option<(String, &str)> {
    let end = header.find(['"', ']'])?;
    let section = header.get(..end)?.trim().to_ascii_lowercase();
    if header[end..].starts_with(']') {
        return Some((section, header.get(end + 1..)?));
    }
    let mut subsection = String::new();
    let mut escaped = false;
    for (at, c) in header.char_indices().skip_while(|(at, _)| *at <= end) {
        match c {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => {
                let after = header.get(at + 1..)?.trim_start().strip_prefix(']')?;
                return Some((format!("{section}.{subsection}"), after));
            }
            _ => {
                subsection.push(c);
                escaped = false;
            }
        }
    }
    None
}

/// A value without its quotation marks, its escapes and the comment after it.
fn unquoted(written: &str) -> String {
    let mut value = String::new();
    // How much of the value is more than blanks outside of quotation marks.
    let mut end = 0;
    let mut quoted = false;
    let mut chars = written.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => quoted = !quoted,
            '#' | ';' if !quoted => break,
            '\\' => value.extend(match chars.next() {
                Some('n') => Some('\n'),
                Some('t') => Some('\t'),
                Some('b') => Some('\u{8}'),
                other => other,
            }),
            c => value.push(c),
        }
        if quoted || !c.is_whitespace() {
            end = value.len();
        }
    }
    value.truncate(end);
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"# mine
[user]
	name = u
[url "git@h:"]
	insteadOf = https://h/
	insteadOf = "https://h/team/" ; the team
[URL "ssh://git@other/"] InsteadOf=https://other/
[url "a\"b"]
	insteadof = x\\y # a comment
[url.old]
	insteadof = z
[broken
	insteadof = https://h/
"#;

    #[test]
    fn settings_are_found_as_git_reads_them() {
        for (key, value, line) in [
            ("url.git@h:.insteadof", "https://h/", Some(5)),
            ("url.git@h:.insteadof", "https://h/team/", Some(6)),
            ("url.ssh://git@other/.insteadof", "https://other/", Some(7)),
            ("url.a\"b.insteadof", "x\\y", Some(9)),
            ("url.old.insteadof", "z", Some(11)),
            ("user.name", "u", Some(3)),
            ("url.git@h:.insteadof", "https://other/", None),
            ("url.none.insteadof", "https://h/", None),
            ("insteadof", "https://h/", None),
        ] {
            assert_eq!(line_of(FILE, key, value), line, "{key} {value}");
        }
    }

    #[test]
    fn of_two_the_later_counts() {
        let text = "[url \"a:\"]\ninsteadOf = x\n[url \"a:\"]\n  insteadOf = x\n";
        assert_eq!(line_of(text, "url.a:.insteadof", "x"), Some(4));
    }
}
