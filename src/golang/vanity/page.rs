//! The `go-import` tags of a page.

use super::super::go_version::GoVersion;
use super::xml::{Token, XmlError, XmlReader};

/// The name by which a tag says that its root is a module proxy.
pub(super) const MOD: &str = "mod";

/// `<meta name="go-import" content="PREFIX VCS ROOT [SUBDIRECTORY]">`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoImport {
    /// The import path of the repository's root.
    pub prefix: String,
    /// The version control system's name, or `mod`.
    pub vcs: String,
    /// The URL of the repository or of the module proxy. It may hold a login.
    pub root: String,
    /// The folder of the module's root in the repository; empty for the whole (since Go 1.25).
    pub subdirectory: String,
}

/// Reads the tags up to the end of the head or the beginning of the body, in the order in which go
/// tries them: module proxies first, then those whose prefix no module proxy has.
///
/// # Errors
///
/// The error of the page if no tag came before it.
pub fn parse_page(body: &[u8], go: &GoVersion) -> Result<Vec<GoImport>, XmlError> {
    let mut reader = XmlReader::new(body);
    let mut found = Vec::new();
    loop {
        match reader.token() {
            Err(error) if found.is_empty() => return Err(error),
            Err(_) | Ok(None) => break,
            Ok(Some(Token::Start(name, _))) if name.eq_ignore_ascii_case("body") => break,
            Ok(Some(Token::End(name))) if name.eq_ignore_ascii_case("head") => break,
            Ok(Some(Token::Start(name, attributes))) if name.eq_ignore_ascii_case("meta") => {
                let value = |wanted: &str| {
                    let found = attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
                    found.map(|(_, value)| value.as_str()).unwrap_or_default()
                };
                if value("name") == "go-import" {
                    found.extend(go_import(value("content"), go));
                }
            }
            Ok(Some(_)) => {}
        }
    }
    let is_mod = |import: &GoImport| import.vcs == MOD;
    let (mut list, others): (Vec<GoImport>, Vec<GoImport>) = found.into_iter().partition(is_mod);
    let prefixes: std::collections::HashSet<String> = list.iter().map(|import| import.prefix.clone()).collect();
    list.extend(others.into_iter().filter(|import| !prefixes.contains(&import.prefix)));
    Ok(list)
}

fn go_import(content: &str, go: &GoVersion) -> Option<GoImport> {
    let words: Vec<&str> = content.split_whitespace().take(5).collect();
    let (prefix, vcs, root, subdirectory) = match *words {
        [prefix, vcs, root] => (prefix, vcs, root, ""),
        [prefix, vcs, root, subdirectory] if go.is_at_least(25) => (prefix, vcs, root, subdirectory),
        _ => return None,
    };
    Some(GoImport {
        prefix: prefix.to_owned(),
        vcs: vcs.to_owned(),
        root: root.to_owned(),
        subdirectory: subdirectory.to_owned(),
    })
}
