//! English sentences of the family `cache`.

use crate::model::damage::{EntryProblem, Files};
use crate::model::situation::cache::{Advice, Effect, Obstacle, Situation, Use};
use crate::model::{CloneTrouble, Damage, Foreign};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::Full { path, used_for, free_bytes: Some(free) } => {
            Said::new(format!("The disk with {path} has {} left.", size(*free)))
                .because(format!("It is {}. go fails there with \"no space left on device\".", purpose(*used_for)))
        }
        Situation::Full { path, used_for, free_bytes: None } => Said::new(format!(
            "The file system with {path} can hold no more files."
        ))
        .because(format!("It is {}. Its inodes are used up, whatever room is left in bytes.", purpose(*used_for))),
        Situation::CannotWrite { path, used_for, because: Obstacle::NotAFolder } => {
            Said::new(format!("{path} is no folder, so go cannot use it as {}.", purpose(*used_for)))
        }
        Situation::CannotWrite { path, used_for, because: Obstacle::ReadOnly } => {
            Said::new(format!("{path} is on a read-only file system."))
                .because(format!("It is {}, and go has to write there.", purpose(*used_for)))
        }
        Situation::CannotWrite { path, used_for, because: Obstacle::Denied { owner, user } } => {
            let whose = match (owner, user) {
                (Some(owner), Some(user)) if owner != user => {
                    format!(" It belongs to user {owner}, and go runs as user {user}.")
                }
                _ => String::new(),
            };
            Said::new(format!("This user cannot write {path}."))
                .because(format!("go needs it as {}.{whose}", purpose(*used_for)))
        }
        Situation::NameNotAllowed { module, problem } => {
            Said::new(format!("{module} has a file name that go allows in no module."))
                .because(format!("{problem}. A module must unpack in the same way on every system."))
        }
        Situation::NameTooLong { module, entry, length, limit, whole_path } => {
            let what = if *whole_path { "The whole path" } else { "One name" };
            Said::new(format!("{module} has a file name that is too long for this machine.")).because(format!(
                "{what} of {entry} has {length} bytes; at most {limit} can be written below GOMODCACHE."
            ))
        }
        Situation::Locked { path, pid, command } => {
            let holder = match (command, pid) {
                (Some(command), Some(pid)) => format!("{command} (process {pid})"),
                (None, Some(pid)) => format!("Process {pid}"),
                (Some(command), None) => command.to_string(),
                (None, None) => "Another process".into(),
            };
            Said::new(format!("{holder} holds a lock in the module cache."))
                .because(format!("It is {path}. go waits for it without a word and without end."))
        }
        Situation::Damaged { module, damage, effect } => {
            Said::new(damaged(module.to_string().as_str(), damage)).because(meaning(damage, *effect))
        }
        Situation::CloneDamaged { path, url, trouble } => {
            let of = url.as_ref().map_or_else(|| path.to_string(), |url| format!("{path} (of {url})"));
            let (what, because) = clone_trouble(trouble);
            Said::new(format!("The cached clone {of} {what}.")).because(because)
        }
        Situation::Misnamed { path } => Said::new(format!("{path} in the module cache bears the name of no module."))
            .because("In the cache an upper-case letter is written as ! and the lower-case one. go never finds it."),
    }
}

fn purpose(used_for: Use) -> &'static str {
    match used_for {
        Use::ModuleCache => "the module cache (GOMODCACHE)",
        Use::ChecksumDatabase => "the store of the checksum database (GOPATH/pkg/sumdb)",
        Use::BuildCache => "the build cache (GOCACHE)",
        Use::Temporary => "the folder for temporary files (GOTMPDIR)",
        Use::Repository => "the repository with go.mod and go.sum",
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0 => "no room".into(),
        1..=0xf_ffff => format!("{} KiB", bytes.div_ceil(1 << 10)),
        _ => format!("{} MiB", bytes >> 20),
    }
}

fn files(of: &Files) -> String {
    match of.first.first() {
        Some(first) if of.count == 1 => first.to_string(),
        Some(first) => format!("{first} and {} more", of.count - 1),
        None => format!("{} files", of.count),
    }
}

/// What is wrong with a clone, and what go makes of it.
fn clone_trouble(trouble: &CloneTrouble) -> (String, &'static str) {
    const MISLEADS: &str = "go then says \"unknown revision\", although the repository itself has it.";
    match trouble {
        CloneTrouble::OtherInfo => {
            ("has an .info of another repository".into(), "go refuses it: \"exists with wrong content\".")
        }
        CloneTrouble::Incomplete => ("is not complete".into(), "go makes it anew when it needs it."),
        CloneTrouble::NoRepository { .. } => ("cannot be opened by git".into(), MISLEADS),
        CloneTrouble::ObjectDamaged { reference, .. } => {
            (format!("lacks an object that {reference} needs, or holds it damaged"), MISLEADS)
        }
        CloneTrouble::PackDamaged { .. } => ("has a pack that does not belong to its index".into(), MISLEADS),
        CloneTrouble::SpecialFiles(of) => (
            format!("has files that are no files: {}", files(of)),
            "git would wait for them, or follow them elsewhere.",
        ),
    }
}

/// What is damaged, in one sentence.
fn damaged(module: &str, damage: &Damage) -> String {
    match damage {
        Damage::ZipUnreadable { .. } => format!("The cached zip of {module} is no zip."),
        Damage::ZipEntry { entry, problem } => {
            format!("The cached zip of {module} is damaged: {entry} {}.", entry_problem(*problem))
        }
        Damage::ZipRule { entry, .. } => {
            let entry = entry.as_ref().map_or_else(String::new, |entry| format!(": {entry}"));
            format!("The cached zip of {module} breaks the rules of module zips{entry}.")
        }
        Damage::ZipModified { .. } => format!("The cached zip of {module} has been modified."),
        Damage::ZiphashMissing => format!("The cached {module} has no .ziphash."),
        Damage::ZiphashMalformed { .. } => format!("The .ziphash of the cached {module} holds no hash."),
        Damage::ZiphashNotInGoSum { .. } => format!("The cached {module} has another hash than go.sum records."),
        Damage::FilesMissing(of) => format!("The cached {module} lacks {}.", files(of)),
        Damage::FilesAdded(of) => format!("The cached {module} has {}, which its zip lacks.", files(of)),
        Damage::FilesChanged(of) => format!("The cached {module} has been edited: {}.", files(of)),
        Damage::FolderModified { .. } => format!("The extracted files of {module} have been modified."),
        Damage::FileModes(of) => format!("The cached {module} has files with odd permissions: {}.", files(of)),
        Damage::Links { files: of, leave_the_cache: true } => {
            format!("The cached {module} has links out of the module cache: {}.", files(of))
        }
        Damage::Links { files: of, leave_the_cache: false } => {
            format!("The cached {module} has symbolic links: {}.", files(of))
        }
        Damage::OtherOwner { files: of, owner, cache } => format!(
            "The cached {module} has files of user {owner}, and the module cache belongs to user {cache}: {}.",
            files(of)
        ),
        Damage::LinkedDownloads { files: of, leave_the_cache: true } => {
            format!("Downloaded files of {module} are links out of the module cache: {}.", files(of))
        }
        Damage::LinkedDownloads { files: of, leave_the_cache: false } => {
            format!("Downloaded files of {module} are symbolic links: {}.", files(of))
        }
        Damage::Leftovers(of) => format!("Downloads of {module} left temporary files behind: {}.", files(of)),
        Damage::SpecialFiles(of) => format!("The cached {module} has files that are no files: {}.", files(of)),
        Damage::NotAFolder { link: true, .. } => format!("The folder of {module} in the module cache is a link."),
        Damage::NotAFolder { link: false, .. } => {
            format!("A file stands where the module cache has the folder of {module}.")
        }
        Damage::Partial => format!("The cached {module} was not extracted to its end."),
        Damage::LockIsFolder => format!("A folder stands where go locks {module}."),
        Damage::GoModNotInGoSum { html: true, .. } | Damage::GoModInvalid { html: true, .. } => {
            format!("The cached go.mod of {module} is a web page.")
        }
        Damage::GoModNotInGoSum { html: false, .. } => {
            format!("The cached go.mod of {module} has another hash than go.sum records.")
        }
        Damage::GoModInvalid { reason, html: false, .. } => {
            format!("The cached go.mod of {module} cannot be read: {}.", one_line(reason))
        }
        Damage::GoModNotInZip => format!("The cached go.mod of {module} is not the one in its zip."),
        Damage::InfoInvalid { html: true } => format!("The cached .info of {module} is a web page."),
        Damage::InfoInvalid { html: false } => format!("The cached .info of {module} names no version."),
        Damage::InfoOtherVersion { version } => format!("The cached .info of {module} is that of {version}."),
        Damage::Unreadable { path, .. } => format!("{path} of the cached {module} cannot be read."),
        Damage::TooLarge => format!("The cached {module} is larger than a module may be."),
    }
}

fn one_line(text: &Foreign) -> &str {
    text.as_str().lines().next().unwrap_or_default()
}

fn entry_problem(problem: EntryProblem) -> &'static str {
    match problem {
        EntryProblem::Header => "has no header",
        EntryProblem::Method => "is compressed by an unknown method",
        EntryProblem::Corrupt => "cannot be inflated",
        EntryProblem::TooShort => "ends early",
        EntryProblem::TooLong => "is longer than declared",
        EntryProblem::Checksum => "has another checksum",
        EntryProblem::Unreadable => "cannot be read",
    }
}

/// What go makes of it.
fn meaning(damage: &Damage, effect: Effect) -> &'static str {
    match (damage, effect) {
        (Damage::GoModNotInGoSum { .. } | Damage::ZiphashNotInGoSum { .. }, Effect::Stops) => {
            "go reports a checksum mismatch each time, without asking a server again."
        }
        (Damage::GoModInvalid { .. }, Effect::Stops) => {
            "go reads the stored file again each time, also when the server is right by now."
        }
        (Damage::LockIsFolder, _) => "go cannot lock there, so it cannot download or extract the module.",
        (Damage::FilesMissing(_), Effect::Stops) => "go takes the extracted files as they are, so the build fails.",
        (Damage::InfoOtherVersion { .. }, _) => "go believes it, and may choose that version in place of this one.",
        (Damage::NotAFolder { link: true, .. }, _) => "go follows it. Nobody verifies what it leads to.",
        (Damage::ZipModified { .. }, Effect::Unnoticed) => {
            "go takes a zip with a .ziphash for verified, and extracts it without a word."
        }
        (Damage::Leftovers(_), _) => "A download was cut off. go never looks at them again.",
        (Damage::OtherOwner { .. }, _) => {
            "A go command ran as that user, by sudo perhaps. Others may fail to write beside them or to remove them."
        }
        (Damage::FileModes(_), _) => {
            "go makes files that only their owner may write. Their content is not in question."
        }
        (Damage::LinkedDownloads { .. }, _) => "go follows them, and nobody vouches for what lies there.",
        (Damage::GoModNotInZip, _) => "go takes the one beside the zip, and does not compare them.",
        (_, Effect::Stops) => "go stops when it needs this module.",
        (_, Effect::Unnoticed) => {
            "go builds from the extracted files without comparing them; only go mod verify would notice."
        }
        (_, Effect::Latent) => "go does not look at it while the module is extracted, and fails once it is not.",
        (_, Effect::Heals) => "go makes it anew when it needs it.",
    }
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::Refetch { module } => format!("Remove {module} from the module cache and fetch it again."),
        Advice::CompareGoSum { module } => format!(
            "If the new copy has the same hash again, go.sum is wrong: see when its lines for {} came in, and by whom.",
            module.path
        ),
        Advice::RefetchPage { module } => {
            format!("Mend the login or the server that sent the page; then fetch {module} again.")
        }
        Advice::GiveBack { path } => format!("Let {path} belong to the user who runs go again."),
        Advice::DefaultFolder { variable } => format!("Use the default folder instead of that of {variable}."),
        Advice::OtherFolder { variable } => format!("Name a folder that this user may write in {variable}."),
        Advice::OtherNames { module } => format!("Take another version of {}, and tell its author.", module.path),
        Advice::OtherDisk => {
            "Use a GOMODCACHE with a shorter path, or on a file system that takes longer names.".into()
        }
        Advice::MakeWay { path } => format!("Move {path} away, so that a folder can be made there."),
        Advice::MakeRoom { path } => format!("Make room on the disk with {path}, or take a larger one."),
        Advice::EmptyBuildCache => "Empty the build cache; the next build takes longer.".into(),
        Advice::EmptyModuleCache => {
            "Empty the module cache. Everything is downloaded again; what no server has any more is lost.".into()
        }
        Advice::LetEnd { pid: Some(pid) } => format!("Let process {pid} end, or end it if it hangs."),
        Advice::LetEnd { pid: None } => "Let the process end, or end it if it hangs.".into(),
        Advice::RemoveClone => "Remove the clone; go makes it anew.".into(),
        Advice::RemoveMisnamed => "Remove it.".into(),
        Advice::RemoveLeftovers => "Remove them while no go command runs.".into(),
        Advice::ExtractAgain { module } => {
            format!("Remove the extracted files of {module}; go extracts them again from the zip, which is whole.")
        }
        Advice::ExtractAndIndexAgain { module } => format!(
            "Remove the extracted files of {module}, which go extracts again from the zip, and empty the build cache, \
             which remembers what files there were."
        ),
        Advice::RemoveLockFolder => "Remove that folder.".into(),
    }
}
