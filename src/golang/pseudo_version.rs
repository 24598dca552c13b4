//! Pseudo-versions: the versions that go gives to commits without a tag
//! (<https://go.dev/ref/mod#pseudo-versions>).
//!
//! Three shapes, by the newest tag before the commit: `vX.0.0-TIME-REV` (none),
//! `vX.Y.(Z+1)-0.TIME-REV` (a release) and `vX.Y.Z-pre.0.TIME-REV` (a pre-release).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::semver;

/// The digits of the time in a pseudo-version, `yyyymmddhhmmss` in UTC.
pub const TIME_DIGITS: usize = 14;

/// The length of the revision in a canonical pseudo-version made from a git hash.
pub const REVISION_LENGTH: usize = 12;

/// A pseudo-version taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PseudoVersion<'a> {
    text: &'a str,
    /// `vX.0.0`, `vX.Y.Z-0` or `vX.Y.Z-pre.0`.
    prefix: &'a str,
    /// The commit time, `yyyymmddhhmmss` in UTC; digits, but perhaps no date (month 13).
    pub time: &'a str,
    /// The shortened revision.
    pub revision: &'a str,
    /// The build suffix with its `+`, or empty; in practice `+incompatible`.
    pub build: &'a str,
}

/// Why go refuses a pseudo-version before or after it asked the repository.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum PseudoVersionError {
    /// The time is not one: a month 13, an hour 24.
    #[error("malformed time {time:?}")]
    MalformedTime {
        /// The digits.
        time: String,
    },
    /// `vX.0.0-…+incompatible`: no tag before it, yet an incompatible one is claimed.
    #[error("lacks base version, but has build metadata {build:?}")]
    BuildWithoutBase {
        /// The build suffix.
        build: String,
    },
    /// `vX.Y.0-0.…` would follow a tag with patch number -1.
    #[error("version before {base} would have negative patch number")]
    NegativePatch {
        /// The version that would follow it.
        base: String,
    },
    /// The revision is a longer prefix of the commit hash than go writes.
    #[error("revision is longer than canonical (expected {expected})")]
    RevisionTooLong {
        /// The revision as go writes it.
        expected: String,
    },
    /// The revision is a shorter prefix of the commit hash than go writes.
    #[error("revision is shorter than canonical (expected {expected})")]
    RevisionTooShort {
        /// The revision as go writes it.
        expected: String,
    },
    /// The commit has another hash.
    #[error("does not match short name of revision (expected {expected})")]
    OtherRevision {
        /// The revision as go writes it.
        expected: String,
    },
    /// The commit has another time.
    #[error("does not match version-control timestamp (expected {expected})")]
    OtherTime {
        /// The time as go writes it.
        expected: String,
    },
    /// No tag before the commit, yet the major version is v1.
    #[error("major version without preceding tag must be v0, not v1")]
    MajorWithoutTag,
}

impl<'a> PseudoVersion<'a> {
    /// Takes a version apart; `None` if it is no pseudo-version.
    #[must_use]
    pub fn parse(version: &'a str) -> Option<Self> {
        if version.bytes().filter(|b| *b == b'-').count() < 2 {
            return None;
        }
        let build = semver::build(version)?;
        let without_build = version.strip_suffix(build)?;
        let (rest, revision) = without_build.rsplit_once('-')?;
        if revision.is_empty() || !revision.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return None;
        }
        let at = rest.len().checked_sub(TIME_DIGITS)?;
        let time = rest.get(at..)?;
        if !time.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let before = rest.get(..at)?;
        let prefix = before.strip_suffix(['-', '.'])?;
        let shape = if before.ends_with('-') {
            // Only vX.0.0-TIME-REV has the time right after the numbers.
            prefix.strip_prefix('v')?.split_once('.').is_some_and(|(_, minor_patch)| minor_patch == "0.0")
        } else {
            // The `0` before the time begins the pre-release or follows another identifier.
            semver::prerelease(prefix).is_some_and(|pre| pre == "-0" || pre.ends_with(".0"))
        };
        shape.then_some(Self { text: version, prefix, time, revision, build })
    }

    /// The tag that the version is based on, if any: `v1.2.3` of `v1.2.4-0.TIME-REV`, `v1.2.3-pre` of
    /// `v1.2.3-pre.0.TIME-REV`.
    ///
    /// # Errors
    ///
    /// [`PseudoVersionError::BuildWithoutBase`] and [`PseudoVersionError::NegativePatch`].
    pub fn base(&self) -> Result<Option<String>, PseudoVersionError> {
        let build = self.build;
        match semver::prerelease(self.prefix).unwrap_or_default() {
            "" if build.is_empty() => Ok(None),
            "" => Err(PseudoVersionError::BuildWithoutBase { build: build.to_owned() }),
            "-0" => {
                let next = self.prefix.strip_suffix("-0").unwrap_or(self.prefix);
                let negative = || PseudoVersionError::NegativePatch { base: next.to_owned() };
                let (numbers, patch) = next.rsplit_once('.').ok_or_else(negative)?;
                let patch = one_less(patch).ok_or_else(negative)?;
                Ok(Some(format!("{numbers}.{patch}{build}")))
            }
            _ => Ok(Some(format!("{}{build}", self.prefix.strip_suffix(".0").unwrap_or(self.prefix)))),
        }
    }

    /// Checks that the time is a date.
    ///
    /// # Errors
    ///
    /// [`PseudoVersionError::MalformedTime`].
    pub fn check_time(&self) -> Result<(), PseudoVersionError> {
        let field = |from: usize, to: usize| self.time.get(from..to).and_then(|digits| digits.parse::<i16>().ok());
        let valid = (|| {
            let (year, month, day) = (field(0, 4)?, field(4, 6)?, field(6, 8)?);
            let (hour, minute, second) = (field(8, 10)?, field(10, 12)?, field(12, 14)?);
            jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
            Some(hour < 24 && minute < 60 && second < 60)
        })();
        if valid == Some(true) { Ok(()) } else { Err(PseudoVersionError::MalformedTime { time: self.time.to_owned() }) }
    }

    /// Compares with what the repository says of the commit, in go's order: revision, time, base.
    /// The tags before the commit are not looked at.
    ///
    /// # Errors
    ///
    /// Any [`PseudoVersionError`]. `path_major` is the major suffix of the module path (`/v2`) or
    /// empty.
    pub fn check_commit(
        &self,
        short_revision: &str,
        commit_time: &str,
        path_major: &str,
    ) -> Result<(), PseudoVersionError> {
        if self.revision != short_revision {
            let expected = short_revision.to_owned();
            return Err(if self.revision.starts_with(short_revision) {
                PseudoVersionError::RevisionTooLong { expected }
            } else if short_revision.starts_with(self.revision) {
                PseudoVersionError::RevisionTooShort { expected }
            } else {
                PseudoVersionError::OtherRevision { expected }
            });
        }
        self.check_time()?;
        if self.time != commit_time {
            return Err(PseudoVersionError::OtherTime { expected: commit_time.to_owned() });
        }
        let without_build = self.text.strip_suffix(semver::INCOMPATIBLE).unwrap_or(self.text);
        let base = Self::parse(without_build).map_or(Ok(None), |plain| plain.base())?;
        if base.is_none() && path_major.is_empty() && semver::major(self.text) == Some("v1") {
            return Err(PseudoVersionError::MajorWithoutTag);
        }
        Ok(())
    }

    /// Whether it is the placeholder `vX.0.0-00010101000000-000000000000`, which stands for a
    /// module that only a replacement provides.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.time == "00010101000000"
            && self.revision == "000000000000"
            && self.build.is_empty()
            && semver::prerelease(self.prefix) == Some("")
    }
}

/// Whether `version` is a pseudo-version.
#[must_use]
pub fn is_pseudo_version(version: &str) -> bool {
    PseudoVersion::parse(version).is_some()
}

/// A decimal number minus one, of any length; `None` for zero.
fn one_less(decimal: &str) -> Option<String> {
    let mut digits = decimal.as_bytes().to_vec();
    let last = digits.iter().rposition(|digit| *digit != b'0')?;
    digits[last] -= 1;
    digits[last + 1..].fill(b'9');
    if digits.len() > 1 && digits.first() == Some(&b'0') {
        digits.remove(0);
    }
    String::from_utf8(digits).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEGMENT: &str = "20170915032832-14c0d48ead0c";

    #[test]
    fn the_three_shapes_and_their_bases() {
        for (prefix, base) in [
            ("v0.0.0-", Ok(None)),
            ("v2.0.0-", Ok(None)),
            ("v1.2.4-0.", Ok(Some("v1.2.3"))),
            ("v1.2.10-0.", Ok(Some("v1.2.9"))),
            ("v1.2.1000-0.", Ok(Some("v1.2.999"))),
            ("v1.2.3-pre.0.", Ok(Some("v1.2.3-pre"))),
            ("v1.2.3-0.0.", Ok(Some("v1.2.3-0"))),
            ("v1.3.0-0.", Err("version before v1.3.0 would have negative patch number")),
        ] {
            let version = format!("{prefix}{SEGMENT}");
            let parsed = PseudoVersion::parse(&version).unwrap();
            assert_eq!((parsed.time, parsed.revision), ("20170915032832", "14c0d48ead0c"), "{version}");
            let found = parsed.base().map_err(|error| error.to_string());
            assert_eq!(found, base.map(|tag| tag.map(str::to_owned)).map_err(str::to_owned), "{version}");
        }
        let version = format!("v2.0.1-0.{SEGMENT}+incompatible");
        assert_eq!(PseudoVersion::parse(&version).unwrap().base().unwrap().as_deref(), Some("v2.0.0+incompatible"));
        let version = format!("v2.0.0-{SEGMENT}+incompatible");
        assert_eq!(
            PseudoVersion::parse(&version).unwrap().base().unwrap_err().to_string(),
            r#"lacks base version, but has build metadata "+incompatible""#
        );
    }

    #[test]
    fn what_is_no_pseudo_version() {
        for version in [
            "v1.0.0",
            "v1.0.0-rc1",
            "v0.0.0-2017091503283-14c0d48ead0c",
            "v0.1.0-20170915032832-14c0d48ead0c",
            "v0.0.0-20170915032832-",
            "v0.0.0-20170915032832",
            "v1.2.3-1.20170915032832-14c0d48ead0c",
            "v1.2.3-pre.20170915032832-14c0d48ead0c",
            "0.0.0-20170915032832-14c0d48ead0c",
            "v0.0.0-120170915032832-14c0d48ead0c",
        ] {
            assert!(!is_pseudo_version(version), "{version}");
        }
    }

    #[test]
    fn times() {
        assert!(PseudoVersion::parse("v0.0.0-20240229235959-14c0d48ead0c").unwrap().check_time().is_ok());
        for time in ["20230229000000", "20231301000000", "20230101240000", "20230101006000", "20230101000060"] {
            let version = format!("v0.0.0-{time}-14c0d48ead0c");
            let error = PseudoVersion::parse(&version).unwrap().check_time().unwrap_err();
            assert_eq!(error.to_string(), format!("malformed time {time:?}"));
        }
    }

    #[test]
    fn against_the_commit() {
        let check = |version: &str, major: &str| {
            PseudoVersion::parse(version)
                .unwrap()
                .check_commit("14c0d48ead0c", "20170915032832", major)
                .map_err(|error| error.to_string())
        };
        assert_eq!(check("v0.0.0-20170915032832-14c0d48ead0c", ""), Ok(()));
        for (version, error) in [
            ("v0.0.0-20170915032832-14c0d48ead0cffff", "revision is longer than canonical (expected 14c0d48ead0c)"),
            ("v0.0.0-20170915032832-14c0d4", "revision is shorter than canonical (expected 14c0d48ead0c)"),
            ("v0.0.0-20170915032832-24c0d48ead0c", "does not match short name of revision (expected 14c0d48ead0c)"),
            (
                "v0.0.0-20170915032833-14c0d48ead0c",
                "does not match version-control timestamp (expected 20170915032832)",
            ),
            ("v1.0.0-20170915032832-14c0d48ead0c", "major version without preceding tag must be v0, not v1"),
        ] {
            assert_eq!(check(version, ""), Err(error.to_owned()), "{version}");
        }
        assert_eq!(check("v2.0.0-20170915032832-14c0d48ead0c", "/v2"), Ok(()));
    }

    #[test]
    fn the_placeholder() {
        assert!(PseudoVersion::parse("v3.0.0-00010101000000-000000000000").unwrap().is_zero());
        assert!(!PseudoVersion::parse("v0.0.0-20170915032832-14c0d48ead0c").unwrap().is_zero());
    }
}
