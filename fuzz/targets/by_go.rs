//! Holds what we make of the zips in a folder, inputs of the zip target, against what Go's archive/zip makes of them.
//!
//!     by_go FOLDER

// Instrumented code calls into it.
use libfuzzer_sys as _;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::{fs, io};

use gomoddoc::golang::module_hash::{hash_content, hex};
use gomoddoc::golang::module_zip::Inflater;
use gomoddoc_fuzz::zips::Ours;

/// Contents of zips that claim more are not compared.
const MAX_CONTENT: u64 = 16 << 20;

fn main() -> io::Result<ExitCode> {
    let folder = std::env::args_os().nth(1).ok_or_else(|| io::Error::other("usage: by_go FOLDER"))?;
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("by_go.go");
    let output = Command::new("go").arg("run").arg(program).arg(&folder).output()?;
    if !output.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let of_go: BTreeMap<&str, &str> =
        text.lines().map(|line| line.find(' ').map_or((line, ""), |at| line.split_at(at))).collect();
    let mut differences = 0;
    for (name, of_go) in &of_go {
        let input = fs::read(Path::new(&folder).join(name))?;
        let Some((_, zip)) = input.split_last() else { continue };
        let ours = told(zip);
        if ours != *of_go {
            differences += 1;
            println!("{name}\n  go:  {of_go}\n  ours:{ours}");
        }
    }
    println!("{} zips read as by go, {differences} not", of_go.len() - differences);
    Ok(if differences == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn told(zip: &[u8]) -> String {
    let Ok(ours) = Ours::read(zip) else { return " -".to_owned() };
    if ours.declared() > MAX_CONTENT {
        return " large".to_owned();
    }
    let mut inflater = Inflater::default();
    let mut text = String::new();
    for (index, entry) in ours.archive.entries.iter().enumerate() {
        let content = ours.content(index, &mut inflater);
        let content = content.map_or_else(|_| "-".to_owned(), |content| hex(&hash_content(&content)));
        let _ = write!(text, " {}:{content}", hex(&entry.name));
    }
    text
}
