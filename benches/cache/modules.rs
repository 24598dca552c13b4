//! Module caches and module proxies that are made for the measurement.

use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use gomoddoc::golang::module_cache::ModuleFiles;
use gomoddoc::golang::module_hash::{hash_go_mod, hash_zip};
use gomoddoc::golang::module_path::{ModuleVersion, check_file_path};
use gomoddoc::golang::module_zip::Archive;
use rayon::prelude::*;
use zip::write::SimpleFileOptions;

/// Files of each of many modules.
pub const FILES: usize = 5;
const VERSION: &str = "v1.0.0";

type Contents<'a> = &'a mut dyn Iterator<Item = (String, Vec<u8>)>;

fn zip(at: &Path, module: &ModuleVersion, files: Contents<'_>) {
    let mut zip = zip::ZipWriter::new(BufWriter::new(fs::File::create(at).expect("a file")));
    for (name, content) in files {
        zip.start_file(format!("{module}/{name}"), SimpleFileOptions::default()).expect("a name");
        zip.write_all(&content).expect("a zip is written");
    }
    zip.finish().expect("a zip is written").flush().expect("a zip is written");
}

fn go_mod(module: &ModuleVersion) -> String {
    format!("module {}\n\ngo 1.21\n", module.path)
}

/// What go downloads of a module, in its place. Returns the h1 of the zip.
fn download(cache: &Path, module: &ModuleVersion, files: Contents<'_>) -> String {
    let at = ModuleFiles::of(module).expect("a module path");
    let zip_at = cache.join(&at.zip);
    fs::create_dir_all(zip_at.parent().expect("a folder")).expect("a folder");
    zip(&zip_at, module, files);
    let data = fs::read(&zip_at).expect("a zip");
    let h1 = hash_zip(&Archive::read(data.as_slice()).expect("a zip"), u64::MAX).expect("a zip that can be hashed");
    for (name, text) in [
        (&at.ziphash, h1.clone()),
        (&at.go_mod, go_mod(module)),
        (&at.info, format!("{{\"Version\":\"{}\"}}", module.version)),
    ] {
        fs::write(cache.join(name), text).expect("a file");
    }
    h1
}

/// A cache of so many small modules, extracted.
pub fn many(cache: &Path, count: usize) {
    (0..count).into_par_iter().for_each(|n| {
        let module = ModuleVersion::new(format!("example.com/group{}/module{n}", n % 97), VERSION);
        let text = |file: usize| {
            format!("package module{n}\n\n// File{file} is one of {FILES}.\nconst File{file} = {n}\n").repeat(20)
        };
        let file = |file: usize| match file {
            0 => ("go.mod".to_owned(), go_mod(&module)),
            _ => (format!("file{file}.go"), text(file)),
        };
        let files: Vec<(String, Vec<u8>)> =
            (0..FILES).map(file).map(|(name, text)| (name, text.into_bytes())).collect();
        download(cache, &module, &mut files.iter().cloned());
        let folder = cache.join(ModuleFiles::of(&module).expect("a module path").folder);
        fs::create_dir_all(&folder).expect("a folder");
        files.iter().for_each(|(name, content)| fs::write(folder.join(name), content).expect("a file"));
    });
}

/// A zip of so many empty files.
pub fn of_entries(cache: &Path, name: &str, count: usize) {
    let module = ModuleVersion::new(format!("example.com/{name}"), VERSION);
    download(cache, &module, &mut (0..count).map(|n| (format!("folder{}/file{n}.go", n % 1000), Vec::new())));
}

/// A zip with one entry of so many bytes.
pub fn of_bytes(cache: &Path, name: &str, bytes: usize) {
    let module = ModuleVersion::new(format!("example.com/{name}"), VERSION);
    let line = b"all work and no play makes jack a dull boy\n";
    let content = || line.iter().copied().cycle().take(bytes).collect();
    download(cache, &module, &mut std::iter::once_with(|| ("large.txt".to_owned(), content())));
}

/// The source of Go as so many modules below a folder that serves as a module proxy, a file by its number of the
/// module. Returns what a go.mod requires and what a go.sum says.
pub fn of_source(source: &Path, proxy: &Path, count: usize) -> (String, String) {
    /// Modules with the same files: the source alone would be too little.
    const ALIKE: usize = 8;
    let mut files = Vec::new();
    let mut folders = vec![source.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            match entry.file_type().expect("a kind") {
                kind if kind.is_dir() => folders.push(entry.path()),
                kind if kind.is_file() => files.push(entry.path()),
                _ => {}
            }
        }
    }
    let name = |file: &PathBuf| {
        let name = file.strip_prefix(source).ok()?.to_str()?.to_owned();
        (check_file_path(&name).is_ok() && !name.to_lowercase().ends_with("go.mod")).then_some(name)
    };
    let mut files: Vec<(String, PathBuf)> = files.into_iter().filter_map(|file| Some((name(&file)?, file))).collect();
    files.sort();
    let parts = files.chunks(files.len().div_ceil(count / ALIKE)).collect::<Vec<_>>();
    let lines = (0..count).into_par_iter().map(|n| {
        let module = ModuleVersion::new(format!("example.com/source/part{n}"), VERSION);
        let at = proxy.join(&module.path).join("@v");
        fs::create_dir_all(&at).expect("a folder");
        let go_mod = go_mod(&module);
        let root = std::iter::once(("go.mod".to_owned(), go_mod.clone().into_bytes()));
        let part = parts.get(n % (count / ALIKE)).copied().unwrap_or_default();
        let part = part.iter().map(|(name, file)| (name.clone(), fs::read(file).expect("a file")));
        let zip_at = at.join(format!("{VERSION}.zip"));
        zip(&zip_at, &module, &mut root.chain(part));
        fs::write(at.join(format!("{VERSION}.mod")), &go_mod).expect("a file");
        fs::write(at.join(format!("{VERSION}.info")), format!("{{\"Version\":\"{VERSION}\"}}")).expect("a file");
        let data = fs::read(&zip_at).expect("a zip");
        let h1 = hash_zip(&Archive::read(data.as_slice()).expect("a zip"), u64::MAX).expect("a good zip");
        let of_mod = hash_go_mod(go_mod.as_bytes());
        let path = &module.path;
        (format!("\t{path} {VERSION}\n"), format!("{path} {VERSION} {h1}\n{path} {VERSION}/go.mod {of_mod}\n"))
    });
    let lines: Vec<(String, String)> = lines.collect();
    lines.into_iter().unzip()
}
