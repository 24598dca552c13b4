//! Fitting text into columns, where a Chinese character takes two.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::foreign::is_dangerous;

/// The columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// `text` filled with blanks to `columns`.
pub(super) fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// `text` on one line of at most `columns`. What is too long loses its middle: the beginning tells
/// what it is, the end which one.
pub(super) fn cut_middle(text: &str, columns: usize, ellipsis: &str) -> String {
    let text = harmless(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if width(&text) <= columns {
        return text;
    }
    let room = columns.saturating_sub(width(ellipsis));
    let head = room.div_ceil(2);
    let kept_head = take(text.chars(), head);
    let kept_tail: String = take(text.chars().rev(), room - head).chars().rev().collect();
    format!("{}{ellipsis}{}", kept_head.trim_end(), kept_tail.trim_start())
}

/// `text` with what could drive a terminal or reorder a line escaped. Foreign text was escaped when it
/// got in; this is the last gate before the terminal.
fn harmless(text: &str) -> Cow<'_, str> {
    let dangerous = |c: char| is_dangerous(c) && !matches!(c, '\n' | '\t');
    if !text.contains(dangerous) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if dangerous(c) { safe.extend(c.escape_unicode()) } else { safe.push(c) }
    }
    Cow::Owned(safe)
}

/// As many characters from the front as fit into `columns`.
fn take(chars: impl Iterator<Item = char>, columns: usize) -> String {
    let mut used = 0;
    let mut kept = String::new();
    for c in chars {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        kept.push(c);
    }
    kept
}

/// `text` in lines of at most `columns`, broken at blanks and between Chinese characters. A word
/// that is longer than a line is broken where the line ends.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let text = harmless(text);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in words(&text) {
        let glued = line.is_empty() || !word.after_blank;
        let gap = usize::from(!glued);
        // A word that fits on no line is broken anyway: it begins where the reader is.
        let fits = width(&line) + gap + width(word.text) <= columns;
        if !line.is_empty() && !fits && width(word.text) <= columns {
            lines.push(std::mem::take(&mut line));
        } else if !glued {
            line.push(' ');
        }
        line.push_str(word.text);
        while width(&line) > columns {
            let mut head = take(line.chars(), columns);
            if head.is_empty() {
                head.extend(line.chars().next());
            }
            line.drain(..head.len());
            head.truncate(head.trim_end().len());
            lines.push(head);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// A piece of text between two places where a line may end.
struct Word<'a> {
    text: &'a str,
    /// Whether a blank stands before it.
    after_blank: bool,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    for (index, chunk) in text.split_whitespace().enumerate() {
        let mut start = 0;
        let mut before: Option<char> = None;
        for (at, c) in chunk.char_indices() {
            if before.is_some_and(|before| may_break(before, c)) {
                words.push(Word { text: &chunk[start..at], after_blank: index > 0 && start == 0 });
                start = at;
            }
            before = Some(c);
        }
        words.push(Word { text: &chunk[start..], after_blank: index > 0 && start == 0 });
    }
    words
}

/// Whether a line may end between two characters that no blank separates: beside a Chinese
/// character, but not before closing or after opening punctuation.
fn may_break(before: char, after: char) -> bool {
    let wide = |c: char| c.width() == Some(2);
    let closing = |c: char| "，。：；！？、）」』》”’…·%".contains(c);
    let opening = |c: char| "（「『《“‘".contains(c);
    (wide(before) || wide(after)) && !closing(after) && !opening(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_in_the_middle() {
        assert_eq!(cut_middle("short", 10, "…"), "short");
        assert_eq!(cut_middle("a\n  b\tc", 10, "…"), "a b c");
        assert_eq!(
            cut_middle("GET https://goproxy.corp.example/x/@v/v1.5.2.info: 401", 30, "…"),
            "GET https://gop….5.2.info: 401"
        );
        assert_eq!(cut_middle("0123456789", 7, "..."), "01...89");
        assert_eq!(cut_middle("模块代理要求登录", 9, "…"), "模块…登录");
        assert_eq!(cut_middle("0123456789", 0, "…"), "…");
    }

    #[test]
    fn lines_end_at_blanks_and_between_chinese_characters() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("", 8), Vec::<String>::new());
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("模块代理要求登录，但没有", 16), ["模块代理要求登", "录，但没有"]);
        assert_eq!(wrap("第 3 行写的是 goproxy:8443，而", 16), ["第 3 行写的是", "goproxy:8443，而"]);
    }

    #[test]
    fn nothing_that_drives_a_terminal_passes() {
        assert_eq!(cut_middle("a\u{1b}[2Jb", 80, "…"), "a\\u{1b}[2Jb");
        assert_eq!(wrap("a\u{202e}b\rc", 80), ["a\\u{202e}b\\u{d}c"]);
    }

    #[test]
    fn no_line_is_too_long_whatever_the_text() {
        let text = "见 https://goproxy.corp.example/a/very/long/path/@v/v1.5.2.info（go 按原样比较）and so on 模块代理";
        for columns in 1..60 {
            for line in wrap(text, columns) {
                assert!(width(&line) <= columns.max(2), "{columns}: {line}");
            }
        }
        for columns in 1..60 {
            assert!(width(&cut_middle(text, columns, "…")) <= columns);
        }
    }
}
