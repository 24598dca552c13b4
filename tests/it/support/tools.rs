//! Which programs a test needs, and what happens where they are missing.

use std::path::PathBuf;

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

/// Says why a test does not run. Always false, so that it can stand as the last expression.
pub fn skip(reason: &str) -> bool {
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{test} cannot run: {reason}");
    // Written past libtest's capture, so that a passing run still shows it.
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "skipped: {test}: {reason}");
    false
}

/// Whether this run may talk to the public module proxy.
#[must_use]
pub fn online() -> bool {
    std::env::var("GOMODDOC_ONLINE").as_deref() == Ok("1") || skip("GOMODDOC_ONLINE is not 1")
}
