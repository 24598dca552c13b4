//! A real checksum database over modules made on the spot: it signs, and it can lie.

mod key;
mod tree;

pub use key::Key;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::modules::Module;
use super::server::{Answer, Asked, Site};
use crate::golang::module_path::escape;
use tree::Tree;

/// A checksum database.
pub struct Sumdb {
    key: Key,
    /// By `path@version`, escaped; the place is the record's number.
    records: Vec<(String, String)>,
    tree: Tree,
}

impl Sumdb {
    /// A database that knows these modules and signs with this key.
    #[must_use]
    pub fn new(key: &Key, modules: &[Module]) -> Self {
        let records = modules.iter().map(|module| {
            let id = format!("{}@{}", module.escaped_path(), escape(&module.version));
            (id, module.sum_lines())
        });
        Self::with_records(key, records.collect())
    }

    /// A database that records the checksums of another content for one module.
    #[must_use]
    pub fn lying_about(key: &Key, modules: &[Module], path: &str) -> Self {
        let told: Vec<_> = modules
            .iter()
            .map(|module| {
                let changed = module.clone().file("changed.txt", "as the author published it\n");
                if module.path == path { changed } else { module.clone() }
            })
            .collect();
        Self::new(key, &told)
    }

    /// The same from records: `path@version`, escaped, and the lines of go.sum. The place is the record's
    /// number.
    #[must_use]
    pub fn with_records(key: &Key, records: Vec<(String, String)>) -> Self {
        let tree = Tree::new(records.iter().map(|(_, text)| text.as_bytes()));
        Self { key: key.clone(), records, tree }
    }

    /// The signed tree head.
    #[must_use]
    pub fn head(&self) -> String {
        let root = STANDARD.encode(self.tree.root().0);
        self.key.sign(&format!("go.sum database tree\n{}\n{root}\n", self.tree.len()))
    }

    fn lookup(&self, id: &str) -> Answer {
        match self.records.iter().enumerate().find(|(_, (other, _))| other == id) {
            Some((number, (_, record))) => {
                let text = format!("{number}\n{record}\n{}", self.head());
                Answer::ok("text/plain; charset=UTF-8", text)
            }
            None => Answer::not_found(&format!("{id}: invalid version: unknown revision")),
        }
    }

    /// `8/LEVEL/x001/234[.p/WIDTH]`.
    fn tile(&self, path: &str) -> Option<Answer> {
        let (level, number) = path.strip_prefix("8/")?.split_once('/')?;
        let (number, width) = match number.split_once(".p/") {
            Some((number, width)) => (number, width.parse().ok()?),
            None => (number, 256),
        };
        let number = number.replace(['x', '/'], "").parse().ok()?;
        let hashes = self.tree.tile(level.parse().ok()?, number, width)?;
        Some(Answer::ok("application/octet-stream", hashes))
    }
}

impl Site for Sumdb {
    fn answer(&self, asked: &Asked) -> Answer {
        let path = asked.path.as_str();
        match path {
            "/supported" => Answer::new(200, ""),
            "/latest" => Answer::ok("text/plain; charset=UTF-8", self.head()),
            _ => {
                if let Some(id) = path.strip_prefix("/lookup/") {
                    return self.lookup(id);
                }
                let tile = path.strip_prefix("/tile/").and_then(|rest| self.tile(rest));
                tile.unwrap_or_else(|| Answer::not_found(path))
            }
        }
    }
}
