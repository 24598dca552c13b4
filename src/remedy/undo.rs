//! Takes a run back, change by change, the last first.
//!
//! What is to be done follows from what stands on the disk, so that an undo that was killed goes on where it
//! ended, and so that a change that was written down but never made is left out.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::change::{Change, Edit, after, move_to};
use super::digest::Digest;
use super::error::RemedyError;
use super::journal::Past;
use crate::disk;

/// Takes back all that `past` tells of.
///
/// # Errors
/// Where something has changed since, or cannot be read: then nothing is taken back. Where a step fails all
/// the same, those before it are taken back and another undo goes on with it.
pub fn undo(past: &Past) -> Result<(), RemedyError> {
    let mut state = State::default();
    for change in past.changes().rev() {
        state.check(past, change)?;
    }
    take_back_all(past)?;
    past.note_undone()
}

/// Takes back each change, without a look at the others first. A place that something else has filled since
/// stays as it is.
pub(super) fn take_back_all(past: &Past) -> Result<(), RemedyError> {
    for change in past.changes().rev() {
        let _lock = change.lock()?;
        take_back(past, change)?;
    }
    Ok(())
}

fn stands(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

fn digest(path: &Path) -> Result<Digest, RemedyError> {
    Digest::of(path).map_err(RemedyError::io(path))
}

/// What is looked at before anything is taken back.
#[derive(Default)]
struct State {
    /// What will be moved back: only then is it as it was.
    back: HashSet<PathBuf>,
}

impl State {
    fn check(&mut self, past: &Past, change: &Change) -> Result<(), RemedyError> {
        let changed = |path: &Path| RemedyError::Changed { path: path.to_owned() };
        match change {
            // Whatever came of it since stays.
            Change::Saved { path, before, .. } if past.left_alone(path, before) => Ok(()),
            Change::Edited(Edit { path, .. }) | Change::Saved { path, .. } if is_gone(past, path) => Err(changed(path)),
            Change::Edited(edit) => is_known(past, &edit.path),
            Change::Saved { path, copy, before } => {
                is_known(past, path).map_err(|error| match error {
                    RemedyError::Changed { path } if stands(copy) => {
                        RemedyError::ChangedBeside { path, copy: copy.clone() }
                    }
                    other => other,
                })?;
                let copied = *before == Digest::absent() || past.now(path).is_none() || digest(copy)? == *before;
                if copied { Ok(()) } else { Err(changed(copy)) }
            }
            Change::Mode { path, from, to } => {
                let mode = disk::mode(path);
                let known = self.back.contains(path) || mode == Some(*from) || mode == Some(*to);
                if known { Ok(()) } else { Err(changed(path)) }
            }
            Change::Moved { from, to, .. } => {
                match (stands(from), stands(to)) {
                    (true, true) => is_what_came(past, from)?,
                    (false, false) => return Err(changed(to)),
                    (true, false) | (false, true) => {}
                }
                self.back.insert(from.clone());
                Ok(())
            }
            Change::Awaited { place, .. } if stands(place) && !self.back.contains(place) => is_what_came(past, place),
            Change::Awaited { .. } | Change::Folder { .. } => Ok(()),
        }
    }
}

/// Whether the folder of a file was moved or removed, and not because the run had made it.
fn is_gone(past: &Past, path: &Path) -> bool {
    let folder = path.parent().filter(|folder| !stands(folder));
    let made = |folder: &Path| past.changes().any(|change| matches!(change, Change::Folder { path } if path == folder));
    folder.is_some_and(|folder| !made(folder))
}

/// Whether a file is in one of the states in which the run left it, of which each undo takes it to the one
/// before.
fn is_known(past: &Past, path: &Path) -> Result<(), RemedyError> {
    let now = digest(path)?;
    let known = past.now(path) == Some(&now)
        || past.changes().any(|change| match change {
            Change::Edited(edit) => edit.path == path && (edit.before == now || edit.after == now),
            Change::Saved { path: saved, before, .. } => saved == path && *before == now,
            _ => false,
        });
    if known { Ok(()) } else { Err(RemedyError::Changed { path: path.to_owned() }) }
}

/// Whether what stands in a place is what go has put there.
fn is_what_came(past: &Past, place: &Path) -> Result<(), RemedyError> {
    if past.now(place) == Some(&digest(place)?) {
        return Ok(());
    }
    Err(RemedyError::Changed { path: place.to_owned() })
}

pub(super) fn take_back(past: &Past, change: &Change) -> Result<(), RemedyError> {
    match change {
        Change::Edited(edit) => {
            if digest(&edit.path)? == edit.after {
                edit.take_back()
            } else {
                Ok(())
            }
        }
        Change::Mode { path, from, to } if disk::mode(path) == Some(*to) => {
            disk::set_mode(path, *to, *from).map_err(RemedyError::io(path))
        }
        Change::Mode { .. } => Ok(()),
        // Somebody may have put something into it.
        Change::Folder { path } => match std::fs::remove_dir(path) {
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => Err(RemedyError::io(path)(error)),
            _ => Ok(()),
        },
        Change::Moved { to, .. } if !stands(to) => Ok(()),
        Change::Moved { from, to, .. } => {
            if stands(from) {
                if is_what_came(past, from).is_err() {
                    return Ok(());
                }
                put_aside(from, &after(to))?;
            }
            move_to(to, from)?;
            // The quarantine goes with the last thing in it.
            for folder in to.ancestors().skip(1).take(2) {
                let _ = std::fs::remove_dir(folder);
            }
            Ok(())
        }
        Change::Awaited { place, aside, .. } if stands(place) && is_what_came(past, place).is_ok() => {
            put_aside(place, aside)
        }
        Change::Awaited { .. } => Ok(()),
        Change::Saved { path, copy, before } => {
            let now = digest(path)?;
            // go writes only some of the files that it might. Where several go commands wrote this one, what the
            // earlier ones left stands there once the later ones are taken back.
            if now == *before || !past.was(path, &now) {
                return Ok(());
            }
            if *before == Digest::absent() {
                return std::fs::remove_file(path).map_err(RemedyError::io(path));
            }
            let text = std::fs::read(copy).map_err(RemedyError::io(copy))?;
            disk::replace(path, &text).map_err(RemedyError::io(path))
        }
    }
}

/// Moves what go has brought away. go makes folders read-only, which the system moves for nobody.
fn put_aside(place: &Path, aside: &Path) -> Result<(), RemedyError> {
    if let Some(mode) = disk::mode(place).filter(|mode| place.is_dir() && mode & 0o200 == 0) {
        disk::set_mode(place, mode, mode | 0o200).map_err(RemedyError::io(place))?;
    }
    move_to(place, aside)
}
