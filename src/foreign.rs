//! Text that came from elsewhere: a server's body, a program's stderr, a line of a log, a file.
//!
//! [`Foreign`] is the only way such text gets into facts, findings and output. Making one redacts
//! secrets, escapes what could drive a terminal or reorder a line, and caps the length.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::ascii::{Captures, Regex};

/// The most characters that one piece of foreign text keeps.
pub const MAX_CHARS: usize = 2_000;

/// Text from elsewhere, made harmless: no secret, no control or bidirectional character, capped.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Foreign(String);

impl Foreign {
    /// Makes `text` harmless.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self::capped(text, MAX_CHARS)
    }

    /// Makes bytes harmless; what is not UTF-8 is replaced.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        // A secret may begin before the cap and end after it: redaction sees four times the cap.
        let head = bytes.get(..MAX_CHARS * 4).unwrap_or(bytes);
        Self::new(&String::from_utf8_lossy(head))
    }

    /// Makes `text` harmless and keeps at most `max` characters of it.
    #[must_use]
    pub fn capped(text: &str, max: usize) -> Self {
        let head =
            text.char_indices().nth(max.saturating_mul(4)).map_or(text, |(end, _)| without_cut_url(&text[..end]));
        let mut kept = String::new();
        // ssh and programs of Windows end lines with CR and LF: that much is no trick.
        for (count, c) in redact(head).replace("\r\n", "\n").chars().enumerate() {
            if count == max {
                kept.push('…');
                break;
            }
            escape_into(c, &mut kept);
        }
        Self(kept)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl AsRef<str> for Foreign {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Foreign {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Foreign {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

/// A facts file is foreign too: what is read from it passes the same gate.
impl<'de> Deserialize<'de> for Foreign {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::new(&text))
    }
}

/// Text that was cut, without the URL that it ends in: its host, which shows that a user stands before it, is gone.
fn without_cut_url(text: &str) -> &str {
    let last = text.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    text.rfind("://").filter(|at| *at >= last).map_or(text, |at| &text[..at])
}

/// Whether a character could drive a terminal or reorder what is around it.
#[must_use]
pub fn is_dangerous(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{61c}')
}

fn escape_into(c: char, out: &mut String) {
    match c {
        '\n' => out.push('\n'),
        '\t' => out.push(' '),
        c if is_dangerous(c) => out.extend(c.escape_unicode()),
        c => out.push(c),
    }
}

/// A form of secret.
struct Secret {
    /// In lower case: where none of these stands there is none. Compiling a pattern takes longer than reading a page.
    signs: &'static [&'static str],
    pattern: &'static str,
    /// What stands in its place, behind the groups that stay.
    with: &'static str,
    regex: OnceLock<Option<Regex>>,
}

impl Secret {
    const fn new(signs: &'static [&'static str], pattern: &'static str, with: &'static str) -> Self {
        Self { signs, pattern, with, regex: OnceLock::new() }
    }

    /// Blanks of other widths are blanks here too.
    fn regex(&self) -> Option<&Regex> {
        let compile = || {
            let blanks = "(?:\\s|\u{a0}|\u{3000})";
            let pattern = self.pattern.replace(r"\s*", &format!("{blanks}*")).replace(r"\s+", &format!("{blanks}+"));
            Regex::new(&pattern).ok()
        };
        self.regex.get_or_init(compile).as_ref()
    }
}

/// The user part of a URL: see `without_user`.
static USER: Secret = Secret::new(&["://"], r#"(?i)([a-z][a-z0-9+.-]*://)([^\s"'<>]+)"#, "");

static SECRETS: [Secret; 8] = [
    // Private keys, whole or cut off.
    Secret::new(
        &["-----begin "],
        r"(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\z)",
        "-----PRIVATE KEY REDACTED-----",
    ),
    // A token ends with its word; whatever else the header may hold ends with the line.
    Secret::new(
        &["authorization"],
        r#"(?i)\b((?:(?:proxy-)?authorization\s*[:=]\s*["']?)+)(?:((?:(?:basic|bearer|token|negotiate)\s+)+)[^\s"']+|.+)"#,
        "REDACTED",
    ),
    Secret::new(
        &["-token", "x-api-key", "x-jfrog-art-api", "cookie"],
        r"(?i)\b((?:private-token|x-api-key|job-token|deploy-token|x-jfrog-art-api|set-cookie|cookie)\s*[:=]\s*)\S.*",
        "REDACTED",
    ),
    Secret::new(&["password"], r"(?i)\b((?:login\s+\S+\s+)?(?:password\s+)+)\S+", "REDACTED"),
    Secret::new(
        &["?", "&", ";"],
        r#"(?i)([?&;](?:[a-z0-9_-]*(?:token|secret|signature|password|passwd|credential|api[_-]?key)|x-amz-[a-z-]+|x-goog-[a-z-]+|sig|se|sv|access_key)=)[^&\s"']+"#,
        "REDACTED",
    ),
    Secret::new(&["x-amz-", "x-goog-"], r#"(?i)\b(x-(?:amz|goog)-[a-z-]+=)[^&\s"']+"#, "REDACTED"),
    Secret::new(
        &["token", "secret", "passw", "apikey", "api_key"],
        r#"(?i)\b([a-z0-9_]*(?:token|secret|passwd|password|api_?key)\s*[=:]\s*["']?)[^\s"',;&]+"#,
        "REDACTED",
    ),
    Secret::new(
        &["gh", "glpat-", "xox", "akia"],
        r"\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}|xox[abpr]-[A-Za-z0-9-]{10,}|AKIA[0-9A-Z]{16})",
        "REDACTED",
    ),
];

/// `text` without the secrets that it may hold: the user part of URLs, Authorization headers,
/// netrc passwords, signed query strings, well-known tokens and private keys.
#[must_use]
pub fn redact(text: &str) -> Cow<'_, str> {
    let low = text.to_ascii_lowercase();
    let mut text = Cow::Borrowed(text);
    for secret in std::iter::once(&USER).chain(&SECRETS) {
        if !secret.signs.iter().any(|sign| low.contains(sign)) {
            continue;
        }
        let Some(regex) = secret.regex() else { continue };
        let next = if std::ptr::eq(secret, &USER) {
            regex.replace_all(&text, without_user)
        } else {
            regex.replace_all(&text, |found| format!("{}{}{}", found.text(1), found.text(2), secret.with))
        };
        if let Cow::Owned(next) = next {
            text = Cow::Owned(next);
        }
    }
    text
}

/// The user part of a URL goes, wherever it ends: a password may hold a slash or an at sign. The at
/// signs that the GOPROXY protocol puts into paths (`/@v/`, `/@latest`, `path@v1.2.3`) end none.
fn without_user(found: &Captures<'_>) -> String {
    let (scheme, rest) = (found.text(1), found.text(2));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let names_a_port = authority
        .rsplit_once(':')
        .is_none_or(|(_, port)| port.trim_end_matches([')', ',', '.', ']', ':']).chars().all(|c| c.is_ascii_digit()));
    // A URL in a URL hides where the first one ends.
    let one = !rest.contains("://");
    if one && !authority.contains('@') && (names_a_port || authority.starts_with('[')) {
        return found.text(0).to_owned();
    }
    let end = rest.rmatch_indices('@').map(|(at, _)| at).find(|at| {
        let after = &rest.as_bytes()[at + 1..];
        let of_the_protocol = rest[..*at].ends_with('/') && (after.starts_with(b"v/") || after.starts_with(b"latest"));
        let version = after.first() == Some(&b'v') && after.get(1).is_some_and(u8::is_ascii_digit);
        !(of_the_protocol || version)
    });
    match end {
        // `ssh://git@host` names no secret, and people need to see it.
        Some(at) if &rest[..at] == "git" => found.text(0).to_owned(),
        Some(at) => format!("{scheme}REDACTED@{}", &rest[at + 1..]),
        None => found.text(0).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_do_not_pass() {
        for text in [
            "https://S3cr3t@host/x",
            "https://u:S3cr3t@host/x",
            "https://u:pw/S3cr3t@host/x",
            "https://u:p@ss/S3cr3t@host/a/@v/list",
            "https://u:pw@S3cr3t@host/a/b@v1.0.0",
            "404https://u:S3cr3t@host/",
            "https://https://u:S3cr3t@host/",
            "Authorization: Bearer S3cr3t",
            "authorization: S3cr3t",
            "machine h login u password S3cr3t",
            "https://h/x?X-Amz-Signature=S3cr3t&y=1",
            "https://h/x?access_token=S3cr3t",
            "X-Amz-Signature=S3cr3t expired",
            "PRIVATE-TOKEN: S3cr3t",
            "-----BEGIN OPENSSH PRIVATE KEY-----\nS3cr3t\n-----END OPENSSH PRIVATE KEY-----",
            "GITHUB_TOKEN=S3cr3t",
            "étoken=S3cr3t",
            "password\u{a0}S3cr3t",
            "Authorization:\u{3000}Bearer\u{3000}S3cr3t",
            "Authorization: 'Authorization: Bearer Bearer S3cr3t'",
            "Authorization: Digest username=\"u\", response=\"S3cr3t\"",
            "login password password S3cr3t",
            "password password S3cr3t",
        ] {
            assert!(!Foreign::new(text).as_str().contains("S3cr3t"), "{text} → {}", Foreign::new(text));
        }
    }

    #[test]
    fn what_is_no_secret_stays() {
        for text in [
            "ssh://git@host/x.git",
            "git@github.com:acme/x.git",
            "user@host",
            "github.com/a/b@v1.2.3",
            "https://h/a@v1",
        ] {
            assert_eq!(Foreign::new(text).as_str(), text);
        }
    }

    #[test]
    fn terminal_and_bidirectional_characters_are_escaped() {
        assert_eq!(Foreign::new("a\u{1b}[31mb\u{202e}c\rd").as_str(), "a\\u{1b}[31mb\\u{202e}c\\u{d}d");
    }

    #[test]
    fn the_line_ends_of_ssh_are_plain() {
        assert_eq!(Foreign::new("denied.\r\nfatal").as_str(), "denied.\nfatal");
    }

    #[test]
    fn a_url_that_was_cut_before_its_host_goes() {
        let text = format!("token={} https://u:S3cr3t@h/", "x".repeat(377));
        assert_eq!(Foreign::capped(&text, 100).as_str(), "token=REDACTED https");
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(Foreign::capped(&"x".repeat(100), 10).as_str(), "xxxxxxxxxx…");
    }
}
