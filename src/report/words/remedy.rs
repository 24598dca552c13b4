//! What is said of fixes that are carried out. Each language implements the whole trait.

use super::Lang;
use crate::golang::module_cache::Piece;
use crate::remedy::plan::Why;

/// The words of fixes.
pub trait RemedyWords: Sync {
    /// The first line of a plan: how many fixes there are.
    fn plan(&self, count: usize) -> String;
    /// That `fix` may have something to do.
    fn can_mend(&self) -> &'static str;
    /// That there is nothing to do.
    fn nothing(&self) -> &'static str;
    /// What stands before what is left to people.
    fn by_hand(&self, count: usize) -> String;
    /// That no fix is known.
    fn no_fix(&self) -> &'static str;
    /// What stands between two ways to mend the same.
    fn or(&self) -> &'static str;
    /// Why a fix is left to people.
    fn why(&self, why: Why) -> &'static str;
    /// That a fix must be allowed first, by this value of `--allow`.
    fn not_allowed(&self, what: &str) -> String;
    /// That a file gets other permissions.
    fn mode(&self, path: &str, from: u32, to: u32) -> String;
    /// That a folder is made.
    fn folder(&self, path: &str) -> String;
    /// That pieces of a module are fetched again.
    fn refetch(&self, module: &str, pieces: &[&str]) -> String;
    /// The name of a piece.
    fn piece(&self, piece: Piece) -> &'static str;
    /// That something is moved out of the way.
    fn remove(&self, path: &str) -> String;
    /// That a go command runs, of whose files copies are made.
    fn go(&self, command: &str) -> String;
    /// The question before anything is done.
    fn ask(&self) -> &'static str;
    /// That nothing was changed.
    fn unchanged(&self) -> &'static str;
    /// That there is nobody to ask.
    fn nobody_to_ask(&self) -> &'static str;
    /// How many of the fixes succeeded.
    fn done(&self, done: usize, of: usize) -> String;
    /// How many damages are left.
    fn left(&self, count: usize) -> String;
    /// How it is taken back.
    fn take_back(&self, command: &str) -> String;
    /// What another look has found: error types, or nothing.
    fn looked_again(&self, codes: &str) -> String;
    /// How what was shown is done.
    fn dry_run(&self) -> &'static str;
    /// That so many more are not shown.
    fn more(&self, count: usize) -> String;
    /// What stands before the command for warnings and notes, which are mended only when they are named.
    fn when_named(&self) -> &'static str;
    /// Where what was damaged lies.
    fn quarantine(&self, folder: &str) -> String;
    /// That a run was taken back.
    fn taken_back(&self, id: &str) -> String;
}

/// The words of `lang`.
#[must_use]
pub fn of(lang: Lang) -> &'static dyn RemedyWords {
    match lang {
        Lang::En => &super::en::English,
        Lang::Zh => &super::zh::Chinese,
    }
}
