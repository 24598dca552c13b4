//! Our go.mod and go.work readers against the go command's own, by `go mod edit -json` and
//! `go work edit -json`: what a file says, and which errors go reports in which order.

pub mod generator;
mod in_a_build;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use gomoddoc::golang::go_version::GoVersion;
use gomoddoc::golang::modfile::{GoMod, GoWork, Problem, ProblemKind, ReadAs, Replace};
use gomoddoc::golang::module_path::ModuleVersion;
use gomoddoc::golang::platform::Os;
use serde_json::{Value, json};

use super::support::sandbox::Sandbox;
use super::support::tools;

/// How many generated files of each kind go reads: each costs it a process.
const GENERATED: usize = 400;

/// What go says about a file.
struct Go {
    json: Option<Value>,
    stderr: String,
    version: GoVersion,
}

/// Lets go read all files at once, a few at a time.
fn ask_go(sandbox: &mut Sandbox, edit: &str, files: &[Vec<u8>]) -> Vec<Go> {
    for (number, content) in files.iter().enumerate() {
        sandbox.write(&format!("cases/{number}"), content);
    }
    let output = sandbox.go(&["version"]).stdout;
    let version = GoVersion::of_go_version_output(&output).expect("a version of go");
    let one = format!("go {edit} -json {{}} >{{}}.out 2>{{}}.err");
    let cases = sandbox.path("cases");
    let numbers = (0..files.len()).fold(String::new(), |mut list, number| {
        let _ = writeln!(list, "{number}");
        list
    });
    sandbox.write("cases/list", numbers);
    let script = format!("xargs -P 4 -I {{}} sh -c '{one}' <list; true");
    let output = sandbox.run_in(&cases, "sh", &["-c", &script]);
    assert!(output.ok(), "{output}");
    let read = |number: usize, end: &str| {
        let bytes = std::fs::read(cases.join(format!("{number}.{end}"))).expect("what go printed");
        String::from_utf8_lossy(&bytes).into_owned()
    };
    (0..files.len())
        .map(|number| {
            let json = serde_json::from_str(&read(number, "out")).ok().map(without_nulls);
            Go { json, stderr: read(number, "err"), version: version.clone() }
        })
        .collect()
}

fn version(module: &ModuleVersion) -> Value {
    if module.version.is_empty() {
        json!({"Path": module.path})
    } else {
        json!({"Path": module.path, "Version": module.version})
    }
}

fn replaces(list: &[Replace]) -> Value {
    list_or_null(list, |replace| json!({"Old": version(&replace.old), "New": version(&replace.new)}))
}

fn list_or_null<T>(list: &[T], each: impl Fn(&T) -> Value) -> Value {
    if list.is_empty() { Value::Null } else { list.iter().map(each).collect() }
}

/// Empty lists are null up to Go 1.26 and absent from then on.
fn without_nulls(mut value: Value) -> Value {
    if let Value::Object(map) = &mut value {
        map.retain(|_, value| !value.is_null());
    }
    value
}

/// The fields that go leaves out when they are empty.
fn without_empty(mut value: Value, names: &[&str]) -> Value {
    if let Value::Object(map) = &mut value {
        map.retain(|name, value| {
            let empty = value.is_null() || *value == json!("") || *value == json!(false);
            !(names.contains(&name.as_str()) && empty)
        });
    }
    value
}

/// Before it prints, `go mod edit` drops what stands twice (of replacements the last one stays) and
/// what has no name.
fn tidied(file: &GoMod) -> GoMod {
    let mut file = file.clone();
    file.godebug.retain(|debug| !debug.key.is_empty());
    file.require.retain(|require| !require.module.path.is_empty());
    drop_repeated(&mut file.exclude, |exclude| exclude.module.clone());
    file.exclude.retain(|exclude| !exclude.module.path.is_empty());
    tidy_replaces(&mut file.replace);
    file.retract.retain(|retract| !retract.low.is_empty() || !retract.high.is_empty());
    drop_repeated(&mut file.tool, |tool| tool.path.clone());
    drop_repeated(&mut file.ignore, |ignore| ignore.path.clone());
    file
}

fn tidy_replaces(list: &mut Vec<Replace>) {
    list.reverse();
    drop_repeated(list, |replace| replace.old.clone());
    list.reverse();
    list.retain(|replace| !replace.old.path.is_empty());
}

fn drop_repeated<T, K: Ord>(list: &mut Vec<T>, key: impl Fn(&T) -> K) {
    let mut seen = BTreeSet::new();
    list.retain(|item| seen.insert(key(item)));
}

fn go_mod_json(file: &GoMod) -> Value {
    let file = tidied(file);
    let module = file.module.as_ref().map_or(json!({"Path": ""}), |module| {
        without_empty(json!({"Path": module.path, "Deprecated": module.deprecated}), &["Deprecated"])
    });
    let value = json!({
        "Module": module,
        "Go": file.go_version(),
        "Toolchain": file.toolchain.as_ref().map(|toolchain| &toolchain.name),
        "GoDebug": list_or_null(&file.godebug, |debug| json!({"Key": debug.key, "Value": debug.value})),
        "Require": list_or_null(&file.require, |require| {
            let ModuleVersion { path, version } = &require.module;
            without_empty(json!({"Path": path, "Version": version, "Indirect": require.indirect}), &["Indirect"])
        }),
        "Exclude": list_or_null(&file.exclude, |exclude| version(&exclude.module)),
        "Replace": replaces(&file.replace),
        "Retract": list_or_null(&file.retract, |retract| {
            let all = json!({"Low": retract.low, "High": retract.high, "Rationale": retract.rationale});
            without_empty(all, &["Low", "High", "Rationale"])
        }),
        "Tool": list_or_null(&file.tool, |tool| json!({"Path": tool.path})),
        "Ignore": list_or_null(&file.ignore, |ignore| json!({"Path": ignore.path})),
    });
    without_nulls(value)
}

fn go_work_json(file: &GoWork, go: &GoVersion) -> Value {
    let mut file = file.clone();
    file.uses.retain(|used| !used.path.is_empty());
    tidy_replaces(&mut file.replace);
    // What it says of these two, go tells only since 1.27.
    let told = go.is_at_least(27);
    let toolchain = file.toolchain.as_ref().filter(|_| told).map(|toolchain| &toolchain.name);
    file.godebug.retain(|_| told);
    let value = json!({
        "Go": file.go_version(),
        "Toolchain": toolchain,
        "Godebug": list_or_null(&file.godebug, |debug| json!({"Key": debug.key, "Value": debug.value})),
        "Use": list_or_null(&file.uses, |used| json!({"DiskPath": used.path})),
        "Replace": replaces(&file.replace),
    });
    without_nulls(value)
}

/// Compares the problems with what go printed: all of them, or only the first where lines of a merge
/// conflict have been put together.
fn same_problems(reported: &[Problem], go: &Go, file: &str) -> Result<(), String> {
    let ours: Vec<String> = reported.iter().map(|problem| problem.go_line(file)).collect();
    let conflict = reported.iter().any(|problem| matches!(problem.kind, ProblemKind::MergeConflict { .. }));
    let mut theirs = go.stderr.trim_end();
    // One line before go.mod's errors, two before go.work's.
    while let Some((head, rest)) = theirs.split_once('\n').filter(|(head, _)| head.contains("errors parsing ")) {
        assert!(head.ends_with(':'), "{head}");
        theirs = rest;
    }
    // Of a byte that is no UTF-8 we keep that there was one; the generator only makes this one.
    let theirs = theirs.replace("\\xff", "\u{fffd}");
    let same = if conflict {
        ours.first().is_some_and(|first| theirs.starts_with(first.as_str()))
    } else {
        ours.join("\n") == theirs
    };
    if same { Ok(()) } else { Err(format!("ours:\n{}\ngo's:\n{}", ours.join("\n"), go.stderr)) }
}

fn compare_go_mod(content: &[u8], go: &Go, number: usize) -> Result<bool, String> {
    let ours = GoMod::parse(content, ReadAs::Edited, Os::current());
    match &go.json {
        Some(theirs) if ours.problems.is_empty() && go_mod_json(&ours) == *theirs => Ok(true),
        Some(theirs) if ours.problems.is_empty() => Err(format!("ours:\n{}\ngo's:\n{theirs}", go_mod_json(&ours))),
        Some(_) => Err(format!("go finds nothing wrong; we find {:?}", ours.problems)),
        None => same_problems(ours.reported_by_go(), go, &number.to_string()).map(|()| false),
    }
}

fn compare_go_work(content: &[u8], go: &Go, number: usize) -> Result<bool, String> {
    let ours = GoWork::parse(content, Os::current());
    // That a directory stands twice, go says only when it loads the workspace.
    let of_syntax = |problem: &Problem| !matches!(problem.kind, ProblemKind::RepeatedUse { .. });
    let reported: Vec<Problem> = ours.reported_by_go().iter().filter(|p| of_syntax(p)).cloned().collect();
    match &go.json {
        Some(theirs) if reported.is_empty() && go_work_json(&ours, &go.version) == *theirs => Ok(true),
        Some(theirs) if reported.is_empty() => {
            Err(format!("ours:\n{}\ngo's:\n{theirs}", go_work_json(&ours, &go.version)))
        }
        Some(_) => Err(format!("go finds nothing wrong; we find {reported:?}")),
        None => same_problems(&reported, go, &number.to_string()).map(|()| false),
    }
}

type Compare = fn(&[u8], &Go, usize) -> Result<bool, String>;

/// Compares all files and tells the first differences; gives how many go accepts and refuses.
fn compare_all(edit: &str, files: &[Vec<u8>], compare: Compare) -> (usize, usize) {
    let mut sandbox = Sandbox::new();
    let answers = ask_go(&mut sandbox, edit, files);
    let mut failures = Vec::new();
    let (mut accepted, mut refused) = (0, 0);
    for (number, (content, go)) in files.iter().zip(&answers).enumerate() {
        match compare(content, go, number) {
            Ok(true) => accepted += 1,
            Ok(false) => refused += 1,
            Err(difference) => {
                failures.push(format!("--- case {number}: {:?}\n{difference}", String::from_utf8_lossy(content)));
            }
        }
    }
    let shown = failures.iter().take(5).cloned().collect::<Vec<_>>().join("\n");
    assert!(failures.is_empty(), "{} of {} files differ\n{shown}", failures.len(), files.len());
    (accepted, refused)
}

fn goroot() -> Option<std::path::PathBuf> {
    if !tools::have(&["go", "sh", "xargs"]) {
        return None;
    }
    let output = Sandbox::new().go(&["env", "GOROOT"]);
    Some(output.stdout.trim().into())
}

/// All files under a folder whose name satisfies the condition, and such members of txtar archives.
fn collect(root: &Path, wanted: &dyn Fn(&str) -> bool) -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(root).sort_by_file_name().into_iter().flatten() {
        let name = entry.file_name().to_string_lossy();
        if wanted(&name) && entry.file_type().is_file() {
            files.extend(std::fs::read(entry.path()));
        } else if name.ends_with(".txt")
            && entry.path().components().any(|c| c.as_os_str() == "testdata")
            && let Ok(text) = std::fs::read_to_string(entry.path())
        {
            for part in text.split("\n-- ").skip(1) {
                if let Some((member, content)) = part.split_once(" --\n")
                    && wanted(member.rsplit('/').next().unwrap_or(member))
                {
                    files.push(format!("{content}\n").into_bytes());
                }
            }
        }
    }
    files.sort();
    files.dedup();
    files
}

/// Every n-th of a list, so that at most `most` are left.
fn thinned<T>(list: Vec<T>, most: usize) -> Vec<T> {
    let step = list.len().div_ceil(most).max(1);
    list.into_iter().step_by(step).collect()
}

#[test]
fn the_go_mod_files_of_goroot() {
    let Some(root) = goroot() else { return };
    let files = thinned(collect(&root.join("src"), &|name| name == "go.mod"), GENERATED);
    let (accepted, _) = compare_all("mod edit", &files, compare_go_mod);
    assert!(accepted >= 3, "GOROOT has hardly any go.mod");
}

#[test]
fn the_go_work_files_of_goroot() {
    let Some(root) = goroot() else { return };
    let mut files = thinned(collect(&root.join("src"), &|name| name == "go.work"), GENERATED / 2);
    files.push(b"go 1.21\nuse ./a\nuse (\n\t./b // c\n)\n".to_vec());
    let (accepted, _) = compare_all("work edit", &files, compare_go_work);
    assert!(accepted >= 1);
}

#[test]
fn generated_go_mod_files() {
    if !tools::have(&["go", "sh", "xargs"]) {
        return;
    }
    let files = generator::go_mod_files(GENERATED);
    let (accepted, refused) = compare_all("mod edit", &files, compare_go_mod);
    assert!(accepted >= GENERATED / 10 && refused >= GENERATED / 3, "{accepted} accepted, {refused} refused");
}

#[test]
fn generated_go_work_files() {
    if !tools::have(&["go", "sh", "xargs"]) {
        return;
    }
    let files = generator::go_work_files(GENERATED / 2);
    let (accepted, refused) = compare_all("work edit", &files, compare_go_work);
    assert!(accepted >= GENERATED / 20 && refused >= GENERATED / 6, "{accepted} accepted, {refused} refused");
}

#[test]
fn real_go_mod_files() {
    if !tools::have(&["go", "sh", "xargs"]) || !tools::online() {
        return;
    }
    let mut sandbox = Sandbox::new();
    sandbox.unset("GOPROXY").unset("GOSUMDB").limit(std::time::Duration::from_secs(600));
    for name in ["HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE", "GOPROXY", "GOSUMDB"] {
        if let Some(value) = std::env::var_os(name) {
            sandbox.set(name, value);
        }
    }
    // Before 1.17 the graph was not pruned: the go.mod files of all modules are read.
    sandbox.set("GOFLAGS", "-mod=mod").write(
        "repo/go.mod",
        "module example.com/main\n\ngo 1.16\n\nrequire (\n\tk8s.io/apiserver v0.31.0\n\
         \tgithub.com/prometheus/prometheus v0.54.0\n\tgithub.com/hashicorp/terraform v1.5.7\n)\n",
    );
    // Reading the graph fetches the go.mod files and nothing else.
    let output = sandbox.go(&["mod", "graph"]);
    let folder = sandbox.modcache("cache/download");
    let files = collect(&folder, &|name| name.ends_with(".mod"));
    assert!(files.len() >= 200, "only {} go.mod files came: {}", files.len(), output.stderr);
    let files = thinned(files, 2 * GENERATED);
    let (accepted, _) = compare_all("mod edit", &files, compare_go_mod);
    assert!(accepted >= 190, "{accepted}");
    for content in &files {
        let lax = GoMod::parse(content, ReadAs::Dependency, Os::current());
        assert_eq!(lax.problems, [], "{}", String::from_utf8_lossy(content));
    }
}
