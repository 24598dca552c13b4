//! Reading what a child writes, within a cap.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncRead, AsyncReadExt};

/// A child that goes on writing far beyond what is kept is stopped after this many times the cap.
const FLOOD: u64 = 64;

/// What a child wrote to one stream: the beginning, and how much more there was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Captured {
    /// The first bytes, up to the cap.
    pub bytes: Vec<u8>,
    /// How many further bytes were read and dropped.
    pub dropped: u64,
}

impl Captured {
    /// The text, with what is not UTF-8 replaced. Foreign text: see [`crate::model::Foreign`].
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// A capture that can be taken while its pipe is still open: a grandchild may hold it for ever.
#[derive(Debug, Clone, Default)]
pub(super) struct Shared(Arc<Mutex<Captured>>);

impl Shared {
    pub(super) fn take(&self) -> Captured {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads to the end of `pipe`. Returns whether the child floods us.
    pub(super) async fn fill(&self, pipe: Option<impl AsyncRead + Unpin>, cap: usize) -> bool {
        let Some(mut pipe) = pipe else { return false };
        let mut buffer = vec![0; 16 << 10];
        loop {
            let read = match pipe.read(&mut buffer).await {
                Ok(0) | Err(_) => return false,
                Ok(read) => read,
            };
            let mut captured = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let keep = read.min(cap.saturating_sub(captured.bytes.len()));
            captured.bytes.extend(buffer.iter().take(keep));
            captured.dropped += (read - keep) as u64;
            if captured.dropped > FLOOD * cap.max(1024) as u64 {
                return true;
            }
        }
    }
}
