//! What the lab says. Each language implements the whole trait.

use std::time::Duration;

use crate::catalog::Lang;
use crate::lab::faults::Account;
use crate::lab::scenario::Go;

/// The words of the lab.
pub trait LabWords: Sync {
    /// What the go command does in a scenario.
    fn go(&self, go: Go) -> &'static str;

    /// What stands for the error type where nothing is wrong.
    fn nothing_wrong(&self) -> &'static str;

    /// What a rate limit let through and what it refused, on several lines.
    fn account(&self, account: &Account) -> String;

    /// A request of an account: when, what, and whether it was let through.
    fn request(&self, when: Duration, what: &str, passed: bool) -> String;

    /// That the command was ended because its time was over.
    fn ended(&self, limit: Duration) -> String;

    /// That a lab runs as a process for so long, and how to end it.
    fn lives(&self, name: &str, pid: u32, lives: Duration) -> String;

    /// What stands before the folder of the repository.
    fn repository(&self) -> &'static str;

    /// That the lab of this process has been taken down.
    fn stopped(&self, name: &str, pid: u32) -> String;

    /// That the lab of this process had gone already.
    fn gone(&self, name: &str, pid: u32) -> String;

    /// That no lab runs.
    fn none(&self) -> &'static str;
}

/// The words of `lang`.
#[must_use]
pub fn of(lang: Lang) -> &'static dyn LabWords {
    match lang {
        Lang::En => &super::en::English,
        Lang::Zh => &super::zh::Chinese,
    }
}

/// Seconds with two digits after the point.
pub(super) fn fine(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}
