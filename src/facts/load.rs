//! A facts file, which anybody may have written.

use serde::Deserialize;

use super::clean::clean;
use super::{FACTS_VERSION, Facts};

/// The most bytes of a facts file.
pub const MAX_FILE: u64 = 64 << 20;

/// Why a text is no facts document for this program.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// It is of a form that is not known yet.
    #[error(
        "the facts are of version {found}, and this gomoddoc knows versions up to {FACTS_VERSION}: a newer gomoddoc can read them"
    )]
    Newer {
        /// Its version.
        found: u64,
    },
    /// It does not say that it is one.
    #[error("this is no facts file: it names no facts_version")]
    Unmarked,
    /// It is no such document, or a broken one; the source names line and column.
    #[error("this is no facts file")]
    Malformed(#[from] serde_json::Error),
}

#[derive(Deserialize)]
struct Version {
    facts_version: Option<u64>,
}

/// Reads a document of [`FACTS_VERSION`] or an older one. Fields that are not known are ignored. What
/// is read passes the same gates as what a server or a program says.
///
/// # Errors
/// [`LoadError`].
pub fn load(bytes: &[u8]) -> Result<Facts, LoadError> {
    let version: Version = serde_json::from_slice(bytes)?;
    match version.facts_version {
        None => return Err(LoadError::Unmarked),
        Some(found) if found > u64::from(FACTS_VERSION) => return Err(LoadError::Newer { found }),
        Some(_) => {}
    }
    // Read by its types first: what is not known takes no memory, and errors name their line.
    let facts: Facts = serde_json::from_slice(bytes)?;
    let mut document = serde_json::to_value(facts)?;
    clean(&mut document);
    Ok(serde_json::from_value(document)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::testing;

    fn document() -> serde_json::Value {
        serde_json::to_value(testing::nothing()).unwrap()
    }

    #[test]
    fn newer_and_broken_documents_are_told_apart() {
        let mut newer = document();
        newer["facts_version"] = 2.into();
        let error = load(newer.to_string().as_bytes()).unwrap_err();
        assert!(matches!(error, LoadError::Newer { found: 2 }), "{error}");
        assert!(matches!(load(b"{}"), Err(LoadError::Unmarked)));
        let deep = "[".repeat(100_000);
        let wrong = r#"{"facts_version": 1, "os": 7}"#;
        let huge = r#"{"facts_version": 1e300}"#;
        for text in ["", "go: downloading", "{\n\"facts_version\": }", deep.as_str(), wrong, huge] {
            let error = load(text.as_bytes()).unwrap_err();
            let LoadError::Malformed(source) = &error else { panic!("{error}") };
            assert!(source.line() > 0, "{source}");
        }
    }

    #[test]
    fn unknown_fields_are_ignored_and_missing_sections_are_empty() {
        let mut more = document();
        more["weather"] = serde_json::json!({"sunny": true});
        more.as_object_mut().unwrap().remove("cache");
        assert!(load(more.to_string().as_bytes()).unwrap().cache.get().is_none());
    }

    #[test]
    fn every_text_is_made_harmless() {
        let mut bad = document();
        bad["tool_version"] = "\u{1b}[31m".into();
        bad["arch"] = "\u{202e}46dma".into();
        bad["wishes"]["modules"] = serde_json::json!([{"path": "https://u:S3cr3t@h\u{1b}", "version": "v1"}]);
        let facts = load(bad.to_string().as_bytes()).unwrap();
        let text = format!("{facts:?}");
        assert!(!text.contains("S3cr3t"), "{text}");
        assert_eq!(facts.arch, "\\u{202e}46dma");
        assert_eq!(facts.tool_version, "\\u{1b}[31m");
    }
}
