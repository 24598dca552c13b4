//! What was meant for a terminal: colours, links, cursor moves.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// ECMA-48 sequences; the text of a link (OSC 8) stays.
static SEQUENCES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[P^_X][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]").ok()
});

/// The same where the escape character was made visible, or is gone.
static WRITTEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:␛|\^\[|\\x1[bB]|\\u001[bB]|\\033|\\e)\[[0-9;]*[mKGHJ]|\[(?:[0-9]{1,2};)*[0-9]{1,2}m|\[0?K").ok()
});

pub(super) fn plain(line: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(line);
    if text.contains('\u{1b}') {
        text = replaced(&SEQUENCES, text);
    }
    if text.contains(['m', 'K']) && text.contains('[') {
        text = replaced(&WRITTEN, text);
    }
    text
}

fn replaced<'t>(regex: &LazyLock<Option<Regex>>, text: Cow<'t, str>) -> Cow<'t, str> {
    let Some(regex) = regex.as_ref() else { return text };
    match regex.replace_all(&text, "") {
        Cow::Borrowed(_) => text,
        Cow::Owned(plain) => Cow::Owned(plain),
    }
}
