//! Vanity import paths: what a host says of a path whose repository go cannot know
//! (cmd/go/internal/vcs, <https://go.dev/ref/mod#vcs-find>).
//!
//! Go asks `https://PATH?go-get=1`, whatever the status reads `go-import` tags from the page's head,
//! and takes the one whose prefix the path begins with. Where that prefix is shorter than the path it
//! asks `https://PREFIX?go-get=1` too, and both must say the same.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::go_url::GoUrl;
use super::go_version::GoVersion;
use super::module_path::has_path_prefix;
use super::quote::quote;
use super::repo_path::Vcs;
use crate::foreign::Foreign;

mod page;
mod xml;

pub use page::{GoImport, parse_page};
pub use xml::{XmlError, XmlProblem};

/// Where a vanity import path leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VanityRepo {
    /// The part of the import path that names the repository.
    pub root: String,
    /// The version control system, or [`Vcs::Mod`] for a module proxy.
    pub vcs: Vcs,
    /// The repository's URL, or the base URL of the module proxy. It may hold a login.
    pub url: String,
    /// The folder of the repository that is the module's root; empty for the whole (since Go 1.25).
    pub subdirectory: String,
}

/// What follows from the page of the import path itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FirstStep {
    /// The page speaks for the path.
    Found(VanityRepo),
    /// The page names a shorter prefix: that prefix's page must agree, see [`second_step`].
    Confirm {
        /// What the first page says.
        import: GoImport,
        /// The URL of the second page.
        url: String,
    },
}

/// Why a vanity import path leads nowhere. The text is what go prints after `unrecognized import
/// path "P": `. Failures to get a page are not among them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(tag = "problem", rename_all = "kebab-case")]
pub enum VanityError {
    /// The first element of the path is no host name.
    #[error("import path does not begin with hostname")]
    NoHost,
    /// The page cannot be read, and no tag came before the error.
    #[error("parsing {of}: {error}")]
    Page {
        /// The import path; for the page of a prefix, its URL.
        of: String,
        /// What is wrong.
        error: XmlError,
    },
    /// No tag, or none that the path begins with.
    #[error("parse {url}: no go-import meta tags ({})", mismatches(prefixes, path))]
    NoMatch {
        /// The page, after redirects.
        url: String,
        /// The import path.
        path: String,
        /// The prefixes that the tags have; empty if there is no tag.
        prefixes: Vec<Foreign>,
    },
    /// Several tags that the path begins with.
    #[error("parse {url}: multiple meta tags match import path {}", quote(path))]
    SeveralMatches {
        /// The page; go writes this one without its scheme.
        url: String,
        /// The import path.
        path: String,
    },
    /// The page of the prefix has no tag at all, or says another thing than the path's page.
    #[error("{first} and {second} disagree about go-import for {prefix}")]
    Disagreement {
        /// The path's page, after redirects.
        first: String,
        /// The prefix's page; go writes this one without its scheme.
        second: String,
        /// The prefix.
        prefix: Foreign,
    },
    /// The page of the prefix has no tag at all.
    #[error("fetching {prefix}: no go-import meta tag found in {url}")]
    PrefixWithoutTag {
        /// The prefix.
        prefix: Foreign,
        /// The prefix's page, after redirects.
        url: String,
    },
    /// The folder begins with a slash or a hyphen (checked since Go 1.26).
    #[error("{url}: invalid subdirectory {}: leading {}", quote(subdirectory.as_str()), leading(subdirectory))]
    Subdirectory {
        /// The page, after redirects.
        url: String,
        /// The folder.
        subdirectory: Foreign,
    },
    /// The repository is no URL with a scheme, or a file.
    #[error("{url}: invalid repo root {}: {reason}", quote(root.as_str()))]
    RepoRoot {
        /// The page, after redirects.
        url: String,
        /// The repository as the tag has it.
        root: Foreign,
        /// `no scheme`, `file scheme disallowed`, or why it is no URL.
        reason: String,
    },
    /// A version control system that go does not know.
    #[error("{url}: unknown vcs {}", quote(vcs.as_str()))]
    UnknownVcs {
        /// The page, after redirects.
        url: String,
        /// Its name.
        vcs: Foreign,
    },
}

fn mismatches(prefixes: &[Foreign], path: &str) -> String {
    let each = |prefix: &Foreign| format!("meta tag {prefix} did not match import path {path}");
    prefixes.iter().map(each).collect::<Vec<_>>().join(", ")
}

fn leading(subdirectory: &Foreign) -> &'static str {
    if subdirectory.as_str().starts_with('/') { "slash" } else { "hyphen" }
}

/// The page that go asks about an import path or a prefix, without `https:`, as go prints it in some
/// messages.
///
/// # Errors
///
/// [`VanityError::NoHost`] for a path that does not begin with a host name.
pub fn page_address(path: &str) -> Result<String, VanityError> {
    let (host, rest) = path.split_at(path.find('/').unwrap_or(path.len()));
    if !host.contains('.') {
        return Err(VanityError::NoHost);
    }
    Ok(format!("//{host}{}?go-get=1", if rest.is_empty() { "/" } else { rest }))
}

/// The URL that go asks about an import path or a prefix.
///
/// # Errors
///
/// [`VanityError::NoHost`] for a path that does not begin with a host name.
pub fn page_url(path: &str) -> Result<String, VanityError> {
    page_address(path).map(|address| format!("https:{address}"))
}

/// Reads the page of the import path itself. `url` is where it came from after redirects.
///
/// A page without tags that did not have status 200 is first of all a failed request, which go reports
/// instead: the caller asks [`parse_page`] itself where the status is another.
///
/// # Errors
///
/// Any [`VanityError`] but those about a prefix's page.
pub fn first_step(path: &str, url: &str, body: &[u8], go: &GoVersion) -> Result<FirstStep, VanityError> {
    let imports = parse_page(body, go).map_err(|error| VanityError::Page { of: path.to_owned(), error })?;
    let import = match matching(&imports, path) {
        Ok(import) => import,
        Err(Mismatch::Several) => {
            return Err(VanityError::SeveralMatches { url: page_address(path)?, path: path.to_owned() });
        }
        Err(Mismatch::None) => {
            let prefixes = imports.iter().map(|import| Foreign::new(&import.prefix)).collect();
            return Err(VanityError::NoMatch { url: url.to_owned(), path: path.to_owned(), prefixes });
        }
    };
    if import.prefix == path {
        return repository(import, url, go).map(FirstStep::Found);
    }
    Ok(FirstStep::Confirm { import: import.clone(), url: page_url(&import.prefix)? })
}

/// Reads the page of the prefix that the first page named. `first_url` and `url` are where the pages
/// came from after redirects.
///
/// # Errors
///
/// Any [`VanityError`] but [`VanityError::NoMatch`] and [`VanityError::SeveralMatches`].
pub fn second_step(
    path: &str,
    import: &GoImport,
    first_url: &str,
    url: &str,
    body: &[u8],
    go: &GoVersion,
) -> Result<VanityRepo, VanityError> {
    let imports = parse_page(body, go).map_err(|error| VanityError::Page { of: url.to_owned(), error })?;
    let prefix = Foreign::new(&import.prefix);
    if imports.is_empty() {
        return Err(VanityError::PrefixWithoutTag { prefix, url: url.to_owned() });
    }
    if matching(&imports, path).ok() != Some(import) {
        let second = page_address(&import.prefix)?;
        return Err(VanityError::Disagreement { first: first_url.to_owned(), second, prefix });
    }
    repository(import, first_url, go)
}

enum Mismatch {
    None,
    Several,
}

/// The tag that the path begins with. Tags of module proxies come first and beat the others.
fn matching<'a>(imports: &'a [GoImport], path: &str) -> Result<&'a GoImport, Mismatch> {
    let mut matches = imports.iter().filter(|import| has_path_prefix(path, &import.prefix));
    let first = matches.next().ok_or(Mismatch::None)?;
    match matches.next() {
        Some(second) if first.vcs != page::MOD || second.vcs == page::MOD => Err(Mismatch::Several),
        _ => Ok(first),
    }
}

fn repository(import: &GoImport, url: &str, go: &GoVersion) -> Result<VanityRepo, VanityError> {
    if go.is_at_least(26) && import.subdirectory.starts_with(['/', '-']) {
        let subdirectory = Foreign::new(&import.subdirectory);
        return Err(VanityError::Subdirectory { url: url.to_owned(), subdirectory });
    }
    let invalid =
        |reason: String| VanityError::RepoRoot { url: url.to_owned(), root: Foreign::new(&import.root), reason };
    match GoUrl::parse(&import.root) {
        Err(problem) => {
            let root = Foreign::new(&import.root);
            return Err(invalid(format!("parse {}: {problem}", quote(root.as_str()))));
        }
        Ok(root) if root.scheme.is_empty() => return Err(invalid("no scheme".to_owned())),
        Ok(root) if root.scheme == "file" => return Err(invalid("file scheme disallowed".to_owned())),
        Ok(_) => {}
    }
    let vcs = if import.vcs == page::MOD { Some(Vcs::Mod) } else { Vcs::by_name(&import.vcs, go) };
    let vcs = vcs.ok_or_else(|| VanityError::UnknownVcs { url: url.to_owned(), vcs: Foreign::new(&import.vcs) })?;
    Ok(VanityRepo {
        root: import.prefix.clone(),
        vcs,
        url: import.root.clone(),
        subdirectory: import.subdirectory.clone(),
    })
}

#[cfg(test)]
mod tests;
