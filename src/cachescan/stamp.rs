//! What a module looked like when it was found to be whole, in 32 bytes.

use std::collections::BTreeMap;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::Wanted;
use super::order::{Order, Strength};
use super::tree::Tree;
use crate::golang::module_cache::ModuleFiles;
use crate::golang::module_hash::hex;
use crate::golang::module_path::ModuleVersion;

/// A hash over name, size, modification time, change time and inode of each file of a module, and over
/// what it was held against.
pub type Stamp = [u8; 32];

/// The first line of the file in which stamps are kept. Another version is another line.
const HEAD: &str = "gomoddoc verified 1";

/// Modules that were found to be whole, each with its stamp.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    stamps: BTreeMap<ModuleVersion, Stamp>,
}

impl Verified {
    /// Reads what [`Verified::to_text`] wrote. What is not of this version or in any way broken counts as
    /// nothing at all: then everything is verified again.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let read = || {
            let (head, rest) = text.split_once('\n')?;
            let (sum, lines) = rest.split_once('\n')?;
            if head != HEAD || sum != hex(&Sha256::digest(lines)) {
                return None;
            }
            lines.lines().map(line).collect::<Option<BTreeMap<_, _>>>()
        };
        Self { stamps: read().unwrap_or_default() }
    }

    /// A line for each module, under a sum of all.
    #[must_use]
    pub fn to_text(&self) -> String {
        let lines: String = self.stamps.iter().map(|(module, stamp)| format!("{} {module}\n", hex(stamp))).collect();
        format!("{HEAD}\n{}\n{lines}", hex(&Sha256::digest(&lines)))
    }

    /// Keeps a stamp, or forgets the module where there is none.
    pub fn keep(&mut self, module: &ModuleVersion, stamp: Option<Stamp>) {
        match stamp {
            Some(stamp) => drop(self.stamps.insert(module.clone(), stamp)),
            None => drop(self.stamps.remove(module)),
        }
    }

    /// Whether the module was found to be whole with this stamp.
    #[must_use]
    pub fn holds(&self, module: &ModuleVersion, stamp: &Stamp) -> bool {
        self.stamps.get(module) == Some(stamp)
    }
}

fn line(line: &str) -> Option<(ModuleVersion, Stamp)> {
    let (stamp, module) = line.split_once(' ')?;
    let (path, version) = module.split_once('@')?;
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let digits: Vec<u8> = stamp.bytes().map(digit).collect::<Option<_>>()?;
    let (pairs, odd) = digits.as_chunks::<2>();
    let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
    let stamp = bytes.try_into().ok().filter(|_| odd.is_empty())?;
    Some((ModuleVersion::new(path, version), stamp))
}

/// The size of the zip, for the progress.
pub(super) fn zip_size(cache: &Path, files: &ModuleFiles) -> u64 {
    std::fs::metadata(cache.join(&files.zip)).map_or(0, |metadata| metadata.len())
}

/// The stamp of a module as it is now. `None` where files changed so lately that another change could
/// bear the same time, and where the system tells no change times.
#[cfg(unix)]
pub(super) fn of(
    cache: &Path,
    files: &ModuleFiles,
    tree: Option<&Tree>,
    wanted: &Wanted,
    order: &Order<'_>,
) -> Option<Stamp> {
    use std::os::unix::ffi::OsStrExt as _;
    /// Times of the file system are coarser than they look.
    const LATELY: i128 = 3;
    let now = i128::from(std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?.as_secs());
    let mut hash = Sha256::new();
    let mut settled = true;
    let mut add = |name: &[u8], stat: Option<rustix::fs::Stat>| {
        hash.update((name.len() as u64).to_le_bytes());
        hash.update(name);
        let Some(stat) = stat else { return hash.update([0]) };
        hash.update([1]);
        for number in [
            i128::from(stat.st_size),
            i128::from(stat.st_mtime),
            i128::from(stat.st_mtime_nsec),
            i128::from(stat.st_ctime),
            i128::from(stat.st_ctime_nsec),
            i128::from(stat.st_ino),
            i128::from(stat.st_mode),
            i128::from(stat.st_uid),
        ] {
            hash.update(number.to_le_bytes());
        }
        settled &= i128::from(stat.st_ctime) + LATELY < now;
    };
    add(cache.as_os_str().as_bytes(), None);
    for name in [&files.zip, &files.ziphash, &files.go_mod, &files.info, &files.lock] {
        add(name.as_bytes(), rustix::fs::stat(cache.join(name)).ok());
    }
    if let Some(tree) = tree {
        for name in tree.sorted() {
            add(name, tree.stat(name));
        }
    }
    hash.update([u8::from(order.strength == Strength::Quick)]);
    for sums in &wanted.sums {
        for (of, sums) in [("zip\n", &sums.zip), ("go.mod\n", &sums.go_mod)] {
            hash.update(of);
            sums.iter().for_each(|sum| hash.update(format!("{sum}\n")));
        }
    }
    settled.then(|| hash.finalize().into())
}

/// There is no time of the last change to trust.
#[cfg(not(unix))]
pub(super) fn of(_: &Path, _: &ModuleFiles, _: Option<&Tree>, _: &Wanted, _: &Order<'_>) -> Option<Stamp> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_and_what_is_broken_is_nothing() {
        let (a, b) = (ModuleVersion::new("example.com/a", "v1.0.0"), ModuleVersion::new("example.com/b", "v0.1.0"));
        let mut verified = Verified::default();
        verified.keep(&a, Some([7; 32]));
        verified.keep(&b, Some([255; 32]));
        let text = verified.to_text();
        let again = Verified::parse(&text);
        assert_eq!(again, verified);
        assert!(again.holds(&a, &[7; 32]) && !again.holds(&a, &[8; 32]) && again.holds(&b, &[255; 32]));
        for broken in [
            "",
            "x",
            &text[1..],
            &text[..text.len() - 1],
            &text.replace("verified 1", "verified 2"),
            &text.replace("07", "08"),
        ] {
            assert_eq!(Verified::parse(broken), Verified::default(), "{broken}");
        }
        verified.keep(&b, None);
        assert!(!verified.holds(&b, &[255; 32]));
    }
}
