//! vendor/modules.txt: which modules `go mod vendor` copied, and from which go.mod.

use std::cmp::Ordering;
use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::module_path::{ModuleVersion, check_import_path};
use super::super::{go_version, semver};
use super::conflict::{Conflict, find_conflicts};
use super::lexer::text_of;

/// A vendor/modules.txt file. Go skips lines that it does not understand, and so does this.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModulesTxt {
    /// The modules, in the order of the file; each once.
    pub modules: Vec<VendoredModule>,
    /// The file was written for a workspace (by `go work vendor`).
    pub workspace: bool,
    /// Merges that nobody has finished. Go does not notice them as such.
    pub conflicts: Vec<Conflict>,
}

/// `# PATH VERSION [=> REPLACEMENT]` and the lines below it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VendoredModule {
    /// The module; without version, the line only records a replacement of all its versions.
    #[serde(flatten)]
    pub module: ModuleVersion,
    /// What replaces it; without version, a directory.
    pub replacement: Option<ModuleVersion>,
    /// go.mod required it when the file was written.
    pub explicit: bool,
    /// The version of its `go` line.
    pub go: Option<String>,
    /// It has packages here, and no higher version of it had before: it is in the build list.
    pub selected: bool,
    /// Its packages.
    pub packages: Vec<String>,
    /// The line, from 1.
    pub line: u32,
}

impl ModulesTxt {
    /// Reads a vendor/modules.txt file.
    #[must_use]
    pub fn parse(data: &[u8]) -> Self {
        let mut reader = ModulesReader::default();
        for (line, number) in data.split(|byte| *byte == b'\n').zip(1_u32..) {
            reader.line(&text_of(line), number);
        }
        let first = data.split(|byte| *byte == b'\n').next().map(text_of).unwrap_or_default();
        let workspace = first
            .strip_prefix("## ")
            .is_some_and(|annotations| annotations.split(';').any(|annotation| annotation.trim() == "workspace"));
        Self { modules: reader.modules, workspace, conflicts: find_conflicts(data) }
    }

    /// What the file says of a module at a version.
    #[must_use]
    pub fn get(&self, module: &ModuleVersion) -> Option<&VendoredModule> {
        self.modules.iter().find(|vendored| vendored.module == *module)
    }

    /// The first module whose `go` line asks for more than the go that reads the file: go stops there.
    #[must_use]
    pub fn too_new_for(&self, running: &str) -> Option<&VendoredModule> {
        let newer = |go: &String| go_version::compare(go, running) == Ordering::Greater;
        self.modules.iter().find(|vendored| vendored.go.as_ref().is_some_and(newer))
    }
}

#[derive(Default)]
struct ModulesReader {
    modules: Vec<VendoredModule>,
    index: HashMap<ModuleVersion, usize>,
    /// The module that the next lines are about.
    current: Option<usize>,
    /// The highest version with packages, by path.
    selected: HashMap<String, String>,
}

impl ModulesReader {
    fn line(&mut self, line: &str, number: u32) {
        if line.starts_with("# ") {
            self.module_line(line, number);
            return;
        }
        let Some(vendored) = self.current.and_then(|current| self.modules.get_mut(current)) else { return };
        if let Some(annotations) = line.strip_prefix("## ") {
            for annotation in annotations.split(';').map(str::trim) {
                if annotation == "explicit" {
                    vendored.explicit = true;
                } else if let Some(version) = annotation.strip_prefix("go ") {
                    vendored.go = Some(version.to_owned());
                }
            }
            return;
        }
        let mut words = line.split_whitespace();
        let (Some(package), None) = (words.next(), words.next()) else { return };
        if check_import_path(package).is_err() {
            return;
        }
        vendored.packages.push(package.to_owned());
        let ModuleVersion { path, version } = &vendored.module;
        if self.selected.get(path).is_none_or(|known| semver::compare(known, version).is_lt()) {
            self.selected.insert(path.clone(), version.clone());
            vendored.selected = true;
        }
    }

    fn module_line(&mut self, line: &str, number: u32) {
        let words: Vec<&str> = line.split_whitespace().take(7).collect();
        let (module, rest) = match *words {
            [_, path, version, ref rest @ ..] if semver::is_valid(version) => (ModuleVersion::new(path, version), rest),
            [_, path, "=>", ..] => (ModuleVersion::new(path, ""), words.get(2..).unwrap_or_default()),
            // A comment of two words says nothing; a module line that is not understood ends the module
            // before it.
            [_] | [_, _] => return,
            _ => {
                self.current = None;
                return;
            }
        };
        let current = *self.index.entry(module.clone()).or_insert_with(|| {
            self.modules.push(VendoredModule { module, line: number, ..VendoredModule::default() });
            self.modules.len() - 1
        });
        self.current = Some(current);
        let replacement = match *rest {
            ["=>", directory] => ModuleVersion::new(directory, ""),
            ["=>", path, version] if semver::is_valid(version) => ModuleVersion::new(path, version),
            _ => return,
        };
        if let Some(vendored) = self.modules.get_mut(current) {
            vendored.replacement = Some(replacement);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules() {
        let text = "# a.b/c v1.0.0\n## explicit; go 1.17\na.b/c\na.b/c/d\n# a.b/e v1.2.0 => ../e\n## explicit\n\
                    # a.b/f v1.0.0 => z.z/f v1.1.0\na.b/f\n# a.b/g => ./g\n# not understood here\na.b/lost\n";
        let txt = ModulesTxt::parse(text.as_bytes());
        assert!(!txt.workspace && txt.conflicts.is_empty());
        let c = txt.get(&ModuleVersion::new("a.b/c", "v1.0.0")).unwrap();
        assert_eq!(
            (c.explicit, c.go.as_deref(), c.selected, c.packages.len(), c.line),
            (true, Some("1.17"), true, 2, 1)
        );
        let replacements: Vec<_> =
            txt.modules.iter().map(|m| m.replacement.as_ref().map(ToString::to_string)).collect();
        assert_eq!(replacements, [None, Some("../e".into()), Some("z.z/f@v1.1.0".into()), Some("./g".into())]);
        assert!(txt.modules.iter().all(|m| !m.packages.contains(&"a.b/lost".to_owned())));
        assert_eq!(txt.too_new_for("1.16").map(|m| m.line), Some(1));
        assert_eq!(txt.too_new_for("1.26.0"), None);
    }

    #[test]
    fn annotations_of_a_module_named_twice_are_joined() {
        let txt = ModulesTxt::parse(
            b"## workspace\n# a.b/c v1.0.0\n## explicit\n# a.b/d v1.0.0\na.b/d\n# a.b/c v1.0.0\na.b/c\n",
        );
        assert!(txt.workspace);
        assert_eq!(txt.modules.len(), 2);
        assert!(txt.modules[0].explicit && txt.modules[0].selected);
    }
}
