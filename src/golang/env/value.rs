//! The value of a variable.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::goproxy;
use crate::foreign::{is_dangerous, redact};

/// The most characters of a value that leave the program.
const MAX_CHARS: usize = 16_384;

/// The value of a variable, verbatim. It may hold a secret, such as the user part of a proxy's URL:
/// what is serialised and what `Debug` shows holds none. Carriage returns and tabs stay, since they
/// decide what go makes of a value.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Value {
    raw: String,
    shown: Option<String>,
}

impl Value {
    /// The value of the variable `name`, which decides where secrets may be.
    #[must_use]
    pub fn new(name: &str, raw: &str) -> Self {
        let shown = shown(name, raw);
        Self { raw: raw.to_owned(), shown: (shown != raw).then_some(shown) }
    }

    /// The value of the variable `name` as it was stored: a secret in it is gone for good.
    #[must_use]
    pub fn stored(name: &str, text: &str) -> Self {
        Self { raw: shown(name, text), shown: None }
    }

    /// A value without anything that may be shown of it.
    #[must_use]
    pub fn secret(raw: &str) -> Self {
        Self { raw: raw.to_owned(), shown: Some("REDACTED".to_owned()) }
    }

    /// The value, with any secret in it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.raw
    }

    /// The value for showing it: without secrets and characters that could drive a terminal.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.shown.as_deref().unwrap_or(&self.raw)
    }

    /// Whether there is no value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }
}

fn shown(name: &str, raw: &str) -> String {
    let is_list_of_urls = name == "GOPROXY" || name.to_ascii_uppercase().ends_with("_PROXY");
    let redacted = if is_list_of_urls { goproxy::redacted(raw) } else { redact(raw).into_owned() };
    let mut shown = String::with_capacity(redacted.len());
    for (count, c) in redacted.chars().enumerate() {
        if count == MAX_CHARS {
            shown.push('…');
            break;
        }
        if is_dangerous(c) && !matches!(c, '\r' | '\n' | '\t') {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.shown(), f)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.shown())
    }
}

/// A facts file is foreign too: what is read from it is redacted again. Where the name of the
/// variable is known, [`Value::stored`] does it better.
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::stored("", &String::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_kept_but_not_shown() {
        for (name, raw) in [
            ("GOPROXY", "https://u:S3cr3t@h,direct"),
            ("HTTPS_PROXY", "u:S3cr3t@proxy:3128"),
            ("http_proxy", "http://u:S3cr3t@proxy:3128"),
            ("HTTPS_PROXY", "http://u:S3c,S3cr3t@proxy:3128"),
            ("HTTPS_PROXY", "http://u:S3cr3t,x@proxy:3128"),
            ("GOAUTH", "helper --token=S3cr3t"),
            ("GOFLAGS", "-ldflags=-X=main.password=S3cr3t"),
        ] {
            let value = Value::new(name, raw);
            assert_eq!(value.as_str(), raw);
            let json = serde_json::to_string(&value).unwrap();
            assert!(!json.contains("S3cr3t") && !format!("{value:?}").contains("S3cr3t"), "{name}={raw} → {json}");
        }
    }

    #[test]
    fn what_decides_survives_serialisation() {
        for raw in ["github.com/acme\r", " a.com, b.com\t", "https://a,direct|off", "*.corp", ""] {
            let value = Value::new("GOPRIVATE", raw);
            let back: Value = serde_json::from_str(&serde_json::to_string(&value).unwrap()).unwrap();
            assert_eq!(back, value);
            assert_eq!(Value::stored("HOME", "/home/u@corp"), Value::new("HOME", "/home/u@corp"));
        }
    }

    #[test]
    fn a_facts_file_cannot_smuggle_secrets_or_controls() {
        let value: Value = serde_json::from_str("\"https://u:S3cr3t@h\\u001b[31m\\u202e\"").unwrap();
        assert!(!value.as_str().contains("S3cr3t") && !value.as_str().contains(['\u{1b}', '\u{202e}']));
    }
}
