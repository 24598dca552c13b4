//! Whether bytes still flow.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// What one stream is at.
#[derive(Debug, Default)]
pub(super) struct Activity {
    reads: AtomicU64,
    writing: AtomicBool,
    over: AtomicBool,
}

impl Activity {
    /// Bytes came and are on their way.
    pub(super) fn came(&self) {
        self.writing.store(true, Ordering::SeqCst);
        self.reads.fetch_add(1, Ordering::SeqCst);
    }

    /// They are gone.
    pub(super) fn went(&self) {
        self.writing.store(false, Ordering::SeqCst);
    }

    /// The stream has ended.
    pub(super) fn end(&self) {
        self.over.store(true, Ordering::SeqCst);
    }

    /// How many times bytes came.
    pub(super) fn reads(&self) -> u64 {
        self.reads.load(Ordering::SeqCst)
    }

    /// Whether whoever reads behind us takes its time.
    pub(super) fn is_writing(&self) -> bool {
        self.writing.load(Ordering::SeqCst)
    }

    /// Whether the stream has ended.
    pub(super) fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }
}
