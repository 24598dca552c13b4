//! Whether ssh's configuration would run a program merely by being read.
//!
//! `Match exec` runs a command of the user's whenever ssh reads its configuration, also for
//! `ssh -G`. So the files are read here first, with those that they include.

use std::path::{Path, PathBuf};

use crate::disk::{Follow, ReadError, read_text_capped};
use crate::golang::pattern::path_match;

/// A file that is larger is none of a person's.
const MAX_FILE: u64 = 1 << 20;
/// How many files are read. ssh itself goes 16 deep.
const MAX_FILES: usize = 64;

/// Whether reading the configuration runs a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchExec {
    /// No `Match exec` stands in any file.
    None,
    /// One does.
    Stands,
    /// A file could not be read or found: one might.
    Unknown,
}

/// Reads the files and what they include. `home` is that of the user, `base` the folder to which
/// relative names belong.
#[must_use]
pub fn match_exec(files: &[(PathBuf, PathBuf)], home: Option<&Path>) -> MatchExec {
    let mut open: Vec<(PathBuf, PathBuf)> = files.to_vec();
    let mut read = 0;
    while let Some((file, base)) = open.pop() {
        read += 1;
        if read > MAX_FILES {
            return MatchExec::Unknown;
        }
        let text = match read_text_capped(&file, MAX_FILE, Follow::Yes) {
            Ok(text) => text,
            Err(ReadError::NotFound { .. }) => continue,
            Err(_) => return MatchExec::Unknown,
        };
        for line in text.lines() {
            let (key, rest) = key_and_rest(line);
            match key.as_str() {
                // Any mention counts: quotes and negation make it hard to say what is no criterion.
                "match" if rest.to_ascii_lowercase().contains("exec") => return MatchExec::Stands,
                "include" => match included(rest, &base, home) {
                    Some(files) => open.extend(files.into_iter().map(|file| (file, base.clone()))),
                    None => return MatchExec::Unknown,
                },
                _ => {}
            }
        }
    }
    MatchExec::None
}

/// `Key rest`, `Key=rest`, `Key = rest`; quotes around the key are allowed.
fn key_and_rest(line: &str) -> (String, &str) {
    let line = line.trim();
    let end = line.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(line.len());
    let (key, rest) = line.split_at(end);
    (key.trim_matches('"').to_ascii_lowercase(), rest.trim_start_matches(|c: char| c.is_whitespace() || c == '='))
}

/// The files of an `Include` line; `None` where they cannot be told.
fn included(rest: &str, base: &Path, home: Option<&Path>) -> Option<Vec<PathBuf>> {
    let mut files = Vec::new();
    if rest.contains(['"', '\'', '\\', '$', '%', '[', '{']) {
        return None;
    }
    for pattern in rest.split_whitespace() {
        let path = match pattern.strip_prefix("~/") {
            Some(below) => home?.join(below),
            None if pattern.starts_with('~') => return None,
            None => base.join(pattern),
        };
        let name = path.file_name()?.to_str()?;
        let folder = path.parent()?;
        if folder.to_str()?.contains(['*', '?']) {
            return None;
        }
        if !name.contains(['*', '?']) {
            files.push(path);
            continue;
        }
        let Ok(listed) = std::fs::read_dir(folder) else { continue };
        for entry in listed.take(MAX_FILES).flatten() {
            let fits = path_match(name.as_bytes(), entry.file_name().as_encoded_bytes());
            if fits == Ok(true) {
                files.push(entry.path());
            }
        }
    }
    Some(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(files: &[(&str, &str)]) -> MatchExec {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let base = folder.path().join("ssh");
        match_exec(&[(base.join("config"), base)], Some(folder.path()))
    }

    #[test]
    fn a_match_exec_is_found_wherever_it_stands() {
        for files in [
            &[("ssh/config", "Host *\n  User u\nMatch host h exec \"touch x\"\n")][..],
            &[("ssh/config", "match=!exec x\n")],
            &[("ssh/config", "\"Match\" EXEC x\n")],
            &[("ssh/config", "Include d/*.conf\n"), ("ssh/d/a.conf", "Include ~/more\n"), ("more", "Match exec x\n")],
        ] {
            assert_eq!(told(files), MatchExec::Stands, "{files:?}");
        }
    }

    #[test]
    fn without_one_ssh_may_be_asked() {
        for files in [
            &[][..],
            &[(
                "ssh/config",
                "Host exec\n\tUser exec\nMatch host h\n# Match exec x\nInclude missing\nInclude none/*\n",
            )],
        ] {
            assert_eq!(told(files), MatchExec::None, "{files:?}");
        }
    }

    #[test]
    fn what_cannot_be_told_counts_as_one() {
        for text in ["Include \"a b\"\n", "Include ${X}/y\n", "Include ~other/x\n", "Include */x\n", "Include config\n"]
        {
            assert_eq!(told(&[("ssh/config", text)]), MatchExec::Unknown, "{text}");
        }
    }
}
