//! The whole pass over facts made by hand: what is a cause, what follows from it, what stays silent.

use super::diagnose;
use super::testing::{actions, environment, http, nothing, proxies, walk};
use crate::catalog::{Code, Location, Severity};
use crate::facts::Facts;
use crate::facts::checksum_database::{ChecksumDatabaseFacts, Lookup, RecordState};
use crate::facts::endpoint::{Endpoint, EndpointFacts, Purpose, Step, step_id};
use crate::facts::environment::Clock;
use crate::facts::module_proxy::{Answer, Body, Download, Walk, WalkEnd, WhyAsked};
use crate::facts::{Observation, Section};
use crate::golang::module_path::ModuleVersion;
use crate::model::situation::checksum::HashOf;
use crate::model::transport::{DnsFailure, Stages, TlsFailure, TransportError, Trust};
use crate::model::{Action, Confidence, Diagnosis, Finding, Role, Safety, Verdict};

const HOST: &str = "goproxy.corp.example:443";

fn module() -> ModuleVersion {
    ModuleVersion::new("example.dev/a", "v1.0.0")
}

fn status(status: u16) -> Answer {
    Answer::Http { http: http("https://goproxy.corp.example/example.dev/a/@v/v1.0.0.mod", status), body: Body::NotRead }
}

fn house(walks: Vec<Walk>) -> Facts {
    let mut facts = nothing();
    facts.environment = environment("1.26.8", &[("GOPROXY", "https://goproxy.corp.example")]);
    facts.module_proxy = proxies(HOST, walks);
    facts
}

fn found(facts: &Facts) -> Diagnosis {
    diagnose(facts, &[])
}

fn of(diagnosis: &Diagnosis, code: Code) -> &Finding {
    let all: Vec<_> = diagnosis.findings.iter().map(|finding| (finding.code, finding.role)).collect();
    diagnosis.findings.iter().find(|finding| finding.code == code).unwrap_or_else(|| panic!("{code} not in {all:?}"))
}

/// The way to a host, which ends with `error`.
fn endpoint(error: TransportError) -> Section<EndpointFacts> {
    let steps = [Step::Dns, Step::Tcp, Step::Tls, Step::Http];
    let mut before: Option<String> = None;
    let steps = steps.map(|step| {
        let id = step_id("goproxy.corp.example", 443, step);
        let observation = Observation::seen(id.clone(), HOST).needing(before.take());
        before = Some(id);
        (step, observation)
    });
    let stages = Stages {
        url: "https://goproxy.corp.example/".into(),
        host: "goproxy.corp.example".into(),
        port: 443,
        proxy: None,
        dns: None,
        dns_servers: None,
        tcp: Vec::new(),
        tls: None,
        http: None,
        error: Some(error),
        elapsed_ms: 1,
    };
    let endpoint = Endpoint {
        host: "goproxy.corp.example".into(),
        port: 443,
        purposes: vec![Purpose::ModuleProxy],
        proxy_variable: None,
        steps: steps.to_vec(),
        stages: Some(stages),
    };
    Section::of(EndpointFacts { endpoints: vec![endpoint] })
}

fn no_such_host() -> TransportError {
    TransportError::Dns { failure: DnsFailure::NoSuchHost, of_proxy: false }
}

#[test]
fn many_questions_that_fail_the_same_way_are_one_cause() {
    let failed = || Answer::Failed { error: no_such_host() };
    let other = ModuleVersion::new("example.dev/b", "v1.0.0");
    let stopped = WalkEnd::Stopped { entry: 0 };
    let mut facts =
        house(vec![walk(&module(), HOST, failed(), stopped.clone()), walk(&other, HOST, failed(), stopped)]);
    facts.endpoint = endpoint(no_such_host());
    let diagnosis = found(&facts);
    let dns = of(&diagnosis, Code::DnsFailure);
    assert_eq!((dns.role, dns.location, dns.subject.value.as_str()), (Role::Cause, Location::Network, HOST));
    assert_eq!(dns.count, 3, "two questions and the staged prober");
    assert_eq!(diagnosis.verdict, Verdict::Failing);
    assert_eq!(diagnosis.summary().causes, 1);
}

#[test]
fn a_dead_entry_that_no_question_failed_on_is_a_warning() {
    let mut facts = house(Vec::new());
    facts.endpoint = endpoint(no_such_host());
    let diagnosis = found(&facts);
    assert_eq!(of(&diagnosis, Code::DnsFailure).role, Role::Note);
    assert_eq!(diagnosis.verdict, Verdict::Degraded);
}

#[test]
fn a_full_cache_stands_a_dead_proxy() {
    let answer = Answer::Failed { error: no_such_host() };
    let mut sample = walk(&module(), HOST, answer, WalkEnd::Stopped { entry: 0 });
    sample.why = WhyAsked::Sample;
    let mut facts = house(vec![sample]);
    facts.endpoint = endpoint(no_such_host());
    let diagnosis = found(&facts);
    let dns = of(&diagnosis, Code::DnsFailure);
    assert_eq!((dns.role, dns.severity), (Role::Note, Severity::Warning));
}

#[test]
fn a_wrong_clock_is_why_a_certificate_looks_expired() {
    let trust = Trust::Expired { at: "2025-01-01T00:00:00Z".into() };
    let error = TransportError::Tls { failure: TlsFailure::Untrusted { trust }, of_proxy: false };
    let answer = Answer::Failed { error: error.clone() };
    let mut facts = house(vec![walk(&module(), HOST, answer, WalkEnd::Stopped { entry: 0 })]);
    facts.endpoint = endpoint(error);
    assert_eq!(of(&found(&facts), Code::TlsInvalid).role, Role::Cause);
    let ahead = Clock {
        observation: Observation::seen("environment/clock/other.example", "other.example"),
        host: "other.example".into(),
        ahead_seconds: 40_000_000,
    };
    if let Some(environment) = facts.environment.get_mut() {
        environment.clocks.push(ahead);
    }
    let diagnosis = found(&facts);
    assert_eq!(of(&diagnosis, Code::ClockSkew).role, Role::Cause);
    assert_eq!(of(&diagnosis, Code::TlsInvalid).role, Role::Symptom);
}

#[test]
fn what_we_cut_off_is_at_most_likely() {
    let error = TransportError::CutOff { during: crate::model::transport::Stage::Http, after_ms: 10_000 };
    let facts = house(vec![walk(&module(), HOST, Answer::Failed { error }, WalkEnd::Stopped { entry: 0 })]);
    let diagnosis = found(&facts);
    assert_eq!(of(&diagnosis, Code::ConnectTimeout).confidence, Confidence::Likely);
}

#[test]
fn one_refused_module_among_others_is_that_modules_affair() {
    let mut facts = house(vec![walk(&module(), HOST, status(403), WalkEnd::Stopped { entry: 0 })]);
    assert_eq!(of(&found(&facts), Code::ProxyForbidden).subject.value, HOST, "nothing else was served");
    let served = crate::facts::module_proxy::Served {
        observation: Observation::seen("module-proxy/goproxy.corp.example:443/mod", HOST),
        entry: 0,
        want: crate::facts::module_proxy::Want::Mod,
        count: 299,
        slowest_ms: 5,
    };
    if let Some(proxies) = facts.module_proxy.get_mut() {
        proxies.served.push(served);
    }
    assert_eq!(of(&found(&facts), Code::ProxyForbidden).subject.value, "example.dev/a@v1.0.0");
}

#[test]
fn statuses_become_types() {
    for (answered, code, retryable) in [
        (401, Code::ProxyUnauthorized, false),
        (429, Code::ProxyRateLimited, true),
        (502, Code::ProxyServerError, true),
        (400, Code::ProxyBadResponse, false),
    ] {
        let facts = house(vec![walk(&module(), HOST, status(answered), WalkEnd::Stopped { entry: 0 })]);
        let diagnosis = found(&facts);
        let finding = of(&diagnosis, code);
        assert_eq!((finding.role, finding.retryable), (Role::Cause, retryable), "{answered}");
        assert_eq!(finding.data["status"], answered, "{answered}");
    }
}

#[test]
fn an_answer_that_a_later_entry_made_good_is_a_warning() {
    let facts = house(vec![walk(&module(), HOST, status(502), WalkEnd::Found { entry: 1 })]);
    assert_eq!(of(&found(&facts), Code::ProxyServerError).role, Role::Note);
}

#[test]
fn a_sample_that_fails_stops_nobody() {
    let mut sample = walk(&module(), HOST, status(502), WalkEnd::Stopped { entry: 0 });
    sample.why = WhyAsked::Sample;
    let diagnosis = found(&house(vec![sample]));
    assert_eq!(of(&diagnosis, Code::ProxyServerError).role, Role::Note);
    assert_eq!(diagnosis.summary().causes, 0);
}

#[test]
fn a_missing_module_offers_direct_behind_the_present_value() {
    let diagnosis = found(&house(vec![walk(&module(), HOST, status(404), WalkEnd::Exhausted)]));
    let finding = of(&diagnosis, Code::ModuleNotOnProxy);
    let set = Action::SetVariable { name: "GOPROXY".into(), value: "https://goproxy.corp.example,direct".into() };
    assert!(actions(finding).contains(&&set), "{:?}", finding.fixes);
}

#[test]
fn a_private_module_is_told_and_a_misspelt_pattern_is_why() {
    let private = ModuleVersion::new("git.corp.example/team/kit", "v1.2.0");
    let walks = || vec![walk(&private, HOST, status(404), WalkEnd::Exhausted)];
    let diagnosis = found(&house(walks()));
    let finding = of(&diagnosis, Code::PrivateNotConfigured);
    assert_eq!(finding.role, Role::Cause);
    let set = Action::SetVariable { name: "GOPRIVATE".into(), value: "git.corp.example".into() };
    assert_eq!(actions(finding), [&set]);

    let mut facts = house(walks());
    let variables = [("GOPROXY", "https://goproxy.corp.example"), ("GOPRIVATE", "https://git.corp.example,x.example")];
    facts.environment = environment("1.26.8", &variables);
    let diagnosis = found(&facts);
    let pattern = of(&diagnosis, Code::GoprivatePattern);
    let corrected = Action::SetVariable { name: "GOPRIVATE".into(), value: "git.corp.example,x.example".into() };
    assert_eq!((pattern.role, actions(pattern)), (Role::Cause, vec![&corrected]));
    assert_eq!(of(&diagnosis, Code::PrivateNotConfigured).role, Role::Symptom);
}

#[test]
fn the_chinese_mirror_is_offered_to_chinese_users_whose_way_to_the_default_fails() {
    let answer = || Answer::Failed { error: no_such_host() };
    let at = |locale: Option<&str>| {
        let mut facts = nothing();
        facts.locale = locale.map(str::to_owned);
        facts.environment = environment("1.26.8", &[]);
        let default = "proxy.golang.org:443";
        let mut section = proxies(default, vec![walk(&module(), default, answer(), WalkEnd::Stopped { entry: 0 })]);
        if let Some(entry) = section.get_mut().and_then(|proxies| proxies.entries.first_mut()) {
            entry.url = "https://proxy.golang.org".into();
        }
        facts.module_proxy = section;
        found(&facts)
    };
    let mirrored = Action::SetVariable { name: "GOPROXY".into(), value: "https://goproxy.cn,direct".into() };
    let chinese = at(Some("zh_CN.UTF-8"));
    let finding = of(&chinese, Code::DnsFailure);
    assert!(actions(finding).contains(&&mirrored));
    assert_eq!(finding.fixes.last().unwrap().safety, Safety::WeakensSecurity, "another operator sees the names");
    assert!(!actions(of(&at(Some("en_US.UTF-8")), Code::DnsFailure)).contains(&&mirrored));
}

#[test]
fn a_download_is_held_against_the_record_of_the_database() {
    let lookup = |recorded: &str| Lookup {
        observation: Observation::seen("checksum-database/example.dev/a@v1.0.0", "example.dev/a@v1.0.0"),
        module: module(),
        needed: true,
        answer: status(200),
        record: Some(RecordState::Good),
        hashes: vec![(HashOf::Zip, recorded.into())],
    };
    let with = |recorded: &str| {
        let mut facts = house(Vec::new());
        let download = Download { module: module(), of: HashOf::Zip, h1: "h1:download".into() };
        if let Some(proxies) = facts.module_proxy.get_mut() {
            proxies.downloads.push(download);
        }
        facts.checksum_database = Section::of(ChecksumDatabaseFacts {
            name: Some("sum.corp.example".into()),
            lookups: vec![lookup(recorded)],
            ..ChecksumDatabaseFacts::default()
        });
        found(&facts)
    };
    let differs = with("h1:record");
    let finding = of(&differs, Code::SumdbMismatch);
    assert_eq!(
        (finding.role, &finding.data["expected"], &finding.data["found"]),
        (Role::Cause, &"h1:record".into(), &"h1:download".into())
    );
    assert_eq!(with("h1:download").summary().causes, 0);
}

#[test]
fn a_dead_database_that_goproxy_off_keeps_go_from_is_no_cause() {
    let with = |end: WalkEnd| {
        let mut facts = house(vec![walk(&module(), HOST, status(404), end)]);
        facts.checksum_database = Section::of(ChecksumDatabaseFacts {
            name: Some("sum.corp.example".into()),
            lookups: vec![Lookup {
                observation: Observation::seen("checksum-database/example.dev/a@v1.0.0", "example.dev/a@v1.0.0"),
                module: module(),
                needed: true,
                answer: status(503),
                record: None,
                hashes: Vec::new(),
            }],
            ..ChecksumDatabaseFacts::default()
        });
        of(&found(&facts), Code::SumdbUnreachable).severity
    };
    assert_eq!(with(WalkEnd::Off), Severity::Warning);
    assert_eq!(with(WalkEnd::Found { entry: 0 }), Severity::Error);
}

#[test]
fn protection_that_is_off_is_a_warning_and_never_a_cause() {
    let mut facts = nothing();
    facts.environment = environment("1.26.8", &[("GOSUMDB", "off")]);
    let diagnosis = found(&facts);
    assert_eq!(of(&diagnosis, Code::SumdbDisabled).role, Role::Note);
    assert_eq!(diagnosis.verdict, Verdict::Degraded);
}

#[test]
fn values_that_stop_go_are_causes() {
    for (name, value, code) in [
        ("GOFLAGS", "-modd=mod", Code::GoflagsConflict),
        ("GO111MODULE", "off", Code::ModulesDisabled),
        ("GOMODCACHE", "cache", Code::EnvInvalid),
        ("GOTOOLCHAIN", "go1.x", Code::ToolchainMisconfigured),
    ] {
        let mut facts = nothing();
        facts.environment = environment("1.26.8", &[(name, value)]);
        let diagnosis = found(&facts);
        let finding = of(&diagnosis, code);
        assert_eq!((finding.role, finding.subject.value.as_str()), (Role::Cause, name));
    }
}

#[test]
fn ignored_findings_are_as_if_they_were_not_made() {
    let facts = house(vec![walk(&module(), HOST, status(502), WalkEnd::Stopped { entry: 0 })]);
    let ignore = "proxy-server-error".parse().unwrap();
    assert_eq!(diagnose(&facts, &[ignore]).summary().causes, 0);
}
