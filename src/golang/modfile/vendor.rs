//! Whether vendor/modules.txt agrees with go.mod. Go checks this before every build with vendor/.

use std::collections::{HashMap, HashSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::go_version;
use super::super::module_path::ModuleVersion;
use super::super::platform::Os;
use super::directive::is_directory_path;
use super::go_mod::{GoMod, Replace};
use super::go_work::GoWork;
use super::modules_txt::ModulesTxt;

/// What vendor/ belongs to.
#[derive(Debug, Clone, Copy)]
pub struct VendorOwner<'a> {
    /// The main modules: one, or those of the workspace in its order, each with its directory relative
    /// to go.work's (empty outside a workspace).
    pub modules: &'a [(&'a str, &'a GoMod)],
    /// The workspace, if vendor/ was made by `go work vendor`.
    pub work: Option<&'a GoWork>,
    /// The system that go runs on.
    pub os: Os,
}

/// One difference, about a module; go prints them in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VendorDifference {
    /// The module as it is required, replaced or vendored.
    #[serde(flatten)]
    pub module: ModuleVersion,
    /// What differs.
    #[serde(flatten)]
    pub kind: VendorDifferenceKind,
}

/// What differs between go.mod and vendor/modules.txt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "difference", rename_all = "kebab-case")]
pub enum VendorDifferenceKind {
    /// go.mod requires it; modules.txt does not mark it as explicit (at this version).
    NotMarkedExplicit,
    /// As before, for a module with a `go` line below 1.14: another version is vendored.
    OtherVersion {
        /// The version that is vendored.
        vendored: String,
    },
    /// A file replaces it; modules.txt says nothing of it.
    NotMarkedReplaced {
        /// The file: `go.mod`, the go.mod of a workspace module, or `go.work`.
        source: String,
    },
    /// A file and modules.txt replace it by different things.
    OtherReplacement {
        /// The file.
        source: String,
        /// What the file says.
        wanted: ModuleVersion,
        /// What modules.txt says.
        vendored: ModuleVersion,
    },
    /// modules.txt marks it as explicit; no go.mod requires it.
    NotRequired {
        /// In a workspace the text differs by a word.
        workspace: bool,
    },
    /// modules.txt marks it as replaced; nothing replaces it.
    NotReplaced {
        /// In a workspace the text differs by a word.
        workspace: bool,
    },
}

impl VendorDifference {
    /// The line that go prints, without its leading tab.
    #[must_use]
    pub fn go_line(&self) -> String {
        let module = &self.module;
        match &self.kind {
            VendorDifferenceKind::NotMarkedExplicit => {
                format!("{module}: is explicitly required in go.mod, but not marked as explicit in vendor/modules.txt")
            }
            VendorDifferenceKind::OtherVersion { vendored } => format!(
                "{module}: is explicitly required in go.mod, but vendor/modules.txt indicates {}@{vendored}",
                module.path
            ),
            VendorDifferenceKind::NotMarkedReplaced { source } => {
                format!("{module}: is replaced in {source}, but not marked as replaced in vendor/modules.txt")
            }
            VendorDifferenceKind::OtherReplacement { source, wanted, vendored } => format!(
                "{module}: is replaced by {wanted} in {source}, but marked as replaced by {vendored} in \
                 vendor/modules.txt"
            ),
            VendorDifferenceKind::NotRequired { workspace } => format!(
                "{module}: is marked as explicit in vendor/modules.txt, but not explicitly required in {}go.mod",
                if *workspace { "a " } else { "" }
            ),
            VendorDifferenceKind::NotReplaced { workspace } => format!(
                "{module}: is marked as replaced in vendor/modules.txt, but not replaced in {}",
                if *workspace { "the workspace" } else { "go.mod" }
            ),
        }
    }
}

/// Compares vendor/modules.txt with what vendor/ belongs to, as go does. An absent file is an empty
/// one.
#[must_use]
pub fn vendor_differences(owner: VendorOwner<'_>, txt: &ModulesTxt) -> Vec<VendorDifference> {
    Comparison::new(owner, txt).run()
}

struct Comparison<'a> {
    owner: VendorOwner<'a>,
    txt: &'a ModulesTxt,
    vendored: HashMap<&'a ModuleVersion, usize>,
    /// The selected version by path, as modules.txt has it.
    versions: HashMap<&'a str, &'a str>,
    /// Replacements by what they replace: those of go.work, then those of each module.
    replacements: Vec<(Source<'a>, HashMap<&'a ModuleVersion, &'a Replace>)>,
    /// A go.mod below 1.14 has no explicit marks.
    before_114: bool,
    found: Vec<VendorDifference>,
}

#[derive(Clone, Copy)]
enum Source<'a> {
    Work,
    Module(&'a str),
}

impl Source<'_> {
    fn file(self) -> String {
        match self {
            Self::Work => "go.work".to_owned(),
            Self::Module("" | ".") => "go.mod".to_owned(),
            Self::Module(directory) => {
                format!("{}/go.mod", directory.trim_start_matches("./").trim_end_matches('/'))
            }
        }
    }
}

impl<'a> Comparison<'a> {
    fn new(owner: VendorOwner<'a>, txt: &'a ModulesTxt) -> Self {
        let by_old = |list: &'a [Replace]| list.iter().map(|replace| (&replace.old, replace)).collect();
        let mut replacements: Vec<_> = owner.work.iter().map(|work| (Source::Work, by_old(&work.replace))).collect();
        let modules = owner.modules.iter().map(|(directory, file)| (Source::Module(directory), by_old(&file.replace)));
        replacements.extend(modules);
        let before_114 = owner.work.is_none()
            && owner
                .modules
                .iter()
                .any(|(_, file)| go_version::compare(file.go_version().unwrap_or_default(), "1.14").is_lt());
        let selected = txt.modules.iter().filter(|vendored| vendored.selected);
        Self {
            owner,
            txt,
            vendored: txt.modules.iter().enumerate().map(|(at, vendored)| (&vendored.module, at)).collect(),
            versions: selected
                .map(|vendored| (vendored.module.path.as_str(), vendored.module.version.as_str()))
                .collect(),
            replacements,
            before_114,
            found: Vec::new(),
        }
    }

    fn run(mut self) -> Vec<VendorDifference> {
        let owner = self.owner;
        for (_, file) in owner.modules {
            for require in &file.require {
                self.requirement(&require.module);
            }
        }
        let mut seen = HashSet::new();
        let of_modules = owner.modules.iter().flat_map(|(_, file)| &file.replace);
        let of_work = owner.work.iter().flat_map(|work| &work.replace);
        for replace in of_modules.chain(of_work) {
            if seen.insert(&replace.old) {
                self.replacement(&replace.old);
            }
        }
        let workspace = owner.work.is_some();
        let required: HashSet<&ModuleVersion> = self
            .owner
            .modules
            .iter()
            .flat_map(|(_, file)| file.require.iter().map(|require| &require.module))
            .collect();
        for vendored in self.txt.modules.iter().filter(|vendored| vendored.selected && vendored.explicit) {
            if !required.contains(&vendored.module) {
                self.report(&vendored.module, VendorDifferenceKind::NotRequired { workspace });
            }
        }
        for vendored in self.txt.modules.iter().filter(|vendored| vendored.replacement.is_some()) {
            if self.replacement_of(&vendored.module).is_none() {
                self.report(&vendored.module, VendorDifferenceKind::NotReplaced { workspace });
            }
        }
        self.found
    }

    fn report(&mut self, module: &ModuleVersion, kind: VendorDifferenceKind) {
        self.found.push(VendorDifference { module: module.clone(), kind });
    }

    fn requirement(&mut self, module: &ModuleVersion) {
        let vendored = self.vendored.get(module).and_then(|at| self.txt.modules.get(*at));
        if vendored.is_some_and(|vendored| vendored.explicit) {
            return;
        }
        if !self.before_114 {
            self.report(module, VendorDifferenceKind::NotMarkedExplicit);
        } else if let Some(version) = self.versions.get(module.path.as_str()).filter(|v| **v != module.version) {
            let vendored = (*version).to_owned();
            self.report(module, VendorDifferenceKind::OtherVersion { vendored });
        }
    }

    fn replacement(&mut self, old: &ModuleVersion) {
        let wanted = self.replacement_of(old);
        let vendored = self.vendored.get(old).and_then(|at| self.txt.modules.get(*at)?.replacement.clone());
        match (wanted, vendored) {
            // A replacement of the main module itself has no effect.
            (None, None) => {}
            (Some((source, _)), None) => {
                let unknowable = self.before_114
                    && (old.version.is_empty() || self.versions.get(old.path.as_str()) != Some(&old.version.as_str()));
                if !unknowable {
                    self.report(old, VendorDifferenceKind::NotMarkedReplaced { source: source.file() });
                }
            }
            (wanted, Some(vendored)) => {
                let source = wanted.map_or(Source::Module(""), |(source, _)| source);
                let is = wanted.map(|(_, replace)| replace.new.clone()).unwrap_or_default();
                if self.canonical(&is, source) != vendored {
                    let kind = VendorDifferenceKind::OtherReplacement { source: source.file(), wanted: is, vendored };
                    self.report(old, kind);
                }
            }
        }
    }

    /// What replaces a module: go.work decides before the modules; a version before all versions.
    fn replacement_of(&self, module: &ModuleVersion) -> Option<(Source<'a>, &'a Replace)> {
        let is_main =
            module.version.is_empty() && self.owner.modules.iter().any(|(_, file)| file.module_path() == module.path);
        if is_main {
            return None;
        }
        let any_version = ModuleVersion::new(&*module.path, "");
        let of =
            |map: &HashMap<&ModuleVersion, &'a Replace>| map.get(module).or_else(|| map.get(&any_version)).copied();
        let in_order = |(source, map): &(Source<'a>, HashMap<_, _>)| of(map).map(|replace| (*source, replace));
        match self.replacements.first().filter(|(source, _)| matches!(source, Source::Work)).and_then(in_order) {
            Some(found) => Some(found),
            // Of several modules that replace it the last one counts (they must not differ).
            None => self.replacements.iter().rev().filter(|(s, _)| matches!(s, Source::Module(_))).find_map(in_order),
        }
    }

    /// In a workspace, directories in modules.txt are relative to go.work.
    fn canonical(&self, new: &ModuleVersion, source: Source<'_>) -> ModuleVersion {
        let absolute = new.path.starts_with('/') || (self.owner.os == Os::Windows && new.path.get(1..2) == Some(":"));
        match source {
            Source::Module(directory) if self.owner.work.is_some() && !absolute && new.version.is_empty() => {
                ModuleVersion::new(join(directory, &new.path), "")
            }
            _ => new.clone(),
        }
    }
}

/// The directory joined with the path, as a directory path without `.` and inner `..` elements.
fn join(directory: &str, path: &str) -> String {
    let joined = format!("{directory}/{path}").replace('\\', "/");
    let mut elements: Vec<&str> = Vec::new();
    for element in joined.split('/') {
        match (element, elements.last()) {
            ("" | ".", _) => {}
            ("..", Some(last)) if *last != ".." => drop(elements.pop()),
            (element, _) => elements.push(element),
        }
    }
    let joined = if elements.is_empty() { ".".to_owned() } else { elements.join("/") };
    if is_directory_path(&joined) { joined } else { format!("./{joined}") }
}

#[cfg(test)]
mod tests {
    use super::super::go_mod::ReadAs;
    use super::*;

    fn lines(go_mod: &str, txt: &str) -> Vec<String> {
        let file = GoMod::parse(go_mod.as_bytes(), ReadAs::MainModule, Os::Linux);
        assert_eq!(file.problems, []);
        let owner = VendorOwner { modules: &[("", &file)], work: None, os: Os::Linux };
        vendor_differences(owner, &ModulesTxt::parse(txt.as_bytes())).iter().map(VendorDifference::go_line).collect()
    }

    const MOD: &str = "module x.y/m\ngo 1.21\nrequire a.b/c v1.0.0\nreplace a.b/d => ../d\nreplace x.y/m => ./m\n";

    #[test]
    fn agreement() {
        let txt = "# a.b/c v1.0.0\n## explicit\na.b/c\n# a.b/d => ../d\n";
        assert_eq!(lines(MOD, txt), Vec::<String>::new());
    }

    #[test]
    fn differences_in_gos_words_and_order() {
        assert_eq!(
            lines(MOD, "# a.b/c v1.1.0\n## explicit\na.b/c\n# a.b/e v1.0.0 => ../e\n"),
            [
                "a.b/c@v1.0.0: is explicitly required in go.mod, but not marked as explicit in vendor/modules.txt",
                "a.b/d: is replaced in go.mod, but not marked as replaced in vendor/modules.txt",
                "a.b/c@v1.1.0: is marked as explicit in vendor/modules.txt, but not explicitly required in go.mod",
                "a.b/e@v1.0.0: is marked as replaced in vendor/modules.txt, but not replaced in go.mod",
            ]
        );
        assert_eq!(
            lines(MOD, "# a.b/c v1.0.0\n## explicit\n# a.b/d => z.z/d v1.0.0\n"),
            ["a.b/d: is replaced by ../d in go.mod, but marked as replaced by z.z/d@v1.0.0 in vendor/modules.txt"]
        );
    }

    #[test]
    fn old_modules_are_compared_loosely() {
        let old = "module x.y/m\ngo 1.13\nrequire a.b/c v1.0.0\nreplace a.b/d => ../d\n";
        assert_eq!(lines(old, "# a.b/c v1.0.0\na.b/c\n"), Vec::<String>::new());
        assert_eq!(
            lines(old, "# a.b/c v1.1.0\na.b/c\n"),
            ["a.b/c@v1.0.0: is explicitly required in go.mod, but vendor/modules.txt indicates a.b/c@v1.1.0"]
        );
    }

    #[test]
    fn directories_in_a_workspace_are_relative_to_it() {
        let file = |text: &str| GoMod::parse(text.as_bytes(), ReadAs::MainModule, Os::Linux);
        let a = file("module x.y/a\ngo 1.22\nreplace a.b/d => ../d\n");
        let b = file("module x.y/b\ngo 1.22\nrequire a.b/c v1.0.0\n");
        let work = GoWork::parse(b"go 1.22\nuse ./a\nuse ./b\n", Os::Linux);
        let owner = VendorOwner { modules: &[("./a", &a), ("./b", &b)], work: Some(&work), os: Os::Linux };
        let check = |txt: &str| {
            let txt = ModulesTxt::parse(txt.as_bytes());
            vendor_differences(owner, &txt).iter().map(VendorDifference::go_line).collect::<Vec<_>>()
        };
        assert_eq!(check("## workspace\n# a.b/c v1.0.0\n## explicit\n# a.b/d => ./d\n"), Vec::<String>::new());
        assert_eq!(
            check("## workspace\n# a.b/c v1.0.0\n## explicit\n# a.b/e v1.0.0\n## explicit\na.b/e\n"),
            [
                "a.b/d: is replaced in a/go.mod, but not marked as replaced in vendor/modules.txt",
                "a.b/e@v1.0.0: is marked as explicit in vendor/modules.txt, but not explicitly required in a go.mod",
            ]
        );
    }
}
