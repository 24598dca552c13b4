//! What web pages, mails and editors did to a text.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::ascii::{Captures, Regex};

/// What stands for a module whose name a web page took for a mail address, and hid.
pub const HIDDEN: &str = "hidden@v0.0.0-hidden";

static HIDDEN_ADDRESS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\[email(?: |&#160;|\u{a0})protected\](?:\([^)\s]*\))?").ok());

/// A link in Markdown whose text is the address or the path itself, and those of Slack, Jira and mails.
static LINK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\[([^\]\s]{3,400})\]\((?:https?://|mailto:)[^)\s]*\)|<(?:https?://|mailto:)[^|>\s]+\|([^>\s]+)>|<(https?://[^\s<>|]+)>|\[(https?://[^\s|\]]+)\|[^\]\s]*\]").ok()
});

const ENTITIES: &[(&str, &str)] = &[
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&#39;", "'"),
    ("&#x27;", "'"),
    ("&#47;", "/"),
    ("&#x2F;", "/"),
    ("&nbsp;", " "),
    ("&#160;", " "),
    // Last: what it makes is no entity.
    ("&amp;", "&"),
];

pub(super) fn mended(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    if text.contains("protected]") {
        replace(&HIDDEN_ADDRESS, &mut text, |_| HIDDEN.to_owned());
    }
    if text.contains("](") || text.contains('|') || text.contains("<http") {
        replace(&LINK, &mut text, |link| (1..=4).map(|group| link.text(group)).collect());
    }
    if text.contains('&') {
        for (entity, plain) in ENTITIES {
            if text.contains(entity) {
                text = Cow::Owned(text.replace(entity, plain));
            }
        }
    }
    if !text.is_ascii() && text.contains(is_typographic) {
        text = Cow::Owned(text.chars().filter_map(typed).collect());
    }
    text
}

fn replace(regex: &LazyLock<Option<Regex>>, text: &mut Cow<'_, str>, with: impl FnMut(&Captures<'_>) -> String) {
    let Some(regex) = regex.as_ref() else { return };
    if let Cow::Owned(new) = regex.replace_all(text, with) {
        *text = Cow::Owned(new);
    }
}

fn is_typographic(c: char) -> bool {
    matches!(
        c,
        '\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{2019}' | '\u{a0}' | '\u{202f}' | '\u{200b}'
            ..='\u{200d}' | '\u{feff}' | '\u{2011}'
    )
}

/// What was typed before an editor made it beautiful.
fn typed(c: char) -> Option<char> {
    match c {
        '\u{201c}' | '\u{201d}' => Some('"'),
        '\u{2018}' | '\u{2019}' => Some('\''),
        '\u{a0}' | '\u{202f}' => Some(' '),
        '\u{2011}' => Some('-'),
        '\u{200b}'..='\u{200d}' | '\u{feff}' => None,
        other => Some(other),
    }
}
