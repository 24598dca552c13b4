//! `netrc-ineffective`: a line that is meant for a host and is not used for it.

use std::collections::BTreeMap;

use super::refusal::{Refusal, refusals};
use super::{host_credential, place_of};
use crate::catalog::Code;
use crate::facts::Facts;
use crate::facts::credentials::{CredentialSource, NetrcFacts, NetrcMachine};
use crate::golang::go_version::GoVersion;
use crate::golang::goauth::{self, Method};
use crate::golang::netrc::{Rules, Trouble};
use crate::model::situation::credentials::{Advice, Client, Situation};
use crate::model::{Action, Confidence, Finding, Fix, Foreign, Place, Subject};

/// Looks for lines that are meant for hosts that refused a request, and for hosts that did not.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let Some(credentials) = facts.credentials.get() else { return };
    let Some(netrc) = &credentials.netrc else { return };
    // go stops before it reads netrc.
    if credentials.goauth.as_ref().is_some_and(|goauth| goauth.error.is_some()) {
        return;
    }
    let mut asked: BTreeMap<(String, Client), Vec<Refusal>> = BTreeMap::new();
    for refusal in refusals(facts) {
        asked.entry((refusal.host.clone(), refusal.client)).or_default().push(refusal);
    }
    for ((host, client), refusals) in &asked {
        let need = Need { facts, netrc, host, client: *client };
        if let Some(finding) = need.unmet(refusals) {
            findings.push(with_refusals(finding, refusals, host));
        }
    }
    for known in credentials.hosts.iter().filter(|known| !known.ineffective.is_empty()) {
        let host = known.host.as_str();
        if asked.keys().any(|(refusing, _)| refusing == host) || is_some(&known.go) {
            continue;
        }
        let need = Need { facts, netrc, host, client: Client::Go };
        findings.extend(need.line(true).map(|finding| finding.note().about(&known.observation.id)));
    }
}

/// Whether there is a login.
fn is_some(source: &CredentialSource) -> bool {
    !matches!(source, CredentialSource::None | CredentialSource::NotAsked)
}

fn with_refusals(finding: Finding, refusals: &[Refusal], host: &str) -> Finding {
    let mut finding = finding
        .about(format!("credentials/{host}"))
        .with("host", host)
        .explaining(refusals.iter().map(|refusal| refusal.observation.as_str()));
    if let Some(refusal) = refusals.first() {
        finding = finding.seen(&refusal.observation, None, refusal.seen.clone()).with("url", refusal.url.as_str());
        finding = match refusal.status {
            Some(status) => finding.with("status", status),
            None => finding,
        };
    }
    if refusals.iter().all(|refusal| refusal.hidden) {
        finding = finding.confidence(Confidence::Likely);
    }
    if refusals.iter().any(|refusal| refusal.fatal) { finding } else { finding.warning() }
}

/// A host that wants a login, and who asked it.
struct Need<'a> {
    facts: &'a Facts,
    netrc: &'a NetrcFacts,
    host: &'a str,
    client: Client,
}

/// Why a line that is meant for a host is not used for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Trouble(Trouble),
    /// It names another port than the URL, or one of them names none.
    Port,
}

impl Need<'_> {
    fn unmet(&self, refusals: &[Refusal]) -> Option<Finding> {
        let sent = refusals.iter().any(|refusal| refusal.sent);
        if sent {
            return self.misused();
        }
        let meant = self.meant().next();
        if self.client == Client::Git && self.netrc.from_variable {
            return meant.map(|machine| self.variable(machine));
        }
        if let (Client::Go, Some(machine)) = (self.client, meant) {
            if refusals.iter().all(|refusal| !refusal.https) && machine.login && machine.password {
                return Some(self.over_http(machine));
            }
            if let Some(finding) = self.left_out() {
                return Some(finding);
            }
        }
        self.line(false).or_else(|| self.elsewhere())
    }

    /// The lines that are meant for the host; a `default` entry is meant for all and comes last.
    fn meant(&self) -> impl Iterator<Item = &NetrcMachine> {
        let named = self.netrc.machines.iter().filter(|machine| named(machine, self.host));
        let default = self.netrc.machines.iter().filter(|machine| machine.trouble == Some(Trouble::Default));
        named.chain(default)
    }

    /// A line that is meant for the host and is not used. There is none where another one is used.
    fn line(&self, named_only: bool) -> Option<Finding> {
        let faults: Vec<(&NetrcMachine, Option<Fault>)> =
            self.meant().map(|machine| (machine, self.fault(machine))).collect();
        if faults.iter().any(|(_, fault)| fault.is_none()) {
            return None;
        }
        let (machine, fault) = faults.into_iter().find_map(|(machine, fault)| Some((machine, fault?)))?;
        if named_only && machine.machine.is_empty() {
            return None;
        }
        Some(self.finding(machine, fault))
    }

    /// The login that was sent comes from a line that nobody meant, or hides the one that was meant.
    fn misused(&self) -> Option<Finding> {
        let CredentialSource::Netrc { line: used, .. } = &host_credential(self.facts, self.host)?.go else {
            return None;
        };
        if self.client == Client::Git {
            return None;
        }
        self.netrc.machines.iter().find_map(|machine| {
            let trouble = machine.trouble?;
            let wrong = match trouble {
                Trouble::Shadowed { line } => line == *used,
                Trouble::Commented | Trouble::Quotes => machine.line == *used,
                _ => false,
            };
            wrong.then(|| self.finding(machine, Fault::Trouble(trouble)).confidence(Confidence::Likely))
        })
    }

    fn fault(&self, machine: &NetrcMachine) -> Option<Fault> {
        match self.client {
            Client::Go => self.fault_for_go(machine),
            Client::Git => self.fault_for_git(machine),
        }
    }

    fn fault_for_go(&self, machine: &NetrcMachine) -> Option<Fault> {
        if machine.read_by_go && self.matches_for_go(machine.machine.as_str()) {
            return None;
        }
        match machine.trouble {
            None | Some(Trouble::Port | Trouble::Shadowed { .. } | Trouble::Commented) => Some(Fault::Port),
            Some(Trouble::Quotes) if machine.read_by_go => Some(Fault::Port),
            Some(trouble) => Some(Fault::Trouble(trouble)),
        }
    }

    fn matches_for_go(&self, machine: &str) -> bool {
        let rules = self.rules();
        if rules == Rules::UpTo1_23 {
            return machine == self.host;
        }
        let machine = machine.strip_prefix("https://").unwrap_or(machine);
        let path_of = |machine: &str| machine.strip_prefix(self.host).is_some_and(|rest| rest.starts_with('/'));
        machine == self.host || (rules == Rules::From1_25 && path_of(machine))
    }

    /// curl, which reads the file for git, compares the host without its port, and reads what go does not.
    fn fault_for_git(&self, machine: &NetrcMachine) -> Option<Fault> {
        match machine.trouble {
            Some(Trouble::Port) => Some(Fault::Port),
            Some(
                trouble @ (Trouble::Scheme
                | Trouble::Path
                | Trouble::NoLogin
                | Trouble::NoPassword
                | Trouble::ByteOrderMark),
            ) => Some(Fault::Trouble(trouble)),
            _ => None,
        }
    }

    fn rules(&self) -> Rules {
        let version = self.facts.environment.get().and_then(|settings| settings.environment.version.as_ref());
        Rules::of(version.and_then(GoVersion::minor).unwrap_or(25))
    }

    /// What the machine of the line has to be.
    fn wanted(&self) -> Foreign {
        match self.client {
            Client::Go => self.host.into(),
            Client::Git => without_port(self.host).into(),
        }
    }

    fn finding(&self, machine: &NetrcMachine, fault: Fault) -> Finding {
        let (path, line) = (self.netrc.path.clone(), machine.line);
        let situation = match fault {
            Fault::Trouble(trouble) => {
                Situation::NetrcLine { path, line, host: self.host.into(), client: self.client, trouble }
            }
            Fault::Port => Situation::NetrcPort {
                path,
                line,
                machine: machine.machine.clone(),
                host: self.wanted(),
                client: self.client,
            },
        };
        let mut finding = self.about_line(machine, situation);
        for fix in self.fixes(machine, fault) {
            finding = finding.fix(fix);
        }
        finding
    }

    fn about_line(&self, machine: &NetrcMachine, situation: Situation) -> Finding {
        let path = self.netrc.path.as_str();
        Finding::new(Code::NetrcIneffective, Subject::file(path, Some(machine.line)), situation.into())
            .with("path", path)
            .with("line", machine.line)
    }

    fn fixes(&self, machine: &NetrcMachine, fault: Fault) -> Vec<Fix> {
        let wanted = self.wanted();
        let name_host = Advice::WriteHostAsInUrl { line: machine.line, host: wanted.clone() };
        match fault {
            // Each of the two compares in its own way: one line cannot serve both.
            Fault::Port if self.client == Client::Go && self.git_uses(machine) => {
                let advice = Advice::AddNetrcLine { path: self.netrc.path.clone(), host: wanted };
                vec![self.by_hand(machine, advice)]
            }
            Fault::Port | Fault::Trouble(Trouble::Scheme | Trouble::Path | Trouble::MachineCase) => {
                let (from, to) = shortest_edit(machine.machine.as_str(), wanted.as_str());
                vec![self.edit(machine, name_host, from, to)]
            }
            Fault::Trouble(Trouble::Default) => {
                // Other hosts, of which nothing is known here, may live on it.
                vec![self.edit(machine, name_host, "default".into(), format!("machine {wanted}")).guessed()]
            }
            Fault::Trouble(trouble) => {
                vec![self.by_hand(machine, Advice::MendNetrc { line: machine.line, trouble })]
            }
        }
    }

    fn git_uses(&self, machine: &NetrcMachine) -> bool {
        let hosts = self.facts.credentials.get().into_iter().flat_map(|credentials| &credentials.hosts);
        let mut hosts = hosts.filter(|known| without_port(known.host.as_str()) == without_port(self.host));
        hosts.any(|known| matches!(known.git, CredentialSource::Netrc { line, .. } if line == machine.line))
            && super::super::version_control::remote::uses_host(self.facts, without_port(self.host))
    }

    fn edit(&self, machine: &NetrcMachine, advice: Advice, from: String, to: String) -> Fix {
        let path = self.netrc.path.to_string();
        let action = Action::EditLine { path: path.clone(), line: machine.line, from, to };
        Fix::safe(advice.into(), Place::File { path, line: Some(machine.line) }, vec![action])
    }

    fn by_hand(&self, machine: &NetrcMachine, advice: Advice) -> Fix {
        let place = Place::File { path: self.netrc.path.to_string(), line: Some(machine.line) };
        Fix::safe(advice.into(), place, Vec::new())
    }

    fn over_http(&self, machine: &NetrcMachine) -> Finding {
        let (path, line, host) = (self.netrc.path.clone(), machine.line, Foreign::from(self.host));
        let finding = self.about_line(machine, Situation::NetrcOverHttp { path, line, host: host.clone() });
        let goproxy = self.facts.environment.get().map(|settings| settings.environment.value("GOPROXY").to_owned());
        let http = format!("http://{}", self.host);
        let actions = match goproxy.filter(|value| value.contains(&http)) {
            Some(value) => {
                let value = value.replace(&http, &format!("https://{}", self.host));
                vec![Action::SetVariable { name: "GOPROXY".into(), value }]
            }
            None => Vec::new(),
        };
        finding.fix(Fix::safe(Advice::UseHttps { host }.into(), place_of(self.facts, "GOPROXY"), actions))
    }

    fn variable(&self, machine: &NetrcMachine) -> Finding {
        let (path, line, host) = (self.netrc.path.clone(), machine.line, Foreign::from(self.host));
        self.about_line(machine, Situation::NetrcVariable { path, line, host: host.clone() }).fix(Fix::safe(
            Advice::CopyNetrc { host }.into(),
            Place::System,
            Vec::new(),
        ))
    }

    /// A line would do, but GOAUTH does not ask netrc.
    fn left_out(&self) -> Option<Finding> {
        let environment = &self.facts.environment.get()?.environment;
        let methods = goauth::parse(environment.value("GOAUTH"), environment.os).ok()?;
        if self.rules() == Rules::UpTo1_23 || methods.contains(&Method::Netrc) {
            return None;
        }
        let machine = self.meant().find(|machine| self.fault(machine).is_none())?;
        let off = methods.contains(&Method::Off);
        let (path, line, host) = (self.netrc.path.clone(), machine.line, self.host.into());
        let finding = self.about_line(machine, Situation::NetrcLeftOut { path, line, host, off });
        let place = place_of(self.facts, "GOAUTH");
        let action = if off {
            Action::UnsetVariable { name: "GOAUTH".into() }
        } else {
            let value = format!("{};netrc", environment.value("GOAUTH").trim());
            Action::SetVariable { name: "GOAUTH".into(), value }
        };
        Some(finding.fix(Fix::safe(Advice::AddNetrcToGoauth.into(), place, vec![action])))
    }

    /// No line is meant for the host, but there is a file where nobody looks.
    fn elsewhere(&self) -> Option<Finding> {
        if self.netrc.exists || self.client == Client::Git {
            return None;
        }
        let found = self.netrc.elsewhere.first()?.clone();
        let path = self.netrc.path.clone();
        let from_variable = self.netrc.from_variable;
        let situation = Situation::NetrcElsewhere {
            path: path.clone(),
            found: found.clone(),
            host: self.host.into(),
            from_variable,
        };
        let finding = Finding::new(Code::NetrcIneffective, Subject::file(&found, None), situation.into())
            .with("path", found.as_str())
            .confidence(Confidence::Likely);
        Some(if from_variable {
            let unset = Action::UnsetVariable { name: "NETRC".into() };
            finding.fix(Fix::safe(Advice::UnsetNetrc.into(), Place::Shell, vec![unset]))
        } else {
            let argv = vec!["mv".to_owned(), found.to_string(), path.to_string()];
            finding.fix(Fix::safe(Advice::MoveNetrc { found, path }.into(), Place::System, vec![Action::Run { argv }]))
        })
    }
}

/// Whether a line names the host, in whatever clothes.
fn named(machine: &NetrcMachine, host: &str) -> bool {
    let name = machine.machine.as_str().trim_matches('"');
    let name = name.split_once("://").map_or(name, |(_, rest)| rest);
    let name = name.split('/').next().unwrap_or(name);
    let name = name.rsplit_once('@').map_or(name, |(_, host)| host);
    !name.is_empty() && without_port(name).eq_ignore_ascii_case(without_port(host))
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => name,
        _ => host,
    }
}

/// What to replace by what, without what both have in common at an end.
fn shortest_edit(from: &str, to: &str) -> (String, String) {
    if let Some(rest) = from.strip_prefix(to) {
        return (rest.to_owned(), String::new());
    }
    if let Some(rest) = from.strip_suffix(to) {
        return (rest.to_owned(), String::new());
    }
    (from.to_owned(), to.to_owned())
}
