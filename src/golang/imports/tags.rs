//! Which build tags hold.

use std::collections::BTreeSet;

use super::platform_names::{is_known_arch, is_known_os, is_unix};

/// The build tags under which files are chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tags {
    /// Every tag both holds and does not hold, except `ignore`: how `go mod tidy` and `go mod vendor`
    /// gather imports for all platforms at once.
    Any,
    /// The tags of one platform, as `go list` and `go build` see them.
    Platform {
        /// GOOS, for the tag `unix`.
        os: String,
        /// All tags that hold: GOOS, GOARCH, `gc`, `cgo`, `go1.N` and those of `-tags`.
        held: BTreeSet<String>,
    },
}

impl Tags {
    /// The tags of `os` and `arch` under Go `1.minor`, with the words of `-tags` in `extra`
    /// (and whatever `goexperiment.*` or `amd64.v1` tags the toolchain adds).
    #[must_use]
    pub fn platform(os: &str, arch: &str, cgo: bool, minor: u32, extra: &[String]) -> Self {
        let mut held = BTreeSet::from([os.to_owned(), arch.to_owned(), "gc".to_owned()]);
        if cgo {
            held.insert("cgo".to_owned());
        }
        held.extend((1..=minor).map(|minor| format!("go1.{minor}")));
        held.extend(extra.iter().cloned());
        Self::Platform { os: os.to_owned(), held }
    }

    /// Whether `import "C"` keeps a file.
    #[must_use]
    pub fn cgo(&self) -> bool {
        match self {
            Self::Any => true,
            Self::Platform { held, .. } => held.contains("cgo"),
        }
    }

    /// Whether `tag` holds. Under [`Tags::Any`] the answer is the one that the expression wants,
    /// `prefer`.
    #[must_use]
    pub fn holds(&self, tag: &str, prefer: bool) -> bool {
        if !tag.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.') {
            return false;
        }
        match self {
            Self::Any => tag != "ignore" && !tag.is_empty() && prefer,
            Self::Platform { os, held } => {
                held.contains(tag)
                    || match tag {
                        "linux" => held.contains("android"),
                        "solaris" => held.contains("illumos"),
                        "darwin" => held.contains("ios"),
                        "unix" => is_unix(os),
                        _ => false,
                    }
            }
        }
    }

    /// Whether a Go file of this name is read at all: not hidden by `_` or `.` in front, and its
    /// `_GOOS`, `_GOARCH` or `_GOOS_GOARCH` suffix fits.
    #[must_use]
    pub fn admit_file_name(&self, name: &str) -> bool {
        if name.starts_with(['_', '.']) || !name.ends_with(".go") {
            return false;
        }
        if matches!(self, Self::Any) {
            return true;
        }
        let stem = name.split('.').next().unwrap_or(name);
        // What stands before the first underscore is never a suffix: `linux.go` is for everyone.
        let Some((_, suffix)) = stem.split_once('_') else { return true };
        let mut words: Vec<&str> = suffix.split('_').collect();
        if words.last() == Some(&"test") {
            words.pop();
        }
        match words.as_slice() {
            [.., os, arch] if is_known_os(os) && is_known_arch(arch) => self.holds(os, true) && self.holds(arch, true),
            [.., word] if is_known_os(word) || is_known_arch(word) => self.holds(word, true),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linux() -> Tags {
        Tags::platform("linux", "amd64", false, 26, &["integration".to_owned()])
    }

    #[test]
    fn file_names() {
        let tags = linux();
        for (name, read) in [
            ("a.go", true),
            ("linux.go", true),
            ("windows.go", true),
            ("a_windows.go", false),
            ("a_linux.go", true),
            ("a_linux_arm64.go", false),
            ("a_linux_amd64_test.go", true),
            ("a_windows_test.go", false),
            ("a_amd64.go", true),
            ("a_unix.go", true),
            ("a_foo_windows.go", false),
            ("a_windows_foo.go", true),
            ("a_windows.pb.go", false),
            ("_a.go", false),
            (".a.go", false),
            ("a.txt", false),
        ] {
            assert_eq!(tags.admit_file_name(name), read, "{name}");
        }
        assert!(Tags::Any.admit_file_name("a_windows.go"));
        assert!(!Tags::Any.admit_file_name("_a.go"));
    }

    #[test]
    fn aliases_and_releases() {
        let tags = linux();
        for (tag, held) in
            [("unix", true), ("go1.26", true), ("go1.27", false), ("cgo", false), ("integration", true), ("a-b", false)]
        {
            assert_eq!(tags.holds(tag, true), held, "{tag}");
        }
        assert!(Tags::platform("android", "arm64", true, 21, &[]).holds("linux", true));
        assert!(Tags::Any.holds("whatever", true) && !Tags::Any.holds("whatever", false));
        assert!(!Tags::Any.holds("ignore", true) && !Tags::Any.holds("ignore", false));
    }
}
