//! A line without what terminals, CI systems, quoting and web pages put around it or did to it.

use std::borrow::Cow;

mod damage;
mod escaped;
mod page;
mod run_together;
mod terminal;
mod wrappers;

pub(super) use damage::HIDDEN;
pub(super) use terminal::without_sequences;

/// The texts of a line: one, or several where line ends stand in it as `\n`.
pub(super) fn clean(line: &str) -> Vec<String> {
    match page::broken(line) {
        Some(lines) => lines.into_iter().flat_map(clean_line).collect(),
        None => clean_line(line),
    }
}

fn clean_line(line: &str) -> Vec<String> {
    let mut texts = cleaned(line);
    if let [text] = texts.as_mut_slice()
        && let Some(at) = run_together::second(text)
    {
        let second = text.split_off(at);
        texts.push(second);
    }
    texts
}

fn cleaned(line: &str) -> Vec<String> {
    let plain = page::unescaped(page::without_tags(terminal::plain(line)));
    let text = wrappers::without(plain.trim_end());
    match escaped::texts(text) {
        Some(texts) => texts.iter().map(|text| whole(wrappers::without(text.trim_end()))).collect(),
        None => vec![whole(text)],
    }
}

fn whole(text: &str) -> String {
    let mended: Cow<'_, str> = damage::mended(text);
    // The control characters are below the blank, at DEL, and in two bytes behind 0xC2.
    let suspect = mended.bytes().any(|byte| (byte < b' ' && byte != b'\t') || byte == 0x7f || byte == 0xc2);
    if suspect {
        return mended.chars().filter(|c| !c.is_control() || *c == '\t').collect();
    }
    mended.into_owned()
}

#[cfg(test)]
mod tests;
