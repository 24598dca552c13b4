//! What the streams of a child said, as one text: whole lines, in the order in which they came.

use std::io::{self, Cursor, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

/// How many pieces may wait for the reader; then the child has to wait.
const PIECES: usize = 32;
/// The most bytes that wait for the end of their line.
const MAX_PARTIAL: usize = 64 << 10;

/// The text, to be read while the child runs. It ends when the child does.
#[derive(Debug)]
pub struct Ticket {
    pieces: Receiver<Vec<u8>>,
    piece: Cursor<Vec<u8>>,
}

impl Read for Ticket {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.piece.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let Ok(piece) = self.pieces.recv() else { return Ok(0) };
            self.piece = Cursor::new(piece);
        }
    }
}

/// Where the streams send their lines.
#[derive(Debug, Clone)]
pub(super) struct Lines(Arc<Mutex<Option<SyncSender<Vec<u8>>>>>);

/// A way for lines, and what comes out of it.
pub(super) fn ticket() -> (Lines, Ticket) {
    let (sender, pieces) = sync_channel(PIECES);
    (Lines(Arc::new(Mutex::new(Some(sender)))), Ticket { pieces, piece: Cursor::default() })
}

impl Lines {
    /// The text is over, although a grandchild may still hold a stream.
    pub(super) fn close(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    fn send(&self, piece: Vec<u8>) {
        // Not under the lock: a full channel must not hold up the end.
        let sender = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(sender) = sender {
            // Nobody may want to know any more.
            let _ = sender.send(piece);
        }
    }
}

/// The lines of one stream, of which the last may still be under way.
#[derive(Debug)]
pub(super) struct Stream {
    lines: Lines,
    partial: Vec<u8>,
}

impl Stream {
    pub(super) fn new(lines: Lines) -> Self {
        Self { lines, partial: Vec::new() }
    }

    /// Takes what came.
    pub(super) fn take(&mut self, bytes: &[u8]) {
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let (lines, rest) = bytes.split_at(whole);
        if !lines.is_empty() {
            let mut piece = std::mem::take(&mut self.partial);
            piece.extend_from_slice(lines);
            self.lines.send(piece);
        }
        self.partial.extend_from_slice(rest);
        if self.partial.len() > MAX_PARTIAL {
            self.lines.send(std::mem::take(&mut self.partial));
        }
    }

    /// A last line may lack its end.
    pub(super) fn end(&mut self) {
        if !self.partial.is_empty() {
            self.take(b"\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(feed: impl FnOnce(Lines)) -> String {
        let (lines, mut ticket) = ticket();
        feed(lines.clone());
        lines.close();
        let mut text = String::new();
        ticket.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn lines_of_two_streams_are_never_mixed() {
        let text = text(|lines| {
            let (mut out, mut err) = (Stream::new(lines.clone()), Stream::new(lines));
            out.take(b"one ");
            err.take(b"three\nfo");
            out.take(b"two\n");
            out.end();
            err.take(b"ur");
            err.end();
        });
        assert_eq!(text, "three\none two\nfour\n");
    }

    #[test]
    fn a_line_without_end_is_not_kept_for_ever() {
        let (lines, mut ticket) = ticket();
        let mut stream = Stream::new(lines.clone());
        stream.take(&[b'x'; MAX_PARTIAL + 1]);
        assert!(stream.partial.is_empty());
        drop(stream);
        lines.close();
        assert_eq!(ticket.read_to_end(&mut Vec::new()).unwrap(), MAX_PARTIAL + 1);
    }
}
