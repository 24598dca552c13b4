//! Quoting for three shells. `None` means: no way of writing it is safe and sure.

use super::Shell;
use crate::foreign::is_dangerous;

/// One argument, quoted where it needs to be. `~/` at its beginning means the home folder.
pub(super) fn quote(shell: Shell, text: &str) -> Option<String> {
    let mut chars = text.chars();
    let first = chars.next();
    let plain = first.is_some_and(|c| !matches!(c, '~' | '@')) && text.chars().all(|c| is_plain(shell, c));
    // PowerShell takes `-name.rest` and `-name:rest` for two arguments.
    let split = shell == Shell::PowerShell && first == Some('-') && text.contains(['.', ':']);
    if plain && !split {
        return Some(text.to_owned());
    }
    if first == Some('-') { quote_always(shell, text) } else { quote_path(shell, text) }
}

/// A path as one argument; it is never taken for an option.
pub(super) fn quote_path(shell: Shell, path: &str) -> Option<String> {
    if path.starts_with('-') {
        return quote_always(shell, &format!("./{path}")).filter(|_| path.contains(['/', '\\']));
    }
    let Some(rest) = path.strip_prefix("~/") else {
        return match path.chars().all(|c| is_plain(shell, c)) && !path.is_empty() && !path.starts_with(['~', '@']) {
            true => Some(path.to_owned()),
            false => quote_always(shell, path),
        };
    };
    match shell {
        Shell::Sh if rest.chars().all(|c| is_plain(shell, c)) => Some(path.to_owned()),
        Shell::Sh => Some(format!("~/{}", quote_always(shell, rest)?)),
        Shell::PowerShell => rest.chars().all(is_tame).then(|| format!("\"$HOME/{rest}\"")),
        Shell::Cmd => {
            let inner = quote_always(shell, &rest.replace('/', "\\"))?;
            Some(format!("\"%USERPROFILE%\\{}", &inner[1..]))
        }
    }
}

/// One argument, quoted even where it need not be.
pub(super) fn quote_always(shell: Shell, text: &str) -> Option<String> {
    if text.chars().any(is_dangerous) {
        return None;
    }
    let tame = text.chars().all(is_tame);
    match shell {
        Shell::Sh if tame => Some(format!("\"{text}\"")),
        Shell::Sh => Some(format!("'{}'", text.replace('\'', r"'\''"))),
        // Before 7.3 PowerShell drops empty arguments and mangles double quotes and a backslash at
        // the end when it starts a program.
        Shell::PowerShell if text.is_empty() || text.contains('"') || text.ends_with('\\') => None,
        Shell::PowerShell => powershell_string(text),
        // `%` cannot be escaped at the prompt, and `\"` means a quotation mark to most programs.
        Shell::Cmd if text.contains(['"', '%']) || text.ends_with('\\') => None,
        Shell::Cmd => Some(format!("\"{text}\"")),
    }
}

/// A string of PowerShell's own, which no program has to take apart again.
pub(super) fn powershell_string(text: &str) -> Option<String> {
    if text.chars().any(is_dangerous) {
        return None;
    }
    if text.chars().all(is_tame) {
        return Some(format!("\"{text}\""));
    }
    let mut quoted = String::from("'");
    for c in text.chars() {
        // All of these end a single-quoted string; doubled, they stand for themselves.
        if matches!(c, '\'' | '\u{2018}'..='\u{201b}') {
            quoted.push(c);
        }
        quoted.push(c);
    }
    quoted.push('\'');
    Some(quoted)
}

/// A path as a string of PowerShell's own; `~/` at its beginning means the home folder.
pub(super) fn powershell_path(path: &str) -> Option<String> {
    match path.strip_prefix("~/") {
        Some(_) => quote_path(Shell::PowerShell, path),
        None => powershell_string(path),
    }
}

/// `below` under `folder`, with the folder's own separator.
pub(super) fn join_path(folder: &str, below: &str) -> String {
    if folder.contains('\\') && !folder.contains('/') {
        format!("{}\\{}", folder.trim_end_matches('\\'), below.replace('/', "\\"))
    } else {
        format!("{}/{below}", folder.trim_end_matches('/'))
    }
}

/// Whether a character stands for itself outside of quotes.
fn is_plain(shell: Shell, c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '_' | '-' | '.' | '/' | ':' | '@' | '+')
        || (c == '\\' && shell != Shell::Sh)
}

/// Whether a character stands for itself between double quotes in sh, PowerShell and cmd alike.
fn is_tame(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(
            c,
            ' ' | '.'
                | '_'
                | '-'
                | '/'
                | ':'
                | ','
                | '|'
                | '='
                | '@'
                | '~'
                | '+'
                | '*'
                | '?'
                | '['
                | ']'
                | '#'
                | ';'
                | '{'
                | '}'
                | '('
                | ')'
                | '<'
                | '>'
                | '&'
                | '\''
                | '^'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_shell_quotes_in_its_own_way() {
        for (text, sh, powershell, cmd) in [
            ("v1.2.3", "v1.2.3", "v1.2.3", "v1.2.3"),
            ("a b", "\"a b\"", "\"a b\"", "\"a b\""),
            ("a$b", "'a$b'", "'a$b'", "\"a$b\""),
            ("a'$b", r"'a'\''$b'", "'a''$b'", "\"a'$b\""),
            ("a`b", "'a`b'", "'a`b'", "\"a`b\""),
            (r"C:\x", r"'C:\x'", r"C:\x", r"C:\x"),
            (r"C:\a b", r"'C:\a b'", r"'C:\a b'", "\"C:\\a b\""),
            ("a,b", "\"a,b\"", "\"a,b\"", "\"a,b\""),
            ("~/.ssh/id", "~/.ssh/id", "\"$HOME/.ssh/id\"", "\"%USERPROFILE%\\.ssh\\id\""),
            ("~root", "\"~root\"", "\"~root\"", "\"~root\""),
            ("a\u{2019}; x", "'a\u{2019}; x'", "'a\u{2019}\u{2019}; x'", "\"a\u{2019}; x\""),
            ("-x:y", "-x:y", "\"-x:y\"", "-x:y"),
            ("!bang", "'!bang'", "'!bang'", "\"!bang\""),
        ] {
            for (shell, quoted) in [(Shell::Sh, sh), (Shell::PowerShell, powershell), (Shell::Cmd, cmd)] {
                assert_eq!(quote(shell, text).as_deref(), Some(quoted), "{shell:?} {text:?}");
            }
        }
    }

    #[test]
    fn what_cannot_be_quoted_surely_is_not_quoted() {
        for shell in [Shell::Sh, Shell::PowerShell, Shell::Cmd] {
            for text in ["a\nb", "a\rb", "a\0b", "a\u{1b}[2Jb", "a\u{202e}b", "a\u{2066}b", "~/\u{7}"] {
                assert_eq!(quote(shell, text), None, "{shell:?} {text:?}");
                assert_eq!(quote_always(shell, text), None, "{shell:?} {text:?}");
            }
        }
        assert_eq!(quote(Shell::Sh, "").as_deref(), Some("\"\""));
        for (shell, text) in [
            (Shell::PowerShell, ""),
            (Shell::PowerShell, "a\"b"),
            (Shell::PowerShell, "a b\\"),
            (Shell::PowerShell, "~/$(x)"),
            (Shell::Cmd, "a\"b"),
            (Shell::Cmd, "%PATH%"),
            (Shell::Cmd, "a b\\"),
        ] {
            assert_eq!(quote(shell, text), None, "{shell:?} {text:?}");
        }
    }

    #[test]
    fn a_path_is_never_an_option() {
        assert_eq!(quote_path(Shell::Sh, "-rf/x").as_deref(), Some("\"./-rf/x\""));
        assert_eq!(quote_path(Shell::Sh, "-rf"), None);
    }

    #[test]
    fn a_folder_keeps_its_separator() {
        assert_eq!(join_path("/m/", "a/b"), "/m/a/b");
        assert_eq!(join_path(r"C:\m", "a/b"), r"C:\m\a\b");
    }
}
