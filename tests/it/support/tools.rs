//! Which programs a test needs, and what happens where they are missing.

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

use gomoddoc::golang::go_version::GoVersion;

/// The full path of a program on this process's PATH (or, for `sshd`, where Unix systems keep it).
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .chain(["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from))
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// Whether all programs are there. Where one is missing the caller returns: the test is skipped
/// and says so, but under `CI=true` it fails, since a suite that skips in silence proves nothing.
#[must_use]
pub fn have(programs: &[&str]) -> bool {
    match programs.iter().find(|program| find(program).is_none()) {
        None => true,
        Some(program) => skip(&format!("{program} is not installed")),
    }
}

/// Says why a test cannot run, and fails under `CI=true`. Always false, so that it can stand as
/// the last expression of a condition.
pub fn skip(reason: &str) -> bool {
    let test = test_name();
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{test} cannot run: {reason}");
    say(&test, reason)
}

/// Whether this run may talk to the public module proxy. A run that may not is no failure.
#[must_use]
pub fn online() -> bool {
    std::env::var("GOMODDOC_ONLINE").as_deref() == Ok("1") || say(&test_name(), "only with ./test.sh --online")
}

/// Whether the minor version of the go command on PATH is one of these; a development build counts as
/// the newest. Another is no failure: `./test.sh --drift` runs several.
#[must_use]
pub fn go_is_within(since: u32, before: u32) -> bool {
    static MINOR: LazyLock<u32> = LazyLock::new(|| {
        let output = Command::new("go").arg("version").env("GOTOOLCHAIN", "local").output().expect("run go");
        let version = GoVersion::of_go_version_output(&String::from_utf8_lossy(&output.stdout));
        version.and_then(|version| version.minor()).unwrap_or(u32::MAX - 1)
    });
    (since..before).contains(&*MINOR) || say(&test_name(), &format!("Go 1.{} behaves otherwise", *MINOR))
}

fn test_name() -> String {
    std::thread::current().name().unwrap_or("a test").to_owned()
}

fn say(test: &str, reason: &str) -> bool {
    // Written past libtest's capture, so that a passing run still shows it.
    let _ = writeln!(std::io::stderr(), "skipped: {test}: {reason}");
    false
}
