//! What a failure of a log is about.

use super::Told;
use crate::facts::transcript::Said;
use crate::golang::go_url::written_host;
use crate::golang::module_path::ModuleVersion;
use crate::golang::request_url::{Asked, asked};
use crate::golang::toolchain::MODULE_PATH;
use crate::model::{Subject, SubjectKind};

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// The module, else the package.
    Module,
    /// The package, else the module.
    Package,
    /// The host of the URL, or the one that is named.
    Host,
    /// The file or folder that is named; of a module where none is.
    File,
    /// This variable, or the one that is named.
    Variable(&'static str),
    /// This program, or the one that is named.
    Program(&'static str),
    /// The toolchain that is named.
    Toolchain,
    /// The module that the toolchain is to the module cache.
    ToolchainModule,
}

pub(super) fn subject(told: Told<'_>, said: &Said, about: About) -> Subject {
    let get = |group| said.get(group).or_else(|| told.here().find_map(|said| said.get(group)));
    let named = |kind, text: Option<&str>| text.map(|text| Subject::new(kind, text));
    let found = match about {
        About::Module => module(told).or_else(|| package(told, said)),
        About::Package => package(told, said).or_else(|| module(told)),
        About::Host => host(told, said),
        About::File => named(SubjectKind::File, get("path").map(|path| path.trim_matches(['"', '\'']))),
        About::Variable("") => named(SubjectKind::Variable, get("variable")),
        About::Variable(name) => Some(Subject::variable(name)),
        About::Program(name) => Some(Subject::new(SubjectKind::Program, get("program").unwrap_or(name))),
        About::Toolchain => named(SubjectKind::Toolchain, get("revision")),
        About::ToolchainModule => {
            get("version").map(|version| Subject::module(ModuleVersion::new(MODULE_PATH, version).to_string()))
        }
    };
    found
        .or_else(|| module(told))
        .or_else(|| package(told, said))
        .or_else(|| repository(told))
        .or_else(|| get("wanted").or_else(|| get("module")).map(Subject::module))
        .or_else(|| host(told, said))
        .unwrap_or_else(|| Subject::new(SubjectKind::Machine, "go"))
}

fn module(told: Told<'_>) -> Option<Subject> {
    let module = told.failure.module.as_ref()?;
    let whole = if module.version.is_empty() { module.path.clone() } else { module.to_string() };
    Some(Subject::module(whole))
}

fn package(told: Told<'_>, said: &Said) -> Option<Subject> {
    let package = said.get("package").or_else(|| told.failure.package.as_ref().map(AsRef::as_ref));
    package.filter(|package| !package.is_empty()).map(|package| Subject::new(SubjectKind::Package, package))
}

/// The path of the repository that git asked for.
fn repository(told: Told<'_>) -> Option<Subject> {
    let url = told.here().filter(|said| said.format.starts_with("git/")).find_map(|said| said.get("url"))?;
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.rsplit_once('@').map_or(path, |(_, rest)| rest);
    let path = path.trim_end_matches('/').trim_end_matches(".git");
    path.contains('/').then(|| Subject::new(SubjectKind::Url, path))
}

pub(super) fn host(told: Told<'_>, said: &Said) -> Option<Subject> {
    let url = said.get("url").or_else(|| told.url()).or_else(|| told.here().find_map(|said| said.get("url")));
    let of_url = url.and_then(host_of).map(str::to_owned);
    let named = || told.here().find_map(|said| said.get("host")).map(str::to_owned);
    let of_path = || {
        let path = told.failure.module.as_ref().map(|module| module.path.as_str());
        let path = path.or_else(|| told.failure.package.as_ref().map(AsRef::as_ref))?;
        let host = path.split('/').next().filter(|host| host.contains('.'))?;
        // Who was asked does not show: the path is all that is known.
        Some(Subject::module(if told.url().is_none() { path } else { host }))
    };
    of_url.or_else(named).filter(|host| !host.is_empty()).map(Subject::host).or_else(of_path)
}

/// Host and port of a URL, as it is written. Go writes some with one slash.
pub(super) fn host_of(url: &str) -> Option<&str> {
    let one_slash = || {
        let rest = ["https:/", "http:/"].iter().find_map(|scheme| url.strip_prefix(scheme))?;
        rest.split(['/', '?', '#']).next()
    };
    written_host(url).or_else(one_slash).filter(|host| !host.is_empty())
}

/// What the failing request asked for.
pub(super) fn request(told: Told<'_>) -> Option<Asked> {
    told.here().filter_map(|said| said.get("url")).find_map(asked)
}
