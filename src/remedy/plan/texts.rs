//! The texts of files as they will be when what is planned so far is done.

use std::collections::HashMap;
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
pub(super) struct Texts(HashMap<PathBuf, Option<String>>);

impl Texts {
    /// The file that `path` leads to, and its text; no text where there is no file.
    pub(super) fn read(&self, path: &Path) -> Result<(PathBuf, Option<String>), Why> {
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if let Some(text) = self.0.get(&path) {
            return Ok((path, text.clone()));
        }
        let text = match read_text_capped(&path, MAX_TEXT, Follow::No) {
            Ok(text) => Some(text),
            Err(ReadError::NotFound { .. }) => None,
            // A device such as /dev/null, or a pipe.
            Err(ReadError::NotRegular { .. }) => return Err(Why::Place),
            Err(_) => return Err(Why::Changed),
        };
        Ok((path, text))
    }

    /// The steps that make `new` of the file, the folders above it first.
    pub(super) fn becomes(&mut self, path: PathBuf, old: Option<&str>, new: String) -> Result<Vec<Step>, Why> {
        let edit = Edit::between(&path, old, &new).ok_or(Why::Changed)?;
        // What is written down must hold no secret, nor a part of one.
        let shown = |text: &str| redact(text) == text && !text.contains("REDACTED");
        if !shown(&edit.removed) || !shown(&edit.inserted) || is_in_secret(old.unwrap_or_default(), &edit) {
            return Err(Why::Secret);
        }
        let mut folders: Vec<&Path> = path.ancestors().skip(1).take_while(|folder| !folder.exists()).collect();
        folders.reverse();
        let folder = |folder: &Path| Step::Change(Change::Folder { path: folder.to_owned() });
        let mut steps: Vec<Step> = match self.0.contains_key(&path) {
            true => Vec::new(),
            false => folders.into_iter().map(folder).collect(),
        };
        let lines = lines(old.unwrap_or_default(), &new, &edit);
        steps.push(Step::Edit { edit, lines });
        self.0.insert(path, Some(new));
        Ok(steps)
    }
}

/// The lines that an edit touches.
fn lines(old: &str, new: &str, edit: &Edit) -> Lines {
    let start = old.get(..edit.offset).and_then(|head| head.rfind('\n')).map_or(0, |at| at + 1);
    let first = old.get(..start).map_or(1, |head| head.matches('\n').count() + 1);
    let touched = |text: &str, piece: &str| {
        let end = edit.offset + piece.len();
        let rest = text.get(end..).unwrap_or_default();
        let ends_a_line = piece.is_empty() && start == edit.offset || piece.ends_with('\n');
        let end = if ends_a_line { end } else { end + rest.find('\n').unwrap_or(rest.len()) };
        text.get(start..end).unwrap_or_default().lines().map(Foreign::new).collect()
    };
    Lines { first, old: touched(old, &edit.removed), new: touched(new, &edit.inserted) }
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
