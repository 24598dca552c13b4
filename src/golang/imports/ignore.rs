//! The `ignore` lines of go.mod (go 1.25): directories that patterns such as `./...` leave out.

/// The directories of one module that its `ignore` lines name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IgnorePatterns {
    at_root: Vec<String>,
    anywhere: Vec<String>,
}

impl IgnorePatterns {
    /// From the arguments of the `ignore` lines: `./x` is the directory x at the root, `x` any
    /// directory x at any depth.
    #[must_use]
    pub fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Self {
        let mut made = Self::default();
        for pattern in patterns {
            match pattern.strip_prefix("./") {
                Some(rest) => made.at_root.push(between_slashes(rest)),
                None => made.anywhere.push(between_slashes(pattern)),
            }
        }
        made
    }

    /// Whether `dir`, relative to the module's root and with `/`, lies in an ignored directory.
    #[must_use]
    pub fn ignores(&self, dir: &str) -> bool {
        if dir.is_empty() {
            return false;
        }
        let dir = between_slashes(dir);
        self.at_root.iter().any(|pattern| dir.starts_with(pattern.as_str()))
            || self.anywhere.iter().any(|pattern| dir.contains(pattern.as_str()))
    }
}

fn between_slashes(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 2);
    if !path.starts_with('/') {
        out.push('/');
    }
    out.push_str(path);
    if !out.ends_with('/') {
        out.push('/');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_root_and_anywhere() {
        let patterns = IgnorePatterns::new(["./build", "node_modules", "a/b"]);
        for (dir, ignored) in [
            ("", false),
            ("build", true),
            ("build/x", true),
            ("builder", false),
            ("x/build", false),
            ("web/node_modules/y", true),
            ("x/a/b", true),
            ("x/a/bc", false),
        ] {
            assert_eq!(patterns.ignores(dir), ignored, "{dir}");
        }
    }
}
