//! The fixed phrases of a report. Each language implements the whole trait, so a phrase that one of
//! them lacks does not compile.

use std::time::Duration;

use crate::catalog::{Lang, Location, Mender, Retry, Severity};
use crate::inquiry::contacts::{Wanted, Why};
use crate::model::supply::{Checksums, Source};
use crate::model::{CheckStatus, Confidence, Coverage, Foreign, Protection, Reason, Summary, Topic, Verified};
use crate::process::Wait;

/// The word before a line of a finding's details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// The headline, where it is not the first line of the report.
    What,
    /// Evidence.
    Seen,
    /// The explanation.
    Why,
    /// The first fix.
    Fix,
    /// Another fix.
    Or,
    /// Where to read on.
    More,
}

impl Label {
    /// All labels, to align them.
    pub const ALL: [Self; 6] = [Self::What, Self::Seen, Self::Why, Self::Fix, Self::Or, Self::More];
}

/// The headings of the overview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headings {
    /// Above the codes.
    pub code: &'static str,
    /// Above the places.
    pub location: &'static str,
    /// Above the subjects.
    pub subject: &'static str,
    /// Above those who can mend it.
    pub who: &'static str,
}

/// What is counted in the list of things that were left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// More pieces of evidence.
    Evidence,
    /// More findings that follow from a cause.
    Symptoms,
    /// More fixes.
    Fixes,
}

/// The fixed phrases of one language.
pub trait Phrases: Sync {
    /// The first line of a healthy report.
    fn healthy(&self, coverage: Coverage, go_sum_complete: bool) -> String;

    /// The first line where `cache verify` has found nothing. `whole` says that nothing was left out unsaid.
    fn verified(&self, verified: Verified, whole: bool) -> String;

    /// How much was verified.
    fn hashed(&self, verified: Verified) -> String;

    /// What stands before the bar of `cache verify`.
    fn verifying(&self) -> &'static str;

    /// From where the modules come: the entries of GOPROXY, each with how fast it answered.
    fn sources(&self, sources: &[Source]) -> String;

    /// Where go asks the checksum database.
    fn checksums(&self, checksums: &Checksums) -> String;

    /// The first line where there are only warnings, the first of which says `headline`.
    fn degraded(&self, warnings: usize, headline: &str) -> String;

    /// The first line where nothing was found and not everything could be asked: `untold` checks
    /// were left out or do not tell.
    fn nothing_found_yet(&self, coverage: Coverage, untold: usize) -> String;

    /// What follows [`Phrases::nothing_found_yet`] where the deadline of the run came first.
    fn out_of_time(&self) -> &'static str;

    /// The first line where a failure was seen that no error type covers.
    fn unexplained(&self) -> &'static str;

    /// What to do then.
    fn unexplained_advice(&self) -> &'static str;

    /// The first line of a report about a log that tells of no failure.
    fn nothing_in_log(&self) -> &'static str;

    /// The first line where a log tells of a failure that no error type covers.
    fn unexplained_in_log(&self) -> &'static str;

    /// What would tell more then.
    fn unexplained_in_log_advice(&self) -> &'static str;

    /// How many tickets there are, how many of them nothing explains, and how many tell of no failure.
    fn tickets(&self, all: usize, unexplained: usize, without: usize) -> String;

    /// The headings over the counts of error types, hosts and modules.
    fn ticket_headings(&self) -> [&'static str; 3];

    /// A line of a log, from 1.
    fn line(&self, line: usize) -> String;

    /// Who can mend it, in a word or two.
    fn who(&self, who: Mender) -> &'static str;

    /// Who can mend it, as a clause.
    fn can_be_mended_by(&self, who: Mender) -> &'static str;

    /// On whose side it sits.
    fn location(&self, location: Location) -> &'static str;

    /// How sure we are.
    fn confidence(&self, confidence: Confidence) -> &'static str;

    /// How bad it is.
    fn severity(&self, severity: Severity) -> &'static str;

    /// Whether a retry helps, as a clause.
    fn retry(&self, helps: bool) -> &'static str;

    /// Whether a retry helps with an error type in general, as a clause.
    fn retries(&self, retry: Retry) -> &'static str;

    /// What a fix takes away, as a sentence.
    fn removes(&self, protection: Protection) -> &'static str;

    /// That a fix weakens security, where nobody said in which way.
    fn weakens_security(&self) -> &'static str;

    /// That a fix deletes something for good.
    fn destructive(&self) -> &'static str;

    /// Why a check was left out or does not tell, as a clause.
    fn reason(&self, reason: &Reason) -> String;

    /// What came of a check.
    fn status(&self, status: CheckStatus) -> &'static str;

    /// What a probe looks at.
    fn topic(&self, topic: Topic) -> &'static str;

    /// The word before a line of details.
    fn label(&self, label: Label) -> &'static str;

    /// The headings of the overview.
    fn headings(&self) -> Headings;

    /// In the overview, in place of who mends a symptom.
    fn follows(&self) -> &'static str;

    /// That something was seen `count` times.
    fn times(&self, count: usize) -> String;

    /// That `count` more of something are not shown.
    fn rest(&self, rest: Rest, count: usize) -> String;

    /// How many checks share a reason.
    fn checks(&self, count: usize, reason: &str) -> String;

    /// The counts at the end. `more` says that `--verbose` shows the checks left out.
    fn summary(&self, summary: &Summary, more: bool) -> String;

    /// How many of how many things are done.
    fn done_of(&self, done: usize, all: usize) -> String;

    /// How many modules were asked for.
    fn coverage(&self, coverage: Coverage) -> String;

    /// How long something took.
    fn elapsed(&self, elapsed: Duration) -> String {
        match elapsed.as_millis() {
            ms @ 0..1000 => format!("{ms} ms"),
            ms => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
        }
    }

    /// Where to change a line by hand. Both texts may be empty.
    fn edit_line(&self, path: &str, line: usize, from: &str, to: &str) -> String;

    /// Where to give a variable a value by hand.
    fn set_variable(&self, place: &str, name: &str, value: &str) -> String;

    /// Where to take a variable away by hand.
    fn unset_variable(&self, place: &str, name: &str) -> String;

    /// That a value holds what no command should show.
    fn no_command(&self) -> &'static str;

    /// The first line of `--contacts`: this many hosts are named below it.
    fn contacts(&self, hosts: usize) -> String;

    /// What is wanted of a host.
    fn wanted(&self, wanted: Wanted) -> &'static str;

    /// Why a host would be contacted, and through which HTTP proxy.
    fn contact(&self, why: &Why, through: Option<&Foreign>) -> String;

    /// That a command which was run is run again: its first cause (code and subject) and how many more there
    /// are, which retry of how many it is, and after what time. Without a cause it had stood still.
    fn retrying(&self, cause: Option<(&str, &str)>, more: usize, nth: u32, of: u32, wait: Duration) -> String;

    /// That a command which was run stood still for `limit` and was ended, and what it waited for, on a line
    /// each.
    fn stalled(&self, limit: Duration, waits: &[Wait]) -> String;

    /// That a command which was run failed, but not of modules.
    fn no_module_failure(&self) -> &'static str;

    /// A wait in seconds.
    fn seconds(&self, wait: Duration) -> String {
        match wait.as_millis() {
            ms @ 0..1000 => format!("{ms} ms"),
            ms => format!("{} s", (ms + 500) / 1000),
        }
    }
}

/// The phrases of `lang`.
#[must_use]
pub fn of(lang: Lang) -> &'static dyn Phrases {
    match lang {
        Lang::En => &super::en::English,
        Lang::Zh => &super::zh::Chinese,
    }
}
