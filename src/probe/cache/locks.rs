//! Locks in the module cache that a live process holds, as Linux tells them.
//!
//! go locks with `flock` on Linux. A lock file that nobody holds blocks nobody, so only the system's
//! own table tells. No lock is taken to find out.

use std::path::{Path, PathBuf};

use crate::disk::{Follow, read_capped};
use crate::facts::Observation;
use crate::facts::cache::HeldLock;
use crate::golang::module_cache::{ModuleFiles, SIDE_LOCK, VCS};
use crate::golang::module_path::ModuleVersion;
use crate::model::Foreign;
use crate::probe::World;

/// The most of the system's table that is read.
const MAX_TABLE: u64 = 4 << 20;
/// How many lock files are looked for.
const MAX_FILES: usize = 500;

/// A line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Held {
    pid: Option<u32>,
    major: u32,
    minor: u32,
    inode: u64,
}

/// The locks that a sync would wait for: that of go.sum, those of modules to be fetched, and those of
/// git clones.
pub(super) fn held(world: &World, to_fetch: &[ModuleVersion]) -> Vec<HeldLock> {
    let Some(cache) = world.environment.gomodcache().map(Path::new).filter(|cache| cache.is_absolute()) else {
        return Vec::new();
    };
    let Ok(table) = read_capped(Path::new("/proc/locks"), MAX_TABLE, Follow::Yes) else { return Vec::new() };
    let table = parse(&String::from_utf8_lossy(&table));
    if table.is_empty() {
        return Vec::new();
    }
    let mut files = vec![cache.join(SIDE_LOCK)];
    files.extend(to_fetch.iter().filter_map(|module| Some(cache.join(ModuleFiles::of(module).ok()?.lock))));
    files.extend(clone_locks(cache));
    files.truncate(MAX_FILES);
    files.iter().filter_map(|path| Some(told(path, holder(path, &table)?))).collect()
}

/// The locks of git clones.
fn clone_locks(cache: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(cache.join(VCS)).into_iter().flatten().flatten();
    let locks = entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "lock"));
    locks.take(MAX_FILES).collect()
}

fn told(path: &Path, held: &Held) -> HeldLock {
    let shown = path.display().to_string();
    HeldLock {
        observation: Observation::seen(format!("cache/lock/{shown}"), &shown),
        path: Foreign::new(&shown),
        pid: held.pid,
        command: held.pid.and_then(command),
    }
}

/// The command line of a process.
fn command(pid: u32) -> Option<Foreign> {
    let line = read_capped(Path::new(&format!("/proc/{pid}/cmdline")), 64 << 10, Follow::Yes).ok()?;
    let words = String::from_utf8_lossy(&line).replace('\0', " ");
    Some(Foreign::capped(words.trim(), 200)).filter(|words| !words.is_empty())
}

#[cfg(unix)]
fn holder<'a>(path: &Path, table: &'a [Held]) -> Option<&'a Held> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = std::fs::metadata(path).ok()?;
    let (major, minor) = (rustix::fs::major(metadata.dev()), rustix::fs::minor(metadata.dev()));
    table.iter().find(|held| held.inode == metadata.ino() && (held.major, held.minor) == (major, minor))
}

#[cfg(not(unix))]
fn holder<'a>(_path: &Path, _table: &'a [Held]) -> Option<&'a Held> {
    None
}

/// The whole-file write locks of `/proc/locks` (proc_locks(5)): those that others wait for. Lines with
/// `->` are the waiting ones.
fn parse(table: &str) -> Vec<Held> {
    let line = |line: &str| {
        let mut words = line.split_whitespace().skip(1);
        if words.next()? != "FLOCK" {
            return None;
        }
        let mut words = words.skip(1);
        if words.next()? != "WRITE" {
            return None;
        }
        let pid = words.next()?.parse().ok().filter(|pid| *pid > 0);
        let mut file = words.next()?.split(':');
        let major = u32::from_str_radix(file.next()?, 16).ok()?;
        let minor = u32::from_str_radix(file.next()?, 16).ok()?;
        Some(Held { pid, major, minor, inode: file.next()?.parse().ok()? })
    };
    table.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_held_write_locks_count() {
        let table = "1: FLOCK  ADVISORY  WRITE 16804 fe:10:5914980 0 EOF\n\
                     1: -> FLOCK  ADVISORY  WRITE 16805 fe:10:5914980 0 EOF\n\
                     2: FLOCK  ADVISORY  READ 7 fe:00:1 0 EOF\n\
                     3: POSIX  ADVISORY  WRITE 8 fe:00:2 0 EOF\n\
                     4: FLOCK  ADVISORY  WRITE 0 fe:00:3 0 EOF\n\
                     nonsense\n5:\n";
        let seen = parse(table);
        assert_eq!(seen.len(), 2);
        assert_eq!(seen[0], Held { pid: Some(16804), major: 0xfe, minor: 0x10, inode: 5_914_980 });
        assert_eq!(seen[1].pid, None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_lock_that_is_held_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let file = std::fs::File::create(&path).unwrap();
        let table = || parse(&std::fs::read_to_string("/proc/locks").unwrap());
        assert_eq!(holder(&path, &table()), None);
        file.lock().unwrap();
        let seen = table();
        // File systems that number their devices otherwise in that table (btrfs, overlay) hide it.
        if let Some(held) = holder(&path, &seen) {
            assert_eq!(held.pid, Some(std::process::id()));
        }
        file.unlock().unwrap();
        assert_eq!(holder(&path, &table()), None);
    }
}
