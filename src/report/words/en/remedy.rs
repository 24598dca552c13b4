//! Fixes that are carried out, in English.

use super::English;
use crate::golang::module_cache::Piece;
use crate::remedy::plan::Why;
use crate::report::words::remedy::RemedyWords;

impl RemedyWords for English {
    fn plan(&self, count: usize) -> String {
        if count == 1 { "1 fix can be made here:".into() } else { format!("{count} fixes can be made here:") }
    }
    fn can_mend(&self) -> &'static str {
        "gomoddoc fix shows what it can change here, and asks first"
    }
    fn nothing(&self) -> &'static str {
        "There is nothing to fix here."
    }
    fn by_hand(&self, count: usize) -> String {
        format!("Left to you: {count}")
    }
    fn no_fix(&self) -> &'static str {
        "No fix is known."
    }
    fn or(&self) -> &'static str {
        "or"
    }
    fn why(&self, why: Why) -> &'static str {
        match why {
            Why::NotAllowed | Why::People => "Not done here:",
            Why::Guess => "Not done here, since only you know whether it fits:",
            Why::Place => "It belongs where the environment is set, which is yours to change:",
            Why::Unreadable => "Not done here, since the file cannot be read as text:",
            Why::Secret => "Not done here, since the change would pass over a secret:",
            Why::Changed => "Not done here, since what stands there is not what was found:",
        }
    }
    fn not_allowed(&self, what: &str) -> String {
        format!("Not done without --allow {what}:")
    }
    fn mode(&self, path: &str, from: u32, to: u32) -> String {
        format!("{path}: mode {from:04o} becomes {to:04o}")
    }
    fn folder(&self, path: &str) -> String {
        format!("{path}: new folder")
    }
    fn refetch(&self, module: &str, pieces: &[&str]) -> String {
        format!("{module}: go fetches again: {}", pieces.join(", "))
    }
    fn piece(&self, piece: Piece) -> &'static str {
        match piece {
            Piece::Folder => "extracted files",
            Piece::Info => ".info",
            Piece::GoMod => ".mod",
            Piece::Zip => ".zip",
            Piece::Ziphash => ".ziphash",
            Piece::Partial => ".partial",
        }
    }
    fn remove(&self, path: &str) -> String {
        format!("{path}: moved out of the way")
    }
    fn go(&self, command: &str) -> String {
        format!("{command} (copies of what it may write are kept)")
    }
    fn ask(&self) -> &'static str {
        "Do this? [y/N] "
    }
    fn unchanged(&self) -> &'static str {
        "Nothing was changed."
    }
    fn nobody_to_ask(&self) -> &'static str {
        "nothing was changed: there is no terminal to ask on; --yes does it without a question"
    }
    fn done(&self, done: usize, of: usize) -> String {
        if done == of { format!("Done: {done} of {of}.") } else { format!("Only {done} of {of} could be done.") }
    }
    fn left(&self, count: usize) -> String {
        match count {
            0 => "The cache holds what was downloaded.".into(),
            1 => "1 finding is left; gomoddoc cache verify tells of it.".into(),
            _ => format!("{count} findings are left; gomoddoc cache verify tells of them."),
        }
    }
    fn take_back(&self, command: &str) -> String {
        format!("To take it back: {command}")
    }
    fn looked_again(&self, codes: &str) -> String {
        match codes {
            "" => "Looked again: nothing of it is left.".into(),
            codes => format!("Looked again, and found: {codes}. gomoddoc check tells more."),
        }
    }
    fn dry_run(&self) -> &'static str {
        "Nothing was changed. Without --dry-run it is done, after a question."
    }
    fn more(&self, count: usize) -> String {
        format!("and {count} more")
    }
    fn when_named(&self) -> &'static str {
        "Warnings and notes are left as they are; by name they can be mended too:"
    }
    fn quarantine(&self, folder: &str) -> String {
        format!("What was damaged lies in {folder}; remove it when nobody misses it.")
    }
    fn taken_back(&self, id: &str) -> String {
        format!("All of {id} is as it was before.")
    }
}
