//! The error types as typed constants.
//!
//! A code is kebab-case, names the problem, and never changes its meaning. All that people read
//! about it (title, default severity, who can mend it) stands on its page in `docs/errors/`,
//! which [`crate::catalog::pages`] embeds.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! codes {
    ($( $(#[doc = $doc:literal])* $name:ident = $text:literal, )*) => {
        /// The type of an error: what its page in `docs/errors/` explains.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $( $(#[doc = $doc])* $name, )*
        }

        impl Code {
            /// Every code, in the order of the taxonomy (by family).
            pub const ALL: &'static [Self] = &[ $( Self::$name, )* ];

            /// The code as it stands in output, in file names and on the command line.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$name => $text, )* }
            }

            /// The embedded page in English and in Chinese, as it lies in `docs/`.
            pub(super) const fn sources(self) -> (&'static str, &'static str) {
                match self { $( Self::$name => (
                    include_str!(concat!("../../docs/errors/", $text, ".md")),
                    include_str!(concat!("../../docs/zh/errors/", $text, ".md")),
                ), )* }
            }
        }
    };
}

codes! {
    /// A Go environment value stops every command.
    EnvInvalid = "env-invalid",
    /// GOFLAGS or a flag stops the command.
    GoflagsConflict = "goflags-conflict",
    /// GO111MODULE switches modules off.
    ModulesDisabled = "modules-disabled",
    /// A value written with go env -w is hidden by the process environment or an empty key; a cause only if the hidden value would have worked.
    EnvShadowed = "env-shadowed",
    /// The failing command ran with other settings than this shell has (hosts, HOME, GOPATH or GOPROXY of the log or of the ticket's go env differ): IDE, sudo, Docker build, service.
    SettingsElsewhere = "settings-elsewhere",
    /// The machine's clock differs from the servers' Date: the cause of certificate dates that look wrong.
    ClockSkew = "clock-skew",
    /// A private module is sent to the public proxy or checksum database.
    PrivateNotConfigured = "private-not-configured",
    /// A GOPRIVATE-type value that can never match, or matches nothing here (scheme, port, quotes, space, trailing text, wrong separator): the cause, private-not-configured is then its symptom.
    GoprivatePattern = "goprivate-pattern",
    /// The HTTP proxy of HTTP_PROXY/HTTPS_PROXY fails or wants a login.
    HttpProxyError = "http-proxy-error",
    /// Plain http where go insists on https.
    InsecureTransport = "insecure-transport",
    /// TLS certificate is expired, not yet valid or for another name.
    TlsInvalid = "tls-invalid",
    /// TLS certificate is signed by an unknown authority.
    TlsUntrusted = "tls-untrusted",
    /// TLS cannot be negotiated, or the peer is not TLS at all.
    TlsProtocol = "tls-protocol",
    /// A host name cannot be resolved.
    DnsFailure = "dns-failure",
    /// Connecting or waiting for an answer takes too long.
    ConnectTimeout = "connect-timeout",
    /// Nothing listens, or the network is not reachable.
    ConnectRefused = "connect-refused",
    /// The connection breaks while data flow.
    ConnectionReset = "connection-reset",
    /// The system resolver and the servers that a static go asks give different answers.
    ResolverDiffers = "resolver-differs",
    /// GOPROXY cannot be parsed.
    ProxyMisconfigured = "proxy-misconfigured",
    /// GOPROXY=off forbids the lookup.
    ProxyDisabled = "proxy-disabled",
    /// The module proxy wants a login (401).
    ProxyUnauthorized = "proxy-unauthorized",
    /// The module proxy refuses (403).
    ProxyForbidden = "proxy-forbidden",
    /// Too many requests (429).
    ProxyRateLimited = "proxy-rate-limited",
    /// The module proxy has an internal fault (5xx).
    ProxyServerError = "proxy-server-error",
    /// The answer is no GOPROXY protocol, or its content is wrong.
    ProxyBadResponse = "proxy-bad-response",
    /// No proxy has that module or version (404/410) and there is nothing to fall back to.
    ModuleNotOnProxy = "module-not-on-proxy",
    /// A comma after an entry keeps go from the next ones on anything but 404/410: a note while the entry works, part of the fix when it does not.
    FallbackBlocked = "fallback-blocked",
    /// The checksum database records another hash than the download has.
    SumdbMismatch = "sumdb-mismatch",
    /// GOSUMDB has a value that is no database, or an unknown key.
    SumdbMisconfigured = "sumdb-misconfigured",
    /// The locally stored checksum database state (latest, tiles, lookups) is damaged.
    SumdbCacheCorrupt = "sumdb-cache-corrupt",
    /// Whatever answered as checksum database does not speak its protocol or signs with another key.
    SumdbBadResponse = "sumdb-bad-response",
    /// The checksum database does not know the module version (404/410).
    SumdbNotFound = "sumdb-not-found",
    /// The checksum database cannot be reached or refuses to answer.
    SumdbUnreachable = "sumdb-unreachable",
    /// go.sum records another hash than the download or cached copy has.
    ChecksumMismatch = "checksum-mismatch",
    /// go.sum has a line that is not three fields.
    GoSumMalformed = "go-sum-malformed",
    /// go.sum lacks an entry that a read-only command needs.
    GoSumMissing = "go-sum-missing",
    /// GOSUMDB=off, GONOSUMDB=* or the like: protection is off; a warning, never the cause.
    SumdbDisabled = "sumdb-disabled",
    /// ssh does not know or does not trust the server key.
    SshHostKey = "ssh-host-key",
    /// The ssh server accepts none of the offered keys.
    SshAuthFailed = "ssh-auth-failed",
    /// Credentials were sent and refused.
    GitAuthFailed = "git-auth-failed",
    /// git needs credentials and has none.
    GitAuthRequired = "git-auth-required",
    /// A .netrc exists but go or git does not use it.
    NetrcIneffective = "netrc-ineffective",
    /// GOAUTH is malformed or its command fails.
    GoauthInvalid = "goauth-invalid",
    /// The server says the repository does not exist (or hides it).
    RepositoryNotFound = "repository-not-found",
    /// git refuses a directory owned by somebody else.
    GitUnsafeRepository = "git-unsafe-repository",
    /// git is too old for the options go passes.
    GitTooOld = "git-too-old",
    /// git, hg, svn or ssh is not installed or not on PATH.
    VcsMissing = "vcs-missing",
    /// GOVCS forbids the version control system for that module.
    VcsDisallowed = "vcs-disallowed",
    /// The go-get=1 page of a custom import path is missing or wrong.
    VanityImportFailed = "vanity-import-failed",
    /// git failed for another reason.
    VcsFailed = "vcs-failed",
    /// 5xx from a git host or a vanity host; retryable, not the module proxy's fault.
    VcsServerError = "vcs-server-error",
    /// A url insteadOf rewrite, or a CI http.extraheader, sends git where it cannot work or with a login that cannot see the repository.
    GitUrlRewrite = "git-url-rewrite",
    /// Module zip, go.mod or LICENSE is larger than the fixed limits.
    SizeLimit = "size-limit",
    /// The module calls itself by another path.
    ModulePathMismatch = "module-path-mismatch",
    /// The text is not a legal module or import path.
    InvalidModulePath = "invalid-module-path",
    /// The version is not acceptable for this module path.
    InvalidVersion = "invalid-version",
    /// Branch, tag or commit does not exist in the repository.
    UnknownRevision = "unknown-revision",
    /// The module exists, but no version fits the query.
    NoMatchingVersions = "no-matching-versions",
    /// The module was found but has no such package.
    PackageNotInModule = "package-not-in-module",
    /// Two modules provide the same package.
    AmbiguousImport = "ambiguous-import",
    /// go.work and the modules do not fit.
    WorkspaceMismatch = "workspace-mismatch",
    /// vendor/ and go.mod do not agree.
    VendorInconsistent = "vendor-inconsistent",
    /// A replace target does not exist or is no module.
    ReplaceMissing = "replace-missing",
    /// go.mod cannot be parsed or loaded.
    GoModMalformed = "go-mod-malformed",
    /// go.mod would have to change, but the command must not change it.
    GoModNeedsUpdate = "go-mod-needs-update",
    /// No go.mod here.
    GoModMissing = "go-mod-missing",
    /// Requirements contradict: exclude, upgrade/downgrade, retracted.
    VersionConflict = "version-conflict",
    /// No module provides the package.
    PackageNotFound = "package-not-found",
    /// A required version is retracted.
    ModuleRetracted = "module-retracted",
    /// A required module is deprecated.
    ModuleDeprecated = "module-deprecated",
    /// GOTOOLCHAIN or the toolchain line has a wrong form.
    ToolchainMisconfigured = "toolchain-misconfigured",
    /// A newer Go toolchain is needed but cannot be found or downloaded.
    ToolchainUnavailable = "toolchain-unavailable",
    /// The running go is older than go.mod, go.work or a dependency requires.
    GoTooOld = "go-too-old",
    /// No space or quota left for the module cache, the build cache or the temp dir.
    DiskFull = "disk-full",
    /// The module cache, sumdb dir, build cache, go.mod or go.sum cannot be written or read.
    CachePermission = "cache-permission",
    /// File locking does not work on the file system, or another go process holds the lock.
    CacheLock = "cache-lock",
    /// A path is too long or a name is not legal on this system or in module zips.
    FileNameLimit = "file-name-limit",
    /// A stored zip, ziphash, .mod, extracted directory or vcs clone is damaged.
    CacheCorrupt = "cache-corrupt",
    /// A wrong file (login page) was stored as .mod while no checksum protected it.
    CacheWrongContent = "cache-wrong-content",
}

/// A text that names no error type. It is told with the nearest one, or where all are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCode(pub String);

impl std::error::Error for UnknownCode {}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no error type is called {:?}; ", self.0)?;
        match Code::nearest(&self.0) {
            Some(near) => write!(f, "did you mean {near}?"),
            None => f.write_str("gomoddoc explain --list shows them all"),
        }
    }
}

impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text).ok_or_else(|| UnknownCode(text.to_owned()))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for Code {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let all: Vec<&str> = Self::ALL.iter().map(|code| code.as_str()).collect();
        schemars::json_schema!({ "type": "string", "enum": all })
    }
}
