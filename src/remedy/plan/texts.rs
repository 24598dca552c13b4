//! The texts of files as they will be when what is planned so far is done.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::{Lines, Step, Why};
use crate::disk::{Follow, ReadError, read_text_capped};
use crate::foreign::redact;
use crate::model::Foreign;
use crate::remedy::Change;
use crate::remedy::change::Edit;

/// Files that people write.
const MAX_TEXT: u64 = 4 << 20;

/// Texts by file, with links resolved.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    files: HashMap<PathBuf, Option<String>>,
    folders: HashSet<PathBuf>,
}

impl Texts {
    /// The file that `path` leads to, and its text; no text where there is no file.
    pub(super) fn read(&self, path: &Path) -> Result<(PathBuf, Option<String>), Why> {
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if let Some(text) = self.files.get(&path) {
            return Ok((path, text.clone()));
        }
        let text = match read_text_capped(&path, MAX_TEXT, Follow::No) {
            Ok(text) => Some(text),
            Err(ReadError::NotFound { .. }) => None,
            Err(_) => return Err(Why::Unreadable),
        };
        Ok((path, text))
    }

    /// Whether a step that is planned changes the file, with links resolved.
    pub(super) fn is_planned(&self, path: &Path) -> bool {
        self.files.contains_key(path)
    }

    /// The steps that make `new` of the file, the folders above it first.
    pub(super) fn becomes(&mut self, path: PathBuf, old: Option<&str>, new: String) -> Result<Vec<Step>, Why> {
        let Some(edit) = Edit::between(&path, old, &new) else {
            return if self.files.contains_key(&path) { Ok(Vec::new()) } else { Err(Why::Changed) };
        };
        // What is written down must hold no secret, nor a part of one.
        let shown = |text: &str| redact(text) == text && !text.contains("REDACTED");
        if !shown(&edit.removed) || !shown(&edit.inserted) || is_in_secret(old.unwrap_or_default(), &edit) {
            return Err(Why::Secret);
        }
        let missing = path.ancestors().skip(1).take_while(|folder| !folder.exists()).map(Path::to_owned);
        let mut folders: Vec<PathBuf> = missing.filter(|folder| self.folders.insert(folder.clone())).collect();
        folders.reverse();
        let mut steps: Vec<Step> = folders.into_iter().map(|path| Step::Change(Change::Folder { path })).collect();
        let lines = lines(old.unwrap_or_default(), &new);
        steps.push(Step::Edit { edit, lines });
        self.files.insert(path, Some(new));
        Ok(steps)
    }
}

/// The lines that differ. Lines that stay are not told: they may hold what nobody should read.
fn lines(old: &str, new: &str) -> Lines {
    // A carriage return belongs to the line, as go reads such files.
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.split_terminator('\n').collect(), new.split_terminator('\n').collect());
    let head = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let rest = |all: &[&'_ str]| all.len() - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let tail = tail.min(rest(&old)).min(rest(&new));
    let differ = |all: &[&str]| {
        let differ = all.get(head..all.len() - tail).unwrap_or_default();
        differ.iter().map(|line| Foreign::new(line)).collect()
    };
    Lines { first: head + 1, old: differ(&old), new: differ(&new) }
}

/// How much of the text on each side may say that what is between is a secret.
const AROUND: usize = 4096;
/// A word that stands for what is replaced. It would go with a secret of which it were a part.
const PIECE: &str = "pieceofthetext";

/// Whether what is replaced lies in a secret.
fn is_in_secret(old: &str, edit: &Edit) -> bool {
    let head = old.get(..edit.offset).unwrap_or_default();
    let tail = old.get(edit.offset + edit.removed.len()..).unwrap_or_default();
    let head = head.get(head.ceil_char_boundary(head.len().saturating_sub(AROUND))..).unwrap_or_default();
    let tail = tail.get(..tail.floor_char_boundary(AROUND)).unwrap_or_default();
    !redact(&[head, PIECE, tail].concat()).contains(PIECE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn becomes(old: &str, new: &str) -> Result<Vec<Step>, Why> {
        Texts::default().becomes(PathBuf::from("/tmp/x"), Some(old), new.to_owned())
    }

    #[test]
    fn only_lines_that_differ_are_told() {
        let told = |old: &str, new: &str| {
            let Lines { first, old, new } = lines(old, new);
            let texts = |lines: Vec<Foreign>| lines.iter().map(|line| line.as_str().to_owned()).collect::<Vec<_>>();
            (first, texts(old), texts(new))
        };
        let is = |first, old: &[&str], new: &[&str]| {
            let texts = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
            (first, texts(old), texts(new))
        };
        let env = "GOTOOLCHAIN=locl\nGOPROXY=https://a.example/t0ken\nGOFLAGS=\n";
        assert_eq!(told(env, env.split_once('\n').unwrap().1), is(1, &["GOTOOLCHAIN=locl"], &[]));
        assert_eq!(told("a\nb", "a\nb\nc\n"), is(3, &[], &["c"]));
        assert_eq!(told("a\na\n", "a\n"), is(2, &["a"], &[]));
        assert_eq!(told("", "x\n"), is(1, &[], &["x"]));
        assert_eq!(told("a\nb\nc\n", "a\nB\nc\n"), is(2, &["b"], &["B"]));
    }

    #[test]
    fn no_secret_is_written_down() {
        let netrc = "machine a:8443\n login u\n password S3cr3t\n";
        assert!(becomes(netrc, &netrc.replace(":8443", "")).is_ok());
        assert_eq!(becomes(netrc, &netrc.replace("S3cr3t", "other")).unwrap_err(), Why::Secret);
        assert_eq!(becomes(netrc, &netrc.replace("3cr", "4cr")).unwrap_err(), Why::Secret);
        let proxy = "GOPROXY=https://u:S3cr3t@a.example,direct\n";
        assert!(becomes(proxy, &proxy.replace(',', "|")).is_ok());
        assert_eq!(becomes(proxy, "GOPROXY=https://REDACTED@a.example|direct\n").unwrap_err(), Why::Secret);
        assert_eq!(becomes("", "GOPROXY=https://u:S3cr3t@a.example\n").unwrap_err(), Why::Secret);
        assert_eq!(becomes("x", "x").unwrap_err(), Why::Changed);
    }
}
