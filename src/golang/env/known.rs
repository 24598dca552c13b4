//! The variables that go knows, and those of git, TLS and HTTP that decide about modules.

use super::super::go_version::GoVersion;

/// Where a variable may be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The process environment, the user's env file and `$GOROOT/go.env`.
    Anywhere,
    /// The process environment only: in a file it has no effect.
    ProcessOnly,
    /// go computes it: setting it has no effect.
    Computed,
}

/// A variable that go knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Its name.
    pub name: &'static str,
    /// The N of the first Go 1.N that knows it; 0 if that is older than 1.22.
    pub since: u32,
    /// Where it may be set.
    pub source: Source,
    /// Whether it decides about the syncing of modules, and so belongs into a resolved environment.
    pub matters: bool,
}

const fn anywhere(name: &'static str) -> Known {
    Known { name, since: 0, source: Source::Anywhere, matters: true }
}

const fn build(name: &'static str) -> Known {
    Known { matters: false, ..anywhere(name) }
}

const fn since(minor: u32, known: Known) -> Known {
    Known { since: minor, ..known }
}

const fn computed(name: &'static str) -> Known {
    Known { source: Source::Computed, ..build(name) }
}

const fn process(name: &'static str) -> Known {
    Known { source: Source::ProcessOnly, ..anywhere(name) }
}

/// The variables of the go command as of Go 1.27 (`internal/cfg.KnownEnv`, and what `go env` prints
/// besides).
pub const GO: &[Known] = &[
    build("AR"),
    build("CC"),
    build("CGO_CFLAGS"),
    build("CGO_CFLAGS_ALLOW"),
    build("CGO_CFLAGS_DISALLOW"),
    build("CGO_CPPFLAGS"),
    build("CGO_CPPFLAGS_ALLOW"),
    build("CGO_CPPFLAGS_DISALLOW"),
    build("CGO_CXXFLAGS"),
    build("CGO_CXXFLAGS_ALLOW"),
    build("CGO_CXXFLAGS_DISALLOW"),
    build("CGO_ENABLED"),
    build("CGO_FFLAGS"),
    build("CGO_FFLAGS_ALLOW"),
    build("CGO_FFLAGS_DISALLOW"),
    build("CGO_LDFLAGS"),
    build("CGO_LDFLAGS_ALLOW"),
    build("CGO_LDFLAGS_DISALLOW"),
    build("CXX"),
    build("FC"),
    build("GCCGO"),
    anywhere("GO111MODULE"),
    build("GO386"),
    build("GOAMD64"),
    anywhere("GOARCH"),
    build("GOARM"),
    since(23, build("GOARM64")),
    since(24, anywhere("GOAUTH")),
    build("GOBIN"),
    anywhere("GOCACHE"),
    anywhere("GOCACHEPROG"),
    process("GODEBUG"),
    process("GOENV"),
    computed("GOEXE"),
    anywhere("GOEXPERIMENT"),
    since(24, anywhere("GOFIPS140")),
    anywhere("GOFLAGS"),
    computed("GOGCCFLAGS"),
    computed("GOHOSTARCH"),
    computed("GOHOSTOS"),
    anywhere("GOINSECURE"),
    build("GOMIPS"),
    build("GOMIPS64"),
    computed("GOMOD"),
    anywhere("GOMODCACHE"),
    anywhere("GONOPROXY"),
    anywhere("GONOSUMDB"),
    anywhere("GOOS"),
    anywhere("GOPATH"),
    build("GOPPC64"),
    anywhere("GOPRIVATE"),
    anywhere("GOPROXY"),
    since(23, build("GORISCV64")),
    anywhere("GOROOT"),
    anywhere("GOSUMDB"),
    computed("GOTELEMETRY"),
    computed("GOTELEMETRYDIR"),
    anywhere("GOTMPDIR"),
    anywhere("GOTOOLCHAIN"),
    computed("GOTOOLDIR"),
    anywhere("GOVCS"),
    computed("GOVERSION"),
    build("GOWASM"),
    anywhere("GOWORK"),
    build("GO_EXTLINK_ENABLED"),
    build("PKG_CONFIG"),
];

/// Variables of others that decide how go, and the git that it runs, reach the network.
pub const FOREIGN: &[&str] = &[
    "ALL_PROXY",
    "AppData",
    "CURL_CA_BUNDLE",
    "CURL_HOME",
    "GCM_INTERACTIVE",
    "GIT_ALLOW_PROTOCOL",
    "GIT_ASKPASS",
    "GIT_CONFIG",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_SYSTEM",
    "GIT_DIR",
    "GIT_EXEC_PATH",
    "GIT_HTTP_LOW_SPEED_LIMIT",
    "GIT_HTTP_LOW_SPEED_TIME",
    "GIT_HTTP_PROXY_AUTHMETHOD",
    "GIT_HTTP_USER_AGENT",
    "GIT_PROTOCOL_FROM_USER",
    "GIT_PROXY_COMMAND",
    "GIT_PROXY_SSL_CAINFO",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_SSH_VARIANT",
    "GIT_SSL_CAINFO",
    "GIT_SSL_CAPATH",
    "GIT_SSL_CERT",
    "GIT_SSL_KEY",
    "GIT_SSL_NO_VERIFY",
    "GIT_SSL_VERSION",
    "GIT_TERMINAL_PROMPT",
    "GIT_WORK_TREE",
    "HOME",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "LocalAppData",
    "NETRC",
    "NO_PROXY",
    "REQUEST_METHOD",
    "SSH_ASKPASS",
    "SSH_ASKPASS_REQUIRE",
    "SSH_AUTH_SOCK",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "TEMP",
    "TMP",
    "TMPDIR",
    "USERPROFILE",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "all_proxy",
    "home",
    "http_proxy",
    "https_proxy",
    "no_proxy",
];

/// What go knows about a variable of this name.
#[must_use]
pub fn known(name: &str) -> Option<&'static Known> {
    GO.iter().find(|known| known.name == name)
}

/// Whether the variable is one of git's, TLS's or HTTP's that decides about modules. Those that name
/// one setting of git each (`GIT_CONFIG_KEY_0`, `GIT_CONFIG_VALUE_0`) are.
#[must_use]
pub fn is_foreign(name: &str) -> bool {
    FOREIGN.contains(&name) || name.starts_with("GIT_CONFIG_KEY_") || name.starts_with("GIT_CONFIG_VALUE_")
}

impl Known {
    /// Whether that version knows the variable; without a version, whether Go 1.27 does.
    #[must_use]
    pub fn is_known_to(&self, version: Option<&GoVersion>) -> bool {
        version.is_none_or(|version| version.is_at_least(self.since))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_know_their_age() {
        let version = |text| GoVersion::parse(text).unwrap();
        let goauth = known("GOAUTH").unwrap();
        assert!(goauth.is_known_to(None) && goauth.is_known_to(Some(&version("1.24.0"))));
        assert!(!goauth.is_known_to(Some(&version("1.23.9"))));
        assert_eq!(known("GONOSUMCHECK"), None);
        assert_eq!(known("GODEBUG").unwrap().source, Source::ProcessOnly);
    }

    #[test]
    fn names_are_sorted_and_unique() {
        assert!(GO.is_sorted_by(|a, b| a.name < b.name));
        assert!(FOREIGN.is_sorted_by(|a, b| a < b));
    }
}
