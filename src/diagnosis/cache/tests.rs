use crate::catalog::{Code, Severity};
use crate::diagnosis::{diagnose, testing};
use crate::facts::cache::{CacheFacts, Folder, FolderUse, HeldLock, ModuleDamage, Scan};
use crate::facts::repository::{BuildModule, GraphTrouble, GraphTroubleKind, MissingImport, Mode, RepositoryFacts};
use crate::facts::{Facts, Observation, Section};
use crate::golang::module_cache::Piece;
use crate::golang::module_path::ModuleVersion;
use crate::model::damage::Files;
use crate::model::situation::Situation;
use crate::model::situation::cache::{Advice, Effect, Obstacle, Situation as Cache};
use crate::model::{Action, Confidence, Damage, Finding, Foreign, Role, Safety};

fn module() -> ModuleVersion {
    ModuleVersion::new("a.example/b", "v1.0.0")
}

/// A repository that needs one module, which the cache has or lacks.
fn facts(in_cache: bool) -> Facts {
    let mut repository = RepositoryFacts::empty("/src/app".into(), Mode::Module);
    repository.build_list.push(BuildModule {
        module: module(),
        direct: true,
        required_at: None,
        replaced_by: None,
        needed: true,
        mod_in_cache: in_cache,
        source_in_cache: in_cache,
    });
    Facts {
        environment: testing::environment("1.26.0", &[("GOPROXY", "https://goproxy.example")]),
        repository: Section::of(repository),
        ..testing::nothing()
    }
}

fn folder(used_for: FolderUse, path: &str) -> Folder {
    Folder {
        observation: Observation::seen(format!("cache/{path}"), path),
        used_for,
        path: path.into(),
        exists: true,
        nearest: path.into(),
        writable: true,
        not_a_folder: false,
        owner: Some(1000),
        user: Some(1000),
        read_only: false,
        free_bytes: Some(1 << 40),
        free_inodes: Some(1 << 20),
        unwritable_inside: Vec::new(),
    }
}

fn with_folders(mut facts: Facts, folders: Vec<Folder>) -> Facts {
    facts.cache = Section::of(CacheFacts { folders, ..CacheFacts::default() });
    facts
}

fn with_damages(mut facts: Facts, extracted: bool, damages: &[Damage]) -> Facts {
    let damages = damages.iter().map(|damage| ModuleDamage {
        observation: Observation::seen(format!("cache/{}", module()), module().to_string()),
        module: module(),
        damage: damage.clone(),
        extracted,
    });
    let scan = Scan {
        observation: Observation::seen("cache/modules", "/home/dev/go/pkg/mod"),
        scanned: 1,
        not_reached: 0,
        damages: damages.collect(),
        absent: 0,
        unchanged: 0,
        bytes: 0,
        quick: false,
        limits: Vec::new(),
    };
    facts.cache = Section::of(CacheFacts { scan: Some(scan), ..CacheFacts::default() });
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

fn files(names: &[&str]) -> Files {
    Files { count: names.len(), first: names.iter().map(|name| Foreign::new(name)).collect() }
}

#[test]
fn folders_with_room_that_can_be_written_are_silent() {
    let all = [FolderUse::ModuleCache, FolderUse::ChecksumDatabase, FolderUse::BuildCache, FolderUse::Temporary];
    let folders = all.into_iter().map(|used_for| folder(used_for, "/f")).collect();
    assert_eq!(found(&with_folders(facts(false), folders)), []);
}

#[test]
fn a_full_disk_is_a_cause_where_something_has_to_be_fetched() {
    let full = |used_for, path: &str| Folder { free_bytes: Some(4 << 20), ..folder(used_for, path) };
    let folders = || vec![full(FolderUse::ModuleCache, "/mod"), full(FolderUse::BuildCache, "/build")];
    let finding = only(&with_folders(facts(false), folders()));
    assert_eq!((finding.code, finding.role, finding.confidence), (Code::DiskFull, Role::Cause, Confidence::Likely));
    // Both folders lie on one disk.
    assert_eq!(finding.about, ["cache//mod", "cache//build"]);
    let mut safeties: Vec<Safety> = finding.fixes.iter().map(|fix| fix.safety).collect();
    safeties.dedup();
    assert_eq!(safeties, [Safety::Safe, Safety::Destructive]);
    assert_eq!(only(&with_folders(facts(true), folders())).severity, Severity::Warning);
}

#[test]
fn inodes_may_be_used_up_where_bytes_are_left() {
    let none = Folder { free_inodes: Some(0), ..folder(FolderUse::ModuleCache, "/mod") };
    let finding = only(&with_folders(facts(false), vec![none]));
    assert_eq!((finding.code, finding.confidence), (Code::DiskFull, Confidence::Confirmed));
    assert!(matches!(finding.situation, Situation::Cache(Cache::Full { free_bytes: None, .. })));
    let unknown = Folder { free_inodes: None, free_bytes: None, ..folder(FolderUse::ModuleCache, "/mod") };
    assert_eq!(found(&with_folders(facts(false), vec![unknown])), []);
}

#[test]
fn a_module_cache_of_somebody_else() {
    let denied = || vec![Folder { writable: false, owner: Some(0), ..folder(FolderUse::ModuleCache, "/mod") }];
    let finding = only(&with_folders(facts(false), denied()));
    assert_eq!((finding.code, finding.role), (Code::CachePermission, Role::Cause));
    let Situation::Cache(Cache::CannotWrite { because, .. }) = &finding.situation else { panic!() };
    assert_eq!(*because, Obstacle::Denied { owner: Some(0), user: Some(1000) });
    // A cache that holds all that is needed may be read-only.
    assert_eq!(found(&with_folders(facts(true), denied())), []);
    let inside = Folder {
        unwritable_inside: vec!["/mod/cache/download/a.example".into()],
        ..folder(FolderUse::ModuleCache, "/mod")
    };
    let finding = only(&with_folders(facts(false), vec![inside]));
    assert_eq!(finding.data.get("path").and_then(|path| path.as_str()), Some("/mod/cache/download/a.example"));
}

#[test]
fn what_is_no_folder_stops_everything() {
    for used_for in [FolderUse::ModuleCache, FolderUse::BuildCache] {
        let none = Folder { not_a_folder: true, writable: false, ..folder(used_for, "/f") };
        assert_eq!(only(&with_folders(facts(true), vec![none])).role, Role::Cause);
    }
    let temporary = Folder { not_a_folder: true, writable: false, ..folder(FolderUse::Temporary, "/f") };
    assert_eq!(only(&with_folders(facts(true), vec![temporary])).severity, Severity::Warning);
}

#[test]
fn a_variable_that_names_the_folder_can_be_taken_back() {
    let mut named = facts(false);
    named.environment = testing::environment("1.26.0", &[("GOMODCACHE", "/mod")]);
    let denied = vec![Folder { read_only: true, ..folder(FolderUse::ModuleCache, "/mod") }];
    let finding = only(&with_folders(named, denied));
    assert_eq!(finding.fixes.len(), 1);
    assert_eq!(finding.fixes[0].actions, [Action::UnsetVariable { name: "GOMODCACHE".into() }]);
}

#[test]
fn the_default_folder_is_no_way_out_of_itself() {
    let cache =
        |free_bytes| Folder { free_bytes, read_only: true, ..folder(FolderUse::ModuleCache, "/home/dev/go/pkg/mod") };
    let build = |free_bytes| Folder { free_bytes, ..folder(FolderUse::BuildCache, "/home/dev/.cache/go-build") };
    let mut named = facts(false);
    named.environment = testing::environment("1.26.0", &[("GOMODCACHE", "/home/dev/go/pkg/mod")]);
    let beside = [Action::SetVariable { name: "GOMODCACHE".into(), value: "/home/dev/.cache/go-mod".into() }];
    let finding = only(&with_folders(named.clone(), vec![cache(Some(1 << 40)), build(Some(1 << 41))]));
    assert_eq!(finding.fixes.iter().map(|fix| fix.actions.clone()).collect::<Vec<_>>(), [beside.to_vec()]);
    // Where the build cache cannot be written, no place is known.
    let closed = Folder { writable: false, unwritable_inside: vec!["/x".into()], ..build(Some(1 << 41)) };
    let found = found(&with_folders(named, vec![cache(Some(1 << 40)), closed]));
    assert_eq!(found[0].fixes, []);
}

#[test]
fn a_full_disk_is_left_for_another() {
    let cache = Folder { free_bytes: Some(0), ..folder(FolderUse::ModuleCache, "/full/mod") };
    let build = folder(FolderUse::BuildCache, "/home/dev/.cache/go-build");
    let finding = only(&with_folders(facts(false), vec![cache, build]));
    let beside = Action::SetVariable { name: "GOMODCACHE".into(), value: "/home/dev/.cache/go-mod".into() };
    assert_eq!((finding.fixes[1].safety, &finding.fixes[1].actions), (Safety::Safe, &vec![beside]));
}

#[test]
fn module_files_matter_where_they_must_change() {
    let locked = || {
        vec![Folder { unwritable_inside: vec!["/src/app/go.mod".into()], ..folder(FolderUse::Repository, "/src/app") }]
    };
    assert_eq!(found(&with_folders(facts(true), locked())), []);
    let mut stale = facts(true);
    let update = crate::facts::repository::NeededUpdate::NotListed { module: module() };
    stale.repository.get_mut().unwrap().needs_update.push(update);
    assert_eq!(only(&with_folders(stale, locked())).role, Role::Cause);
}

#[test]
fn a_held_lock_is_a_note() {
    let mut locked = facts(true);
    locked.cache = Section::of(CacheFacts {
        locks: vec![HeldLock {
            observation: Observation::seen("cache/lock/x", "x"),
            path: "/mod/cache/lock".into(),
            pid: Some(7),
            command: Some("go mod download".into()),
        }],
        ..CacheFacts::default()
    });
    let finding = only(&locked);
    assert_eq!(
        (finding.code, finding.severity, finding.confidence),
        (Code::CacheLock, Severity::Note, Confidence::Likely)
    );
}

#[test]
fn an_edited_file_is_built_without_a_word() {
    let damage = Damage::FilesChanged(files(&["b.go"]));
    let finding = only(&with_damages(facts(true), true, &[damage]));
    assert_eq!((finding.code, finding.severity), (Code::CacheCorrupt, Severity::Warning));
    // The zip is whole: nobody is asked for it again.
    let Action::RefetchModule { pieces, .. } = &finding.fixes[0].actions[0] else { panic!("{finding:?}") };
    assert_eq!(*pieces, [Piece::Folder]);
}

#[test]
fn a_damaged_zip_matters_once_it_is_extracted() {
    let damage = || [Damage::ZipUnreadable { reason: "zip: not a valid zip file".into() }];
    assert_eq!(only(&with_damages(facts(true), false, &damage())).role, Role::Cause);
    assert_eq!(only(&with_damages(facts(true), true, &damage())).severity, Severity::Warning);
    // A module of which no package is needed stops nothing.
    let mut unneeded = facts(true);
    unneeded.repository.get_mut().unwrap().build_list[0].needed = false;
    assert_eq!(only(&with_damages(unneeded, false, &damage())).severity, Severity::Warning);
}

#[test]
fn what_go_mends_is_a_note() {
    for damage in [Damage::Partial, Damage::ZiphashMissing, Damage::InfoInvalid { html: false }] {
        let finding = only(&with_damages(facts(true), false, &[damage]));
        assert_eq!((finding.severity, finding.fixes.len()), (Severity::Note, 0));
    }
}

#[test]
fn another_hash_is_no_damage_where_the_zip_is_whole() {
    let other = |actual: &str| Damage::ZiphashNotInGoSum {
        ziphash: "h1:a".into(),
        actual: Some(actual.into()),
        go_sum: vec!["h1:b".into()],
    };
    let mismatch = only(&with_damages(facts(true), true, &[other("h1:a")]));
    assert_eq!(mismatch.code, Code::ChecksumMismatch);
    let compare = Advice::CompareGoSum { module: module() };
    assert_eq!(mismatch.fixes.last().map(|fix| &fix.advice), Some(&compare.into()), "the cache may be right");
    assert_eq!(only(&with_damages(facts(true), true, &[other("h1:b")])).code, Code::CacheCorrupt);
}

#[test]
fn the_worst_of_several_damages_speaks_for_the_module() {
    let damages = [
        Damage::InfoInvalid { html: false },
        Damage::FilesChanged(files(&["b.go"])),
        Damage::ZiphashNotInGoSum { ziphash: "h1:a".into(), actual: None, go_sum: vec!["h1:b".into()] },
    ];
    let diagnosis = diagnose(&with_damages(facts(true), true, &damages), &[]);
    let of_cache: Vec<_> = diagnosis.findings.iter().filter(|finding| finding.code == Code::CacheCorrupt).collect();
    assert_eq!(of_cache.len(), 1);
    assert_eq!((of_cache[0].role, of_cache[0].count), (Role::Cause, 3));
    let Situation::Cache(Cache::Damaged { effect, .. }) = &of_cache[0].situation else { panic!() };
    assert_eq!(*effect, Effect::Stops);
    // The module was looked at once.
    assert_eq!(diagnosis.checks.iter().filter(|check| check.id == "cache/a.example/b@v1.0.0").count(), 1);
}

#[test]
fn a_stored_page_explains_the_graph() {
    let mut page = facts(true);
    page.repository.get_mut().unwrap().graph_troubles.push(GraphTrouble {
        observation: Observation::seen("repository/graph/a.example/b@v1.0.0", "a.example/b@v1.0.0"),
        module: module(),
        kind: GraphTroubleKind::NoModuleLine,
        problem: None,
        chain: vec![module()],
    });
    let path = "cache/download/a.example/b/@v/v1.0.0.mod";
    for (damage, code) in [
        (
            Damage::GoModInvalid { reason: "missing module line".into(), html: true, recorded: false },
            Code::CacheWrongContent,
        ),
        (
            Damage::Unreadable { path: path.into(), reason: "permission denied".into(), not_regular: false },
            Code::CachePermission,
        ),
    ] {
        let diagnosis = diagnose(&with_damages(page.clone(), true, &[damage]), &[]);
        let role = |code| diagnosis.findings.iter().find(|finding| finding.code == code).map(|finding| finding.role);
        assert_eq!(role(code), Some(Role::Cause));
        assert_eq!(role(Code::GoModMalformed), Some(Role::Symptom));
    }
}

#[test]
fn lost_files_explain_imports_that_nothing_provides() {
    let mut lost = facts(true);
    lost.repository.get_mut().unwrap().missing_imports.push(MissingImport {
        observation: Observation::seen("repository/import/a.example/b", "a.example/b"),
        import: "a.example/b".into(),
        file: "main.go".into(),
        line: 3,
        in_test: false,
        built_here: true,
        lacking_in: Some(module()),
        candidates: vec!["a.example/b".into()],
        malformed: None,
    });
    lost.repository.get_mut().unwrap().build_list[0].needed = false;
    let diagnosis = diagnose(&with_damages(lost, true, &[Damage::FilesMissing(files(&["b.go"]))]), &[]);
    let role = |code| diagnosis.findings.iter().find(|finding| finding.code == code).map(|finding| finding.role);
    assert_eq!(role(Code::CacheCorrupt), Some(Role::Cause));
    assert_eq!(role(Code::PackageNotInModule), Some(Role::Symptom));
    // Without a document or a test nothing fails.
    let readme = Damage::FilesMissing(files(&["README.md", "b_test.go"]));
    assert_eq!(only(&with_damages(facts(true), true, &[readme])).severity, Severity::Warning);
}

/// go keeps an index of the folder's sources in the build cache.
#[test]
fn sources_that_were_not_as_they_should_be_are_indexed_again() {
    let cleans = |damage| {
        let finding = only(&with_damages(facts(true), true, &[damage]));
        let clean = Action::Run { argv: ["go", "clean", "-cache"].map(str::to_owned).to_vec() };
        finding.fixes[0].actions.last() == Some(&clean)
    };
    for named in [Damage::FilesMissing, Damage::FilesAdded, Damage::FilesChanged] {
        assert!(cleans(named(files(&["b.go"]))), "{:?}", named(files(&["b.go"])));
        assert!(!cleans(named(files(&["README.md"]))), "{:?}", named(files(&["README.md"])));
    }
    assert!(!cleans(Damage::FileModes(files(&["b.go"]))));
}

#[test]
fn a_folder_in_the_place_of_a_lock() {
    let finding = only(&with_damages(facts(true), false, &[Damage::LockIsFolder]));
    assert_eq!((finding.code, finding.role), (Code::CacheLock, Role::Cause));
    let lock = "/home/dev/go/pkg/mod/cache/download/a.example/b/@v/v1.0.0.lock";
    assert_eq!(finding.fixes[0].actions, [Action::RemoveFromCache { path: lock.into() }]);
}

#[test]
fn a_cache_that_users_share_is_no_trouble_for_a_sync() {
    let damage = Damage::OtherOwner { files: files(&["b.go"]), owner: 1001, cache: 1000 };
    let finding = only(&with_damages(facts(true), true, &[damage]));
    assert_eq!((finding.code, finding.severity), (Code::CachePermission, Severity::Note));
}

#[test]
fn what_verify_finds_is_what_is_wrong() {
    let verified = |damage: &Damage| {
        let mut facts = with_damages(facts(true), true, std::slice::from_ref(damage));
        facts.wishes.verify = true;
        only(&facts)
    };
    let edited = verified(&Damage::FilesChanged(files(&["b.go"])));
    assert_eq!((edited.role, edited.severity), (Role::Cause, Severity::Error));
    let told = &edited.data["damages"][0];
    assert_eq!(told["file"], "a.example/b@v1.0.0/b.go");
    assert_eq!((&told["go_error"], &told["go_mod_verify_objects"]), (&serde_json::Value::Null, &true.into()));
    let recorded =
        verified(&Damage::GoModNotInGoSum { actual: "h1:a".into(), go_sum: vec!["h1:b".into()], html: false });
    assert_eq!(recorded.data["damages"][0]["go_error"], "verifying a.example/b@v1.0.0/go.mod: checksum mismatch");
    for (damage, severity) in [
        (Damage::Partial, Severity::Warning),
        (Damage::OtherOwner { files: files(&["b.go"]), owner: 0, cache: 1000 }, Severity::Warning),
        (Damage::LinkedDownloads { files: files(&["v1.0.0.zip"]), leave_the_cache: true }, Severity::Warning),
        (Damage::LinkedDownloads { files: files(&["v1.0.0.zip"]), leave_the_cache: false }, Severity::Note),
        (Damage::Leftovers(files(&["v1.0.0.zip1.tmp"])), Severity::Note),
    ] {
        assert_eq!(verified(&damage).severity, severity, "{damage:?}");
    }
    let leftover = verified(&Damage::Leftovers(files(&["v1.0.0.zip1.tmp"])));
    let path = "/home/dev/go/pkg/mod/cache/download/a.example/b/@v/v1.0.0.zip1.tmp".to_owned();
    assert_eq!(leftover.fixes[0].actions, [Action::RemoveFromCache { path }]);
}
