//! All that a folder holds, kept in memory: to compare with it, and to make the folder so again.

use std::collections::BTreeMap;
use std::fs::{self, FileTimes, Metadata, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, lchown, symlink};
use std::path::{Path, PathBuf};

/// What stands in one place.
#[derive(Clone, PartialEq, Eq)]
struct Node {
    mode: u32,
    owner: (u32, u32),
    kind: Kind,
}

#[derive(Clone, PartialEq, Eq)]
enum Kind {
    Folder,
    File(Vec<u8>),
    Link(PathBuf),
    /// A socket or a FIFO, which is left alone.
    Other,
}

impl Node {
    fn of(path: &Path, meta: &Metadata) -> Self {
        let kind = if meta.is_dir() {
            Kind::Folder
        } else if meta.is_file() {
            Kind::File(fs::read(path).unwrap_or_default())
        } else {
            fs::read_link(path).map_or(Kind::Other, Kind::Link)
        };
        Self { mode: meta.mode() & 0o7777, owner: (meta.uid(), meta.gid()), kind }
    }
}

/// A folder as it was.
pub struct Tree {
    root: PathBuf,
    nodes: BTreeMap<PathBuf, (Node, std::time::SystemTime)>,
}

impl Tree {
    /// All below `root` but the folders in `without`, which are named from there.
    pub fn of(root: &Path, without: &[&str]) -> Self {
        let mut nodes = BTreeMap::new();
        let kept = |entry: &walkdir::DirEntry| !without.iter().any(|name| entry.path() == root.join(name));
        for entry in walkdir::WalkDir::new(root).min_depth(1).into_iter().filter_entry(kept).flatten() {
            let Ok(meta) = entry.path().symlink_metadata() else { continue };
            let node = Node::of(entry.path(), &meta);
            let name = entry.path().strip_prefix(root).expect("a place below the root").to_owned();
            nodes.insert(name, (node, meta.modified().expect("a time of change")));
        }
        Self { root: root.to_owned(), nodes }
    }

    /// The places that differ, and whether each was there before.
    pub fn changes(&self, after: &Self) -> Vec<(PathBuf, bool)> {
        let node = |tree: &Self, name: &PathBuf| tree.nodes.get(name).map(|(node, _)| node.clone());
        let mut names: Vec<_> = self.nodes.keys().chain(after.nodes.keys()).cloned().collect();
        names.sort();
        names.dedup();
        names.retain(|name| node(self, name) != node(after, name));
        names.into_iter().map(|name| (name.clone(), self.nodes.contains_key(&name))).collect()
    }

    /// Makes the folder, which is now `now`, as this one was. What does not differ keeps its inode, and with it
    /// its locks.
    pub fn restore(&self, now: &Self) {
        let changes = self.changes(now);
        // A folder that cannot be written takes nothing back. Folders come before what they hold.
        for (name, (node, _)) in now.nodes.iter().filter(|(_, (node, _))| node.kind == Kind::Folder) {
            let _ = fs::set_permissions(self.root.join(name), Permissions::from_mode(node.mode | 0o700));
        }
        for (name, _) in changes.iter().rev() {
            let path = self.root.join(name);
            match now.nodes.get(name).map(|(node, _)| &node.kind) {
                Some(Kind::Folder) if self.nodes.get(name).is_none_or(|(node, _)| node.kind != Kind::Folder) => {
                    fs::remove_dir(&path).expect("remove a folder");
                }
                Some(Kind::File(_) | Kind::Link(_)) => fs::remove_file(&path).expect("remove a file"),
                _ => {}
            }
        }
        for (name, _) in &changes {
            let Some((node, _)) = self.nodes.get(name) else { continue };
            let path = self.root.join(name);
            match &node.kind {
                Kind::Folder => fs::create_dir_all(&path).expect("make a folder"),
                Kind::File(bytes) => fs::write(&path, bytes).expect("write a file"),
                Kind::Link(target) => symlink(target, &path).expect("make a link"),
                Kind::Other => continue,
            }
            lchown(&path, Some(node.owner.0), Some(node.owner.1)).expect("give a file to its owner");
        }
        // The deepest first: a folder may not be searched afterwards.
        for (name, (node, time)) in self.nodes.iter().rev() {
            let path = self.root.join(name);
            if let (Kind::File(_), Ok(file)) = (&node.kind, fs::File::open(&path)) {
                let _ = file.set_times(FileTimes::new().set_modified(*time));
            }
            if matches!(node.kind, Kind::Folder | Kind::File(_)) {
                let _ = fs::set_permissions(&path, Permissions::from_mode(node.mode));
            }
        }
    }
}
