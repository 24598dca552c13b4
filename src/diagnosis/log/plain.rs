//! Messages that mean the same wherever they stand.

use super::subject::{About, subject};
use super::{Meaning, Told, ticket};
use crate::catalog::Code;
use crate::catalog::messages::Depth::{self, Root, Usual, Vague};
use crate::facts::transcript::Said;
use crate::golang::go_version::GoVersion;
use crate::golang::standard_library;
use crate::model::{Subject, SubjectKind};

/// The format, what it means, how near to the root that is, and what it is about. Of two that are equally
/// deep the first decides.
pub(super) const MEANINGS: &[(&str, Code, Depth, About)] = &[
    ("os/no-space", Code::DiskFull, Root, About::File),
    ("go/work-no-space", Code::DiskFull, Root, About::File),
    ("git/cannot-write", Code::CachePermission, Root, About::File),
    ("go/build-cache", Code::CachePermission, Root, About::File),
    ("go/environment", Code::EnvInvalid, Root, About::Variable("")),
    ("go/module-cache", Code::CachePermission, Root, About::File),
    ("go/lock", Code::CacheLock, Root, About::File),
    ("go/lock-folder", Code::CacheLock, Root, About::File),
    ("go/file-name", Code::FileNameLimit, Root, About::Module),
    ("git/file-name", Code::FileNameLimit, Root, About::Module),
    ("go/denied", Code::CachePermission, Root, About::File),
    ("go/size-limit", Code::SizeLimit, Root, About::Module),
    ("go/toolchain-damaged", Code::CacheCorrupt, Root, About::ToolchainModule),
    ("go/std-missing", Code::EnvInvalid, Root, About::Variable("GOROOT")),
    ("go/goflags", Code::GoflagsConflict, Root, About::Variable("GOFLAGS")),
    ("go/env-hidden", Code::EnvShadowed, Root, About::Variable("")),
    ("go/retracted", Code::ModuleRetracted, Root, About::Module),
    ("go/deprecated", Code::ModuleDeprecated, Root, About::Module),
    ("go/goauth", Code::GoauthInvalid, Usual, About::Variable("GOAUTH")),
    ("go/insecure-url", Code::InsecureTransport, Root, About::Host),
    ("go/url-unparsable", Code::ProxyMisconfigured, Usual, About::Variable("GOPROXY")),
    ("go/modules-off", Code::ModulesDisabled, Root, About::Variable("GO111MODULE")),
    ("go/from-gopath", Code::ModulesDisabled, Root, About::Package),
    ("go/goproxy-empty", Code::ProxyMisconfigured, Root, About::Variable("GOPROXY")),
    ("go/goproxy-invalid", Code::ProxyMisconfigured, Root, About::Variable("GOPROXY")),
    ("go/toolchain-setting", Code::ToolchainMisconfigured, Root, About::Variable("GOTOOLCHAIN")),
    ("go/toolchain-missing", Code::ToolchainUnavailable, Root, About::Toolchain),
    ("go/too-old", Code::GoTooOld, Root, About::Module),
    ("go/no-mod-flag", Code::GoTooOld, Root, About::Toolchain),
    ("go/version-syntax", Code::GoTooOld, Root, About::Toolchain),
    ("go/mod-newer-go", Code::GoTooOld, Root, About::File),
    ("go/lookup-disabled", Code::ProxyDisabled, Root, About::Module),
    ("go/lookup-disabled-by-flag", Code::VendorInconsistent, Root, About::Module),
    ("go/gosumdb-invalid", Code::SumdbMisconfigured, Root, About::Variable("GOSUMDB")),
    ("go/database-state", Code::SumdbCacheCorrupt, Root, About::Host),
    ("go/database-mismatch", Code::SumdbMismatch, Root, About::Module),
    ("go/checksum-mismatch", Code::ChecksumMismatch, Root, About::Module),
    ("go/database-answer", Code::SumdbBadResponse, Root, About::Module),
    ("go/sum-malformed", Code::GoSumMalformed, Root, About::File),
    ("go/sum-missing", Code::GoSumMissing, Root, About::Module),
    ("go/ziphash", Code::CacheCorrupt, Root, About::Module),
    ("go/zip-of-cache", Code::CacheCorrupt, Root, About::Module),
    ("git/damaged", Code::CacheCorrupt, Root, About::Module),
    ("go/proxy-response", Code::ProxyBadResponse, Root, About::Host),
    ("go/proxy-other-version", Code::ProxyBadResponse, Root, About::Module),
    ("go/unexpected-file", Code::ProxyBadResponse, Root, About::Module),
    ("go/too-many-redirects", Code::ProxyBadResponse, Root, About::Host),
    ("go/malformed-http", Code::ProxyBadResponse, Usual, About::Host),
    ("go/not-json", Code::ProxyBadResponse, Usual, About::Module),
    ("go/not-a-zip", Code::ProxyBadResponse, Usual, About::Module),
    ("go/vcs-missing", Code::VcsMissing, Root, About::Program("git")),
    ("go/govcs", Code::VcsDisallowed, Root, About::Variable("GOVCS")),
    ("go/vcs-disallowed", Code::VcsDisallowed, Root, About::Package),
    ("go/no-secure-protocol", Code::InsecureTransport, Usual, About::Package),
    ("go/vcs-status", Code::GitUnsafeRepository, Usual, About::Program("git")),
    ("go/git-version", Code::VcsFailed, Usual, About::Program("git")),
    ("go/outside-module", Code::GoModMissing, Root, About::Package),
    ("go/workspace", Code::WorkspaceMismatch, Root, About::File),
    ("go/vendor", Code::VendorInconsistent, Root, About::Module),
    ("go/replacement", Code::ReplaceMissing, Root, About::Module),
    ("go/module-declares", Code::ModulePathMismatch, Root, About::Module),
    ("go/mod-no-module-line", Code::CacheWrongContent, Root, About::Module),
    ("go/ambiguous-import", Code::AmbiguousImport, Root, About::Package),
    ("git/no-such-revision", Code::UnknownRevision, Root, About::Module),
    ("go/version-form", Code::InvalidVersion, Usual, About::Module),
    ("go/unknown-revision", Code::UnknownRevision, Usual, About::Module),
    ("go/no-matching-versions", Code::NoMatchingVersions, Usual, About::Module),
    ("go/package-not-in-module", Code::PackageNotInModule, Usual, About::Package),
    ("go/path-malformed", Code::InvalidModulePath, Usual, About::Package),
    ("go/conflict", Code::VersionConflict, Usual, About::Module),
    ("go/mod-line", Code::GoModMalformed, Usual, About::File),
    ("go/no-meta-tags", Code::VanityImportFailed, Usual, About::Package),
    ("go/no-hostname", Code::VanityImportFailed, Usual, About::Package),
    ("go/no-required-module", Code::PackageNotFound, Usual, About::Package),
    ("go/cannot-find-package", Code::PackageNotFound, Usual, About::Package),
    ("go/not-in-std", Code::PackageNotFound, Usual, About::Package),
    ("go/no-main-module", Code::GoModMissing, Vague, About::Module),
    ("go/mod-errors", Code::GoModMalformed, Vague, About::File),
    ("go/mod-of-dependency", Code::GoModMalformed, Vague, About::Module),
    ("go/mod-update-needed", Code::GoModNeedsUpdate, Vague, About::Module),
    ("go/tidy-wanted", Code::GoModNeedsUpdate, Vague, About::Module),
    ("go/no-module-for-package", Code::PackageNotFound, Vague, About::Package),
    ("go/unrecognized-import-path", Code::VanityImportFailed, Vague, About::Package),
    ("go/import-fetch", Code::VanityImportFailed, Vague, About::Package),
    ("go/constraints-conflict", Code::VersionConflict, Vague, About::Module),
    ("go/git-command", Code::VcsFailed, Vague, About::Module),
    ("go/invalid-version", Code::InvalidVersion, Vague, About::Module),
    ("go/confirm-path", Code::GitAuthRequired, Vague, About::Module),
    ("go/clone", Code::VcsFailed, Vague, About::Module),
    ("go/package-exit-status", Code::VcsFailed, Vague, About::Package),
];

pub(super) fn meanings(told: Told<'_>) -> impl Iterator<Item = Meaning<'_>> {
    MEANINGS.iter().filter_map(move |(format, code, depth, about)| {
        let said = told.said(format)?;
        let (code, depth) = sharper(told, *code).unwrap_or((*code, *depth));
        let subject = subject(told, said, *about);
        let meaning = Meaning { code, depth, subject, said, quoted: None, remote: false };
        Some(match library(told, said) {
            Some((code, subject)) => Meaning { code, subject, depth: Root, ..meaning },
            None => meaning,
        })
    })
}

/// Formats in which go says that it does not find a package.
const NOT_FOUND: &[&str] = &[
    "go/std-missing",
    "go/not-in-std",
    "go/cannot-find-package",
    "go/no-hostname",
    "go/unrecognized-import-path",
    "go/path-malformed",
];

/// A package of the standard library that is not there: the release is older than the package, or, where the
/// ticket shows that it is not, the installation lacks it.
fn library(told: Told<'_>, said: &Said) -> Option<(Code, Subject)> {
    let minor = NOT_FOUND.contains(&said.format.as_str()).then(|| standard_library::since(said.get("package")?))??;
    let release = ticket::release(told.log).map(|release| release.what.name.as_str());
    match release.and_then(GoVersion::of_toolchain) {
        Some(version) if version.is_at_least(minor) => Some((Code::EnvInvalid, Subject::variable("GOROOT"))),
        _ => Some((Code::GoTooOld, Subject::new(SubjectKind::Toolchain, release.unwrap_or("go")))),
    }
}

/// Where more of the failure tells the codes apart.
fn sharper(told: Told<'_>, code: Code) -> Option<(Code, Depth)> {
    match code {
        // The label before the other hash says who keeps it: a go.sum, or the checksum database by its name.
        Code::ChecksumMismatch => {
            let mut labels =
                told.here().filter(|said| said.format == "go/recorded").filter_map(|said| said.get("label"));
            let database = labels.any(|label| label != "downloaded" && !label.ends_with(".sum"));
            database.then_some((Code::SumdbMismatch, Depth::Root))
        }
        Code::SumdbMismatch => {
            let mut labels =
                told.here().filter(|said| said.format == "go/recorded").filter_map(|said| said.get("label"));
            labels.any(|label| label.ends_with(".sum")).then_some((Code::ChecksumMismatch, Depth::Root))
        }
        // git keeps tags below refs/tags: a whole name that is unknown is one that the clone has lost.
        Code::UnknownRevision => {
            let lost = told
                .said("go/unknown-revision")
                .and_then(|said| said.get("revision"))
                .is_some_and(|revision| revision.starts_with("refs/tags/"));
            lost.then_some((Code::CacheCorrupt, Depth::Root))
        }
        _ => None,
    }
}
