//! What a web page, a chat or a wiki put into a text: tags, line ends as `<br>`, escaped characters.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"</?(?:a|b|blockquote|code|div|em|font|i|kbd|li|ol|p|pre|samp|span|strong|table|tbody|td|tr|tt|u|ul)(?:\s[^<>]*)?>",
    )
    .ok()
});
static BREAK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"<(?:br|BR) ?/?>").ok());

/// The text without tags.
pub(super) fn without_tags(text: Cow<'_, str>) -> Cow<'_, str> {
    // Most lines end here.
    if !["</", "\">", "<p"].iter().any(|sign| text.contains(sign)) {
        return text;
    }
    let Some(tag) = TAG.as_ref() else { return text };
    match tag.replace_all(&text, "") {
        Cow::Borrowed(_) => text,
        Cow::Owned(plain) => Cow::Owned(plain),
    }
}

/// The lines of a text whose line ends were written as tags; `None` where there are none.
pub(super) fn broken(text: &str) -> Option<Vec<&str>> {
    if !text.contains("<br") && !text.contains("<BR") {
        return None;
    }
    let lines = BREAK.as_ref()?.split(text).filter(|line| !line.trim().is_empty());
    Some(lines.collect())
}

/// What stood before a wiki or a chat escaped it: `ls\_remote`. Paths of Windows are left alone.
pub(super) fn unescaped(text: Cow<'_, str>) -> Cow<'_, str> {
    if ![r"\_", r"\-", r"\@"].iter().any(|sign| text.contains(sign)) || text.contains(r":\") {
        return text;
    }
    Cow::Owned(text.replace(r"\_", "_").replace(r"\-", "-").replace(r"\@", "@"))
}
