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

/// A hash over name, size, modification time, change time, inode, mode and owner of each file of a module, and
/// over what it was held against.
pub type Stamp = [u8; 32];

/// What the system tells of one file, hashed: half of a SHA-256.
pub(super) type FileStamp = [u8; 16];

/// The first line of the file in which stamps are kept. Another version is another line.
const HEAD: &str = "gomoddoc verified 2";

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

/// Makes the stamp of a module, of which the files are seen one by one. There is none where files changed so
/// lately that another change could bear the same time.
#[cfg(unix)]
pub(super) struct Stamping {
    now: i64,
    settled: std::cell::Cell<bool>,
}

#[cfg(unix)]
impl Stamping {
    /// Times of the file system are coarser than they look.
    const LATELY: i64 = 3;

    pub(super) fn begin() -> Self {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok();
        let now = now.and_then(|now| i64::try_from(now.as_secs()).ok());
        Self { now: now.unwrap_or(i64::MIN), settled: std::cell::Cell::new(true) }
    }

    /// The stamp of one file; of one that is not there too.
    pub(super) fn file(&self, name: &[u8], stat: Option<rustix::fs::Stat>) -> FileStamp {
        let mut hash = Sha256::new();
        if let Some(stat) = stat {
            let mut numbers = [0; 8 * 9];
            let all = [
                1,
                i128::from(stat.st_size),
                i128::from(stat.st_mtime),
                i128::from(stat.st_mtime_nsec),
                i128::from(stat.st_ctime),
                i128::from(stat.st_ctime_nsec),
                i128::from(stat.st_ino),
                i128::from(stat.st_mode),
                i128::from(stat.st_uid),
            ];
            for (place, number) in numbers.as_chunks_mut::<8>().0.iter_mut().zip(all) {
                // No system tells more than 64 bits of any.
                let [low @ .., _, _, _, _, _, _, _, _] = number.to_le_bytes();
                *place = low;
            }
            hash.update(numbers);
            let settled = i128::from(stat.st_ctime) + i128::from(Self::LATELY) < i128::from(self.now);
            self.settled.set(self.settled.get() && settled);
        }
        hash.update(name);
        let [stamp, _] = *hash.finalize().as_chunks::<16>().0 else { return FileStamp::default() };
        stamp
    }

    /// The stamp of all, with the folder that was stamped file by file.
    pub(super) fn end(
        &self,
        cache: &Path,
        files: &ModuleFiles,
        tree: Option<&Tree>,
        wanted: &Wanted,
        order: &Order<'_>,
    ) -> Option<Stamp> {
        use std::os::unix::ffi::OsStrExt as _;
        let mut hash = Sha256::new();
        hash.update(cache.as_os_str().as_bytes());
        for name in [&files.zip, &files.ziphash, &files.go_mod, &files.info, &files.lock] {
            hash.update(self.file(name.as_bytes(), rustix::fs::stat(cache.join(name)).ok()));
        }
        hash.update(tree.and_then(|tree| tree.stamp).unwrap_or_default());
        hash.update([u8::from(order.strength == Strength::Quick)]);
        for sums in &wanted.sums {
            for (of, sums) in [("zip\n", &sums.zip), ("go.mod\n", &sums.go_mod)] {
                hash.update(of);
                sums.iter().for_each(|sum| hash.update(format!("{sum}\n")));
            }
        }
        self.settled.get().then(|| hash.finalize().into())
    }
}

/// There is no time of the last change to trust.
#[cfg(not(unix))]
pub(super) struct Stamping;

#[cfg(not(unix))]
impl Stamping {
    pub(super) fn begin() -> Self {
        Self
    }

    pub(super) fn file(&self, _: &[u8]) -> FileStamp {
        FileStamp::default()
    }

    pub(super) fn end(&self, _: &Path, _: &ModuleFiles, _: Option<&Tree>, _: &Wanted, _: &Order<'_>) -> Option<Stamp> {
        None
    }
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
            &text.replace("verified 2", "verified 3"),
            &text.replace("07", "08"),
        ] {
            assert_eq!(Verified::parse(broken), Verified::default(), "{broken}");
        }
        verified.keep(&b, None);
        assert!(!verified.holds(&b, &[255; 32]));
    }
}
