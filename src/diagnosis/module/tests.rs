use crate::catalog::{Code, Severity};
use crate::diagnosis::{diagnose, testing};
use crate::facts::checksum_database::HashOf;
use crate::facts::module_proxy::{Answer, FileAnswer, Hop, LookedInto, Walk, WalkEnd, Want, WhyAsked};
use crate::facts::repository::{
    AmbiguousImport, BrokenReplace, BuildModule, Conflict, GraphTrouble, GraphTroubleKind, MainModule, MissingImport,
    MissingSum, Mode, NeededUpdate, Notice, ReplacedBy, RepositoryFacts, SumFile, Vendor, VendorDifference, VendorLack,
    Work, WorkMismatch,
};
use crate::facts::{Facts, Observation, Section};
use crate::golang::modfile::{GoMod, GoSum, ReadAs};
use crate::golang::module_path::ModuleVersion;
use crate::golang::platform::Os;
use crate::model::{Action, Confidence, Finding, Foreign, Role};

fn module(text: &str) -> ModuleVersion {
    let (path, version) = text.split_once('@').unwrap_or((text, ""));
    ModuleVersion::new(path, version)
}

/// A repository whose go.mod and go.sum have these texts.
fn repository(go_mod: &str, go_sum: &str) -> RepositoryFacts {
    let mut facts = RepositoryFacts::empty("/src/app".into(), Mode::Module);
    let read = GoMod::parse(go_mod.as_bytes(), ReadAs::MainModule, Os::Linux);
    facts.main_modules.push(MainModule {
        observation: Observation::seen("repository/go.mod", "go.mod"),
        file: "go.mod".into(),
        path: Some("corp.example/app".into()),
        go: read.go_version().map(Foreign::new),
        toolchain: None,
        problems: read.problems.clone(),
        unreadable: None,
    });
    facts.sums.push(SumFile {
        observation: Observation::seen("repository/go.sum", "go.sum"),
        file: "go.sum".into(),
        exists: true,
        problems: GoSum::parse(go_sum.as_bytes()).problems,
        unreadable: None,
    });
    facts.observations.push(Observation::seen("repository/build-list", "/src/app"));
    facts.observations.push(Observation::seen("repository/imports", "/src/app"));
    facts
}

fn sound() -> RepositoryFacts {
    repository("module corp.example/app\n\ngo 1.24\n", "")
}

fn facts(repository: RepositoryFacts) -> Facts {
    Facts {
        environment: testing::environment("1.26.0", &[("GOPROXY", "https://goproxy.example,direct")]),
        repository: Section::of(repository),
        ..testing::nothing()
    }
}

/// The findings of this family.
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

/// After the passes over all findings.
fn diagnosed(facts: &Facts) -> Vec<Finding> {
    diagnose(facts, &[]).findings
}

fn commands(finding: &Finding) -> Vec<String> {
    let runs = finding.fixes.iter().flat_map(|fix| &fix.actions).filter_map(|action| match action {
        Action::Run { argv } => Some(argv.join(" ")),
        _ => None,
    });
    runs.collect()
}

fn import(path: &str, candidates: &[&str], lacking_in: Option<&str>) -> MissingImport {
    MissingImport {
        observation: Observation::seen(format!("repository/import/{path}"), path),
        import: path.into(),
        file: "main.go".into(),
        line: 3,
        in_test: false,
        built_here: true,
        lacking_in: lacking_in.map(module),
        candidates: candidates.iter().map(|path| Foreign::new(path)).collect(),
        malformed: None,
    }
}

fn walk(of: &str, want: Want, why: WhyAsked, end: WalkEnd, answer: Answer) -> Walk {
    let hop = Hop {
        observation: Observation::seen(format!("module-proxy/goproxy.example/{of}"), of),
        entry: 0,
        url: "https://goproxy.example/x".into(),
        credentials_sent: false,
        answer,
    };
    Walk { module: module(of), want, why, hops: vec![hop], end }
}

fn nowhere() -> Answer {
    Answer::File { file: FileAnswer::Missing }
}

fn import_walk(import: &MissingImport, candidate: &str, end: WalkEnd, answer: Answer) -> Walk {
    let why = WhyAsked::Import { import: import.import.clone(), file: import.file.clone(), line: import.line };
    walk(candidate, Want::List, why, end, answer)
}

#[test]
fn a_sound_repository_is_silent() {
    assert_eq!(found(&facts(sound())), []);
}

#[test]
fn each_bad_line_is_told_and_hides_what_follows() {
    let mut broken = repository("module corp.example/app\n\nfoo bar\nbaz\n", "");
    broken.missing_imports.push(import("git.example/x", &["git.example/x"], None));
    broken.needs_update.push(NeededUpdate::NotListed { module: module("git.example/y@v1.0.0") });
    let found = found(&facts(broken));
    let told: Vec<_> = found.iter().map(|finding| (finding.code, finding.subject.value.as_str())).collect();
    assert_eq!(told, [(Code::GoModMalformed, "go.mod:3"), (Code::GoModMalformed, "go.mod:4")]);
    assert!(found[0].explains.contains(&"repository/import/git.example/x".to_owned()));
    assert_eq!(found[0].evidence[0].seen, "go.mod:3: unknown directive: foo".into());
}

#[test]
fn a_merge_conflict_is_one_finding() {
    let text = "module corp.example/app\n<<<<<<< HEAD\ngo 1.23\n=======\ngo 1.24\n>>>>>>> theirs\n";
    let finding = only(&facts(repository(text, "")));
    assert_eq!((finding.code, finding.subject.value.as_str()), (Code::GoModMalformed, "go.mod:2"));
    assert!(finding.fixes[0].actions.is_empty());
}

#[test]
fn a_version_without_its_letter_is_an_edit() {
    // go takes any word for a branch, and would look it up.
    let mut unresolved = sound();
    unresolved.needs_update = vec![NeededUpdate::NotCanonical { required: module("a.example/b@1.2.3"), line: 5 }];
    let finding = only(&facts(unresolved.clone()));
    assert_eq!((finding.code, finding.subject.value.as_str()), (Code::InvalidVersion, "go.mod:5"));
    let edit = Action::EditLine { path: "go.mod".into(), line: 5, from: "1.2.3".into(), to: "v1.2.3".into() };
    assert_eq!(finding.fixes[0].actions, [edit]);
    unresolved.needs_update = vec![NeededUpdate::NotCanonical { required: module("a.example/b@master"), line: 5 }];
    assert_eq!(only(&facts(unresolved)).code, Code::GoModNeedsUpdate);
    let finding = only(&facts(repository("module corp.example/app\nrequire a.example/b v2.0.0\n", "")));
    assert_eq!(finding.code, Code::InvalidVersion);
}

#[test]
fn go_sum_stops_a_go_that_looks_at_it() {
    let line = "a.example/b v1.0.0\n";
    let finding = only(&facts(repository("module corp.example/app\n", line)));
    assert_eq!((finding.code, finding.role, finding.severity), (Code::GoSumMalformed, Role::Cause, Severity::Error));
    let mut older = facts(repository("module corp.example/app\n", line));
    older.environment = testing::environment("1.21.3", &[]);
    assert_eq!(only(&older).severity, Severity::Warning);
    // What it needs stands below the line.
    let mut needing = repository("module corp.example/app\n", line);
    needing.missing_sums.push(MissingSum { module: module("a.example/c@v1.0.0"), of: HashOf::Zip });
    older.repository = Section::of(needing);
    assert_eq!(only(&older).role, Role::Cause);
    // The marks of a merge with a word behind each have three fields, or go stops at them.
    let marks = "<<<<<<< HEAD\n=======\n>>>>>>> theirs\n";
    assert_eq!(only(&facts(repository("module corp.example/app\n", marks))).count, 1);
}

#[test]
fn a_requirement_that_no_server_can_have() {
    let mut repository = repository("module corp.example/app\n", "");
    repository.missing_sums.push(MissingSum { module: module("utils@v0.0.0"), of: HashOf::GoMod });
    repository.build_list.push(testing::lacking("utils", "v0.0.0"));
    let finding = only(&facts(repository.clone()));
    assert_eq!((finding.code, finding.role), (Code::InvalidModulePath, Role::Cause));
    assert_eq!(finding.subject.value, "go.mod:5");
    // That go.sum lacks it follows.
    assert_eq!(diagnose(&facts(repository.clone()), &[]).findings[0].code, Code::InvalidModulePath);
    repository.build_list[0].replaced_by = Some(ReplacedBy::Folder("./utils".into()));
    assert_eq!(found(&facts(repository)), []);
}

#[test]
fn what_go_mod_lacks_is_one_finding() {
    let mut stale = sound();
    stale.needs_update =
        vec![NeededUpdate::Higher { required: module("a.example/b@v1.0.0"), selected: "v1.1.0".into() }];
    stale.needs_update.push(NeededUpdate::NotListed { module: module("c.example/d@v1.0.0") });
    let finding = only(&facts(stale.clone()));
    assert_eq!((finding.code, finding.role), (Code::GoModNeedsUpdate, Role::Cause));
    assert_eq!(commands(&finding), ["go mod tidy"]);
    assert_eq!(finding.evidence[0].seen, "a.example/b v1.0.0 → v1.1.0".into());
    // Where builds may change the file, they do.
    let mut may = facts(stale.clone());
    may.environment = testing::environment("1.26.0", &[("GOFLAGS", "-mod=mod")]);
    assert_eq!(only(&may).severity, Severity::Note);
    stale.needs_update.remove(0);
    assert_eq!(only(&facts(stale)).confidence, Confidence::Likely);
}

#[test]
fn an_excluded_requirement_contradicts() {
    let mut conflict = sound();
    conflict.conflicts.push(Conflict::Excluded { module: module("a.example/b@v1.0.0"), line: 7 });
    let finding = only(&facts(conflict));
    assert_eq!((finding.code, finding.role), (Code::VersionConflict, Role::Cause));
    assert_eq!(commands(&finding), ["go mod tidy", "go mod edit -dropexclude=a.example/b@v1.0.0"]);
}

#[test]
fn a_replacement_matters_where_the_module_is_required() {
    let mut broken = sound();
    broken.broken_replaces.push(BrokenReplace {
        path: "a.example/b".into(),
        target: "../b".into(),
        file: "go.mod".into(),
        line: 5,
        exists: false,
    });
    assert_eq!(only(&facts(broken.clone())).severity, Severity::Note);
    broken.build_list.push(BuildModule {
        module: module("a.example/b@v1.0.0"),
        direct: true,
        required_at: None,
        replaced_by: Some(ReplacedBy::Folder("../b".into())),
        needed: true,
        mod_in_cache: true,
        source_in_cache: true,
    });
    broken.missing_imports.push(import("a.example/b/sub", &[], Some("a.example/b@v1.0.0")));
    let diagnosis = diagnose(&facts(broken), &[]);
    let causes: Vec<_> = diagnosis.findings.iter().filter(|finding| finding.role == Role::Cause).collect();
    assert_eq!(causes.len(), 1);
    assert_eq!(causes[0].code, Code::ReplaceMissing);
    assert!(commands(causes[0]).contains(&"go mod edit -dropreplace=a.example/b".to_owned()));
}

#[test]
fn go_work_and_its_modules() {
    let mut workspace = sound();
    workspace.mode = Mode::Workspace;
    workspace.work = Some(Work {
        observation: Observation::seen("repository/go.work", "go.work"),
        file: "go.work".into(),
        go: Some("1.22".into()),
        toolchain: None,
        problems: Vec::new(),
        unreadable: None,
        mismatches: vec![
            WorkMismatch::NoModule { dir: "./gone".into(), line: 3 },
            WorkMismatch::NotListed { dir: "".into() },
            WorkMismatch::GoTooLow { dir: "./a".into(), wants: "1.24".into(), has: "1.22".into() },
            WorkMismatch::Twice { path: "corp.example/a".into() },
            WorkMismatch::ConflictingReplace { path: "corp.example/z".into() },
        ],
    });
    let all = found(&facts(workspace.clone()));
    assert!(all.iter().all(|finding| finding.code == Code::WorkspaceMismatch && finding.role == Role::Cause));
    assert_eq!(all.len(), 5);
    assert_eq!(commands(&all[0]), ["go work edit -dropuse=./gone"]);
    assert_eq!(commands(&all[1]), ["go work use ."]);
    let off = Action::SetVariable { name: "GOWORK".into(), value: "off".into() };
    assert_eq!(all[1].fixes[1].actions, [off]);
    let mut old = facts(workspace);
    old.environment = testing::environment("1.20.5", &[]);
    assert_eq!(found(&old).len(), 4);
}

#[test]
fn a_vendor_folder_matters_where_it_is_used() {
    let mut vendored = sound();
    let difference = VendorDifference {
        module: module("a.example/b@v1.0.0"),
        text: "a.example/b@v1.0.0: is explicitly required in go.mod, but not marked as explicit".into(),
    };
    vendored.vendor = Some(Vendor {
        observation: Observation::seen("repository/vendor", "vendor"),
        used: true,
        lacks: Vec::new(),
        differences: vec![difference],
    });
    let finding = only(&facts(vendored.clone()));
    assert_eq!((finding.code, finding.role), (Code::VendorInconsistent, Role::Cause));
    assert_eq!(commands(&finding)[0], "go mod vendor");
    if let Some(vendor) = &mut vendored.vendor {
        vendor.used = false;
    }
    assert_eq!(found(&facts(vendored)), []);
}

#[test]
fn an_import_whose_module_is_not_listed() {
    let with = |built_here: bool, lacks: &[&str]| {
        let mut missing = sound();
        let wanted = import("a.example/b/sub", &["a.example/b/sub", "a.example/b"], None);
        missing.missing_imports.push(MissingImport { built_here, ..wanted.clone() });
        let mut served = facts(missing);
        let proxies = served.module_proxy.begin();
        proxies.served_versions.push(module("a.example/b"));
        proxies.listed.push(module("a.example/b@v1.4.0"));
        proxies.walks.push(import_walk(&wanted, "a.example/b/sub", WalkEnd::Exhausted, nowhere()));
        let lacks = lacks.iter().map(|path| Foreign::new(path)).collect();
        proxies.looked_into.push(LookedInto { module: module("a.example/b@v1.4.0"), lacks });
        served
    };
    let finding = diagnosed(&with(true, &[])).remove(0);
    assert_eq!((finding.code, finding.role, finding.severity), (Code::PackageNotFound, Role::Cause, Severity::Error));
    assert_eq!(commands(&finding), ["go mod tidy"]);
    // A test, another platform: a build passes.
    assert_eq!(diagnosed(&with(false, &[])).remove(0).severity, Severity::Warning);
    let mut may = with(true, &[]);
    may.environment = testing::environment("1.26.0", &[("GOFLAGS", "-mod=mod")]);
    assert_eq!(diagnosed(&may).remove(0).role, Role::Note);
    let mut vendored = with(true, &[]);
    vendored.repository.get_mut().unwrap().vendor = Some(Vendor {
        observation: Observation::seen("repository/vendor", "vendor"),
        used: true,
        lacks: Vec::new(),
        differences: Vec::new(),
    });
    assert_eq!(diagnosed(&vendored).remove(0).role, Role::Note);
    let finding = only(&with(true, &["a.example/b/sub"]));
    assert_eq!((finding.code, finding.confidence), (Code::PackageNotInModule, Confidence::Confirmed));
    assert_eq!(finding.data["version"], "v1.4.0");
}

#[test]
fn a_package_that_the_vendor_folder_lacks() {
    let lack = |path: &str| VendorLack { import: path.into(), file: "main.go".into(), line: 3, named: false };
    let mut vendored = sound();
    vendored.vendor = Some(Vendor {
        observation: Observation::seen("repository/vendor", "vendor"),
        used: true,
        lacks: vec![lack("a.example/b/sub"), lack("a.example/b/other")],
        differences: Vec::new(),
    });
    let finding = only(&facts(vendored.clone()));
    assert_eq!((finding.code, finding.role), (Code::VendorInconsistent, Role::Cause));
    assert_eq!(commands(&finding), ["go mod vendor", "go build -mod=readonly ./..."]);
    // What nothing provides cannot be vendored.
    let lost = import("a.example/b/sub", &["a.example/b/sub"], None);
    vendored.missing_imports.push(lost.clone());
    let mut asked = facts(vendored);
    asked.module_proxy.begin().walks.push(import_walk(&lost, "a.example/b/sub", WalkEnd::Exhausted, nowhere()));
    let role = |code| diagnosed(&asked).into_iter().find(|finding| finding.code == code).map(|finding| finding.role);
    assert_eq!(role(Code::PackageNotFound), Some(Role::Cause));
    assert_eq!(role(Code::VendorInconsistent), Some(Role::Symptom));
}

#[test]
fn an_import_that_nobody_knows_is_a_cause() {
    let lost = import("a.example/b/sub", &["a.example/b/sub", "a.example/b"], None);
    let mut missing = sound();
    missing.missing_imports.push(lost.clone());
    let mut asked = facts(missing.clone());
    for candidate in ["a.example/b/sub", "a.example/b"] {
        asked.module_proxy.begin().walks.push(import_walk(&lost, candidate, WalkEnd::Exhausted, nowhere()));
    }
    let finding = only(&asked);
    assert_eq!((finding.code, finding.role), (Code::PackageNotFound, Role::Cause));
    assert_eq!(finding.subject.value, "a.example/b/sub");
    // One candidate that could not be asked for, and nothing is said.
    asked.module_proxy.begin().walks[1] = import_walk(&lost, "a.example/b", WalkEnd::Unfinished, Answer::NotAsked);
    assert_eq!(found(&asked), []);
    // Without a network it is not known.
    let finding = only(&facts(missing));
    assert_eq!((finding.code, finding.confidence), (Code::PackageNotFound, Confidence::Likely));
}

#[test]
fn a_module_of_the_build_may_lack_a_package() {
    let lost = import("a.example/b/sub", &["a.example/b/sub", "a.example/b"], Some("a.example/b@v1.0.0"));
    let mut missing = sound();
    missing.missing_imports.push(lost.clone());
    let mut asked = facts(missing);
    let proxies = asked.module_proxy.begin();
    proxies.walks.push(import_walk(&lost, "a.example/b/sub", WalkEnd::Exhausted, nowhere()));
    proxies.served_versions.push(module("a.example/b"));
    let finding = only(&asked);
    assert_eq!((finding.code, finding.confidence), (Code::PackageNotInModule, Confidence::Likely));
    assert_eq!(commands(&finding), ["go get a.example/b/sub@latest"]);
}

#[test]
fn imports_of_ones_own_and_of_the_standard_library() {
    let mut missing = sound();
    missing.missing_imports.push(import("corp.example/app/gen", &["corp.example/app/gen", "corp.example"], None));
    let mut std = import("nostd/x", &[], None);
    std.malformed = Some("package nostd/x is not in std".into());
    missing.missing_imports.push(std);
    let mut bad = import("a.example/b c", &[], None);
    bad.malformed = Some("malformed import path \"a.example/b c\": invalid char ' '".into());
    missing.missing_imports.push(bad);
    let codes: Vec<Code> = found(&facts(missing)).iter().map(|finding| finding.code).collect();
    // The first could still be a module of its own; offline, nobody was asked.
    assert_eq!(codes, [Code::PackageNotFound, Code::PackageNotFound, Code::InvalidModulePath]);
}

#[test]
fn two_modules_with_one_package() {
    let mut ambiguous = sound();
    ambiguous.ambiguous_imports.push(AmbiguousImport {
        observation: Observation::seen("repository/import/a.example/b/c", "a.example/b/c"),
        import: "a.example/b/c".into(),
        file: "main.go".into(),
        line: 4,
        modules: vec![module("a.example/b@v1.0.0"), module("a.example/b/c@v1.1.0")],
    });
    let finding = only(&facts(ambiguous));
    assert_eq!((finding.code, finding.role), (Code::AmbiguousImport, Role::Cause));
    assert_eq!(commands(&finding), ["go get a.example/b@latest", "go mod tidy"]);
}

#[test]
fn a_dependency_with_a_line_that_go_does_not_accept() {
    let text = "module a.example/kit\n\nrequire a.example/b v2.0.0\n";
    let problem = GoMod::parse(text.as_bytes(), ReadAs::Dependency, Os::Linux).problems.first().cloned();
    assert!(problem.is_some());
    let mut broken = sound();
    broken.graph_troubles.push(GraphTrouble {
        observation: Observation::seen("repository/graph/a.example/kit@v1.0.0", "a.example/kit@v1.0.0"),
        module: module("a.example/kit@v1.0.0"),
        kind: GraphTroubleKind::Broken,
        problem,
        chain: vec![module("corp.example/app"), module("a.example/kit@v1.0.0")],
    });
    let within = MissingImport { file: "a.example/kit/kit.go".into(), ..import("a.example/b", &["a.example/b"], None) };
    broken.missing_imports.push(within);
    broken.needs_update.push(NeededUpdate::NotListed { module: module("a.example/kit@v1.0.0") });
    let roles: Vec<_> = diagnosed(&facts(broken)).into_iter().map(|finding| (finding.code, finding.role)).collect();
    assert!(roles.contains(&(Code::InvalidVersion, Role::Cause)), "{roles:?}");
    assert!(roles.contains(&(Code::GoModNeedsUpdate, Role::Symptom)), "{roles:?}");
}

#[test]
fn one_module_under_two_paths() {
    let mut both = sound();
    both.conflicts.push(Conflict::SameSource {
        source: module("a.example/b@v1.0.0"),
        path: "c.example/d".into(),
        other: "a.example/b".into(),
        line: 9,
    });
    let finding = only(&facts(both));
    assert_eq!((finding.code, finding.role), (Code::VersionConflict, Role::Cause));
    assert_eq!(commands(&finding), ["go mod edit -dropreplace=c.example/d"]);
}

#[test]
fn a_dependency_that_calls_itself_otherwise() {
    let trouble = |chain: &[&str]| GraphTrouble {
        observation: Observation::seen("repository/graph/a.example/fork@v1.0.0", "a.example/fork@v1.0.0"),
        module: module("a.example/fork@v1.0.0"),
        kind: GraphTroubleKind::OtherModule { declared: "a.example/kit".into() },
        problem: None,
        chain: chain.iter().map(|link| module(link)).collect(),
    };
    let mut direct = sound();
    direct.graph_troubles.push(trouble(&["corp.example/app", "a.example/fork@v1.0.0"]));
    let finding = only(&facts(direct));
    assert_eq!(finding.code, Code::ModulePathMismatch);
    assert_eq!(
        commands(&finding)[1],
        "go mod edit -droprequire=a.example/fork -replace=a.example/kit=a.example/fork@v1.0.0"
    );
    let mut through = sound();
    through.graph_troubles.push(trouble(&["corp.example/app", "c.example/d@v1.0.0", "a.example/fork@v1.0.0"]));
    assert_eq!(commands(&only(&facts(through))), ["go get c.example/d@latest"]);
}

#[test]
fn a_new_module_is_named_by_where_it_lies() {
    let named = |directory: &str, remote: Option<&str>| {
        let mut nothing = RepositoryFacts::empty(directory.into(), Mode::NoModule);
        nothing.own_remotes.extend(remote.map(Into::into));
        commands(&only(&facts(nothing))).join("\n")
    };
    assert_eq!(named("/src/app", Some("git.corp.example/team")), "go mod init git.corp.example/team/app");
    assert_eq!(named("/src/app", None), "go mod init app");
    assert_eq!(named("C:\\src\\app", None), "go mod init app");
    assert_eq!(named("/src/mein Programm", None), "go mod init example.com/app");
}

#[test]
fn authors_say_things_that_fail_nothing() {
    let mut noticed = sound();
    noticed.notices = vec![
        Notice::Retracted { module: module("a.example/b@v1.0.0"), rationale: "bug".into() },
        Notice::Deprecated { module: module("c.example/d@v1.0.0"), message: "use e".into() },
    ];
    let seen: Vec<_> = found(&facts(noticed)).iter().map(|finding| (finding.code, finding.severity)).collect();
    assert_eq!(seen, [(Code::ModuleRetracted, Severity::Warning), (Code::ModuleDeprecated, Severity::Note)]);
}

#[test]
fn a_revision_that_does_not_exist() {
    let mut named = facts(sound());
    let proxies = named.module_proxy.begin();
    proxies.served_versions.push(module("a.example/b"));
    proxies.walks.push(walk("a.example/b@nosuch", Want::Info, WhyAsked::Culprit, WalkEnd::Exhausted, nowhere()));
    let finding = only(&named);
    assert_eq!((finding.code, finding.subject.value.as_str()), (Code::UnknownRevision, "a.example/b@nosuch"));
    let diagnosis = diagnose(&named, &[]);
    let causes = diagnosis.findings.iter().filter(|finding| finding.role == Role::Cause);
    assert_eq!(causes.map(|finding| finding.code).collect::<Vec<_>>(), [Code::UnknownRevision]);
    // Where nobody knows the module at all, another family tells.
    named.module_proxy.begin().served_versions.clear();
    assert_eq!(found(&named), []);
}

#[test]
fn a_query_that_no_version_fits() {
    let with = |query: &str, highest: Option<&str>| {
        let mut named = facts(sound());
        named.wishes.modules.push(module(query));
        let proxies = named.module_proxy.begin();
        proxies.served_versions.push(module("a.example/b"));
        proxies.listed.extend(highest.map(module));
        named
    };
    let highest = Some("a.example/b@v1.4.0");
    for query in ["a.example/b@v3", "a.example/b@>=v2.0.0", "a.example/b@v1.5"] {
        let finding = only(&with(query, highest));
        assert_eq!((finding.code, finding.confidence), (Code::NoMatchingVersions, Confidence::Likely), "{query}");
    }
    for query in ["a.example/b@v1", "a.example/b@<v2", "a.example/b@latest", "a.example/b@v9.0.0", "a.example/b@main"] {
        assert_eq!(found(&with(query, highest)), [], "{query}");
    }
    // Without a tag the newest commit is taken, where there is one.
    let mut empty = with("a.example/b@latest", None);
    assert_eq!(found(&empty), []);
    let latest = walk("a.example/b", Want::Latest, WhyAsked::Culprit, WalkEnd::Exhausted, nowhere());
    empty.module_proxy.begin().walks.push(latest);
    let diagnosis = diagnose(&empty, &[]);
    let causes = diagnosis.findings.iter().filter(|finding| finding.role == Role::Cause);
    assert_eq!(causes.map(|finding| finding.code).collect::<Vec<_>>(), [Code::NoMatchingVersions]);
}

#[test]
fn a_branch_in_go_mod_that_does_not_exist() {
    let mut unresolved = sound();
    unresolved.needs_update = vec![
        NeededUpdate::NotCanonical { required: module("a.example/b@nosuch"), line: 5 },
        NeededUpdate::NotListed { module: module("a.example/b@v1.0.0") },
    ];
    let mut asked = facts(unresolved);
    let only_one: Vec<_> = found(&asked).into_iter().map(|finding| finding.evidence.len()).collect();
    assert_eq!(only_one, [1]);
    let proxies = asked.module_proxy.begin();
    proxies.served_versions.push(module("a.example/b"));
    proxies.walks.push(walk("a.example/b@nosuch", Want::Info, WhyAsked::Culprit, WalkEnd::Exhausted, nowhere()));
    let diagnosis = diagnose(&asked, &[]);
    let role = |code| diagnosis.findings.iter().find(|finding| finding.code == code).map(|finding| finding.role);
    assert_eq!(role(Code::UnknownRevision), Some(Role::Cause));
    assert_eq!(role(Code::GoModNeedsUpdate), Some(Role::Symptom));
}

#[test]
fn a_major_version_that_the_path_does_not_have() {
    let mut named = facts(sound());
    named.module_proxy.begin().walks.push(walk(
        "a.example/b@v2.0.0",
        Want::Info,
        WhyAsked::Culprit,
        WalkEnd::Exhausted,
        nowhere(),
    ));
    assert_eq!(only(&named).code, Code::InvalidVersion);
    let mut bad = facts(sound());
    bad.wishes.modules.push(module("https://a.example/b@v1.0.0"));
    assert_eq!(only(&bad).code, Code::InvalidModulePath);
}
