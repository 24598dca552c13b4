//! When a scan ends before it is done.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// The end of a scan.
#[derive(Debug, Clone, Copy)]
pub struct Limits<'a> {
    /// No new file is begun after this moment.
    pub until: Option<Instant>,
    /// Set by the caller to end the scan.
    pub cancelled: &'a AtomicBool,
}

impl<'a> Limits<'a> {
    /// No end but the caller's.
    #[must_use]
    pub const fn cancelled_by(cancelled: &'a AtomicBool) -> Self {
        Self { until: None, cancelled }
    }

    /// Whether it is time to stop.
    #[must_use]
    pub fn are_over(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed) || self.until.is_some_and(|until| Instant::now() >= until)
    }
}

/// The scan was ended within a module; nothing is said about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stopped;
