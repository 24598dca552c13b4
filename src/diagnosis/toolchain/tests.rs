use crate::catalog::{Code, Severity};
use crate::diagnosis::{diagnose, testing};
use crate::facts::module_proxy::{Answer, Entry, FileAnswer, Hop, ModuleProxyFacts, Walk, WalkEnd, Want, WhyAsked};
use crate::facts::question::Found;
use crate::facts::repository::{MainModule, Mode, NewerGo, RepositoryFacts};
use crate::facts::toolchain::{SelectionFacts, ToolchainFacts};
use crate::facts::{Facts, Observation, Section};
use crate::golang::module_path::ModuleVersion;
use crate::golang::toolchain::{FileLines, MODULE_PATH, Situation as Deciding, select};
use crate::model::transport::{TcpFailure, TransportError};
use crate::model::{Action, Finding, Foreign, Role};

/// A repository that asks for `go` where go1.26.0 is on PATH, with these settings.
fn facts(go: &str, settings: &[(&str, &str)]) -> Facts {
    // The first of several values counts.
    let all = [settings, &[("GOPROXY", "https://goproxy.example"), ("GOTOOLCHAIN", "auto")]].concat();
    let mut facts = Facts { environment: testing::environment("1.26.0", &all), ..testing::nothing() };
    let gotoolchain = all.iter().find(|(name, _)| *name == "GOTOOLCHAIN").map_or("", |(_, value)| value);
    let choice = select(&Deciding {
        running: "go1.26.0",
        platform: ("linux", "amd64"),
        gotoolchain,
        modules_off: false,
        file: Some(FileLines { name: "go.mod", go: Some(go), toolchain: None }),
    });
    facts.toolchain = Section::of(ToolchainFacts {
        observation: Observation::seen("toolchain/go", "go1.26.0"),
        path: Some("/usr/local/go/bin/go".into()),
        version: Some("go1.26.0".into()),
        goroot: Some("/usr/local/go".into()),
        selection: Some(SelectionFacts {
            observation: Observation::seen("toolchain/selected", "go"),
            file: Some("go.mod".into()),
            choice: choice.map_err(|problem| Foreign::new(&problem.to_string())),
            on_path: false,
            in_cache: false,
        }),
    });
    let mut repository = RepositoryFacts::empty("/src/app".into(), Mode::Module);
    repository.main_modules.push(MainModule {
        observation: Observation::seen("repository/go.mod", "go.mod"),
        file: "go.mod".into(),
        path: Some("corp.example/app".into()),
        go: Some(Foreign::new(go)),
        toolchain: None,
        problems: Vec::new(),
        unreadable: None,
    });
    facts.repository = Section::of(repository);
    facts
}

fn found(facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    super::rules(facts, &mut findings);
    findings
}

fn only(facts: &Facts) -> Finding {
    let mut found = found(facts);
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}

fn selection(facts: &mut Facts) -> &mut SelectionFacts {
    facts.toolchain.get_mut().and_then(|toolchain| toolchain.selection.as_mut()).unwrap()
}

fn asked(version: &str, end: WalkEnd, answer: Answer) -> Found {
    let module = ModuleVersion::new(MODULE_PATH, version);
    let hop = Hop {
        observation: Observation::seen("module-proxy/goproxy.example/toolchain", "toolchain")
            .needing(["endpoint/goproxy.example:443/tls"]),
        entry: 0,
        url: "https://goproxy.example/golang.org/toolchain".into(),
        credentials_sent: false,
        answer,
    };
    Found::ModuleProxy(ModuleProxyFacts {
        entries: vec![Entry {
            index: 0,
            url: "https://goproxy.example".into(),
            host: "goproxy.example".into(),
            product: None,
        }],
        walks: vec![Walk { module, want: Want::Zip, why: WhyAsked::Toolchain, hops: vec![hop], end }],
        ..ModuleProxyFacts::default()
    })
}

fn set(finding: &Finding) -> Vec<(&str, &str)> {
    let sets = finding.fixes.iter().flat_map(|fix| &fix.actions).filter_map(|action| match action {
        Action::SetVariable { name, value } => Some((name.as_str(), value.as_str())),
        _ => None,
    });
    sets.collect()
}

#[test]
fn a_new_enough_go_is_silent() {
    assert_eq!(found(&facts("1.24", &[])), []);
    assert_eq!(found(&facts("1.26.0", &[("GOTOOLCHAIN", "local")])), []);
    // What is fetched without trouble is nothing to tell.
    assert_eq!(found(&facts("1.27.0", &[])), []);
}

#[test]
fn a_value_that_go_does_not_know() {
    let finding = only(&facts("1.24", &[("GOTOOLCHAIN", "1.25.1")]));
    assert_eq!((finding.code, finding.role), (Code::ToolchainMisconfigured, Role::Cause));
    assert_eq!(set(&finding), [("GOTOOLCHAIN", "go1.25.1+auto")]);
    let finding = only(&facts("1.24", &[("GOTOOLCHAIN", "latest")]));
    assert_eq!(finding.fixes[0].actions, [Action::UnsetVariable { name: "GOTOOLCHAIN".into() }]);
}

#[test]
fn go_may_not_switch() {
    for (value, allowed) in [("local", "auto"), ("go1.26.0", "go1.26.0+auto")] {
        let finding = only(&facts("1.27", &[("GOTOOLCHAIN", value)]));
        assert_eq!((finding.code, finding.role), (Code::GoTooOld, Role::Cause));
        assert_eq!(set(&finding), [("GOTOOLCHAIN", allowed)]);
    }
}

#[test]
fn only_path_may_have_it() {
    let mut path = facts("1.27", &[("GOTOOLCHAIN", "path")]);
    let finding = only(&path);
    assert_eq!((finding.code, finding.subject.value.as_str()), (Code::ToolchainUnavailable, "go1.27.0"));
    selection(&mut path).on_path = true;
    assert_eq!(found(&path), []);
}

#[test]
fn the_settings_forbid_the_download() {
    let finding = only(&facts("1.27", &[("GOPROXY", "off")]));
    assert_eq!((finding.code, finding.role), (Code::ToolchainUnavailable, Role::Cause));
    let mut unverified = facts("1.27", &[("GOSUMDB", "off")]);
    assert_eq!(only(&unverified).code, Code::ToolchainUnavailable);
    // Seen with Go 1.26: what lies in the cache is verified each time.
    selection(&mut unverified).in_cache = true;
    assert_eq!(only(&unverified).code, Code::ToolchainUnavailable);
    let mut folder = facts("1.27", &[("GOSUMDB", "off"), ("GOPROXY", "file:///srv/modules")]);
    selection(&mut folder).in_cache = true;
    assert_eq!(found(&folder), []);
}

#[test]
fn no_server_has_it() {
    let mut nowhere = facts("1.27", &[]);
    let answer = Answer::File { file: FileAnswer::Missing };
    nowhere.add(asked("v0.0.1-go1.27.0.linux-amd64", WalkEnd::Exhausted, answer));
    let finding = only(&nowhere);
    assert_eq!((finding.code, finding.role), (Code::ToolchainUnavailable, Role::Cause));
    let diagnosis = diagnose(&nowhere, &[]);
    let causes = diagnosis.findings.iter().filter(|finding| finding.role == Role::Cause);
    assert_eq!(causes.map(|finding| finding.code).collect::<Vec<_>>(), [Code::ToolchainUnavailable]);
}

#[test]
fn a_dead_network_is_the_cause() {
    let mut dead = facts("1.27", &[]);
    let error = TransportError::Tcp { of_proxy: false, failure: TcpFailure::Refused };
    dead.add(asked("v0.0.1-go1.27.0.linux-amd64", WalkEnd::Stopped { entry: 0 }, Answer::Failed { error }));
    let diagnosis = diagnose(&dead, &[]);
    let role = |code| diagnosis.findings.iter().find(|finding| finding.code == code).map(|finding| finding.role);
    assert_eq!(role(Code::ConnectRefused), Some(Role::Cause));
    assert_eq!(role(Code::ToolchainUnavailable), Some(Role::Symptom));
}

#[test]
fn a_language_version_is_no_release() {
    let finding = only(&facts("1.24", &[("GOTOOLCHAIN", "go1.25")]));
    assert_eq!((finding.code, finding.role), (Code::ToolchainMisconfigured, Role::Cause));
    assert_eq!(set(&finding), [("GOTOOLCHAIN", "go1.25.0")]);
}

#[test]
fn dependencies_need_a_newer_go() {
    let with = |settings: &[(&str, &str)]| {
        let mut facts = facts("1.24", settings);
        let module = ModuleVersion::new("a.example/b", "v1.0.0");
        let newer = NewerGo { module, wants: "1.27".into() };
        facts.repository.get_mut().unwrap().newer_go.push(newer);
        facts
    };
    let finding = only(&with(&[("GOTOOLCHAIN", "local")]));
    assert_eq!((finding.code, finding.role), (Code::GoTooOld, Role::Cause));
    let mut auto = with(&[]);
    assert_eq!(only(&auto).severity, Severity::Warning);
    auto.add(asked("", WalkEnd::Exhausted, Answer::File { file: FileAnswer::Missing }));
    let finding = only(&auto);
    assert_eq!((finding.code, finding.role), (Code::ToolchainUnavailable, Role::Cause));
}

#[test]
fn a_go_before_selection_cannot_read_the_file() {
    let mut old = facts("1.22", &[]);
    old.toolchain = Section::default();
    old.environment = testing::environment("1.20.14", &[]);
    assert_eq!(only(&old).severity, Severity::Warning);
    old.repository.get_mut().unwrap().main_modules[0].go = Some("1.22.0".into());
    assert_eq!((only(&old).code, only(&old).role), (Code::GoTooOld, Role::Cause));
    old.repository.get_mut().unwrap().main_modules[0].go = Some("1.20".into());
    assert_eq!(found(&old), []);
}
