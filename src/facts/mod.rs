//! The facts document: what was seen, as plain data, with no judgement in it.
//!
//! It *is* the ticket: saved on one machine, diagnosed on another.

pub mod observation;

pub use observation::{Observation, ObservationId, Observed, Reason, Section, State};
