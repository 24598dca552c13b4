//! `git-url-rewrite`: a setting of git's leads it, or its login, to where it cannot work.

use super::by_people;
use super::remote::{Address, Failure, failures};
use crate::catalog::Code;
use crate::facts::Facts;
use crate::facts::endpoint::{Step, step_id};
use crate::facts::version_control::{ConfigOrigin, ExtraHeader, GitTrouble, Remote, Rewrite};
use crate::model::situation::version_control::{Advice, Rule, Situation};
use crate::model::{Action, Confidence, Finding, Fix, Foreign, Place, Subject, SubjectKind};

/// Looks at the settings that apply to repositories which could not be asked.
///
/// Such a finding is about a setting, and only explains the repository: what git said stays the
/// matter of another finding, which hangs beneath it.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let Some(version_control) = facts.version_control.get() else { return };
    for failure in failures(facts) {
        let applied = failure.remote.rewritten_by.and_then(|at| version_control.rewrites.get(at));
        let found = match applied {
            Some(rewrite) => misled(facts, &failure, rewrite),
            None => version_control.rewrites.iter().find_map(|rewrite| rule_not_seen(&failure, rewrite)),
        };
        findings.extend(found);
        findings.extend(version_control.extra_headers.iter().find_map(|header| extra_header(&failure, header)));
    }
}

/// The rule that made the URL of a repository.
pub fn rule_of(facts: &Facts, remote: &Remote) -> Option<Rule> {
    Some(rule(facts.version_control.get()?.rewrites.get(remote.rewritten_by?)?))
}

fn rule(rewrite: &Rewrite) -> Rule {
    Rule { from: rewrite.from.clone(), to: rewrite.to.clone(), file: rewrite.origin.file.clone() }
}

fn finding(failure: &Failure<'_>, subject: Subject, situation: Situation) -> Finding {
    let id = failure.remote.observation.id.as_str();
    let finding = Finding::new(Code::GitUrlRewrite, subject, situation.into())
        .explaining([id])
        .with("host", failure.address.written())
        .with("url", failure.url())
        .seen(id, None, failure.line());
    match failure.module() {
        Some(module) => finding.with("module", module),
        None => finding,
    }
}

fn of_rule(failure: &Failure<'_>, rewrite: &Rewrite, situation: Situation) -> Finding {
    let subject = Subject::new(SubjectKind::Url, rewrite.from.as_str());
    finding(failure, subject, situation).with("path", rewrite.origin.file.as_str())
}

/// A rule whose end cannot work, although there is no fault in the repository itself.
fn misled(facts: &Facts, failure: &Failure<'_>, rewrite: &Rewrite) -> Option<Finding> {
    let host = Foreign::from(failure.address.written());
    let (url, rule) = (failure.remote.url.clone(), rule(rewrite));
    match failure.trouble {
        GitTrouble::Dns | GitTrouble::Refused | GitTrouble::Timeout | GitTrouble::TlsName | GitTrouble::TlsProtocol => {
            let confidence = blame(facts, failure)?;
            let situation = Situation::RuleLeadsNowhere { rule: rule.clone(), url, host };
            // The dead way is the rule's fault, not the host's.
            let steps = [Step::Dns, Step::Tcp, Step::Tls];
            let steps = steps.map(|step| step_id(&failure.address.host, failure.address.used_port(), step));
            let finding = of_rule(failure, rewrite, situation).confidence(confidence).explaining(steps);
            Some(finding.fix(removal(facts, rewrite, rule)))
        }
        GitTrouble::LoginRefused | GitTrouble::Forbidden if rewrite.has_login => {
            let situation = Situation::RuleLoginRefused { rule: rule.clone(), host };
            let finding = of_rule(failure, rewrite, situation);
            Some(finding.fix(by_people(Advice::RenewRuleLogin { rule }, place(&rewrite.origin))))
        }
        GitTrouble::NotGit => {
            let situation = Situation::RuleLeadsToNoGit { rule: rule.clone(), url: failure.url().into() };
            let finding = of_rule(failure, rewrite, situation).confidence(Confidence::Likely);
            Some(finding.fix(removal(facts, rewrite, rule)))
        }
        _ => None,
    }
}

/// Whether the rule is to blame for a dead way, and how surely: not where the host that go asked for
/// cannot be reached either.
fn blame(facts: &Facts, failure: &Failure<'_>) -> Option<Confidence> {
    let asked = Address::parse(failure.remote.url.as_str());
    let way = facts.endpoint.get().and_then(|endpoints| endpoints.at(&asked.host, asked.used_port()));
    match way.and_then(|endpoint| endpoint.stages.as_ref()) {
        Some(stages) if stages.error.is_some() => None,
        Some(_) => Some(Confidence::Confirmed),
        None if asked.host != failure.address.host => Some(Confidence::Likely),
        None => None,
    }
}

/// A rule that would apply, in the settings of the repository: go's git runs in the module cache.
fn rule_not_seen(failure: &Failure<'_>, rewrite: &Rewrite) -> Option<Finding> {
    let url = failure.remote.url.clone();
    let wanting = matches!(
        failure.trouble,
        GitTrouble::LoginWanted | GitTrouble::NotFound | GitTrouble::Dns | GitTrouble::Refused | GitTrouble::Timeout
    );
    if rewrite.origin.seen_by_go() || !wanting || !url.as_str().starts_with(rewrite.from.as_str()) {
        return None;
    }
    let situation = Situation::RuleNotSeen { rule: rule(rewrite), url };
    let finding = of_rule(failure, rewrite, situation).confidence(Confidence::Likely);
    let actions = match rewrite.has_login {
        true => Vec::new(),
        false => vec![Action::AddInsteadOf { from: rewrite.from.to_string(), to: rewrite.to.to_string() }],
    };
    Some(finding.fix(Fix::safe(Advice::MoveRule.into(), Place::GitConfig, actions)))
}

/// A login in a header that go's git does not send, or that does not suffice.
fn extra_header(failure: &Failure<'_>, header: &ExtraHeader) -> Option<Finding> {
    if !header.is_authorization || !failure.address.is_http() || !covers(header.url.as_str(), failure.url()) {
        return None;
    }
    let file = header.origin.file.clone();
    let subject = Subject::file(&file, None);
    let host = Foreign::from(failure.address.written());
    let url = Foreign::from(failure.url());
    match failure.trouble {
        GitTrouble::LoginWanted if !header.origin.seen_by_go() => {
            let situation = Situation::HeaderNotSeen { file, host: host.clone() };
            let finding = finding(failure, subject, situation).with("path", header.origin.file.as_str());
            Some(finding.fix(by_people(Advice::GiveHeaderToGit { host }, Place::GitConfig)))
        }
        GitTrouble::LoginRefused | GitTrouble::Forbidden | GitTrouble::NotFound if header.origin.seen_by_go() => {
            let situation = Situation::HeaderCannotSee { file: file.clone(), url: url.clone() };
            let finding = finding(failure, subject, situation)
                .with("path", file.as_str())
                .confidence(Confidence::Likely)
                .fix(by_people(Advice::WidenHeader { url }, place(&header.origin)));
            Some(finding.fix(header_removal(header)))
        }
        _ => None,
    }
}

/// Whether the URL of an `http.<url>.*` setting covers a URL, element by element of its path.
fn covers(setting: &str, url: &str) -> bool {
    let setting = setting.trim_end_matches('/');
    let rest = || url.strip_prefix(setting).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    setting.is_empty() || rest()
}

fn place(origin: &ConfigOrigin) -> Place {
    match origin.scope.as_str() {
        "global" => Place::GitConfig,
        "command" => Place::Shell,
        _ => Place::File { path: origin.file.to_string(), line: None },
    }
}

/// The words of a `git config` command for the file of a setting; `None` where it is no file.
fn config(origin: &ConfigOrigin) -> Option<Vec<String>> {
    let words: Vec<&str> = match origin.scope.as_str() {
        "global" => vec!["git", "config", "--global"],
        "command" => return None,
        _ => vec!["git", "config", "--file", origin.file.as_str()],
    };
    Some(words.into_iter().map(str::to_owned).collect())
}

fn removal(facts: &Facts, rewrite: &Rewrite, rule: Rule) -> Fix {
    let all = facts.version_control.get().into_iter().flat_map(|version_control| &version_control.rewrites);
    let shared = all.filter(|other| other.to == rewrite.to && other.origin == rewrite.origin).count() > 1;
    let key = format!("url.{}.insteadOf", rewrite.to);
    let action = config(&rewrite.origin).filter(|_| !rewrite.has_login).map(|mut argv| {
        // Other rules may share the end: git 2.30 and later can take away just this one.
        match shared {
            true => argv.extend(["--fixed-value".into(), "--unset-all".into(), key, rewrite.from.to_string()]),
            false => argv.extend(["--unset-all".into(), key]),
        }
        Action::Run { argv }
    });
    Fix::safe(Advice::RemoveRule { rule }.into(), place(&rewrite.origin), action.into_iter().collect())
}

/// The header is a secret that cannot be had back from anywhere.
fn header_removal(header: &ExtraHeader) -> Fix {
    let key = match header.url.as_str() {
        "" => "http.extraHeader".to_owned(),
        url => format!("http.{url}.extraHeader"),
    };
    let action = config(&header.origin).map(|mut argv| {
        argv.extend(["--unset-all".into(), key]);
        Action::Run { argv }
    });
    let advice = Advice::RemoveHeader { file: header.origin.file.clone() };
    Fix::destructive(advice.into(), place(&header.origin), action.into_iter().collect())
}
