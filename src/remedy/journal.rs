//! What was changed, line by line, in a file that only its owner reads.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::change::{Change, keep_what_stands};
use super::digest::Digest;
use super::error::RemedyError;
use crate::disk::{self, Follow, read_capped};

/// A change has some 300 bytes, so that this holds more than any run makes.
const MAX_JOURNAL: u64 = 64 << 20;
/// A folder that holds more journals is not one of ours.
const MAX_JOURNALS: usize = 100_000;

/// A line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "kebab-case")]
pub enum Record {
    /// A run begins.
    Begun {
        /// The version of this program.
        version: String,
        /// The subcommand.
        command: String,
        /// The folder from which it was called.
        folder: PathBuf,
    },
    /// A change is about to be made.
    Change(Change),
    /// What stands in a place after something else than this program filled it.
    Now {
        /// The place.
        path: PathBuf,
        /// What stands there.
        digest: Digest,
    },
    /// The changes since line `since`, from 0, were taken back, for what was to follow them failed.
    Back {
        /// The line.
        since: usize,
    },
    /// All of it was taken back.
    Undone,
}

/// A journal that is being written.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    id: String,
    file: File,
    records: Vec<Record>,
    moved: usize,
}

impl Journal {
    /// Begins one in `folder`, which is made where it is missing, for a command that was called in the folder
    /// `from`. `now` names it, so that names sort by time.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn begin(folder: &Path, command: &str, from: &Path, now: jiff::Timestamp) -> Result<Self, RemedyError> {
        let id = format!("{}-{}", now.strftime("%Y%m%dT%H%M%S%.3fZ"), std::process::id());
        let path = folder.join(file_name(&id));
        let failed = |source| RemedyError::Journal { path: path.clone(), source };
        std::fs::create_dir_all(folder).map_err(failed)?;
        let mut options = OpenOptions::new();
        options.append(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(failed)?;
        disk::sync(folder).map_err(failed)?;
        let mut journal = Self { folder: folder.to_owned(), id, file, records: Vec::new(), moved: 0 };
        let version = env!("CARGO_PKG_VERSION").to_owned();
        journal.write(&Record::Begun { version, command: command.to_owned(), folder: from.to_owned() })?;
        Ok(journal)
    }

    /// The name by which it can be undone.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Writes a line; when this returns, it is on the disk.
    ///
    /// # Errors
    /// Where it cannot be written: then the change must not be made.
    pub fn write(&mut self, record: &Record) -> Result<(), RemedyError> {
        let path = self.path();
        let failed = |source| RemedyError::Journal { path: path.clone(), source };
        append(&mut self.file, record).map_err(failed)?;
        self.records.push(record.clone());
        Ok(())
    }

    /// How many lines there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether nothing is changed: nothing was, or all was taken back.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !kept(&self.records, 0).iter().any(|change| has_changed(&self.records, change))
    }

    /// Takes back the changes since line `since`, as far as nothing else has taken their places.
    ///
    /// # Errors
    /// Where a step fails.
    pub fn take_back(&mut self, since: usize) -> Result<(), RemedyError> {
        let part =
            Past { id: self.id.clone(), path: self.path(), records: self.records.clone(), since, is_torn: false };
        for change in part.changes() {
            if let Change::Saved { path, copy, before } = change {
                keep_what_stands(path, copy, before)?;
            }
        }
        super::undo::take_back_all(&part)?;
        self.write(&Record::Back { since })
    }

    fn path(&self) -> PathBuf {
        self.folder.join(file_name(&self.id))
    }

    /// Writes a change down, and makes it.
    ///
    /// # Errors
    /// Where either cannot be done; then nothing has changed.
    pub fn make(&mut self, change: Change) -> Result<(), RemedyError> {
        // What was written down is taken back by what stands on the disk: a change that somebody else made
        // meanwhile would be taken for ours.
        change.is_possible()?;
        self.write(&Record::Change(change.clone()))?;
        change.make()
    }

    /// Notes what now stands in a place that something else has filled.
    ///
    /// # Errors
    /// Where it cannot be read or written.
    pub fn note(&mut self, path: &Path) -> Result<(), RemedyError> {
        let digest = Digest::of(path).map_err(RemedyError::io(path))?;
        self.write(&Record::Now { path: path.to_owned(), digest })
    }

    /// A name in `folder` for a thing that this run moves away, that nothing else bears.
    pub(super) fn place_in(&mut self, folder: &Path, thing: &Path) -> PathBuf {
        self.moved += 1;
        let name = thing.file_name().unwrap_or_default().to_string_lossy();
        folder.join(&self.id).join(format!("{}-{name}", self.moved))
    }

    /// A place for a copy of `file`.
    pub(super) fn place_for_copy(&mut self, file: &Path) -> PathBuf {
        let folder = self.folder.clone();
        self.place_in(&folder, file)
    }
}

/// A journal of a run that has ended.
#[derive(Debug)]
pub struct Past {
    /// Its name.
    pub id: String,
    path: PathBuf,
    /// Its lines. What was cut when the run was killed is left out: a change that was not written down was
    /// not made.
    records: Vec<Record>,
    /// Earlier lines do not count.
    since: usize,
    is_torn: bool,
}

impl Past {
    /// The names of the journals in `folder`, the oldest first.
    ///
    /// # Errors
    /// Where the folder cannot be listed.
    pub fn names(folder: &Path) -> Result<Vec<String>, RemedyError> {
        let entries = match std::fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(RemedyError::io(folder))?,
        };
        let names = entries.flatten().take(MAX_JOURNALS).filter_map(|entry| entry.file_name().into_string().ok());
        let mut ids: Vec<String> = names.filter_map(|name| Some(name.strip_suffix(".jsonl")?.to_owned())).collect();
        ids.sort();
        Ok(ids)
    }

    /// The journal of this name; none where it cannot be read or is no journal.
    #[must_use]
    pub fn read(folder: &Path, id: &str) -> Option<Self> {
        let path = folder.join(file_name(id));
        let bytes = read_capped(&path, MAX_JOURNAL, Follow::No).ok()?;
        let lines = bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n"));
        let records: Vec<Record> = lines.filter_map(|line| serde_json::from_slice(line).ok()).collect();
        matches!(records.first(), Some(Record::Begun { .. })).then(|| Self {
            id: id.to_owned(),
            path,
            records,
            since: 0,
            is_torn: !bytes.ends_with(b"\n"),
        })
    }

    /// The folder from which the command was called.
    #[must_use]
    pub fn folder(&self) -> &Path {
        match self.records.first() {
            Some(Record::Begun { folder, .. }) => folder,
            _ => Path::new(""),
        }
    }

    /// Whether it has changed something that was not taken back.
    #[must_use]
    pub fn stands(&self) -> bool {
        !self.is_undone() && self.changes().any(|change| has_changed(&self.records, change))
    }

    /// The files and folders that it has changed, each once.
    #[must_use]
    pub fn places(&self) -> Vec<&Path> {
        let mut places: Vec<&Path> = Vec::new();
        for change in self.changes().filter(|change| has_changed(&self.records, change)) {
            let place = match change {
                Change::Edited(edit) => &edit.path,
                Change::Mode { path, .. } | Change::Folder { path } | Change::Saved { path, .. } => path,
                Change::Moved { from, .. } => from,
                Change::Awaited { place, .. } => place,
            };
            if !places.contains(&place.as_path()) {
                places.push(place);
            }
        }
        places
    }

    /// Whether it was taken back.
    #[must_use]
    pub fn is_undone(&self) -> bool {
        self.records.last() == Some(&Record::Undone)
    }

    /// The changes, in the order in which they were made.
    pub fn changes(&self) -> impl DoubleEndedIterator<Item = &Change> + ExactSizeIterator {
        kept(&self.records, self.since).into_iter()
    }

    /// What was last seen to stand in a place that something else had filled.
    #[must_use]
    pub fn now(&self, place: &Path) -> Option<&Digest> {
        now(&self.records, place)
    }

    /// Whether this was once seen to stand in a place that something else had filled.
    #[must_use]
    pub(super) fn was(&self, place: &Path, digest: &Digest) -> bool {
        let seen =
            |record: &Record| matches!(record, Record::Now { path, digest: then } if path == place && then == digest);
        self.records.iter().any(seen)
    }

    /// Whether go was seen to leave a file as it was before, and no edit touched it.
    #[must_use]
    pub(super) fn left_alone(&self, place: &Path, before: &Digest) -> bool {
        self.now(place).is_some()
            && self.records.iter().all(|record| match record {
                Record::Now { path, digest } => path != place || digest == before,
                Record::Change(Change::Edited(edit)) => edit.path != place,
                _ => true,
            })
    }

    /// Notes that it was taken back.
    pub(super) fn note_undone(&self) -> Result<(), RemedyError> {
        let failed = |source| RemedyError::Journal { path: self.path.clone(), source };
        let note = || {
            let mut file = OpenOptions::new().append(true).open(&self.path)?;
            if self.is_torn {
                file.write_all(b"\n")?;
            }
            append(&mut file, &Record::Undone)
        };
        note().map_err(failed)?;
        // The copies of what go wrote over are back where they belong.
        match std::fs::remove_dir_all(self.path.with_extension("")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(error)),
            _ => Ok(()),
        }
    }
}

/// Writes a line; when this returns, it is on the disk.
fn append(file: &mut File, record: &Record) -> io::Result<()> {
    let mut line = serde_json::to_vec(record)?;
    line.push(b'\n');
    file.write_all(&line)?;
    file.sync_data()
}

fn now<'a>(records: &'a [Record], place: &Path) -> Option<&'a Digest> {
    records.iter().rev().find_map(|record| match record {
        Record::Now { path, digest } if path == place => Some(digest),
        _ => None,
    })
}

/// Whether something is another than before: go writes only some of the files that it may write, and not each
/// place that waits for it is filled.
fn has_changed(records: &[Record], change: &Change) -> bool {
    match change {
        Change::Saved { path, before, .. } => now(records, path) != Some(before),
        Change::Awaited { place, .. } => now(records, place).is_some(),
        Change::Edited(_) | Change::Mode { .. } | Change::Folder { .. } | Change::Moved { .. } => true,
    }
}

/// The changes from line `since` on that were not taken back within the run.
fn kept(records: &[Record], since: usize) -> Vec<&Change> {
    let mut kept = Vec::new();
    for (line, record) in records.iter().enumerate() {
        match record {
            Record::Change(change) => kept.push((line, change)),
            Record::Back { since: first } => kept.retain(|(line, _)| line < first),
            Record::Begun { .. } | Record::Now { .. } | Record::Undone => {}
        }
    }
    kept.into_iter().filter(|(line, _)| *line >= since).map(|(_, change)| change).collect()
}

fn file_name(id: &str) -> String {
    format!("{id}.jsonl")
}
