//! The last gate of a facts document, on the way out and on the way in.

use serde_json::Value;

use crate::foreign::{is_dangerous, redact};

/// The most characters of one text: more than any setting or foreign text keeps.
const MAX_CHARS: usize = 16_500;

/// Takes secrets out of every text and escapes what could drive a terminal. Most texts are clean by
/// their type; names such as module paths are so only by what go accepts, which binds no file.
pub(super) fn clean(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(cleaned) = cleaned(text) {
                *text = cleaned;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(clean),
        Value::Object(fields) => fields.values_mut().for_each(clean),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn cleaned(text: &str) -> Option<String> {
    let short = text.char_indices().nth(MAX_CHARS).map_or(text, |(end, _)| &text[..end]);
    let redacted = redact(short);
    // These decide what go makes of a setting, and the report escapes them once more.
    let drives = |c: char| is_dangerous(c) && !matches!(c, '\r' | '\n' | '\t');
    if redacted == text && !text.contains(drives) {
        return None;
    }
    let mut safe = String::with_capacity(redacted.len());
    for c in redacted.chars() {
        if drives(c) { safe.extend(c.escape_unicode()) } else { safe.push(c) }
    }
    Some(safe)
}
