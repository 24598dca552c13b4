//! Putting request paths below a base URL, as the module client does.

use super::GoUrl;
use super::escape::{Mode, escape};

impl GoUrl {
    /// This URL with `module` (an escaped module path, as in `github.com/!azure/x`) and `file` (such
    /// as `@v/v1.0.0.info`) put below its path. Query and user part are kept. As in `proxyRepo` of
    /// the go command, the joined path is cleaned (doubled slashes and `..` vanish), and the `!` of an
    /// escaped upper-case letter goes over the wire as `%21`.
    #[must_use]
    pub fn with_module(&self, module: &str, file: &str) -> Self {
        let trimmed = |path: &str| path.strip_suffix('/').unwrap_or(path).to_owned();
        let path = format!("{}/{module}", trimmed(&self.path));
        let raw = format!("{}/{}", trimmed(self.raw_path.as_deref().unwrap_or_default()), escape_segments(module));
        Self { path: join(&path, file), raw_path: Some(join(&raw, &escape_segments(file))), ..self.clone() }
    }
}

/// Percent-encodes each element of a path.
#[must_use]
fn escape_segments(path: &str) -> String {
    path.split('/').map(|segment| escape(segment, Mode::PathSegment)).collect::<Vec<_>>().join("/")
}

/// `path.Join`: joined with a slash, then cleaned.
fn join(base: &str, file: &str) -> String {
    match (base.is_empty(), file.is_empty()) {
        (true, true) => String::new(),
        (true, false) => clean(file),
        (false, true) => clean(base),
        (false, false) => clean(&format!("{base}/{file}")),
    }
}

/// `path.Clean`: no empty and no `.` elements, `..` resolved where it can be.
fn clean(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    for element in path.split('/') {
        match element {
            "" | "." => {}
            ".." if kept.last().is_some_and(|last| *last != "..") => _ = kept.pop(),
            ".." if rooted => {}
            element => kept.push(element),
        }
    }
    match (rooted, kept.is_empty()) {
        (true, _) => format!("/{}", kept.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => kept.join("/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(base: &str, module: &str, file: &str) -> String {
        GoUrl::parse(base).unwrap().with_module(module, file).without_user()
    }

    #[test]
    fn requests_lie_below_the_base() {
        for (base, expected) in [
            ("https://h", "https://h/m.io/%21a/@v/list"),
            ("https://h/", "https://h/m.io/%21a/@v/list"),
            ("https://h/a/b/", "https://h/a/b/m.io/%21a/@v/list"),
            ("https://h/a//b", "https://h/a/b/m.io/%21a/@v/list"),
            ("https://h/?x=1", "https://h/m.io/%21a/@v/list?x=1"),
            ("https://u:p@h:8081/go", "https://h:8081/go/m.io/%21a/@v/list"),
            ("file:///srv/mods", "file:///srv/mods/m.io/%21a/@v/list"),
        ] {
            assert_eq!(request(base, "m.io/!a", "@v/list"), expected, "{base}");
        }
    }

    #[test]
    fn paths_are_cleaned() {
        for (path, cleaned) in
            [("", "."), ("/", "/"), ("a/../..", ".."), ("/../a", "/a"), ("a//b/./c/..", "a/b"), ("../../x", "../../x")]
        {
            assert_eq!(clean(path), cleaned, "{path}");
        }
    }
}
