//! What the body of a module proxy's answer is: what the protocol wants, or what else.

use serde::Deserialize;

use crate::facts::module_proxy::{Body, Want};
use crate::golang::modfile::{GoMod, ReadAs};
use crate::golang::module_hash::{ZipHashError, hash_go_mod, hash_zip};
use crate::golang::module_path::ModuleVersion;
use crate::golang::module_zip::{Archive, MAX_GO_MOD, MAX_LICENSE, MAX_TOTAL, Problem, check};
use crate::golang::platform::Os;
use crate::model::Foreign;
use crate::model::transport::{BodyEnd, HttpAnswer};

/// What an `.info` and `@latest` hold, as far as go looks at it.
#[derive(Debug, Deserialize)]
struct Info {
    #[serde(rename = "Version", default)]
    version: String,
}

/// What go.sum records of a module version.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Hashes of the zip; none where go.sum has no line.
    pub zip: Vec<String>,
    /// Hashes of the go.mod.
    pub go_mod: Vec<String>,
}

/// Judges nothing: names what `bytes` are, given what was asked for. `whole` says that they are all of
/// the body.
#[must_use]
pub fn classify(want: Want, module: &ModuleVersion, bytes: &[u8], whole: bool, recorded: &Recorded, os: Os) -> Body {
    match want {
        Want::List if looks_like_html(bytes) => Body::Html,
        Want::List => Body::Good,
        Want::Info | Want::Latest => info(module, bytes),
        Want::Mod => go_mod(bytes, recorded, os),
        Want::Zip => zip(module, bytes, whole, recorded),
    }
}

/// A body that broke off, by what was announced.
#[must_use]
pub fn cut_short(http: &HttpAnswer) -> Option<Body> {
    let announced = http.header("content-length").and_then(|length| length.parse().ok());
    match &http.body_end {
        BodyEnd::Failed { .. } => Some(Body::CutShort { announced, came: http.body_bytes }),
        BodyEnd::Complete | BodyEnd::Capped => None,
    }
}

fn info(module: &ModuleVersion, bytes: &[u8]) -> Body {
    match serde_json::from_slice::<Info>(bytes) {
        _ if bytes.iter().all(u8::is_ascii_whitespace) => Body::Empty,
        _ if looks_like_html(bytes) => Body::Html,
        Err(_) => Body::NotJson,
        // A branch or a commit resolves to a version; a version must resolve to itself.
        Ok(info) if crate::golang::semver::is_canonical_version(&module.version) && info.version != module.version => {
            Body::OtherVersion { got: Foreign::capped(&info.version, 100) }
        }
        Ok(_) => Body::Good,
    }
}

fn go_mod(bytes: &[u8], recorded: &Recorded, os: Os) -> Body {
    if bytes.len() as u64 > MAX_GO_MOD {
        return Body::TooLarge { limit: MAX_GO_MOD };
    }
    if looks_like_html(bytes) {
        return Body::Html;
    }
    let got = hash_go_mod(bytes);
    if let Some(first) = recorded.go_mod.first().filter(|_| !recorded.go_mod.contains(&got)) {
        return Body::OtherHash { recorded: first.clone(), got };
    }
    // With a hash that go.sum vouches for, go takes whatever it is.
    if recorded.go_mod.is_empty() && !GoMod::parse(bytes, ReadAs::Dependency, os).problems.is_empty() {
        return Body::NotGoMod;
    }
    Body::Good
}

fn zip(module: &ModuleVersion, bytes: &[u8], whole: bool, recorded: &Recorded) -> Body {
    if bytes.is_empty() {
        return Body::Empty;
    }
    // A zip begins with the header of its first entry, or, with none, with the end record.
    if !(bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")) {
        return if looks_like_html(bytes) { Body::Html } else { Body::NotZip };
    }
    if !whole {
        return Body::Good;
    }
    let Ok(archive) = Archive::read(bytes) else { return Body::NotZip };
    if let Some(violation) = check(&archive, module).into_iter().next() {
        let entry = violation.entry.unwrap_or_default();
        let problem = Foreign::capped(&format!("{entry}: {}", violation.problem), 300);
        return match violation.problem {
            Problem::ZipTooLarge { .. } | Problem::TotalTooLarge => Body::TooLarge { limit: MAX_TOTAL },
            Problem::GoModTooLarge => Body::TooLarge { limit: MAX_GO_MOD },
            Problem::LicenseTooLarge => Body::TooLarge { limit: MAX_LICENSE },
            Problem::Path(_) | Problem::NotUtf8 | Problem::Collision { .. } => Body::BadName { problem },
            _ => Body::BadZipEntry { problem },
        };
    }
    match hash_zip(&archive, MAX_TOTAL) {
        Err(ZipHashError::TooLarge { limit }) => Body::TooLarge { limit },
        Err(error) => Body::BadZipEntry { problem: Foreign::capped(&error.to_string(), 300) },
        Ok(got) => match recorded.zip.first() {
            Some(first) if !recorded.zip.contains(&got) => Body::OtherHash { recorded: first.clone(), got },
            _ => Body::Good,
        },
    }
}

/// A login page, an error page of a firewall, a single-page application.
#[must_use]
pub fn looks_like_html(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..512).unwrap_or(bytes)).trim_start().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<script", "<body", "<?xml"].iter().any(|tag| head.starts_with(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module() -> ModuleVersion {
        ModuleVersion::new("a.example/b", "v1.0.0")
    }

    fn body(want: Want, bytes: &[u8]) -> Body {
        classify(want, &module(), bytes, true, &Recorded::default(), Os::Linux)
    }

    #[test]
    fn an_info_must_be_json_of_the_version_asked_for() {
        assert_eq!(body(Want::Info, br#"{"Version":"v1.0.0","Time":"2020-01-01T00:00:00Z"}"#), Body::Good);
        assert_eq!(body(Want::Info, br#"{"Version":"v1.0.1"}"#), Body::OtherVersion { got: "v1.0.1".into() });
        assert_eq!(body(Want::Info, b"<html><body>Log in"), Body::Html);
        assert_eq!(body(Want::Info, b" \n"), Body::Empty);
        assert_eq!(body(Want::Info, b"not found"), Body::NotJson);
        let branch = ModuleVersion::new("a.example/b", "main");
        let answer = br#"{"Version":"v0.0.0-20200101000000-0123456789ab"}"#;
        assert_eq!(classify(Want::Info, &branch, answer, true, &Recorded::default(), Os::Linux), Body::Good);
    }

    #[test]
    fn a_mod_is_judged_by_its_hash_first() {
        let text = b"module a.example/b\n";
        let recorded = |hash: &str| Recorded { zip: vec![], go_mod: vec![hash.to_owned()] };
        let judge =
            |bytes: &[u8], recorded: &Recorded| classify(Want::Mod, &module(), bytes, true, recorded, Os::Linux);
        assert_eq!(judge(text, &recorded(&hash_go_mod(text))), Body::Good);
        assert!(matches!(judge(text, &recorded("h1:x")), Body::OtherHash { .. }));
        assert_eq!(body(Want::Mod, b"what is this\n"), Body::NotGoMod);
        assert_eq!(body(Want::Mod, b"<!DOCTYPE html>"), Body::Html);
    }

    #[test]
    fn a_zip_is_judged_whole_only_when_it_is_whole() {
        let cut = b"PK\x03\x04 and then the connection ended";
        assert_eq!(body(Want::Zip, cut), Body::NotZip);
        assert_eq!(classify(Want::Zip, &module(), cut, false, &Recorded::default(), Os::Linux), Body::Good);
        assert_eq!(body(Want::Zip, b"<html>"), Body::Html);
        assert_eq!(body(Want::Zip, b""), Body::Empty);
    }
}
