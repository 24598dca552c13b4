//! Where the go command will look (`route`), for people and for programs.

use serde::Serialize;

use super::json::SCHEMA_VERSION;
use super::text::{pad, width, wrap};
use super::words::routes::{RouteWords, of};
use super::{Options, Verbosity};
use crate::golang::env::{Origin, UserFile};
use crate::golang::route::{ChecksumBase, ChecksumRoute, Decision, NoRoute, StepProvider, VcsRoute};
use crate::inquiry::routes::Told;
use crate::model::Foreign;

/// How many modules of a group are named.
const NAMED: usize = 3;

/// One block for each route, modules with the same route together; `file` is the user's env file.
#[must_use]
pub fn table(told: &[Told], file: Option<&UserFile>, options: &Options) -> String {
    let sheet = Sheet { words: of(options.lang), file, width: options.width, ascii: options.ascii };
    let alone = options.verbosity == Verbosity::Verbose || told.len() == 1;
    let mut groups: Vec<(Vec<&Told>, String)> = Vec::new();
    for one in told {
        let body = sheet.body(one, alone);
        match groups.iter_mut().find(|(_, known)| !alone && *known == body) {
            Some((members, _)) => members.push(one),
            None => groups.push((vec![one], body)),
        }
    }
    let blocks: Vec<String> = groups.iter().map(|(members, body)| format!("{}\n{body}", sheet.head(members))).collect();
    blocks.join("\n")
}

#[derive(Clone, Copy)]
struct Sheet<'a> {
    words: &'static dyn RouteWords,
    file: Option<&'a UserFile>,
    width: usize,
    ascii: bool,
}

impl Sheet<'_> {
    fn head(&self, members: &[&Told]) -> String {
        let named: Vec<String> = members.iter().take(NAMED).map(|told| named(told)).collect();
        let mut text = named.join(", ");
        if members.len() > 1 {
            text = format!("{}: {text}", self.words.modules(members.len()));
        }
        if members.len() > NAMED {
            text = format!("{text}, {}", self.words.more(members.len() - NAMED));
        }
        wrap(&text, self.width).join("\n")
    }

    /// The steps, the checksum and the warnings. `alone` tells the repository's whole URL.
    fn body(&self, told: &Told, alone: bool) -> String {
        let words = self.words;
        let none = if self.ascii { "-" } else { "–" };
        let mut rows: Vec<(String, String, Vec<String>)> = Vec::new();
        let mut credentials = told.credentials.iter();
        for (at, step) in told.route.modules.steps.iter().enumerate() {
            let mut said = Vec::new();
            let name = match &step.provider {
                StepProvider::Proxy { host, .. } => {
                    said.extend(credentials.next().map(|one| words.credential(one.host.as_str(), &one.source)));
                    host.clone()
                }
                StepProvider::Folder { path } => path.clone(),
                StepProvider::Direct => {
                    said.extend(told.route.modules.bypass.as_ref().map(|decision| self.decided(decision)));
                    said.extend(self.direct(told, alone));
                    if told.repository.as_ref().is_none_or(|way| way.effective_url.as_str().starts_with("https://")) {
                        said.extend(credentials.next().map(|one| words.credential(one.host.as_str(), &one.source)));
                    }
                    "direct".to_owned()
                }
                StepProvider::Off => {
                    said.push(words.off().to_owned());
                    "off".to_owned()
                }
            };
            said.extend(words.fallback(step.fallback).map(str::to_owned));
            rows.push(((at + 1).to_string(), name, said));
        }
        if told.route.modules.bypass.is_some() {
            rows.push((none.to_owned(), "GOPROXY".to_owned(), vec![words.no_proxy().to_owned()]));
        }
        match &told.route.modules.none {
            Some(NoRoute::Goproxy { problem, .. }) => {
                rows.push(("!".to_owned(), "GOPROXY".to_owned(), vec![words.nobody(problem)]));
            }
            Some(NoRoute::ModulePath { problem }) => {
                rows.push(("!".to_owned(), String::new(), vec![words.nobody(problem)]));
            }
            None => rows.push((none.to_owned(), words.checksum().to_owned(), self.checksum(&told.route.checksum))),
        }
        if let Some(decision) = &told.route.vendor {
            let said = vec![words.mod_vendor().to_owned(), self.decided(decision)];
            rows.push((none.to_owned(), "vendor".to_owned(), said));
        }
        if !told.leaves_to.is_empty() {
            let hosts: Vec<&str> = told.leaves_to.iter().map(Foreign::as_str).collect();
            rows.push(("!".to_owned(), "GOPRIVATE".to_owned(), vec![words.leaves(&hosts.join(", "))]));
        }
        self.lines(&rows)
    }

    fn lines(&self, rows: &[(String, String, Vec<String>)]) -> String {
        let column = rows.iter().map(|(_, name, _)| width(name)).max().unwrap_or(0).min(self.width / 3);
        let mut text = String::new();
        for (mark, name, said) in rows {
            let mut head = format!("  {mark}  {}  ", pad(name, column));
            let indent = 7 + column;
            if width(&head) > indent || said.is_empty() {
                text.push_str(&format!("{}\n", head.trim_end()));
                head = " ".repeat(indent);
            }
            for line in said.iter().flat_map(|said| wrap(said, self.width.saturating_sub(indent))) {
                text.push_str(&format!("{head}{line}\n"));
                head = " ".repeat(indent);
            }
        }
        text
    }

    fn direct(&self, told: &Told, alone: bool) -> Vec<String> {
        let Some(direct) = &told.route.direct else { return Vec::new() };
        let words = self.words;
        let mut said = Vec::new();
        match &direct.repository {
            VcsRoute::ByPath { root, vcs, url, govcs } => {
                let host = root.split('/').next().unwrap_or(root);
                said.push(words.repository(vcs.name(), if alone { url } else { host }));
                said.extend(words.govcs(govcs));
            }
            VcsRoute::ByPage { host, govcs } => {
                let path = if alone { told.module.path.as_str() } else { host };
                said.push(words.page(&format!("https://{path}?go-get=1")));
                said.extend(words.govcs(govcs));
            }
            VcsRoute::Refused { problem } => said.push(words.nobody(problem)),
        }
        if let Some(way) = &told.repository {
            let rewrite = way.rewrite.as_ref();
            said.extend(rewrite.map(|rule| words.rewritten(rule.to.as_str(), rule.origin.file.as_str())));
            said.extend(way.ssh.as_ref().map(|ssh| {
                let keys: Vec<&str> = ssh.keys.iter().filter(|key| key.exists).map(|key| key.path.as_str()).collect();
                words.ssh(&keys, ssh.host_key)
            }));
        }
        if let Some(decision) = &direct.insecure {
            said.extend([words.insecure().to_owned(), self.decided(decision)]);
        }
        said
    }

    fn checksum(&self, route: &ChecksumRoute) -> Vec<String> {
        let words = self.words;
        match route {
            ChecksumRoute::InGoSum => vec![words.in_go_sum().to_owned()],
            ChecksumRoute::Vendored => vec![words.vendored().to_owned()],
            ChecksumRoute::Excluded { decided } | ChecksumRoute::Off { decided } => {
                vec![words.no_database().to_owned(), self.decided(decided)]
            }
            ChecksumRoute::ToolchainFromFolder => vec![words.no_database().to_owned()],
            ChecksumRoute::Unusable { problem, decided } => vec![words.unusable(problem), self.decided(decided)],
            ChecksumRoute::Database(source) => {
                let bases: Vec<&str> = source
                    .bases
                    .iter()
                    .map(|base| match base {
                        ChecksumBase::Proxy { url, .. }
                        | ChecksumBase::Configured { url }
                        | ChecksumBase::Direct { url } => url.as_str(),
                    })
                    .collect();
                vec![words.database(&source.name, &bases)]
            }
        }
    }

    fn decided(&self, decision: &Decision) -> String {
        let origin = match &decision.origin {
            Origin::Process => self.words.process().to_owned(),
            Origin::UserFile { line } => match self.file {
                Some(UserFile::At { path }) => format!("{}:{line}", path.shown()),
                _ => format!("GOENV:{line}"),
            },
            Origin::GorootFile { line } => format!("$GOROOT/go.env:{line}"),
            Origin::BuiltIn => self.words.built_in().to_owned(),
            Origin::Variable { name } => name.clone(),
        };
        Foreign::new(&self.words.decided(&decision.variable, &origin, &decision.text)).to_string()
    }
}

fn named(told: &Told) -> String {
    let module = &told.module;
    Foreign::new(format!("{} {}", module.path, module.version).trim_end()).to_string()
}

/// A document with one record a module.
#[must_use]
pub fn json(told: &[Told]) -> String {
    serde_json::to_string_pretty(&document(told)).map(|text| text + "\n").unwrap_or_default()
}

/// A document of one line for each module.
#[must_use]
pub fn lines(told: &[Told]) -> String {
    let line = |one| serde_json::to_string(&document(std::slice::from_ref(one))).map(|text| text + "\n");
    told.iter().filter_map(|one| line(one).ok()).collect()
}

fn document(routes: &[Told]) -> Document<'_> {
    Document {
        schema_version: SCHEMA_VERSION,
        tool: super::json::document::Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        command: "route",
        routes,
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    tool: super::json::document::Tool,
    command: &'static str,
    routes: &'a [Told],
}
