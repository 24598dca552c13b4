//! The least that verifying a module takes: read its zip, inflate each entry, hash it once, open and read its file.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use flate2::{Decompress, FlushDecompress};
use gomoddoc::golang::module_cache::ModuleFiles;
use gomoddoc::golang::module_path::ModuleVersion;
use gomoddoc::golang::module_zip::{Archive, Entry};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

/// Entries that one thread takes at a time.
const PIECE: usize = 64;

/// A module whose zip and folder are there.
pub struct Module {
    zip: PathBuf,
    size: u64,
    folder: PathBuf,
    prefix: usize,
}

/// The modules that there is something to read of, the largest first.
pub fn modules(cache: &Path, modules: &[ModuleVersion]) -> Vec<Module> {
    let module = |module: &ModuleVersion| {
        let files = ModuleFiles::of(module).ok()?;
        let zip = cache.join(&files.zip);
        let size = zip.metadata().ok()?.len();
        let prefix = module.path.len() + module.version.len() + 2;
        Some(Module { zip, size, folder: cache.join(&files.folder), prefix })
    };
    let mut modules: Vec<Module> = modules.iter().filter_map(module).collect();
    modules.sort_by_key(|module| std::cmp::Reverse(module.size));
    modules
}

/// The time that takes, and how many bytes were hashed.
pub fn read(modules: &[Module]) -> (Duration, u64) {
    let started = Instant::now();
    let bytes = modules.par_iter().with_max_len(1).map(read_one).sum();
    (started.elapsed(), bytes)
}

fn read_one(module: &Module) -> u64 {
    let zip = std::fs::read(&module.zip).expect("a zip");
    let archive = Archive::read(zip.as_slice()).expect("a zip");
    let pieces = archive.entries.par_chunks(PIECE);
    pieces
        .map_init(State::default, |state, entries| {
            entries.iter().map(|entry| state.read(module, &zip, entry)).sum::<u64>()
        })
        .sum()
}

struct State {
    inflate: Decompress,
    content: Vec<u8>,
    file: Vec<u8>,
}

impl Default for State {
    fn default() -> Self {
        Self { inflate: Decompress::new(false), content: Vec::new(), file: Vec::new() }
    }
}

impl State {
    fn read(&mut self, module: &Module, zip: &[u8], entry: &Entry) -> u64 {
        let (start, size) =
            (usize::try_from(entry.offset()).expect("an offset"), usize::try_from(entry.size).expect("a size"));
        let length = |at: usize| usize::from(u16::from_le_bytes([zip[start + at], zip[start + at + 1]]));
        let data = &zip[start + 30 + length(26) + length(28)..];
        let content = if entry.method == 0 {
            &data[..size]
        } else {
            if self.content.len() <= size {
                self.content.resize(size + 1, 0);
            }
            self.inflate.reset(false);
            let compressed = usize::try_from(entry.compressed).expect("a size");
            self.inflate
                .decompress(&data[..compressed], &mut self.content, FlushDecompress::Finish)
                .expect("good data");
            &self.content[..size]
        };
        std::hint::black_box(Sha256::digest(content));
        let name = std::str::from_utf8(&entry.name[module.prefix..]).expect("UTF-8");
        if let Ok(mut file) = File::open(module.folder.join(name)) {
            if self.file.len() <= size {
                self.file.resize(size + 1, 0);
            }
            file.read_exact(&mut self.file[..size]).expect("the file of an entry");
        }
        entry.size
    }
}
