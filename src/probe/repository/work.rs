//! What does not fit between go.work, replacements and the folders that they name.

use std::collections::BTreeMap;
use std::path::Path;

use super::files::{FileState, Files};
use crate::facts::Observation;
use crate::facts::repository::{BrokenReplace, Work, WorkMismatch};
use crate::golang::go_version;
use crate::golang::modfile::{GoMod, GoWork, Replace};
use crate::model::Foreign;

/// The go.work file, where one applies.
pub fn work(files: &Files, show: &dyn Fn(&Path) -> Foreign) -> Option<Work> {
    let work = files.work.as_ref()?;
    let (file, state) = (show(&work.file), &work.go_work);
    Some(Work {
        observation: Observation::seen("repository/go.work", file.as_str()),
        go: state.get().and_then(GoWork::go_version).map(Foreign::new),
        toolchain: state.get().and_then(|work| work.toolchain.as_ref()).map(|line| Foreign::new(&line.name)),
        problems: state.get().map(|work| work.problems.clone()).unwrap_or_default(),
        unreadable: match state {
            FileState::Absent => Some(Foreign::new("no such file")),
            other => other.unreadable(),
        },
        mismatches: mismatches(files, state.get(), show),
        file,
    })
}

fn mismatches(files: &Files, work: Option<&GoWork>, show: &dyn Fn(&Path) -> Foreign) -> Vec<WorkMismatch> {
    let mut found = Vec::new();
    let mut holders: BTreeMap<&str, usize> = BTreeMap::new();
    // Without a go line a workspace counts as Go 1.18 (cmd/go/internal/modload).
    let has = work.and_then(GoWork::go_version).unwrap_or("1.18");
    for main in &files.mains {
        let dir = Foreign::new(&main.listed_as);
        let Some(file) = main.go_mod.get() else {
            if matches!(main.go_mod, FileState::Absent) {
                found.push(WorkMismatch::NoModule { dir, line: main.listed_at.unwrap_or(0) });
            }
            continue;
        };
        *holders.entry(file.module_path()).or_default() += 1;
        let wants = file.go_version().unwrap_or("1.16");
        if go_version::compare(wants, has).is_gt() {
            found.push(WorkMismatch::GoTooLow { dir, wants: Foreign::new(wants), has: Foreign::new(has) });
        }
    }
    let twice = holders.into_iter().filter(|(path, count)| *count > 1 && !path.is_empty());
    found.extend(twice.map(|(path, _)| WorkMismatch::Twice { path: Foreign::new(path) }));
    found.extend(files.unlisted.iter().map(|dir| WorkMismatch::NotListed { dir: show(dir) }));
    found.extend(conflicting_replaces(files, work));
    found
}

/// Two modules of a workspace replace the same module differently, and go.work does not settle it.
fn conflicting_replaces(files: &Files, work: Option<&GoWork>) -> Vec<WorkMismatch> {
    let settled = |line: &Replace| work.is_some_and(|work| work.replace.iter().any(|over| over.old == line.old));
    let mut seen: BTreeMap<(&str, &str), String> = BTreeMap::new();
    let mut found = Vec::new();
    for main in files.mains.iter().filter(|_| work.is_some()) {
        for line in main.go_mod.get().into_iter().flat_map(|file| &file.replace).filter(|line| !settled(line)) {
            let target = match line.directory() {
                Some(dir) => main.dir.join(dir).display().to_string(),
                None => line.new.to_string(),
            };
            let key = (line.old.path.as_str(), line.old.version.as_str());
            match seen.get(&key) {
                Some(other) if *other != target => {
                    found.push(WorkMismatch::ConflictingReplace { path: Foreign::new(&line.old.path) });
                }
                Some(_) => {}
                None => {
                    seen.insert(key, target);
                }
            }
        }
    }
    found
}

/// Replacements by a folder that leads to no module.
pub fn broken_replaces(files: &Files, show: &dyn Fn(&Path) -> Foreign) -> Vec<BrokenReplace> {
    let mut found = Vec::new();
    let mut look = |dir: &Path, file: &Path, lines: &[Replace]| {
        for line in lines {
            let Some(target) = line.directory() else { continue };
            let folder = dir.join(target);
            if !folder.join("go.mod").is_file() {
                found.push(BrokenReplace {
                    path: Foreign::new(&line.old.path),
                    target: Foreign::new(target),
                    file: show(file),
                    line: line.position.line as usize,
                    exists: folder.is_dir(),
                });
            }
        }
    };
    if let Some(work) = &files.work {
        let lines = work.go_work.get().map(|file| file.replace.as_slice()).unwrap_or_default();
        look(&work.dir, &work.file, lines);
    }
    for main in &files.mains {
        let lines = main.go_mod.get().map(|file: &GoMod| file.replace.as_slice()).unwrap_or_default();
        look(&main.dir, &main.file, lines);
    }
    found
}
