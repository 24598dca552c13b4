//! Semantic versions as the go command reads them (golang.org/x/mod/semver).
//!
//! They differ from semver.org in three ways: a leading `v` is required, `vMAJOR` and `vMAJOR.MINOR`
//! are short for a `.0` each, and numbers have no upper limit. All functions accept any text; what
//! is no version sorts below every version.

use std::cmp::Ordering;

/// The parts of a valid version, as slices of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Parts<'a> {
    major: &'a str,
    minor: &'a str,
    patch: &'a str,
    /// What is missing to three numbers: empty, `.0` or `.0.0`.
    missing: &'static str,
    /// With its leading `-`, or empty.
    prerelease: &'a str,
    /// With its leading `+`, or empty.
    build: &'a str,
}

fn parse(version: &str) -> Option<Parts<'_>> {
    let (major, rest) = number(version.strip_prefix('v')?)?;
    let mut parts = Parts { major, minor: "0", patch: "0", missing: ".0.0", prerelease: "", build: "" };
    if rest.is_empty() {
        return Some(parts);
    }
    let (minor, rest) = number(rest.strip_prefix('.')?)?;
    (parts.minor, parts.missing) = (minor, ".0");
    if rest.is_empty() {
        return Some(parts);
    }
    let (patch, rest) = number(rest.strip_prefix('.')?)?;
    (parts.patch, parts.missing) = (patch, "");
    let (before, build) = rest.split_at(rest.find('+').unwrap_or(rest.len()));
    (parts.prerelease, parts.build) = (before, build);
    let pre_ok = before.is_empty()
        || before
            .strip_prefix('-')
            .is_some_and(|list| list.split('.').all(|id| is_identifier(id) && !is_bad_number(id)));
    let build_ok = build.is_empty() || build.get(1..).is_some_and(|list| list.split('.').all(is_identifier));
    (pre_ok && build_ok).then_some(parts)
}

/// A decimal number without extra leading zeros, and what follows it.
fn number(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    (!digits.is_empty() && (digits == "0" || !digits.starts_with('0'))).then_some((digits, rest))
}

fn is_identifier(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn is_bad_number(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0') && is_number(text)
}

/// Whether `version` is a version: `v1`, `v1.2`, `v1.2.3`, `v1.2.3-pre`, `v1.2.3+meta`.
#[must_use]
pub fn is_valid(version: &str) -> bool {
    parse(version).is_some()
}

/// The version with three numbers and without build metadata; `None` if it is no version.
#[must_use]
pub fn canonical(version: &str) -> Option<String> {
    let parts = parse(version)?;
    Some(format!("{}{}", version.strip_suffix(parts.build).unwrap_or(version), parts.missing))
}

/// As [`canonical`], but `+incompatible` stays: the form that versions have in go.mod
/// (golang.org/x/mod/module.CanonicalVersion).
#[must_use]
pub fn canonical_version(version: &str) -> Option<String> {
    let canonical = canonical(version)?;
    Some(if is_incompatible(version) { canonical + INCOMPATIBLE } else { canonical })
}

/// Whether the version stands in the form in which go.mod and go.sum hold versions.
#[must_use]
pub fn is_canonical_version(version: &str) -> bool {
    canonical_version(version).is_some_and(|canonical| canonical == version)
}

/// The build suffix of a version from v2 on of a module that has no go.mod.
pub const INCOMPATIBLE: &str = "+incompatible";

/// Whether the version's build suffix is exactly `+incompatible`.
#[must_use]
pub fn is_incompatible(version: &str) -> bool {
    build(version) == Some(INCOMPATIBLE)
}

/// The major version with its `v` (`v2` of `v2.1.0`).
#[must_use]
pub fn major(version: &str) -> Option<&str> {
    let parts = parse(version)?;
    version.get(..=parts.major.len())
}

/// The major and minor version (`v2.1` of `v2.1.0`, `v2.0` of `v2`).
#[must_use]
pub fn major_minor(version: &str) -> Option<String> {
    parse(version).map(|parts| format!("v{}.{}", parts.major, parts.minor))
}

/// The pre-release with its `-` (`-rc.1` of `v1.0.0-rc.1+meta`), empty for a release.
#[must_use]
pub fn prerelease(version: &str) -> Option<&str> {
    parse(version).map(|parts| parts.prerelease)
}

/// The build metadata with its `+`, or empty.
#[must_use]
pub fn build(version: &str) -> Option<&str> {
    parse(version).map(|parts| parts.build)
}

/// The order of precedence. Build metadata does not count; what is no version is below every
/// version and equal to all else that is none.
#[must_use]
pub fn compare(a: &str, b: &str) -> Ordering {
    match (parse(a), parse(b)) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(a), Some(b)) => compare_numbers(a.major, b.major)
            .then_with(|| compare_numbers(a.minor, b.minor))
            .then_with(|| compare_numbers(a.patch, b.patch))
            .then_with(|| compare_prereleases(a.prerelease, b.prerelease)),
    }
}

/// A total order: [`compare`], then the text. This is how go sorts lists of versions.
#[must_use]
pub fn compare_total(a: &str, b: &str) -> Ordering {
    compare(a, b).then_with(|| a.cmp(b))
}

/// Numbers without leading zeros: the longer is the larger.
fn compare_numbers(a: &str, b: &str) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

fn compare_prereleases(a: &str, b: &str) -> Ordering {
    match (a.is_empty(), b.is_empty()) {
        (true, true) => return Ordering::Equal,
        (true, false) => return Ordering::Greater,
        (false, true) => return Ordering::Less,
        (false, false) => {}
    }
    let (mut a, mut b) = (identifiers(a), identifiers(b));
    loop {
        let (x, y) = match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(x), Some(y)) => (x, y),
        };
        let order = match (is_number(x), is_number(y)) {
            (true, true) => compare_numbers(x, y),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => x.cmp(y),
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// The identifiers of a pre-release with its leading hyphen.
fn identifiers(prerelease: &str) -> std::str::Split<'_, char> {
    prerelease.strip_prefix('-').unwrap_or(prerelease).split('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_precedence() {
        let ascending = [
            "",
            "v0.0.0-20060102150405-abcdefabcdef",
            "v1",
            "v1.0.1-alpha",
            "v1.0.1-alpha.1",
            "v1.0.1-alpha.beta",
            "v1.0.1-beta",
            "v1.0.1-beta.2",
            "v1.0.1-beta.11",
            "v1.0.1-rc.1",
            "v1.0.1",
            "v1.2",
            "v1.10.0",
            "v2.0.0",
            "v99999999999999999999999.0.0",
        ];
        for (i, a) in ascending.iter().enumerate() {
            for (j, b) in ascending.iter().enumerate() {
                assert_eq!(compare(a, b), i.cmp(&j), "{a} {b}");
            }
        }
        assert_eq!(compare("v1.0.0+a", "v1.0.0+b"), Ordering::Equal);
        assert_eq!(compare("bad", "worse"), Ordering::Equal);
        assert_eq!(compare_total("v1.0.0", "v1.0.0+incompatible"), Ordering::Less);
    }

    #[test]
    fn what_is_no_version() {
        for text in [
            "",
            "1.0.0",
            "v",
            "v01.0.0",
            "v1.",
            "v1.2.",
            "v1.2.3.4",
            "v1-pre",
            "v1.2-pre",
            "v1.2.3-",
            "v1.2.3-01",
            "v1.2.3-a..b",
            "v1.2.3+",
            "v1.2.3+a..b",
            "v1.2.3-ä",
            "V1.2.3",
            "v1.2.3 ",
            "v1.2.3-a_b",
            "v1.2.3x",
        ] {
            assert!(!is_valid(text), "{text}");
            assert_eq!(canonical(text), None);
        }
    }

    #[test]
    fn the_parts() {
        assert_eq!(canonical("v1").as_deref(), Some("v1.0.0"));
        assert_eq!(canonical("v1.2").as_deref(), Some("v1.2.0"));
        assert_eq!(canonical("v1.2.3-rc.1+meta").as_deref(), Some("v1.2.3-rc.1"));
        assert_eq!(canonical_version("v2.0.0+incompatible").as_deref(), Some("v2.0.0+incompatible"));
        assert_eq!(canonical_version("v2.0.0+other").as_deref(), Some("v2.0.0"));
        assert!(is_canonical_version("v2.0.0+incompatible") && !is_canonical_version("v1"));
        assert_eq!(major("v12.3.4"), Some("v12"));
        assert_eq!(major_minor("v12").as_deref(), Some("v12.0"));
        assert_eq!(prerelease("v1.2.3-pre+meta"), Some("-pre"));
        assert_eq!(build("v1.2.3-pre+meta.1"), Some("+meta.1"));
        assert_eq!(prerelease("v1.2.3-00a"), Some("-00a"));
        assert_eq!(build("v1.2.3+01"), Some("+01"));
    }
}
