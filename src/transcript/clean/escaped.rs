//! Output that another program wrote into a string: JSON, logfmt, a Python or shell literal.

use std::sync::LazyLock;

use crate::ascii::Regex;
use serde_json::Value;

/// The most texts of one line.
const MAX_TEXTS: usize = 2_000;
/// Strings in strings: a log shipper puts one into another.
const MAX_DEPTH: usize = 3;

/// A line end or a tab that stands as two characters where none of a Windows path can stand.
static ESCAPES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"\\r?\\n|\\n(?:\\t|\s|go:|["']|$|[A-Z][a-z]+ |(?:fatal|remote|error|not found|server response): )|\\t(?:fatal|remote|server|error|ssh|git@|\S+ (?:imports|requires|tested))|\\""#).ok()
});

/// The fields of logfmt that hold output.
static LOGFMT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"\b(?:msg|message|err|error|output|stderr|stdout|log|line|text|reason)=("(?:[^"\\]|\\.)*")"#).ok()
});

/// The texts in a line, each without line ends; `None` where the line is plain.
pub(super) fn texts(line: &str) -> Option<Vec<String>> {
    let mut texts = Vec::new();
    if line.trim_start().starts_with('{') && line.ends_with(['}', ',']) {
        let value: Value = serde_json::from_str(line.trim().trim_end_matches(',')).ok()?;
        strings(&value, MAX_DEPTH, &mut texts);
        return (!texts.is_empty()).then_some(texts);
    }
    if !line.contains('\\') && !line.contains("=\"") {
        return None;
    }
    if let Some(field) = json_field(line) {
        split(&field, MAX_DEPTH, &mut texts);
        return Some(texts);
    }
    let fields: Vec<String> = LOGFMT
        .as_ref()?
        .captures_iter(line)
        .filter_map(|found| serde_json::from_str(found.get(1)?.as_str()).ok())
        .collect();
    if !fields.is_empty()
        && line.contains("=")
        && line
            .split_whitespace()
            .any(|word| word.starts_with("level=") || word.starts_with("time=") || word.starts_with("ts="))
    {
        fields.iter().for_each(|field| split(field, MAX_DEPTH, &mut texts));
        return Some(texts);
    }
    ESCAPES.as_ref()?.is_match(line).then(|| {
        split(line, MAX_DEPTH, &mut texts);
        texts
    })
}

/// The value of `"Error": "…",`, as `go mod download -json` and others write over several lines.
fn json_field(line: &str) -> Option<String> {
    let (name, value) = line.trim().split_once("\": ")?;
    let plain = name.strip_prefix('"')?.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let value = value.trim_end().strip_suffix(',').unwrap_or(value.trim_end());
    // Settings are read in this form.
    let setting = name.starts_with("\"GO") || name.starts_with("\"CGO");
    (plain && !setting && value.starts_with('"')).then(|| serde_json::from_str(value).ok())?
}

/// All strings of a document.
fn strings(value: &Value, depth: usize, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => split(text, depth, texts),
        Value::Array(items) => items.iter().for_each(|item| strings(item, depth, texts)),
        Value::Object(fields) => fields.values().for_each(|field| strings(field, depth, texts)),
        _ => {}
    }
}

fn split(text: &str, depth: usize, texts: &mut Vec<String>) {
    let escaped = depth > 0 && ESCAPES.as_ref().is_some_and(|escapes| escapes.is_match(text));
    let text = if escaped { unescaped(text) } else { text.to_owned() };
    for line in text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()) {
        if texts.len() >= MAX_TEXTS {
            return;
        }
        if depth > 0 && ESCAPES.as_ref().is_some_and(|escapes| escapes.is_match(line)) {
            split(line, depth - 1, texts);
        } else {
            texts.push(line.to_owned());
        }
    }
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n' | 'r') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('u') => {
                let digits: String = std::iter::from_fn(|| chars.next_if(char::is_ascii_hexdigit)).take(4).collect();
                let code = u32::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 4).and_then(char::from_u32);
                match code {
                    Some(code) => out.push(code),
                    None => {
                        out.push_str("\\u");
                        out.push_str(&digits);
                    }
                }
            }
            Some(quoted @ ('"' | '\'' | '\\' | '/')) => out.push(quoted),
            Some(other) => {
                out.push('\\');
                out.push(other);
            }
            None => out.push('\\'),
        }
    }
    out
}
