//! A Go module proxy over modules made on the spot.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::modules::Module;
use super::server::{Answer, Asked, Site};
use crate::golang::module_path::escape;

/// The GOPROXY protocol for some modules, and perhaps a checksum database below `/sumdb/`.
#[derive(Clone, Default)]
pub struct ModuleProxy {
    /// By escaped path, then by escaped version, in the order of the text.
    modules: BTreeMap<String, BTreeMap<String, Module>>,
    /// By database name.
    sumdbs: BTreeMap<String, Arc<dyn Site>>,
}

impl ModuleProxy {
    /// A proxy that has these modules.
    #[must_use]
    pub fn new(modules: &[Module]) -> Self {
        let mut proxy = Self::default();
        for module in modules {
            let versions = proxy.modules.entry(module.escaped_path()).or_default();
            versions.insert(escape(&module.version), module.clone());
        }
        proxy
    }

    /// Passes `/sumdb/NAME/…` on to a checksum database; without it that path is 404.
    #[must_use]
    pub fn with_sumdb(mut self, name: &str, sumdb: Arc<dyn Site>) -> Self {
        self.sumdbs.insert(name.to_owned(), sumdb);
        self
    }

    fn sumdb(&self, asked: &Asked, rest: &str) -> Answer {
        for (name, sumdb) in &self.sumdbs {
            if let Some(path) = rest.strip_prefix(name.as_str()).filter(|path| path.starts_with('/')) {
                return sumdb.answer(&Asked { path: path.to_owned(), ..asked.clone() });
            }
        }
        Answer::not_found("no such checksum database")
    }

    fn file(module: &Module, kind: &str) -> Option<Answer> {
        Some(match kind {
            "info" => Answer::ok("application/json", module.info()),
            "mod" => Answer::ok("text/plain; charset=utf-8", module.mod_text()),
            "zip" => Answer::ok("application/zip", module.zip()),
            _ => return None,
        })
    }
}

impl Site for ModuleProxy {
    fn answer(&self, asked: &Asked) -> Answer {
        let path = asked.path.trim_start_matches('/');
        if let Some(rest) = path.strip_prefix("sumdb/") {
            return self.sumdb(asked, rest);
        }
        let missing = || Answer::not_found(path);
        if let Some(module) = path.strip_suffix("/@latest") {
            let latest = self.modules.get(module).and_then(|versions| versions.values().next_back());
            return latest.and_then(|module| Self::file(module, "info")).unwrap_or_else(missing);
        }
        let Some((module, file)) = path.split_once("/@v/") else { return missing() };
        let Some(versions) = self.modules.get(module) else { return missing() };
        if file == "list" {
            let list = versions.values().map(|module| format!("{}\n", module.version)).collect::<String>();
            return Answer::ok("text/plain; charset=utf-8", list);
        }
        file.rsplit_once('.')
            .and_then(|(version, kind)| Self::file(versions.get(version)?, kind))
            .unwrap_or_else(missing)
    }
}
