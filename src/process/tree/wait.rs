//! What a tree of processes waits for.

use std::collections::HashSet;
use std::fs;
use std::net::SocketAddr;

use super::list::{Process, below};
use super::{locks, sockets};
use crate::model::Foreign;

/// So many are named at most.
const MAX_WAITS: usize = 8;

/// Something that a process waits for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Wait {
    /// A lock on a file that another process holds.
    Lock {
        /// The program that waits.
        program: Foreign,
        /// The file.
        path: Foreign,
        /// The process that holds it, and the name of its program.
        holder: Option<(i32, Foreign)>,
    },
    /// An answer to a question on the terminal.
    Question {
        /// The program that asks.
        program: Foreign,
    },
    /// The other end of a TCP connection.
    Connection {
        /// The program that waits.
        program: Foreign,
        /// The other end.
        peer: SocketAddr,
        /// Whether the connection stands, or is still asked for.
        established: bool,
    },
}

impl Wait {
    /// Whether another try may find it otherwise: a server may answer the next time.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Connection { .. })
    }
}

/// What the processes below `root` wait for. A lock or a question is what holds them up; only where there is
/// none are connections named: many stay open after use.
pub(in crate::process) fn waits(root: i32) -> Vec<Wait> {
    let tree = below(root);
    let locks = locks::waiting(&fs::read_to_string("/proc/locks").unwrap_or_default());
    let mut found: Vec<Wait> = Vec::new();
    for process in &tree {
        let files = open_files(process.pid);
        let mine = locks.iter().filter(|lock| lock.waiter == process.pid);
        found.extend(mine.filter_map(|lock| held_lock(process, lock, &files)));
        if asks(process, &files) {
            found.push(Wait::Question { program: Foreign::new(&process.name) });
        }
    }
    if found.is_empty() {
        found = tree.iter().flat_map(connections).collect();
    }
    let mut known = HashSet::new();
    found.retain(|wait| known.insert(wait.clone()));
    found.truncate(MAX_WAITS);
    found
}

fn held_lock(process: &Process, lock: &locks::Waiting, files: &[OpenFile]) -> Option<Wait> {
    let file = files.iter().find(|file| file.inode == Some(lock.inode))?;
    let name = |pid| {
        let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
        Foreign::new(name.trim_end())
    };
    Some(Wait::Lock {
        program: Foreign::new(&process.name),
        path: Foreign::new(&file.target),
        holder: lock.holder.map(|pid| (pid, name(pid))),
    })
}

/// A program that has opened the terminal for itself asks something there: git and ssh do so for a password
/// and for an unknown host, and close it again after the answer.
fn asks(process: &Process, files: &[OpenFile]) -> bool {
    process.name.contains("askpass") || files.iter().any(|file| file.number > 2 && file.target == "/dev/tty")
}

fn connections(process: &Process) -> Vec<Wait> {
    let sockets: HashSet<u64> = open_files(process.pid).iter().filter_map(OpenFile::socket).collect();
    if sockets.is_empty() {
        return Vec::new();
    }
    let table = |name| fs::read_to_string(format!("/proc/{}/net/{name}", process.pid)).unwrap_or_default();
    let tables = [table("tcp"), table("tcp6")];
    let all = tables.iter().flat_map(|table| sockets::connections(table));
    let mine = all.filter(|connection| sockets.contains(&connection.inode));
    mine.map(|connection| Wait::Connection {
        program: Foreign::new(&process.name),
        peer: connection.peer,
        established: connection.established,
    })
    .collect()
}

/// A file that a process has open.
struct OpenFile {
    number: u32,
    /// Its path, or `socket:[INODE]` and the like.
    target: String,
    /// None where it is no file of a file system.
    inode: Option<u64>,
}

impl OpenFile {
    fn socket(&self) -> Option<u64> {
        self.target.strip_prefix("socket:[")?.strip_suffix(']')?.parse().ok()
    }
}

fn open_files(pid: i32) -> Vec<OpenFile> {
    let entries = fs::read_dir(format!("/proc/{pid}/fd")).into_iter().flatten().flatten();
    let file = |entry: fs::DirEntry| {
        let number = entry.file_name().to_str()?.parse().ok()?;
        let target = fs::read_link(entry.path()).ok()?.to_string_lossy().into_owned();
        let inode = target.starts_with('/').then(|| inode(&entry.path())).flatten();
        Some(OpenFile { number, target, inode })
    };
    entries.filter_map(file).collect()
}

#[cfg(unix)]
fn inode(path: &std::path::Path) -> Option<u64> {
    std::os::unix::fs::MetadataExt::ino(&fs::metadata(path).ok()?).into()
}

#[cfg(not(unix))]
fn inode(_: &std::path::Path) -> Option<u64> {
    None
}
