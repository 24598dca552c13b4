//! What a command that needs the module says of its go.mod and its vendor folder: `go list`.

use gomoddoc::golang::go_version;
use gomoddoc::golang::modfile::{
    GoMod, ModulesTxt, ProblemKind, ReadAs, VendorDifference, VendorOwner, vendor_differences,
};
use gomoddoc::golang::platform::Os;

use super::super::support::sandbox::Sandbox;
use super::super::support::tools;
use super::generator::{self, Random};

/// Runs the go command in each folder `cases/N` and gives what it says on stderr.
fn go_in_each(sandbox: &mut Sandbox, count: usize, args: &str) -> Vec<String> {
    let list = (0..count).map(|number| format!("{number}\n")).collect::<String>();
    sandbox.write("cases/list", list);
    let script = format!("xargs -P 4 -I {{}} sh -c 'cd {{}} && go {args} >out 2>err' <list; true");
    let output = sandbox.run_in(&sandbox.path("cases"), "sh", &["-c", &script]);
    assert!(output.ok(), "{output}");
    let read = |number: usize| std::fs::read(sandbox.path(&format!("cases/{number}/err"))).expect("what go said");
    (0..count).map(|number| String::from_utf8_lossy(&read(number)).into_owned()).collect()
}

#[test]
fn a_main_module_is_read_as_in_a_build() {
    if !tools::have(&["go", "sh", "xargs"]) {
        return;
    }
    const COUNT: usize = 240;
    let mut sandbox = Sandbox::new();
    let running = sandbox.go(&["env", "GOVERSION"]).stdout.trim().trim_start_matches("go").to_owned();
    let files = generator::go_mod_files(COUNT);
    for (number, content) in files.iter().enumerate() {
        sandbox.write(&format!("cases/{number}/go.mod"), content);
    }
    let answers = go_in_each(&mut sandbox, COUNT, "list -m");
    let (mut refused, mut accepted) = (0, 0);
    for (number, (content, stderr)) in files.iter().zip(&answers).enumerate() {
        let file = GoMod::parse(content, ReadAs::MainModule, Os::current());
        let too_new = file.go_version().is_some_and(|go| go_version::compare(go, &running).is_gt());
        let unresolved = file.require.iter().any(|require| require.unresolved)
            || file.replace.iter().any(|replace| replace.unresolved)
            || file.retract.iter().any(|retract| !retract.low.starts_with("v1.") && !retract.low.starts_with("v0."));
        let conflict = file.problems.iter().any(|p| matches!(p.kind, ProblemKind::MergeConflict { .. }));
        // What go would look up, and what it says instead of a file's errors, is not the reader's.
        if too_new
            || unresolved
            || conflict
            || stderr.contains("no matching versions")
            || stderr.contains("GOPROXY=off")
        {
            continue;
        }
        let shown = || format!("case {number}: {:?}\n{:?}\n{stderr}", String::from_utf8_lossy(content), file.problems);
        if file.problems.is_empty() {
            accepted += 1;
            assert!(!stderr.contains("parsing go.mod") && !stderr.contains("reading go.mod"), "{}", shown());
            continue;
        }
        refused += 1;
        let stderr = stderr.replace("\\xff", "\u{fffd}");
        let expected: Vec<String> = file
            .reported_by_go()
            .iter()
            .map(|problem| match problem.kind {
                ProblemKind::MissingModule | ProblemKind::ReservedModulePath { .. } => problem.go_message("go.mod"),
                _ => problem.go_line("go.mod"),
            })
            .collect();
        assert!(stderr.trim_end().ends_with(&expected.join("\n")), "{}", shown());
    }
    assert!(refused >= 50 && accepted >= 30, "{refused} {accepted}");
}

/// A go.mod and a vendor/modules.txt that speak of the same few modules, not always alike.
fn vendor_pair(seed: u64) -> (String, String) {
    let mut random = Random(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
    let go = random.pick(&["1.21", "1.21", "1.17", "1.13", ""]);
    let mut go_mod = format!("module x.y/m\n{}{go}\n", if go.is_empty() { "" } else { "go " });
    let mut txt = String::new();
    for path in ["a.b/c", "a.b/d", "a.b/e", "a.b/f"] {
        let required = random.chance(70);
        let version = random.pick(&["v1.0.0", "v1.1.0"]);
        let target = random.pick(&["", "", "../r", "z.z/r v1.0.0"]);
        let old = if random.chance(50) { "" } else { version };
        if required {
            go_mod.push_str(&format!("require {path} {version}\n"));
        }
        if !target.is_empty() {
            go_mod.push_str(&format!("replace {path} {old} => {target}\n"));
        }
        let vendored = if random.chance(85) { version } else { "v1.2.0" };
        let vendored_target = if random.chance(85) { target } else { random.pick(&["", "../other", "z.z/r v1.2.0"]) };
        let arrow = if vendored_target.is_empty() { String::new() } else { format!(" => {vendored_target}") };
        if random.chance(90) {
            txt.push_str(&format!("# {path} {vendored}{arrow}\n"));
            if required == random.chance(90) {
                txt.push_str("## explicit; go 1.17\n");
            }
            if random.chance(60) {
                txt.push_str(&format!("{path}\n{path}/sub\n"));
            }
        }
        if old.is_empty() && !arrow.is_empty() && random.chance(80) {
            txt.push_str(&format!("# {path}{arrow}\n"));
        }
    }
    (go_mod, txt)
}

#[test]
fn a_vendor_folder_is_compared_as_in_a_build() {
    if !tools::have(&["go", "sh", "xargs"]) {
        return;
    }
    const COUNT: usize = 150;
    let mut sandbox = Sandbox::new();
    let pairs: Vec<(String, String)> = (0..COUNT).map(|number| vendor_pair(number as u64 + 1)).collect();
    for (number, (go_mod, txt)) in pairs.iter().enumerate() {
        sandbox
            .write(&format!("cases/{number}/go.mod"), go_mod)
            .write(&format!("cases/{number}/m.go"), "package m\n")
            .write(&format!("cases/{number}/vendor/modules.txt"), txt);
    }
    let answers = go_in_each(&mut sandbox, COUNT, "list -mod=vendor .");
    let (mut inconsistent, mut consistent) = (0, 0);
    for ((go_mod, txt), stderr) in pairs.iter().zip(&answers) {
        let file = GoMod::parse(go_mod.as_bytes(), ReadAs::MainModule, Os::current());
        let owner = VendorOwner { modules: &[("", &file)], work: None, os: Os::current() };
        let differences = vendor_differences(owner, &ModulesTxt::parse(txt.as_bytes()));
        let ours: Vec<String> = differences.iter().map(VendorDifference::go_line).collect();
        let theirs: Vec<&str> = stderr
            .split_once("inconsistent vendoring in ")
            .map(|(_, rest)| rest.split("\n\n").next().unwrap_or_default())
            .map(|part| part.lines().skip(1).map(str::trim).collect())
            .unwrap_or_default();
        assert_eq!(ours, theirs, "{go_mod}\n{txt}\n{stderr}");
        if ours.is_empty() { consistent += 1 } else { inconsistent += 1 }
    }
    assert!(consistent >= 10 && inconsistent >= 50, "{consistent} {inconsistent}");
}
