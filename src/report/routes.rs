//! Where the go command will look (`route`), for people and for programs.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::json::document::{FixDocument, Tool};
use super::json::{SCHEMA_VERSION, of_fix};
use super::{Options, Shell};
use crate::catalog::Lang;
use crate::facts::environment::Candidate;
use crate::golang::env::UserFile;
use crate::inquiry::routes::Told;
use crate::model::{Fix, Foreign};

mod table;

/// Routes, and what is to be known to tell of them.
#[derive(Debug)]
pub struct Routes<'a> {
    /// The routes.
    pub told: &'a [Told],
    /// What keeps those paths in the house that look private and leave it.
    pub fixes: Vec<Fix>,
    /// The user's env file.
    pub file: Option<&'a UserFile>,
    /// Lines that may have set a variable of the process.
    pub candidates: &'a [Candidate],
    /// The home folder, for which `~` is written.
    pub home: Option<&'a str>,
}

/// One block for each route, modules with the same route together; below them what is to be done.
#[must_use]
pub fn table(routes: &Routes<'_>, options: &Options) -> String {
    table::render(routes, options)
}

/// A document with one record a module.
#[must_use]
pub fn json(routes: &Routes<'_>, lang: Lang, shell: Shell) -> String {
    serde_json::to_string_pretty(&document(routes, lang, shell)).map(|text| text + "\n").unwrap_or_default()
}

/// The same on one line.
#[must_use]
pub fn line(routes: &Routes<'_>, lang: Lang, shell: Shell) -> String {
    serde_json::to_string(&document(routes, lang, shell)).map(|text| text + "\n").unwrap_or_default()
}

fn document<'a>(routes: &'a Routes<'_>, lang: Lang, shell: Shell) -> Document<'a> {
    let user_file = match routes.file {
        Some(UserFile::At { path }) => Some(Foreign::new(path.shown())),
        _ => None,
    };
    Document {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        command: "route",
        lang,
        user_file,
        routes: routes.told,
        fixes: routes.fixes.iter().map(|fix| of_fix(fix, lang, shell)).collect(),
    }
}

/// The JSON schema of the document, as it lies in `docs/schema/routes-v1.json`.
#[must_use]
pub fn schema() -> Value {
    super::schema::of::<Document<'_>>("Routes by gomoddoc")
}

/// Where the go command will look for modules.
#[derive(Serialize, JsonSchema)]
struct Document<'a> {
    /// The version of this document: 1.
    schema_version: u32,
    /// The program that wrote it.
    tool: Tool,
    /// The subcommand: `route`.
    command: &'static str,
    /// The language of the sentences: English unless another was asked for.
    lang: Lang,
    /// The user's go env file, of which `user-file` and a line say where a value is set.
    user_file: Option<Foreign>,
    /// One record for each module.
    routes: &'a [Told],
    /// What keeps those paths in the house that look private and leave it.
    fixes: Vec<FixDocument>,
}

#[cfg(test)]
mod tests;
