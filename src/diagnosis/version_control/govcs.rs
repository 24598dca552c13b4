//! `vcs-disallowed`: GOVCS, or git's own settings, forbid the way.

use super::remote::failures;
use super::{by_people, module_proxy_instead, place_of, value};
use crate::catalog::Code;
use crate::catalog::messages::read;
use crate::facts::Facts;
use crate::facts::version_control::{GitTrouble, Remote, RemoteResult};
use crate::golang::govcs::Govcs;
use crate::model::situation::version_control::{Advice, Situation};
use crate::model::{Action, Finding, Fix, Foreign, Place, Subject};

/// Looks at what GOVCS and git's settings forbid.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let remotes = facts.version_control.get().into_iter().flat_map(|version_control| &version_control.remotes);
    for remote in remotes {
        if let RemoteResult::Forbidden { error } = &remote.result {
            findings.push(forbidden(facts, remote, error));
        }
    }
    for failure in failures(facts).filter(|failure| failure.trouble == GitTrouble::ProtocolNotSupported) {
        let Some(message) = read(failure.stderr).find(|message| message.format.id == "git/protocol-not-allowed") else {
            continue;
        };
        let scheme = Foreign::new(message.get("scheme").unwrap_or(&failure.address.scheme));
        let set = !value(facts, "GIT_ALLOW_PROTOCOL").is_empty();
        let variable = set.then(|| Foreign::new("GIT_ALLOW_PROTOCOL"));
        let url = Foreign::from(failure.url());
        let situation = Situation::ProtocolForbidden { scheme: scheme.clone(), url, variable: variable.clone() };
        let subject = match &variable {
            Some(variable) => Subject::variable(variable.as_str()),
            None => Subject::host(failure.address.written()),
        };
        let (place, actions) = match set {
            true => {
                let name = "GIT_ALLOW_PROTOCOL".to_owned();
                let value = format!("{}:{scheme}", value(facts, &name));
                (Place::Shell, vec![Action::SetVariable { name, value }])
            }
            false => (Place::GitConfig, Vec::new()),
        };
        let finding = failure.told(Finding::new(Code::VcsDisallowed, subject, situation.into()));
        findings.push(finding.fix(Fix::safe(Advice::AllowProtocol { scheme, variable }.into(), place, actions)));
    }
}

fn forbidden(facts: &Facts, remote: &Remote, error: &Foreign) -> Finding {
    let id = remote.observation.id.as_str();
    let modules = || remote.modules.iter().map(|module| module.path.as_str());
    let Some(Denial { vcs, private, root }) = Denial::read(error.as_str()) else {
        let situation = Situation::GovcsMalformed { error: error.clone() };
        return Finding::new(Code::VcsDisallowed, Subject::variable("GOVCS"), situation.into())
            .about(id)
            .with("variable", "GOVCS")
            .seen(id, None, error.as_str())
            .fix(by_people(Advice::MendGovcs, place_of(facts, "GOVCS")));
    };
    let situation = Situation::Disallowed { vcs: vcs.into(), root: root.into(), private };
    let mut finding = Finding::new(Code::VcsDisallowed, Subject::module(root), situation.into())
        .about(id)
        .with("url", remote.url.as_str())
        .seen(id, None, error.as_str());
    if let Some(module) = modules().next() {
        finding = finding.with("module", module);
    }
    if let Some(fix) = module_proxy_instead(facts, modules()).filter(|_| !private) {
        finding = finding.fix(fix);
    }
    let rest = value(facts, "GOVCS");
    let allowed = format!("{root}:{vcs}");
    let value =
        if rest.is_empty() { format!("{allowed},public:git|hg,private:all") } else { format!("{allowed},{rest}") };
    // A value that go could not read would be worse than none.
    if Govcs::parse(&value).is_ok() {
        let advice = Advice::AllowVcs { vcs: vcs.into(), root: root.into() };
        let set = Action::SetVariable { name: "GOVCS".into(), value };
        finding = finding.fix(Fix::weakening(advice.into(), place_of(facts, "GOVCS"), vec![set]));
    }
    finding
}

/// What Go says when GOVCS forbids a system (`vcs.CheckGOVCS`).
struct Denial<'a> {
    vcs: &'a str,
    private: bool,
    root: &'a str,
}

impl<'a> Denial<'a> {
    fn read(words: &'a str) -> Option<Self> {
        let (_, rest) = words.split_once("GOVCS disallows using ")?;
        let (vcs, rest) = rest.split_once(" for ")?;
        let (kind, rest) = rest.split_once(' ')?;
        let root = rest.split(';').next()?.trim();
        Some(Self { vcs, private: kind == "private", root })
    }
}
