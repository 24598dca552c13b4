//! What `git ls-remote` prints, and which required versions have no tag.

use std::collections::HashSet;

use crate::golang::module_path::{ModuleVersion, check_path_major, split_path_version};
use crate::golang::pseudo_version::is_pseudo_version;
use crate::golang::semver;

/// The references of a repository, as go takes them up: HEAD, branches and tags.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct References {
    /// How many there are.
    pub count: usize,
    tags: HashSet<String>,
    whole: bool,
}

/// The import path at which a repository is rooted.
#[derive(Debug, Clone, Copy)]
pub struct Root<'a> {
    /// It.
    pub path: &'a str,
    /// Whether a page says so, and not the path itself.
    pub from_page: bool,
}

fn ends_in(tag: &str, version: &str) -> bool {
    tag.strip_suffix(version).is_some_and(|folder| folder.ends_with('/'))
}

impl References {
    /// Reads `HASH TAB NAME` lines. `whole` says whether that is all of it.
    pub fn parse(output: &str, whole: bool) -> Self {
        let mut references = Self { whole, ..Self::default() };
        for line in output.lines() {
            let mut words = line.split_whitespace();
            let (Some(_), Some(name), None) = (words.next(), words.next(), words.next()) else { continue };
            // `^{}` is what an annotated tag points to: the same tag once more.
            if name.ends_with("^{}") {
                continue;
            }
            if let Some(tag) = name.strip_prefix("refs/tags/") {
                references.tags.insert(tag.to_owned());
            } else if name != "HEAD" && !name.starts_with("refs/heads/") {
                continue;
            }
            references.count += 1;
        }
        references
    }

    /// The modules whose version is a tag that the repository at `root` lacks. A
    /// pseudo-version names a commit, of which references tell nothing; neither does output that
    /// was cut.
    pub fn lacks(&self, modules: &[ModuleVersion], root: Root<'_>) -> Vec<ModuleVersion> {
        let lacks = |module: &&ModuleVersion| {
            self.whole
                && semver::is_canonical_version(&module.version)
                && !is_pseudo_version(&module.version)
                && !self.tags.contains(&tag_of(module, root.path))
                // Its page may say that the module lies in a folder, whose name stands before the tag.
                && !(root.from_page && self.tags.iter().any(|tag| ends_in(tag, &module.version)))
        };
        modules.iter().filter(lacks).cloned().collect()
    }

    /// Versions of a module that the repository has, the newest first, at most five.
    pub fn versions(&self, path: &str, root: Root<'_>) -> Vec<ModuleVersion> {
        let folder = folder_of(path, root.path);
        let major = split_path_version(path).map_or("", |(_, major)| major);
        let fits = |version: &&str| semver::is_canonical_version(version) && check_path_major(version, major).is_ok();
        let mut versions: Vec<&str> =
            self.tags.iter().filter_map(|tag| tag.strip_prefix(&folder)).filter(fits).collect();
        versions.sort_by(|a, b| semver::compare(b, a));
        versions.into_iter().take(MAX_NAMED).map(|version| ModuleVersion::new(path, version)).collect()
    }
}

/// How many versions are named where one is missing.
const MAX_NAMED: usize = 5;

/// The tag of a version: below the folder of the module. `+incompatible` and other build metadata is
/// not part of it.
fn tag_of(module: &ModuleVersion, root: &str) -> String {
    let version = module.version.split('+').next().unwrap_or(&module.version);
    format!("{}{version}", folder_of(&module.path, root))
}

/// The folder of a module in its repository, with a slash at its end; empty for the whole. The major
/// version that ends a path is no folder.
fn folder_of(path: &str, root: &str) -> String {
    let stem = split_path_version(path).map_or(path, |(stem, _)| stem);
    // Of gopkg.in/x.v2 the root is longer than the stem.
    match stem.strip_prefix(root).map(|rest| rest.trim_matches('/')) {
        None | Some("") => String::new(),
        Some(folder) => format!("{folder}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "a\tHEAD\nb\trefs/heads/main\nc\trefs/tags/v1.0.0\nd\trefs/tags/v1.0.0^{}\n\
                          e\trefs/tags/sub/v1.2.0\nf\trefs/tags/v2.0.0\ng\trefs/pull/1/head\nwarning: x\n";

    fn root(path: &str) -> Root<'_> {
        Root { path, from_page: false }
    }

    #[test]
    fn a_page_may_name_a_folder() {
        let references = References::parse(OUTPUT, true);
        let module = ModuleVersion::new("go.x/lib", "v1.2.0");
        let lacks = |from_page| references.lacks(std::slice::from_ref(&module), Root { path: "go.x/lib", from_page });
        assert_eq!((lacks(false).len(), lacks(true).len()), (1, 0));
    }

    #[test]
    fn branches_and_tags_are_counted_once() {
        assert_eq!(References::parse(OUTPUT, true).count, 5);
        assert_eq!(References::parse("<html>\n", true).count, 0);
    }

    #[test]
    fn tags_are_sought_where_go_seeks_them() {
        let references = References::parse(OUTPUT, true);
        for (path, version, lacks) in [
            ("h.x/r", "v1.0.0", false),
            ("h.x/r", "v1.0.1", true),
            ("h.x/r/sub", "v1.2.0", false),
            ("h.x/r/sub", "v1.0.0", true),
            ("h.x/r/v2", "v2.0.0", false),
            ("h.x/r", "v2.0.0+incompatible", false),
            ("h.x/r", "v0.0.0-20200101000000-abcdefabcdef", false),
            ("h.x/r", "", false),
            ("h.x/r", "main", false),
            ("h.x/r", "v1", false),
            ("h.x/r", "v3.0.0+incompatible", true),
        ] {
            let module = ModuleVersion::new(path, version);
            assert_eq!(!references.lacks(&[module], root("h.x/r")).is_empty(), lacks, "{path} {version}");
        }
        let gopkg = ModuleVersion::new("gopkg.in/x.v2", "v2.0.0");
        assert!(references.lacks(&[gopkg], root("gopkg.in/x.v2")).is_empty());
    }

    #[test]
    fn the_newest_versions_are_named() {
        let output: String = (0..12).map(|minor| format!("x\trefs/tags/v1.{minor}.0\n")).collect();
        let references = References::parse(&(output + OUTPUT + "x\trefs/tags/v1\n"), true);
        let named = |path: &str| -> Vec<String> {
            references.versions(path, root("h.x/r")).into_iter().map(|module| module.version).collect()
        };
        assert_eq!(named("h.x/r"), ["v1.11.0", "v1.10.0", "v1.9.0", "v1.8.0", "v1.7.0"]);
        assert_eq!(named("h.x/r/v2"), ["v2.0.0"]);
        assert_eq!(named("h.x/r/sub"), ["v1.2.0"]);
    }

    #[test]
    fn cut_output_proves_nothing() {
        let module = ModuleVersion::new("h.x/r", "v9.0.0");
        assert!(References::parse(OUTPUT, false).lacks(&[module], root("h.x/r")).is_empty());
    }
}
