//! Modules made on the spot: what a module proxy serves of them, and their checksums.

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::zip_writer;

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
    pub fn new(path: &str, version: &str) -> Self {
        let name = path.rsplit('/').find(|part| !is_major(part)).unwrap_or("x");
        let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let package = if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { format!("p{name}") };
        let module = Self { path: path.to_owned(), version: version.to_owned(), files: BTreeMap::new() };
        module.file("lib.go", &format!("package {package}\n")).go_mod(&format!("module {path}\n\ngo 1.21\n"))
    }

    /// Adds or replaces a file.
    pub fn file(mut self, name: &str, content: &str) -> Self {
        self.files.insert(name.to_owned(), content.as_bytes().to_vec());
        self
    }

    /// Replaces the go.mod.
    pub fn go_mod(self, content: &str) -> Self {
        self.file("go.mod", content)
    }

    /// Adds a requirement to the go.mod, and an import of it to the package.
    pub fn requires(mut self, path: &str, version: &str) -> Self {
        let go_mod = format!("{}\nrequire {path} {version}\n", self.mod_text());
        let lib = format!("{}\nimport _ {path:?}\n", String::from_utf8_lossy(&self.files["lib.go"]));
        self = self.go_mod(&go_mod);
        self.file("lib.go", &lib)
    }

    /// The go.mod.
    pub fn mod_text(&self) -> String {
        String::from_utf8_lossy(&self.files["go.mod"]).into_owned()
    }

    /// The `.info` answer.
    pub fn info(&self) -> String {
        format!("{{\"Version\":{:?},\"Time\":\"2024-01-02T03:04:05Z\"}}", self.version)
    }

    /// The `.zip` answer.
    pub fn zip(&self) -> Vec<u8> {
        let prefix = format!("{}@{}", self.path, self.version);
        zip_writer::zip(self.files.iter().map(|(name, content)| (format!("{prefix}/{name}"), &content[..])))
    }

    /// The h1 of the zip.
    pub fn zip_hash(&self) -> String {
        let prefix = format!("{}@{}", self.path, self.version);
        h1(self.files.iter().map(|(name, content)| (format!("{prefix}/{name}"), &content[..])))
    }

    /// The h1 of the go.mod.
    pub fn mod_hash(&self) -> String {
        h1([("go.mod".to_owned(), &self.files["go.mod"][..])])
    }

    /// The two lines of a go.sum.
    pub fn sum_lines(&self) -> String {
        let Self { path, version, .. } = self;
        format!("{path} {version} {}\n{path} {version}/go.mod {}\n", self.zip_hash(), self.mod_hash())
    }

    /// The path as it stands in URLs and in the module cache.
    pub fn escaped_path(&self) -> String {
        escape(&self.path)
    }
}

/// go.sum lines of several modules.
pub fn go_sum<'a>(modules: impl IntoIterator<Item = &'a Module>) -> String {
    modules.into_iter().map(Module::sum_lines).collect()
}

/// Every upper-case letter as `!` and the lower-case one.
pub fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_uppercase() {
            out.push('!');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// Writes modules as a folder that `GOPROXY=file://…` can serve.
pub fn write_file_proxy<'a>(folder: &Path, modules: impl IntoIterator<Item = &'a Module>) {
    let mut lists: BTreeMap<String, String> = BTreeMap::new();
    for module in modules {
        let at = folder.join(module.escaped_path()).join("@v");
        std::fs::create_dir_all(&at).expect("make the folder");
        let version = escape(&module.version);
        std::fs::write(at.join(format!("{version}.info")), module.info()).expect("write .info");
        std::fs::write(at.join(format!("{version}.mod")), module.mod_text()).expect("write .mod");
        std::fs::write(at.join(format!("{version}.zip")), module.zip()).expect("write .zip");
        let list = lists.entry(module.escaped_path()).or_default();
        list.push_str(&format!("{}\n", module.version));
        std::fs::write(at.join("list"), list).expect("write list");
    }
}

fn is_major(part: &str) -> bool {
    part.strip_prefix('v').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
}

fn h1<'a>(files: impl IntoIterator<Item = (String, &'a [u8])>) -> String {
    let mut files: Vec<_> = files.into_iter().collect();
    files.sort();
    let mut outer = Sha256::new();
    for (name, content) in files {
        let inner: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
        outer.update(format!("{inner}  {name}\n"));
    }
    format!("h1:{}", STANDARD.encode(outer.finalize()))
}
