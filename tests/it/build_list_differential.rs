//! Our build lists and imports against those of the go command, over modules made on the spot.

mod imports;
mod online;
mod packages;
mod world;

use gomoddoc::golang::build_list::{self, BuildList, Input, MainModule, ModFileProblem};
use gomoddoc::golang::modfile::{GoMod, GoWork, ReadAs};
use gomoddoc::golang::platform::Os;

use super::support::sandbox::Sandbox;
use super::support::tools::have;
use world::{Random, World};

/// What `go list -m all` prints, as `path version` lines.
const MODULES: &str = "{{.Path}} {{.Version}}";

fn main_module(text: &str, dir: &str) -> MainModule {
    MainModule::new(&GoMod::parse(text.as_bytes(), ReadAs::MainModule, Os::Linux), dir)
}

fn running_go(sandbox: &Sandbox) -> String {
    let output = sandbox.go(&["env", "GOVERSION"]);
    output.stdout.trim().trim_start_matches("go").split(' ').next().unwrap().to_owned()
}

fn lines(list: &BuildList) -> Vec<String> {
    let modules = list.modules();
    modules.iter().map(|module| format!("{} {}", module.path, module.version)).collect()
}

fn list_of(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim_end_matches('\n').to_owned()).collect()
}

#[test]
fn build_lists_agree_with_go_list_m() {
    if !have(&["go"]) {
        return;
    }
    let mut sandbox = Sandbox::new();
    let running = running_go(&sandbox);
    let mut proxied = Vec::new();
    let mut cases = Vec::new();
    for seed in 0..40 {
        let mut random = Random::new(seed);
        let mut world = World::new(seed, &mut random);
        world.require_freely(&mut random);
        let go_mod = world.main_go_mod(&mut random);
        proxied.extend(world.modules.clone());
        cases.push((seed, world, go_mod));
    }
    world::serve(&mut sandbox, &proxied);
    let mut stale_seen = 0;
    for (seed, world, go_mod) in cases {
        let folder = format!("repo/{seed}");
        for (name, text) in world.directories() {
            sandbox.write(&format!("{folder}/{name}/go.mod"), text);
        }
        sandbox.write(&format!("{folder}/go.mod"), &go_mod).write(&format!("{folder}/go.sum"), world.go_sum());
        let dir = sandbox.path(&folder);

        let input = Input {
            main_modules: vec![main_module(&go_mod, "")],
            running_go: Some(running.clone()),
            ..Default::default()
        };
        let ours = build_list::load(&input, |source| world.mod_file(source));
        assert!(ours.is_complete(), "seed {seed}: {:?}\n{go_mod}", ours.problems);

        let strict = sandbox.run_in(&dir, "go", &["list", "-mod=readonly", "-m", "-f", MODULES, "all"]);
        if !ours.conflicts.is_empty() {
            assert!(strict.all().contains("conflicting replacements"), "seed {seed}: {strict}");
            continue;
        }
        let needs_update = strict.all().contains("updates to go.mod needed");
        assert_eq!(needs_update, ours.needs_update(), "seed {seed}: {:?}\n{go_mod}\n{strict}", ours.stale);
        stale_seen += usize::from(needs_update);

        let theirs = sandbox.run_in(&dir, "go", &["list", "-mod=mod", "-m", "-f", MODULES, "all"]);
        assert!(theirs.ok(), "seed {seed}: {theirs}");
        assert_eq!(lines(&ours), list_of(&theirs.stdout), "seed {seed}:\n{go_mod}");
    }
    // A generator that never makes a stale go.mod, or nothing else, would prove little.
    assert!((5..35).contains(&stale_seen), "{stale_seen} stale go.mod files");
}

#[test]
fn workspaces_agree_with_go_list_m() {
    if !have(&["go"]) {
        return;
    }
    let mut sandbox = Sandbox::new();
    let mut proxied = Vec::new();
    let mut cases = Vec::new();
    for seed in 100..125 {
        let mut random = Random::new(seed);
        let mut world = World::new(seed, &mut random);
        world.require_freely(&mut random);
        let mains = world.workspace(&mut random);
        proxied.extend(world.modules.clone());
        cases.push((seed, world, mains));
    }
    world::serve(&mut sandbox, &proxied);
    for (seed, world, (go_work, mains)) in cases {
        let folder = format!("repo/{seed}");
        sandbox.write(&format!("{folder}/go.work"), &go_work);
        for (dir, text) in &mains {
            sandbox.write(&format!("{folder}/{dir}/go.mod"), text);
        }
        for (name, text) in world.directories() {
            sandbox.write(&format!("{folder}/{name}/go.mod"), text);
        }
        let work = GoWork::parse(go_work.as_bytes(), Os::Linux);
        let input = Input {
            main_modules: mains.iter().map(|(dir, text)| main_module(text, &format!("./{dir}"))).collect(),
            workspace: Some((&work).into()),
            running_go: None,
        };
        let ours = build_list::load(&input, |source| world.mod_file(source));
        assert!(ours.is_complete(), "seed {seed}: {:?}", ours.problems);
        let theirs = sandbox.run_in(&sandbox.path(&folder), "go", &["list", "-m", "-f", MODULES, "all"]);
        if ours.conflicts.is_empty() {
            assert!(theirs.ok(), "seed {seed}: {theirs}");
            assert_eq!(lines(&ours), list_of(&theirs.stdout), "seed {seed}:\n{go_work}\n{mains:#?}");
        } else {
            assert!(theirs.all().contains("conflicting replacements"), "seed {seed}: {theirs}");
        }
    }
}

#[test]
fn missing_go_mod_files_are_those_that_go_asks_for() {
    if !have(&["go"]) {
        return;
    }
    let mut sandbox = Sandbox::new();
    let mut random = Random::new(7);
    let mut world = World::new(7, &mut random);
    world.require_freely(&mut random);
    let go_mod = format!("module s7.test/main\n\ngo 1.16\n\nrequire {} v1.0.0\n", world.paths[0]);
    world::serve(&mut sandbox, &world.modules);
    // Without `go`, every module of the graph is read: take one away, and go names it.
    let all =
        build_list::load(&Input { main_modules: vec![main_module(&go_mod, "")], ..Default::default() }, |source| {
            world.mod_file(source)
        });
    let mut named = 0;
    for module in all.graph.breadth_first() {
        if module.version.is_empty() || build_list::is_toolchain(&module.path) {
            continue;
        }
        let mut lacking = World::default();
        lacking.modules.clone_from(&world.modules);
        lacking.modules.retain(|other| other.path != module.path || other.version != module.version);
        let ours =
            build_list::load(&Input { main_modules: vec![main_module(&go_mod, "")], ..Default::default() }, |source| {
                lacking.mod_file(source)
            });
        let missing: Vec<_> =
            ours.problems.iter().filter(|problem| problem.problem == ModFileProblem::Missing).collect();
        assert_eq!(missing.len(), 1);
        assert_eq!(missing[0].module, *module);

        world::serve(&mut sandbox, &lacking.modules);
        let room = format!("gopath{named}");
        sandbox.set("GOMODCACHE", sandbox.path(&room).join("mod")).write("repo/go.mod", &go_mod);
        let theirs = sandbox.go(&["list", "-mod=mod", "-m", "all"]);
        let at = format!("{}@{}: ", module.path, module.version);
        assert!(!theirs.ok() && theirs.stderr.contains(&at), "{module}: {theirs}");
        let chain: Vec<String> = missing[0].chain.iter().skip(1).map(ToString::to_string).collect();
        let told = chain.join(" requires\n\t");
        assert!(theirs.stderr.contains(&told), "{told:?}: {theirs}");
        named += 1;
    }
    assert!(named > 3, "only {named} modules in the graph");
}
