//! Releases of Go that a line shows: `go version`, `go env`, the image of a build, the words of go itself.

use std::sync::LazyLock;

use crate::ascii::Regex;
use crate::facts::transcript::Release;
use crate::golang::go_version::GoVersion;
use crate::model::Foreign;

/// One of these stands in each such line.
pub(super) const SIGNS: &[&str] = &["go version ", "GOVERSION", "golang:1.", "running go ", "Go version "];

static RELEASE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?:\bgo version (?:devel )?go|\bGOVERSION"?\s?[=:]\s?['"]?go|\bgolang:|\(running go |\b[Ss]et ?up [Gg]o version (?:spec )?v?|\bUsing Go version )(?P<version>1\.\d+(?:\.\d+)?(?:(?:rc|beta)\d+)?)\b"#,
    )
    .ok()
});

/// The release that a line shows.
pub(super) fn release(text: &str) -> Option<Release> {
    // Most lines of a log end here.
    if !SIGNS.iter().any(|sign| text.contains(sign)) {
        return None;
    }
    let version = RELEASE.as_ref()?.captures(text)?.name("version")?.as_str();
    GoVersion::parse(version).map(|version| Release { name: Foreign::new(&format!("go{}", version.as_str())) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_read() {
        for (text, name) in [
            ("go version go1.20.5 linux/amd64", "go1.20.5"),
            ("go version go1.26.1-X:nocoverageredesign linux/amd64", "go1.26.1"),
            ("go version devel go1.22-2c1b3d Tue Aug 1 00:00:00 2023 +0000 linux/amd64", "go1.22"),
            ("GOVERSION='go1.21rc2'", "go1.21rc2"),
            ("set GOVERSION=go1.18", "go1.18"),
            ("\"GOVERSION\": \"go1.24.0\",", "go1.24.0"),
            ("FROM docker.io/library/golang:1.17-alpine AS build", "go1.17"),
            ("go: a.example/b@v1.0.0 requires go >= 1.23 (running go 1.21.3; GOTOOLCHAIN=local)", "go1.21.3"),
            ("Setup go version spec 1.19", "go1.19"),
            ("Successfully set up Go version 1.19.4", "go1.19.4"),
        ] {
            assert_eq!(release(text), Some(Release { name: name.into() }), "{text}");
        }
    }

    #[test]
    fn other_versions_are_none() {
        for text in ["go version", "node version v18", "golang:latest", "toolchain go1.22.1", "go version unknown"] {
            assert_eq!(release(text), None, "{text}");
        }
    }
}
