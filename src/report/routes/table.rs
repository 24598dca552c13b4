//! Routes for people.

use super::Routes;
use crate::facts::credentials::CredentialSource;
use crate::golang::env::{Origin, UserFile};
use crate::golang::route::{ChecksumBase, ChecksumRoute, Decision, NoRoute, Step, StepProvider, VcsRoute};
use crate::inquiry::routes::{Key, Repository, Told};
use crate::model::{Fix, Foreign};
use crate::report::paint::{Paint, Tone};
use crate::report::step::{self, Told as StepTold};
use crate::report::text::{pad, width, wrap};
use crate::report::words;
use crate::report::words::routes::{RouteWords, SshWay, of};
use crate::report::{Options, Verbosity, shell};

/// How many modules of a group are named.
const NAMED: usize = 3;

pub(super) fn render(routes: &Routes<'_>, options: &Options) -> String {
    let paint = Paint::new(options.color, options.ascii);
    let sheet = Sheet { words: of(options.lang), paint, routes, options };
    let apart = options.verbosity == Verbosity::Verbose;
    let mut groups: Vec<(Vec<&Told>, String)> = Vec::new();
    for one in routes.told {
        let body = sheet.body(one, apart);
        match groups.iter_mut().find(|(_, known)| !apart && *known == body) {
            Some((members, _)) => members.push(one),
            None => groups.push((vec![one], body)),
        }
    }
    let block = |(members, body): &(Vec<&Told>, String)| match members.as_slice() {
        [one] => format!("{}\n{}", sheet.head(members), sheet.body(one, true)),
        _ => format!("{}\n{body}", sheet.head(members)),
    };
    let mut blocks: Vec<String> = groups.iter().map(block).collect();
    blocks.extend(routes.fixes.iter().map(|fix| sheet.fix(fix)));
    blocks.join("\n")
}

/// A row: its mark, its name, and what is said.
struct Row {
    mark: String,
    name: String,
    said: Vec<String>,
}

#[derive(Clone, Copy)]
struct Sheet<'a> {
    words: &'static dyn RouteWords,
    paint: Paint,
    routes: &'a Routes<'a>,
    options: &'a Options,
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
        let lines = wrap(&text, self.options.width);
        lines.iter().map(|line| self.paint.strong(line)).collect::<Vec<_>>().join("\n")
    }

    /// The steps, the checksum and the warnings. `alone` tells whole URLs.
    fn body(&self, told: &Told, alone: bool) -> String {
        let words = self.words;
        let modules = &told.route.modules;
        let mut rows = self.steps(told, alone);
        let none = if self.options.ascii { "-" } else { "–" };
        let mut row = |mark: &str, name: &str, said: Vec<String>| {
            rows.push(Row { mark: mark.to_owned(), name: name.to_owned(), said });
        };
        if modules.bypass.is_some() {
            row(none, "GOPROXY", vec![words.no_proxy().to_owned()]);
        }
        match &modules.none {
            Some(NoRoute::Goproxy { problem, decided }) => {
                let decided = words.decided("GOPROXY", &self.origin("GOPROXY", &decided.origin), &decided.text);
                row("!", "GOPROXY", vec![words.malformed(problem), decided]);
            }
            Some(NoRoute::ModulePath { problem }) => row("!", "", vec![words.nobody(problem)]),
            None => {
                let unusable = matches!(told.route.checksum, ChecksumRoute::Unusable { .. });
                row(if unusable { "!" } else { none }, words.checksum(), self.checksum(told));
            }
        }
        if let Some(decision) = &told.route.vendor {
            row(none, "vendor", vec![words.mod_vendor().to_owned(), self.decided(decision)]);
        }
        if !told.leaves_to.is_empty() {
            let hosts: Vec<&str> = told.leaves_to.iter().map(Foreign::as_str).collect();
            row("!", words.private(), vec![words.leaves(&hosts, &told.looks_private)]);
        }
        self.lines(&rows)
    }

    fn steps(&self, told: &Told, alone: bool) -> Vec<Row> {
        let words = self.words;
        let mut credentials = told.credentials.iter();
        let mut rows = Vec::new();
        for (at, step) in told.route.modules.steps.iter().enumerate() {
            let mut said = Vec::new();
            if at == 0 {
                said.extend(self.first(told));
            }
            let name = match &step.provider {
                StepProvider::Proxy { host, .. } => {
                    said.extend(credentials.next().map(|one| words.credential(None, &self.near_source(&one.source))));
                    host.clone()
                }
                StepProvider::Folder { path } => self.near(path),
                StepProvider::Direct => {
                    said.extend(self.direct(told, alone));
                    if asks_by_https(told.repository.as_ref()) {
                        said.extend(
                            credentials
                                .next()
                                .map(|one| words.credential(Some(one.host.as_str()), &self.near_source(&one.source))),
                        );
                    }
                    "direct".to_owned()
                }
                StepProvider::Off => {
                    said.push(words.off().to_owned());
                    "off".to_owned()
                }
            };
            said.extend(words.fallback(step.fallback, is_direct(step)).map(str::to_owned));
            rows.push(Row { mark: (at + 1).to_string(), name, said });
        }
        rows
    }

    /// What decided about the first step, and so about all: a pattern, or GOPROXY.
    fn first(&self, told: &Told) -> Option<String> {
        let modules = &told.route.modules;
        match (&modules.bypass, &modules.decided) {
            (Some(decision), _) => Some(self.decided(decision)),
            (None, Some(decision)) => {
                Some(self.words.named(&decision.variable, &self.origin(&decision.variable, &decision.origin)))
            }
            (None, None) => None,
        }
    }

    fn lines(&self, rows: &[Row]) -> String {
        let all = self.options.width;
        let column = rows.iter().map(|row| width(&row.name)).max().unwrap_or(0).min(all / 3);
        let indent = 7 + column;
        let mut text = String::new();
        for row in rows {
            let mark = if row.mark == "!" { self.paint.tone("!", Tone::Doubtful) } else { row.mark.clone() };
            let mut head = format!("  {mark}  {}  ", pad(&row.name, column));
            if width(&row.name) > column || row.said.is_empty() {
                text.push_str(&format!("{}\n", head.trim_end()));
                head = " ".repeat(indent);
            }
            for line in row.said.iter().flat_map(|said| wrap(said, all.saturating_sub(indent))) {
                text.push_str(&format!("{head}{line}\n"));
                head = " ".repeat(indent);
            }
        }
        text
    }

    fn direct(&self, told: &Told, alone: bool) -> Vec<String> {
        let Some(direct) = &told.route.direct else { return Vec::new() };
        let words = self.words;
        let rest = if self.options.ascii { "..." } else { "…" };
        let mut said = Vec::new();
        match &direct.repository {
            VcsRoute::ByPath { root, vcs, url, govcs } => {
                let host = root.split('/').next().unwrap_or(root);
                let whole = told.repository.as_ref().map_or(url.as_str(), |way| way.url.as_str());
                let url = if alone { whole.to_owned() } else { format!("https://{host}/{rest}") };
                said.push(words.repository(vcs.name(), &url));
                said.extend(words.govcs(govcs));
            }
            VcsRoute::ByPage { host, govcs } => {
                let path = if alone { told.module.path.clone() } else { format!("{host}/{rest}") };
                said.push(words.page(&format!("https://{path}?go-get=1")));
                said.extend(words.govcs(govcs));
            }
            VcsRoute::Refused { problem } => said.push(words.nobody(problem)),
        }
        if let Some(way) = &told.repository {
            said.extend(way.rewrite.as_ref().map(|rule| {
                let place = self.near(&rule.origin.shown());
                words.rewritten(&place, rule.from.as_str(), rule.to.as_str(), way.over_ssh)
            }));
            said.extend(way.ssh.as_ref().map(|ssh| {
                let key = |key: &Key| (self.near(key.path.as_str()), key.open_to_others);
                let keys = ssh.keys.iter().map(key).collect();
                words.ssh(&SshWay { keys, agent: ssh.agent, host_key: ssh.host_key })
            }));
        }
        if let Some(decision) = &direct.insecure {
            said.extend([words.insecure().to_owned(), self.decided(decision)]);
        }
        said
    }

    fn checksum(&self, told: &Told) -> Vec<String> {
        let words = self.words;
        let named =
            |decided: &Decision| words.named(&decided.variable, &self.origin(&decided.variable, &decided.origin));
        match &told.route.checksum {
            ChecksumRoute::InGoSum => vec![words.in_go_sum().to_owned()],
            ChecksumRoute::Vendored => vec![words.vendored().to_owned()],
            ChecksumRoute::Excluded { decided } if told.route.modules.bypass.as_ref() == Some(decided) => {
                vec![words.same_pattern().to_owned()]
            }
            ChecksumRoute::Excluded { decided } | ChecksumRoute::Off { decided } => {
                vec![words.no_database().to_owned(), self.decided(decided)]
            }
            ChecksumRoute::ToolchainFromFolder => vec![words.no_database().to_owned()],
            ChecksumRoute::Unusable { problem, decided } => vec![words.unusable(problem), self.decided(decided)],
            ChecksumRoute::Database(source) => {
                let verbose = self.options.verbosity == Verbosity::Verbose;
                let bases = source.bases.iter().map(|base| match base {
                    ChecksumBase::Proxy { url, .. } if !verbose => words.through(host_of(url)),
                    ChecksumBase::Proxy { url, .. } | ChecksumBase::Configured { url } => url.clone(),
                    ChecksumBase::Direct { url } => {
                        if verbose {
                            url.clone()
                        } else {
                            words.directly().to_owned()
                        }
                    }
                });
                vec![words.database(&source.name, &bases.collect::<Vec<_>>()), named(&source.decided)]
            }
        }
    }

    fn decided(&self, decision: &Decision) -> String {
        let origin = self.origin(&decision.variable, &decision.origin);
        Foreign::new(&self.words.decided(&decision.variable, &origin, &decision.text)).to_string()
    }

    /// Where `variable` is set.
    fn origin(&self, variable: &str, origin: &Origin) -> String {
        match origin {
            Origin::Process => {
                let mut candidates = self.routes.candidates.iter().filter(|one| one.variable == variable);
                let place = candidates.next().map(|one| format!("{}:{}", self.near(one.file.as_str()), one.line));
                self.words.process(place.as_deref())
            }
            Origin::UserFile { line } => match self.routes.file {
                Some(UserFile::At { path }) => format!("{}:{line}", self.near(path.shown())),
                _ => format!("GOENV:{line}"),
            },
            Origin::GorootFile { line } => self.words.default(&format!("$GOROOT/go.env:{line}")),
            Origin::BuiltIn => self.words.built_in().to_owned(),
            Origin::Variable { name } => name.clone(),
        }
    }

    /// A path as the user would write it.
    fn near(&self, path: &str) -> String {
        let below = self.routes.home.filter(|home| home.len() > 1).and_then(|home| path.strip_prefix(home));
        match below {
            Some(rest) if rest.starts_with(['/', '\\']) => format!("~{rest}"),
            _ => path.to_owned(),
        }
    }

    fn near_source(&self, source: &CredentialSource) -> CredentialSource {
        match source {
            CredentialSource::Netrc { path, line } => {
                CredentialSource::Netrc { path: Foreign::new(&self.near(path.as_str())), line: *line }
            }
            other => other.clone(),
        }
    }

    fn fix(&self, fix: &Fix) -> String {
        let mut text = String::new();
        for line in wrap(&words::advice(self.options.lang, &fix.advice), self.options.width) {
            text.push_str(&format!("{line}\n"));
        }
        for step in shell::steps(self.options.shell, fix) {
            match step::told(words::phrases(self.options.lang), step) {
                StepTold::Command(command) => text.push_str(&format!("  {}\n", self.paint.command(&command))),
                StepTold::Sentence(said) => {
                    for line in wrap(Foreign::new(&said).as_str(), self.options.width.saturating_sub(2)) {
                        text.push_str(&format!("  {line}\n"));
                    }
                }
            }
        }
        text
    }
}

fn is_direct(step: &Step) -> bool {
    step.provider == StepProvider::Direct
}

fn asks_by_https(repository: Option<&Repository>) -> bool {
    repository.is_none_or(|way| way.effective_url.as_str().starts_with("https://"))
}

fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

fn named(told: &Told) -> String {
    let module = &told.module;
    Foreign::new(format!("{} {}", module.path, module.version).trim_end()).to_string()
}
