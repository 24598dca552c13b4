//! The order of versions in the module graph, where `go` and `toolchain` are modules too.

use std::cmp::Ordering;

use crate::golang::{go_version, semver};

/// The version that [`super::ModuleGraph::selected`] gives for a module that is not in the graph.
pub const NONE: &str = "none";

/// Whether `path` is one of the two modules that stand for the Go release itself.
#[must_use]
pub fn is_toolchain(path: &str) -> bool {
    path == "go" || path == "toolchain"
}

/// Compares two versions of `path` for minimal version selection. The empty version, that of a main
/// module, is above all others; an invalid one, `none` among them, is below.
#[must_use]
pub fn compare(path: &str, a: &str, b: &str) -> Ordering {
    match (a.is_empty(), b.is_empty()) {
        (true, true) => Ordering::Equal,
        (true, false) => Ordering::Greater,
        (false, true) => Ordering::Less,
        (false, false) => match path {
            "go" => go_version::compare(a, b),
            "toolchain" => go_version::compare(toolchain_version(a), toolchain_version(b)),
            _ => semver::compare(a, b),
        },
    }
}

/// `1.22.3` of `go1.22.3-suffix`; `default` and the like compare as invalid.
fn toolchain_version(name: &str) -> &str {
    let version = name.strip_prefix("go").unwrap_or("");
    version.split('-').next().unwrap_or(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order() {
        for (path, low, high) in [
            ("a.b/c", NONE, "v0.0.1"),
            ("a.b/c", "v1.2.3-rc.1", "v1.2.3"),
            ("a.b/c", "v9.9.9", ""),
            ("go", "1.21", "1.21rc1"),
            ("go", "1.21rc1", "1.21.0"),
            ("toolchain", "default", "go1.21.0"),
            ("toolchain", "go1.21.0", "go1.21.3-fips"),
        ] {
            assert_eq!(compare(path, low, high), Ordering::Less, "{path} {low} {high}");
            assert_eq!(compare(path, high, low), Ordering::Greater, "{path} {low} {high}");
        }
    }
}
