//! Go releases and language versions: parsing and order.
//!
//! The rules of `internal/gover` and `cmd/go/internal/gover` since Go 1.21: `1.21` is a language
//! version and lies before `1.21rc1`, `1.21.0` and all other releases of it, while `1.20` is the
//! release `1.20.0`. Numbers have no limit. A text that does not parse is older than any version.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A version as it stands in a `go` line or behind the `go` of a toolchain's name: `1.21`,
/// `1.22.3`, `1.23rc1`.
///
/// Two versions are equal if go treats them as equal: `1.20` and `1.20.0` are.
#[derive(Debug, Clone)]
pub struct GoVersion {
    text: String,
    parts: Parts,
}

/// Decimal numbers without leading zeros; empty where the version has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Parts {
    major: String,
    minor: String,
    patch: String,
    kind: String,
    pre: String,
}

impl GoVersion {
    /// Parses a version without the `go` before it. Nothing if go finds it invalid.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self { text: text.to_owned(), parts: Parts::parse(text)? })
    }

    /// The version as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The language version: `1.22` for `1.22.3` and `1.22rc1`, `1` for `1`.
    #[must_use]
    pub fn lang(&self) -> Self {
        let Parts { major, minor, .. } = &self.parts;
        let text =
            if minor.is_empty() || (major == "1" && minor == "0") { major.clone() } else { format!("{major}.{minor}") };
        Self::parse(&text).unwrap_or_else(|| self.clone())
    }

    /// Whether it is a language version and no release: `1.22`. Before 1.21 there are none, as
    /// `1.20` is also the name of a release.
    #[must_use]
    pub fn is_lang(&self) -> bool {
        self.parts.patch.is_empty() && self.parts.kind.is_empty() && self.parts.pre.is_empty()
    }

    /// Whether it is an alpha, beta or release candidate.
    #[must_use]
    pub fn is_prerelease(&self) -> bool {
        !self.parts.kind.is_empty()
    }

    /// The release that a `go` line of this version needs: the first of the language version for
    /// `1.21` and later, else the version itself.
    #[must_use]
    pub fn first_release(&self) -> Self {
        if self.is_lang() && *self >= Self::from_minor(21) {
            Self::parse(&format!("{}.0", self.text)).unwrap_or_else(|| self.clone())
        } else {
            self.clone()
        }
    }

    /// The language version `1.minor`.
    #[must_use]
    pub fn from_minor(minor: u32) -> Self {
        let text = format!("1.{minor}");
        let patch = if minor < 21 { "0" } else { "" };
        let parts = Parts { major: "1".into(), minor: minor.to_string(), patch: patch.into(), ..Parts::default() };
        Self { text, parts }
    }

    /// The minor release: 26 for `1.26.8`; `None` for what is not Go 1.
    #[must_use]
    pub fn minor(&self) -> Option<u32> {
        if self.parts.major == "1" { self.parts.minor.parse().ok() } else { None }
    }

    /// Whether it is at least `1.minor`, release candidates of it included.
    #[must_use]
    pub fn is_at_least(&self, minor: u32) -> bool {
        *self >= Self::from_minor(minor)
    }

    /// The version that a toolchain's name bears: `1.22.3` for `go1.22.3` and for `go1.22.3-acme`.
    /// Nothing if it is no name of a toolchain; a slash is never part of one.
    #[must_use]
    pub fn of_toolchain(name: &str) -> Option<Self> {
        if name.contains(['/', '\\']) {
            return None;
        }
        let version = name.strip_prefix("go")?;
        Self::parse(version.split([' ', '\t', '-']).next().unwrap_or(version))
    }

    /// The version in the output of `go version`: `go version go1.22.3 linux/amd64`, perhaps with
    /// experiments (`go1.22.3 X:loopvar`) or a suffix after the name. Nothing for a development build.
    #[must_use]
    pub fn of_go_version_output(output: &str) -> Option<Self> {
        output.lines().find_map(|line| {
            let name = line.trim().strip_prefix("go version ")?.split_whitespace().next()?;
            Self::of_toolchain(name)
        })
    }
}

impl Parts {
    fn parse(text: &str) -> Option<Self> {
        let (major, rest) = cut_number(text)?;
        let mut parts = Self { major: major.to_owned(), ..Self::default() };
        if rest.is_empty() {
            parts.minor = "0".to_owned();
            parts.patch = "0".to_owned();
            return Some(parts);
        }
        let (minor, rest) = cut_number(rest.strip_prefix('.')?)?;
        minor.clone_into(&mut parts.minor);
        if rest.is_empty() {
            if compare_numbers(minor, "21").is_lt() {
                parts.patch = "0".to_owned();
            }
            return Some(parts);
        }
        if let Some(rest) = rest.strip_prefix('.') {
            let (patch, rest) = cut_number(rest)?;
            patch.clone_into(&mut parts.patch);
            return rest.is_empty().then_some(parts);
        }
        let digits = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (kind, pre) = rest.split_at(digits);
        if kind.is_empty() || !kind.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        kind.clone_into(&mut parts.kind);
        if !pre.is_empty() {
            let (pre, rest) = cut_number(pre)?;
            pre.clone_into(&mut parts.pre);
            return rest.is_empty().then_some(parts);
        }
        Some(parts)
    }
}

/// A decimal number without needless zeros, and what follows it.
fn cut_number(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    (!number.is_empty() && (number == "0" || !number.starts_with('0'))).then_some((number, rest))
}

fn compare_numbers(x: &str, y: &str) -> Ordering {
    x.len().cmp(&y.len()).then_with(|| x.cmp(y))
}

impl Ord for GoVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        let (x, y) = (&self.parts, &other.parts);
        compare_numbers(&x.major, &y.major)
            .then_with(|| compare_numbers(&x.minor, &y.minor))
            .then_with(|| compare_numbers(&x.patch, &y.patch))
            .then_with(|| x.kind.cmp(&y.kind))
            .then_with(|| compare_numbers(&x.pre, &y.pre))
    }
}

impl PartialOrd for GoVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for GoVersion {
    fn eq(&self, other: &Self) -> bool {
        self.parts == other.parts
    }
}

impl Eq for GoVersion {}

impl std::hash::Hash for GoVersion {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        let Parts { major, minor, patch, kind, pre } = &self.parts;
        (major, minor, patch, kind, pre).hash(state);
    }
}

impl fmt::Display for GoVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl Serialize for GoVersion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for GoVersion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a Go version"))
    }
}

/// Whether go accepts the text as a version.
#[must_use]
pub fn is_valid(text: &str) -> bool {
    Parts::parse(text).is_some()
}

/// Compares two texts as `gover.Compare` does: what is invalid is equal among itself and older
/// than all that is valid.
#[must_use]
pub fn compare(x: &str, y: &str) -> Ordering {
    GoVersion::parse(x).cmp(&GoVersion::parse(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> GoVersion {
        GoVersion::parse(text).unwrap()
    }

    #[test]
    fn versions_compare_as_in_go() {
        use Ordering::{Equal, Less};
        for (x, y, order) in [
            ("", "", Equal),
            ("x", "x", Equal),
            ("", "x", Equal),
            ("x", "1", Less),
            ("1", "1.1", Less),
            ("1.5", "1.6", Less),
            ("1.5", "1.10", Less),
            ("1.6", "1.6.1", Less),
            ("1.19", "1.19.0", Equal),
            ("1.19rc1", "1.19", Less),
            ("1.20", "1.20.0", Equal),
            ("1.20rc1", "1.20", Less),
            ("1.21", "1.21.0", Less),
            ("1.21", "1.21rc1", Less),
            ("1.21rc1", "1.21.0", Less),
            ("1.6", "1.19", Less),
            ("1.19rc1", "1.19rc2", Less),
            ("1.19rc1", "1.19.0", Less),
            ("1.19alpha3", "1.19beta2", Less),
            ("1.19beta2", "1.19rc1", Less),
            ("1.1", "1.99999999999999998", Less),
            ("1.99999999999999998", "1.99999999999999999", Less),
        ] {
            assert_eq!(compare(x, y), order, "{x} {y}");
            assert_eq!(compare(y, x), order.reverse(), "{y} {x}");
        }
    }

    #[test]
    fn validity_is_that_of_go() {
        for text in ["1.2rc3", "1.2.3", "1.999testmod", "1.22", "1.21.0", "1.21rc2", "1", "1.0", "0.1"] {
            assert!(is_valid(text), "{text}");
        }
        for text in [
            "",
            "go1.22",
            "v1.22",
            "1.600+auto",
            "01.2",
            "1.02",
            "1.2.",
            "1.2.3rc1",
            "1.2-rc1",
            "1.2RC1",
            "1.2rc01",
            "1.",
            "1.21.0 ",
        ] {
            assert!(!is_valid(text), "{text}");
        }
    }

    #[test]
    fn language_versions_are_told_from_releases() {
        for (text, lang, is_lang, first) in [
            ("1.2rc3", "1.2", false, "1.2rc3"),
            ("1.2.3", "1.2", false, "1.2.3"),
            ("1.2", "1.2", false, "1.2"),
            ("1", "1", false, "1"),
            ("1.999testmod", "1.999", false, "1.999testmod"),
            ("1.20", "1.20", false, "1.20"),
            ("1.21", "1.21", true, "1.21.0"),
            ("1.23", "1.23", true, "1.23.0"),
            ("1.23.4", "1.23", false, "1.23.4"),
        ] {
            let version = version(text);
            assert_eq!(version.lang().as_str(), lang, "{text}");
            assert_eq!(version.is_lang(), is_lang, "{text}");
            assert_eq!(version.first_release().as_str(), first, "{text}");
        }
        assert!(version("1.23rc1").is_prerelease() && !version("1.23.0").is_prerelease());
    }

    #[test]
    fn toolchain_names_bear_a_version() {
        for (name, expected) in [
            ("go1.2.3", Some("1.2.3")),
            ("1.2.3", None),
            ("go1.2.3+bigcorp", None),
            ("go1.2.3-bigcorp", Some("1.2.3")),
            ("go1.2.3-bigcorp more text", Some("1.2.3")),
            ("go1.2.3\tX:loopvar", Some("1.2.3")),
            ("gccgo-go1.23rc4", None),
            ("go1.2.3-a/b", None),
            ("go1.2.3-a\\b", None),
            ("go", None),
        ] {
            let found = GoVersion::of_toolchain(name);
            assert_eq!(found.as_ref().map(GoVersion::as_str), expected, "{name}");
        }
    }

    #[test]
    fn the_output_of_go_version_is_read() {
        for (output, expected) in [
            ("go version go1.22.3 linux/amd64\n", Some("1.22.3")),
            ("go version go1.22.3 X:nocoverageredesign linux/amd64\n", Some("1.22.3")),
            ("go version go1.22.3-acme darwin/arm64\n", Some("1.22.3")),
            ("go: downloading go1.24.0 (linux/amd64)\ngo version go1.24.0 linux/amd64\r\n", Some("1.24.0")),
            ("go version devel go1.24-8f1a2b Mon linux/amd64\n", None),
            ("bash: go: command not found", None),
        ] {
            let found = GoVersion::of_go_version_output(output);
            assert_eq!(found.as_ref().map(GoVersion::as_str), expected, "{output}");
        }
    }

    #[test]
    fn thresholds_include_release_candidates() {
        assert!(version("1.24rc1").is_at_least(24) && version("1.24").is_at_least(24));
        assert!(!version("1.23.9").is_at_least(24));
        assert!(version("1.20").is_at_least(20));
    }

    #[test]
    fn versions_survive_serialisation() {
        let json = serde_json::to_string(&version("1.22.3")).unwrap();
        assert_eq!(serde_json::from_str::<GoVersion>(&json).unwrap(), version("1.22.3"));
        assert!(serde_json::from_str::<GoVersion>("\"x\"").is_err());
    }
}
