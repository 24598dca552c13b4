//! What check and its children do to the file system, as the kernel sees it.

use super::scene::Scene;
use crate::support::faults::{Faults, On, Status};
use crate::support::tools;

/// Calls that create, change or remove something.
const CALLS: &str = "trace=openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,rmdir,link,linkat,\
                     symlink,symlinkat,chmod,fchmodat,chown,fchownat,lchown,truncate,mknod,mknodat,utimensat,setxattr";

#[test]
fn nothing_is_written_outside_of_the_temporary_folder() {
    if !tools::have(&["go", "git", "strace"]) {
        return;
    }
    let mut scene = Scene::private_over_https(Faults::new());
    let proxy = scene.server(super::scene::proxy());
    scene.sandbox.set("GOPROXY", format!("{proxy},direct"));
    let trace = tempfile::NamedTempFile::new().expect("a file");
    let log = trace.path().display().to_string();
    let output = scene.sandbox.run(
        "strace",
        &[
            "-f",
            "-y",
            "-s",
            "4096",
            "-e",
            CALLS,
            "-o",
            &log,
            env!("CARGO_BIN_EXE_gomoddoc"),
            "check",
            "--format",
            "json",
        ],
    );
    if output.stderr.contains("ptrace") && !output.ok() {
        let _ = tools::skip("strace may not trace here");
        return;
    }
    let tmp = scene.sandbox.path("tmp").display().to_string();
    let text = String::from_utf8_lossy(&std::fs::read(trace.path()).expect("the trace")).into_owned();
    assert!(text.lines().count() > 10, "strace saw nothing\n{output}");
    let bad: Vec<_> = text.lines().filter(|line| writes(line) && !allowed(line, &tmp)).collect();
    assert!(bad.is_empty(), "{}\n{output}", bad.join("\n"));
}

/// A house with servers of its own for everything: nothing may leave it, not even when all fails. Only the
/// machine's resolver may be asked for a name, as git and ssh do.
#[test]
fn nobody_outside_of_the_house_is_contacted() {
    if !tools::have(&["go", "git", "strace"]) {
        return;
    }
    let refused = || Faults::new().add(On::all(), Status::text(403, "blocked\n"));
    let mut scene = Scene::private_over_https(refused());
    let proxy = scene.server(super::scene::proxy().faults(refused()));
    scene.sandbox.set("GOPROXY", format!("{proxy}|direct"));
    let trace = tempfile::NamedTempFile::new().expect("a file");
    let log = trace.path().display().to_string();
    let gomoddoc = env!("CARGO_BIN_EXE_gomoddoc");
    let calls = "trace=connect,sendto,sendmsg,sendmmsg";
    let output = scene.sandbox.run("strace", &["-f", "-e", calls, "-o", &log, gomoddoc, "check", "--format", "json"]);
    if output.stderr.contains("ptrace") && !output.ok() {
        let _ = tools::skip("strace may not trace here");
        return;
    }
    let text = String::from_utf8_lossy(&std::fs::read(trace.path()).expect("the trace")).into_owned();
    let addressed: Vec<_> =
        text.lines().filter(|line| line.contains("sin_addr") || line.contains("sin6_addr")).collect();
    assert!(!addressed.is_empty(), "strace saw nothing\n{output}");
    let outside: Vec<_> = addressed
        .iter()
        .filter(|line| !["inet_addr(\"127.", "\"::1\"", "htons(53)"].iter().any(|house| line.contains(house)))
        .collect();
    assert!(outside.is_empty(), "{outside:#?}\n{output}");
}

/// Whether a line of the trace is a call that changed something.
fn writes(line: &str) -> bool {
    let call = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    // A failed call and a signal changed nothing; the second half of an interrupted line says
    // nothing that the first has not.
    if call.contains(" = -1 E") || call.starts_with(['+', '-', '<']) {
        return false;
    }
    if call.starts_with("open") {
        return ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"].iter().any(|flag| call.contains(flag));
    }
    true
}

fn allowed(line: &str, tmp: &str) -> bool {
    let quoted: Vec<_> = line.split('"').skip(1).step_by(2).collect();
    let relative_to_tmp = line.contains(&format!("<{tmp}/"));
    quoted.iter().all(|path| {
        path.starts_with(&format!("{tmp}/"))
            || path.starts_with("/dev/")
            || path.starts_with("/proc/self/")
            || (!path.starts_with('/') && relative_to_tmp)
    })
}
