//! File paths by the rules of Go's path/filepath, for any operating system.

use super::platform::Os;

/// Whether the path is absolute on that system (`filepath.IsAbs`).
#[must_use]
pub fn is_abs(os: Os, path: &str) -> bool {
    match os {
        Os::Windows => {
            let volume = volume_len(path);
            let rest = path.get(volume..).unwrap_or_default();
            volume > 0 && (path.starts_with(['/', '\\']) || rest.starts_with(['/', '\\']))
        }
        Os::Plan9 => path.starts_with(['/', '#']),
        _ => path.starts_with('/'),
    }
}

/// The shortest path of the same meaning (`filepath.Clean`), in the system's own separators.
#[must_use]
pub fn clean(os: Os, path: &str) -> String {
    let (volume, rest) = if os == Os::Windows { path.split_at(volume_len(path)) } else { ("", path) };
    let is_separator = |c: char| c == '/' || (os == Os::Windows && c == '\\');
    let separator = if os == Os::Windows { "\\" } else { "/" };
    let rooted = rest.starts_with(is_separator);
    let mut kept: Vec<&str> = Vec::new();
    for element in rest.split(is_separator) {
        match element {
            "" | "." => {}
            ".." if kept.last().is_some_and(|last| *last != "..") => _ = kept.pop(),
            ".." if rooted => {}
            element => kept.push(element),
        }
    }
    let volume = if os == Os::Windows { volume.replace('/', "\\") } else { String::new() };
    let joined = kept.join(separator);
    match (rooted, joined.is_empty()) {
        (true, _) => format!("{volume}{separator}{joined}"),
        // A volume of a server's share is a whole path; a drive without a path is its current folder.
        (false, true) if volume.len() > 2 => volume,
        (false, true) => format!("{volume}."),
        (false, false) => volume + &joined,
    }
}

/// The elements joined and cleaned (`filepath.Join`); empty ones do not count.
#[must_use]
pub fn join(os: Os, elements: &[&str]) -> String {
    let separator = if os == Os::Windows { "\\" } else { "/" };
    let elements: Vec<&str> = elements.iter().copied().filter(|element| !element.is_empty()).collect();
    if elements.is_empty() { String::new() } else { clean(os, &elements.join(separator)) }
}

/// The entries of a path list such as GOPATH (`filepath.SplitList`): an empty list has none, and on
/// Windows quotes protect a semicolon.
#[must_use]
pub fn split_list(os: Os, list: &str) -> Vec<String> {
    if list.is_empty() {
        return Vec::new();
    }
    if os != Os::Windows {
        return list.split(os.list_separator()).map(str::to_owned).collect();
    }
    let mut quoted = false;
    list.split(|c| {
        quoted ^= c == '"';
        c == ';' && !quoted
    })
    .map(|entry| entry.replace('"', ""))
    .collect()
}

/// The length of a Windows path's drive or share (`filepath.VolumeName`).
fn volume_len(path: &str) -> usize {
    let bytes = path.as_bytes();
    let is_separator = |at: usize| bytes.get(at).is_some_and(|byte| matches!(byte, b'/' | b'\\'));
    if bytes.get(1) == Some(&b':') {
        return 2;
    }
    if !is_separator(0) || !is_separator(1) {
        return 0;
    }
    // `\\server\share` and `\\?\C:` alike end before the second separator after the first two.
    let ends: Vec<usize> = (2..bytes.len()).filter(|at| is_separator(*at)).take(2).collect();
    ends.get(1).copied().unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_paths_are_told_from_others() {
        for (os, path, expected) in [
            (Os::Linux, "/a", true),
            (Os::Linux, "a", false),
            (Os::Linux, "~/a", false),
            (Os::Linux, "", false),
            (Os::Linux, "C:\\a", false),
            (Os::Windows, "C:\\a", true),
            (Os::Windows, "c:/a", true),
            (Os::Windows, "C:a", false),
            (Os::Windows, "\\a", false),
            (Os::Windows, "/a", false),
            (Os::Windows, "\\\\server\\share\\x", true),
            (Os::Windows, "\\\\server\\share", true),
            (Os::Plan9, "#s/x", true),
        ] {
            assert_eq!(is_abs(os, path), expected, "{os:?} {path}");
        }
    }

    #[test]
    fn paths_are_cleaned_and_joined() {
        for (os, elements, expected) in [
            (Os::Linux, vec!["/home/u", "go"], "/home/u/go"),
            (Os::Linux, vec!["/home/u/", "pkg/mod"], "/home/u/pkg/mod"),
            (Os::Linux, vec!["/a/../..", "b"], "/b"),
            (Os::Linux, vec!["a", "..", ".."], ".."),
            (Os::Linux, vec!["", "b"], "b"),
            (Os::Linux, vec![""], ""),
            (Os::Windows, vec!["C:\\Users\\u", "go/env"], "C:\\Users\\u\\go\\env"),
            (Os::Windows, vec!["C:\\"], "C:\\"),
            (Os::Windows, vec!["\\\\server\\share", "x"], "\\\\server\\share\\x"),
        ] {
            assert_eq!(join(os, &elements), expected, "{elements:?}");
        }
        assert_eq!(clean(Os::Linux, ""), ".");
    }

    #[test]
    fn lists_are_split() {
        for (os, list, expected) in [
            (Os::Linux, "", vec![]),
            (Os::Linux, "/a:/b", vec!["/a", "/b"]),
            (Os::Linux, ":/b", vec!["", "/b"]),
            (Os::Windows, "C:\\a;D:\\b", vec!["C:\\a", "D:\\b"]),
            (Os::Windows, "\"C:\\a;b\";D:\\c", vec!["C:\\a;b", "D:\\c"]),
        ] {
            assert_eq!(split_list(os, list), expected, "{list}");
        }
    }
}
