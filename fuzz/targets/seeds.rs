//! Writes what the targets begin with: the logs of the pages and examples, the texts of the tests, and the literals
//! of the formats as a dictionary.
//!
//!     seeds FOLDER [LOG…]

// Instrumented code calls into it.
use libfuzzer_sys as _;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use gomoddoc::catalog::messages::formats;
use gomoddoc::catalog::{Code, Lang};

/// Rooms whose tests hold logs and lines of logs.
const TESTED: &[&str] = &["src/transcript", "src/diagnosis/log", "src/catalog/messages", "src/foreign.rs"];
/// Texts of tests that are shorter are no lines of logs.
const SHORTEST: usize = 12;
/// Knobs that do nothing to a log.
const KNOBS: &[u8] = b"______";
/// What logs are wrapped in, beside what formats say.
const WRAPPINGS: &[&str] = &[
    "go: ",
    "server response:",
    "\u{1b}[31m",
    "\u{1b}]8;;",
    "\u{1b}[0m",
    "\\n",
    "\\n\\t",
    "{\"log\":\"",
    "msg=\"",
    "&quot;",
    "<br>",
    "##[error]",
    "#12 3.4 ",
    "2024-05-01T12:34:56.1234567Z ",
    "> ",
    "// ",
    "[email protected]",
    "\u{feff}",
    "\r\n",
    "\n\t",
    "@v1.0.0",
    "/@v/v1.0.0.mod",
    "https://",
    "ssh://git@",
    "GOPROXY=",
    "set GOFLAGS=",
    "go version go1.26.0 linux/amd64",
    " requires\n\t",
    " imports\n\t",
    "< HTTP/1.1 403 Forbidden",
    "> GET /",
    "* Connected to ",
];

fn main() -> io::Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().ok_or_else(|| io::Error::other("usage: seeds FOLDER [LOG…]"))?;
    fs::create_dir_all(&folder)?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut seeds = BTreeSet::new();
    for page in Code::ALL.iter().flat_map(|code| [Lang::En, Lang::Zh].into_iter().filter_map(|lang| code.page(lang))) {
        let blocks = page.body.split("```log\n").skip(1).filter_map(|rest| rest.split("\n```").next());
        seeds.extend(blocks.map(|block| format!("{block}\n").into_bytes()));
    }
    for example in files(&root.join("docs/examples"))?.into_iter().chain(arguments) {
        seeds.insert(fs::read(example)?);
    }
    for file in TESTED.iter().map(|room| files(&root.join(room))).collect::<io::Result<Vec<_>>>()?.into_iter().flatten()
    {
        seeds.extend(texts(&fs::read_to_string(file)?).into_iter().map(String::into_bytes));
    }
    for (seed, number) in seeds.iter().zip(1..) {
        fs::write(folder.join(format!("{number:05}")), [seed, KNOBS].concat())?;
    }
    let literals = formats().flat_map(|format| format.literals()).chain(WRAPPINGS.iter().copied());
    let entries: BTreeSet<String> = literals.map(entry).collect();
    fs::write(folder.with_extension("dict"), entries.into_iter().collect::<String>())?;
    println!("{} seeds", seeds.len());
    Ok(())
}

/// All files below a folder, or the file itself.
fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let inside = fs::read_dir(path)?.map(|entry| files(&entry?.path())).collect::<io::Result<Vec<_>>>()?;
    Ok(inside.concat())
}

/// The texts in the source of a test. Where a quote misleads, a seed is code: as good as any.
fn texts(source: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut rest = source.chars();
    while rest.by_ref().any(|c| c == '"') {
        let mut text = String::new();
        while let Some(c) = rest.next().filter(|c| *c != '"') {
            match (c, (c == '\\').then(|| rest.next()).flatten()) {
                (_, Some('n')) => text.push('\n'),
                (_, Some('t')) => text.push('\t'),
                (_, Some('\n')) => {}
                (_, Some(escaped)) => text.push(escaped),
                (plain, None) => text.push(plain),
            }
        }
        if text.len() >= SHORTEST {
            texts.push(text);
        }
    }
    texts
}

/// A line of a libFuzzer dictionary.
fn entry(text: &str) -> String {
    let bytes: String = text
        .bytes()
        .map(|byte| match byte {
            b' '..=b'~' if byte != b'"' && byte != b'\\' => char::from(byte).to_string(),
            byte => format!("\\x{byte:02X}"),
        })
        .collect();
    format!("\"{bytes}\"\n")
}
