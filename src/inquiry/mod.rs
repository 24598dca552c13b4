//! What to ask next: facts become questions.
//!
//! A pure function. A command asks, merges the answers into the facts, and looks again, until there
//! is no new question, the time is over, or [`ROUNDS`] rounds are done: a vanity page names a git
//! host, a redirect a storage host, a 401 a credential.

use crate::facts::Facts;
use crate::facts::question::Question;

pub mod bench;
pub mod contacts;
mod direct;
mod hosts;
mod log;
mod modules;
pub mod routes;
mod sums;

pub use log::strangers;

/// How many rounds of questions there are at most. A chain of redirect, vanity page, repository and
/// credential is four.
pub const ROUNDS: usize = 5;

/// The questions that the facts raise. Those that were asked before may be among them.
#[must_use]
pub fn next(facts: &Facts) -> Vec<Question> {
    let mut questions = Vec::new();
    if facts.repository.get().is_some_and(|repository| !repository.build_list.is_empty()) {
        questions.push(Question::CacheScan);
    }
    if facts.wishes.offline {
        return questions;
    }
    hosts::questions(facts, &mut questions);
    modules::questions(facts, &mut questions);
    sums::questions(facts, &mut questions);
    direct::questions(facts, &mut questions);
    questions
}
