//! What to do, as far as a log tells.

use super::Meaning;
use crate::facts::transcript::{Failure, TranscriptFacts};
use crate::model::Fix;

pub(super) fn fixes(_log: &TranscriptFacts, _failure: &Failure, _meaning: &Meaning<'_>) -> Vec<Fix> {
    Vec::new()
}
