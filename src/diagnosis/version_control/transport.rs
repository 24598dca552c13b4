//! Ways to a git server that fail: the codes of the network, as git saw it.

use super::by_people;
use super::remote::{Failure, failures};
use super::value;
use crate::catalog::messages::read;
use crate::catalog::{Code, Location};
use crate::diagnosis::network;
use crate::facts::Facts;
use crate::facts::endpoint::{Endpoint, Step};
use crate::facts::version_control::{GitSetting, GitTrouble};
use crate::facts::{Reason, State};
use crate::model::situation::network::Serves;
use crate::model::situation::version_control::{Advice, Situation};
use crate::model::transport::{DnsFailure, Stage, TcpFailure, TlsFailure, TransportError, Trust};
use crate::model::{Action, Finding, Fix, Foreign, Place, Subject};

/// Looks at the repositories to which there was no way.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    for failure in failures(facts) {
        let cut_off = match failure.remote.observation.state {
            State::Inconclusive(Reason::CutOff { after_ms }) => Some(after_ms),
            _ => None,
        };
        let Some((error, step)) = as_seen_by_git(failure.trouble, cut_off) else {
            if failure.trouble == GitTrouble::HttpProxy {
                findings.push(http_proxy(facts, &failure));
            }
            continue;
        };
        let endpoint = endpoint(facts, &failure);
        let probed = endpoint.and_then(|endpoint| endpoint.stages.as_ref()?.error.as_ref());
        if failure.trouble == GitTrouble::TlsUntrusted && probed.is_none() {
            findings.push(distrusted(facts, &failure));
            continue;
        }
        // The staged probe tells more than git's words, where both failed at the same step.
        let same = |probed: &&TransportError| step_of(probed.stage()) == step;
        let told = probed.filter(same);
        let name = format!("{}:{}", failure.address.host, failure.address.used_port());
        let way = network::way(facts, name.into(), Serves::VersionControl);
        let Some(mut finding) = network::transport::finding(told.unwrap_or(&error), &way) else { continue };
        if let Some(observation) = endpoint.filter(|_| told.is_some()).and_then(|endpoint| endpoint.step(step)) {
            finding = finding.about(&observation.id);
        }
        findings.push(failure.told(finding));
    }
}

fn endpoint<'a>(facts: &'a Facts, failure: &Failure<'_>) -> Option<&'a Endpoint> {
    facts.endpoint.get()?.at(&failure.address.host, failure.address.used_port())
}

fn step_of(stage: Stage) -> Step {
    match stage {
        Stage::Dns => Step::Dns,
        Stage::Tcp | Stage::Connect => Step::Tcp,
        Stage::HttpProxy => Step::HttpProxy,
        Stage::Tls => Step::Tls,
        Stage::Request | Stage::Http | Stage::Body => Step::Http,
    }
}

/// What git's words come to where nothing better is known. git says little of the kind.
fn as_seen_by_git(trouble: GitTrouble, cut_off: Option<u64>) -> Option<(TransportError, Step)> {
    let tcp = |failure| (TransportError::Tcp { failure, of_proxy: false }, Step::Tcp);
    let tls = |failure| (TransportError::Tls { failure, of_proxy: false }, Step::Tls);
    Some(match trouble {
        GitTrouble::Dns => (TransportError::Dns { failure: DnsFailure::NoSuchHost, of_proxy: false }, Step::Dns),
        GitTrouble::Refused => tcp(TcpFailure::Refused),
        // git does not tell how far it came.
        GitTrouble::Timeout => match cut_off {
            Some(after_ms) => (TransportError::CutOff { during: Stage::Http, after_ms }, Step::Http),
            None => tcp(TcpFailure::Timeout),
        },
        GitTrouble::Reset => tcp(TcpFailure::Reset),
        GitTrouble::TlsUntrusted => tls(TlsFailure::Untrusted { trust: Trust::CannotTell }),
        GitTrouble::TlsName => tls(TlsFailure::Untrusted { trust: Trust::WrongName { presented: Vec::new() } }),
        GitTrouble::TlsProtocol => tls(TlsFailure::BrokenProtocol),
        _ => return None,
    })
}

/// The settings of a key, whatever its case and whatever URL it is for.
fn setting<'a>(facts: &'a Facts, name: &str) -> Option<&'a GitSetting> {
    let settings = &facts.version_control.get()?.settings;
    settings.iter().rev().find(|setting| {
        let key = setting.key.as_str().to_ascii_lowercase();
        key.starts_with("http.") && key.ends_with(&format!(".{name}")) && setting.origin.seen_by_go()
    })
}

/// git does not trust a certificate of which go said nothing bad, or which was not looked at.
fn distrusted(facts: &Facts, failure: &Failure<'_>) -> Finding {
    let host = Foreign::from(failure.address.written());
    let subject = || Subject::host(host.as_str());
    let named = read(failure.stderr)
        .find(|message| message.format.id == "tls/no-ca-file")
        .and_then(|message| message.get("path").filter(|path| !path.is_empty()).map(Foreign::new));
    let of_settings = setting(facts, "sslcainfo").map(|setting| setting.value.clone());
    let of_variable = Some(value(facts, "GIT_SSL_CAINFO")).filter(|file| !file.is_empty()).map(Foreign::new);
    let roots = of_variable.or(of_settings);
    let unreadable = read(failure.stderr).any(|message| message.format.id == "tls/no-ca-file");
    if let Some(file) = named.or_else(|| roots.clone().filter(|_| unreadable)) {
        let situation = Situation::NoAuthorities { host: host.clone(), file: file.clone() };
        let finding = failure.told(Finding::new(Code::TlsUntrusted, subject(), situation.into()));
        return finding
            .located(Location::Local)
            .with("path", file.as_str())
            .fix(by_people(Advice::MendRootsSetting { file }, Place::GitConfig));
    }
    let file = value(facts, "SSL_CERT_FILE");
    let variable = (!file.is_empty()).then(|| Foreign::new("SSL_CERT_FILE"));
    let situation = Situation::GitDistrusts { host: host.clone(), roots, variable: variable.clone() };
    let mut finding =
        failure.told(Finding::new(Code::TlsUntrusted, subject(), situation.into())).located(Location::Local);
    if variable.is_some() {
        let name = format!("http.https://{host}/.sslCAInfo");
        let set = Action::SetVariable { name, value: file.to_owned() };
        let advice = Advice::ShareRoots { file: file.into() };
        finding = finding.fix(Fix::safe(advice.into(), Place::GitConfig, vec![set]));
    }
    finding.fix(by_people(Advice::TrustForGit { host }, Place::System))
}

/// git's HTTP proxy may be another than go's: it has a setting of its own.
fn http_proxy(facts: &Facts, failure: &Failure<'_>) -> Finding {
    let endpoint = endpoint(facts, failure);
    let probed = endpoint.and_then(|endpoint| endpoint.stages.as_ref()?.error.as_ref());
    let own = setting(facts, "proxy").map(|setting| setting.key.clone());
    if let Some(error) = probed.filter(|error| error.stage() == Stage::HttpProxy && own.is_none()) {
        let name = format!("{}:{}", failure.address.host, failure.address.used_port());
        let way = network::way(facts, name.into(), Serves::VersionControl);
        if let Some(mut finding) = network::transport::finding(error, &way) {
            if let Some(step) = endpoint.and_then(|endpoint| endpoint.step(Step::HttpProxy)) {
                finding = finding.about(&step.id);
            }
            return failure.told(finding);
        }
    }
    let of_variable = ["https_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"];
    let variable = of_variable.into_iter().find(|name| !value(facts, name).is_empty()).map(Foreign::new);
    let setting = own.or(variable);
    let host = Foreign::from(failure.address.written());
    let situation = Situation::GitProxyFails { host, setting: setting.clone(), line: failure.line().into() };
    let subject = match &setting {
        Some(setting) => Subject::variable(setting.as_str()),
        None => Subject::host(failure.address.written()),
    };
    let place = match &setting {
        Some(setting) if setting.as_str().starts_with("http.") => Place::GitConfig,
        _ => Place::Shell,
    };
    failure
        .told(Finding::new(Code::HttpProxyError, subject, situation.into()))
        .fix(by_people(Advice::MendGitProxy { setting }, place))
}
