//! What a URL that the go command asks for is about.
//!
//! Sources: the GOPROXY protocol (go help goproxy), cmd/go/internal/modfetch/sumdb.go and
//! cmd/go/internal/vcs (`?go-get=1`), Go 1.11 to 1.27.

use super::module_path::{ModuleVersion, check_path, unescape_path, unescape_version};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// A file of a module proxy; the module as far as the URL tells.
    ModuleProxy(Option<ModuleVersion>),
    /// Something of a checksum database, at its own address or through a module proxy; the module for a lookup.
    ChecksumDatabase(Option<ModuleVersion>),
    /// The page of an import path.
    VanityPage(String),
}

/// What `url` asks for; `None` where its form is not one of the go command's.
#[must_use]
pub fn asked(url: &str) -> Option<Asked> {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let rest =
        ["https://", "http://", "https:/", "http:/", "file://"].iter().find_map(|scheme| path.strip_prefix(scheme))?;
    if query.starts_with("go-get=1") {
        return Some(Asked::VanityPage(rest.trim_end_matches('/').to_owned()));
    }
    // First: the elements of a module path may have any of the names below.
    if let Some((module, file)) = rest.split_once("/@v/") {
        return Some(Asked::ModuleProxy(of_proxy(module, file)));
    }
    if let Some(module) = rest.strip_suffix("/@latest") {
        return Some(Asked::ModuleProxy(of_proxy(module, "")));
    }
    if let Some((_, module)) = rest.split_once("/lookup/") {
        return Some(Asked::ChecksumDatabase(looked_up(module)));
    }
    (rest.contains("/tile/") || rest.contains("/sumdb/")).then_some(Asked::ChecksumDatabase(None))
}

/// The module version of a file in the download folder of a module cache, on any system.
#[must_use]
pub fn stored(path: &str) -> Option<ModuleVersion> {
    let path = path.replace('\\', "/");
    let (_, below) = path.split_once("/cache/download/")?;
    let (module, file) = below.split_once("/@v/")?;
    of_proxy(&format!("/{module}"), file)
}

fn looked_up(text: &str) -> Option<ModuleVersion> {
    let (path, version) = text.split_once('@')?;
    let path = unescape_path(path).ok()?;
    check_path(&path).ok()?;
    Some(ModuleVersion::new(path, unescape_version(version).unwrap_or_default()))
}

/// The module path begins at the first element with a dot behind the host: what stands before it is the
/// folder of the proxy.
fn of_proxy(path: &str, file: &str) -> Option<ModuleVersion> {
    let (_, path) = path.split_once('/')?;
    let first = path.split('/').position(|element| element.contains('.'))?;
    let path = path.split('/').skip(first).collect::<Vec<_>>().join("/");
    let path = unescape_path(&path).ok()?;
    check_path(&path).ok()?;
    let version = [".info", ".mod", ".zip"].iter().find_map(|suffix| file.strip_suffix(suffix)).unwrap_or_default();
    Some(ModuleVersion::new(path, unescape_version(version).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_tells_what_is_asked_for() {
        let module = |text: &str| {
            let (path, version) = text.split_once('@').unwrap_or((text, ""));
            Some(ModuleVersion::new(path, version))
        };
        for (url, wanted) in [
            ("https://h.example/github.com/!a/b/@v/v1.0.0.mod", Asked::ModuleProxy(module("github.com/A/b@v1.0.0"))),
            ("https://h.example/api/go/x/rsc.io/quote/@v/list", Asked::ModuleProxy(module("rsc.io/quote"))),
            ("https://h.example/rsc.io/quote/@latest", Asked::ModuleProxy(module("rsc.io/quote"))),
            ("https:/h.example/@v/v1.0.0.zip", Asked::ModuleProxy(None)),
            ("https://h.example/a.b/lookup/x/@v/list", Asked::ModuleProxy(module("a.b/lookup/x"))),
            ("https://s.example/lookup/a.b/!c@v1.0.0", Asked::ChecksumDatabase(module("a.b/C@v1.0.0"))),
            ("https://h.example/sumdb/s.example/tile/8/0/x001/000", Asked::ChecksumDatabase(None)),
            ("https://a.b/c/d?go-get=1", Asked::VanityPage("a.b/c/d".into())),
        ] {
            assert_eq!(asked(url), Some(wanted), "{url}");
        }
        for url in ["https://h.example/", "ftp://h.example/@v/list", "", "https://h.example/x?go-get=0"] {
            assert_eq!(asked(url), None, "{url}");
        }
    }
}
