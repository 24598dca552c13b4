//! Modules made on the spot: what a module proxy serves of them, and their checksums.

use std::collections::BTreeMap;
use std::path::Path;

use super::{LabError, zip_writer};
use crate::golang::module_hash::{hash_files, hash_go_mod};
use crate::golang::module_path::escape;

/// One version of a module.
#[derive(Debug, Clone)]
pub struct Module {
    /// Its path, such as `example.dev/a`.
    pub path: String,
    /// Its version, such as `v1.2.0`.
    pub version: String,
    /// Its files by slash path, go.mod included.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Module {
    /// A module with one package at its root, and nothing required.
    #[must_use]
    pub fn new(path: &str, version: &str) -> Self {
        let name = path.rsplit('/').find(|part| !is_major(part)).unwrap_or("x");
        let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let package = if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { format!("p{name}") };
        let module = Self { path: path.to_owned(), version: version.to_owned(), files: BTreeMap::new() };
        module.file("lib.go", &format!("package {package}\n")).go_mod(&format!("module {path}\n\ngo 1.21\n"))
    }

    /// Adds or replaces a file.
    #[must_use]
    pub fn file(mut self, name: &str, content: &str) -> Self {
        self.files.insert(name.to_owned(), content.as_bytes().to_vec());
        self
    }

    /// Replaces the go.mod.
    #[must_use]
    pub fn go_mod(self, content: &str) -> Self {
        self.file("go.mod", content)
    }

    /// Adds a requirement to the go.mod, and an import of it to the package.
    #[must_use]
    pub fn requires(mut self, path: &str, version: &str) -> Self {
        let go_mod = format!("{}\nrequire {path} {version}\n", self.mod_text());
        let lib = format!("{}\nimport _ {path:?}\n", String::from_utf8_lossy(self.content("lib.go")));
        self = self.go_mod(&go_mod);
        self.file("lib.go", &lib)
    }

    /// The go.mod.
    #[must_use]
    pub fn mod_text(&self) -> String {
        String::from_utf8_lossy(self.content("go.mod")).into_owned()
    }

    /// The `.info` answer.
    #[must_use]
    pub fn info(&self) -> String {
        format!("{{\"Version\":{:?},\"Time\":\"2024-01-02T03:04:05Z\"}}", self.version)
    }

    /// The `.zip` answer.
    #[must_use]
    pub fn zip(&self) -> Vec<u8> {
        zip_writer::zip(self.entries())
    }

    /// The h1 of the zip. Empty where a file name has a line end, of which go takes no h1 either.
    #[must_use]
    pub fn zip_hash(&self) -> String {
        let entries: Vec<_> = self.entries().collect();
        hash_files(entries.iter().map(|(name, content)| (name.as_str(), *content))).unwrap_or_default()
    }

    /// The h1 of the go.mod.
    #[must_use]
    pub fn mod_hash(&self) -> String {
        hash_go_mod(self.content("go.mod"))
    }

    fn content(&self, name: &str) -> &[u8] {
        self.files.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The files by the names that they bear in the zip.
    fn entries(&self) -> impl Iterator<Item = (String, &[u8])> {
        self.files.iter().map(|(name, content)| (format!("{}@{}/{name}", self.path, self.version), content.as_slice()))
    }

    /// The two lines of a go.sum.
    #[must_use]
    pub fn sum_lines(&self) -> String {
        let Self { path, version, .. } = self;
        format!("{path} {version} {}\n{path} {version}/go.mod {}\n", self.zip_hash(), self.mod_hash())
    }

    /// The path as it stands in URLs and in the module cache.
    #[must_use]
    pub fn escaped_path(&self) -> String {
        escape(&self.path)
    }
}

/// go.sum lines of several modules.
#[must_use]
pub fn go_sum<'a>(modules: impl IntoIterator<Item = &'a Module>) -> String {
    modules.into_iter().map(Module::sum_lines).collect()
}

/// Writes modules as a folder that `GOPROXY=file://…` can serve.
///
/// # Errors
///
/// [`LabError::Io`] where a file cannot be written.
pub fn write_file_proxy<'a>(folder: &Path, modules: impl IntoIterator<Item = &'a Module>) -> Result<(), LabError> {
    let mut lists: BTreeMap<String, String> = BTreeMap::new();
    for module in modules {
        let at = folder.join(module.escaped_path()).join("@v");
        std::fs::create_dir_all(&at).map_err(LabError::io("make a folder of modules"))?;
        let version = escape(&module.version);
        let list = lists.entry(module.escaped_path()).or_default();
        list.push_str(&format!("{}\n", module.version));
        for (name, content) in [
            (format!("{version}.info"), module.info().into_bytes()),
            (format!("{version}.mod"), module.content("go.mod").to_vec()),
            (format!("{version}.zip"), module.zip()),
            ("list".to_owned(), list.clone().into_bytes()),
        ] {
            std::fs::write(at.join(name), content).map_err(LabError::io("write a module"))?;
        }
    }
    Ok(())
}

fn is_major(part: &str) -> bool {
    part.strip_prefix('v').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
}
