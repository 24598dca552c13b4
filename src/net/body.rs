//! Reading the body of an answer: capped, never slower than the limits, inflated as Go inflates.

use std::error::Error;
use std::io::{self, Write};

use flate2::write::MultiGzDecoder;
use http_body_util::BodyExt;
use hyper::HeaderMap;
use hyper::body::{Body, Bytes};
use hyper::header::CONTENT_ENCODING;
use tokio::time::Instant;

use super::deadline::{Deadline, millis};
use super::failure::of_exchange;
use super::limits::Limits;
use crate::model::Foreign;
use crate::model::transport::{BodyEnd, HttpFailure, Stage, TransportError};

/// What was read.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) bytes: Vec<u8>,
    pub(super) end: BodyEnd,
}

/// Reads at most `cap` bytes of `body`, after inflating. `started` is when the request began.
pub(super) async fn read<B>(
    body: B,
    headers: &HeaderMap,
    cap: usize,
    started: Instant,
    limits: &Limits,
    deadline: &Deadline,
) -> Read
where
    B: Body<Data = Bytes>,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let mut body = std::pin::pin!(body);
    let mut sink = if is_gzip(headers) {
        Sink::Gzip(Box::new(MultiGzDecoder::new(Kept { bytes: Vec::new(), cap })))
    } else {
        Sink::Plain(Kept { bytes: Vec::new(), cap })
    };
    let end = loop {
        let left = limits.total.saturating_sub(started.elapsed());
        let frame = match deadline.limit(limits.chunk.min(left), body.frame()).await {
            Ok(Some(Ok(frame))) => frame,
            Ok(Some(Err(error))) => {
                let error: Box<dyn Error + Send + Sync> = error.into();
                break failed(of_exchange(error.as_ref(), true));
            }
            Ok(None) => break sink.finish().map_or_else(failed, |()| BodyEnd::Complete),
            Err(_) => {
                let after_ms = millis(started.elapsed());
                break BodyEnd::Failed { error: TransportError::CutOff { during: Stage::Body, after_ms } };
            }
        };
        let Ok(data) = frame.into_data() else { continue };
        match sink.take(&data) {
            Ok(()) => {}
            Err(None) => break BodyEnd::Capped,
            Err(Some(failure)) => break failed(failure),
        }
    };
    Read { bytes: sink.into_bytes(), end }
}

fn failed(failure: HttpFailure) -> BodyEnd {
    BodyEnd::Failed { error: TransportError::Body { failure } }
}

/// Go's transport asks for gzip and inflates only that.
fn is_gzip(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_ENCODING).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"gzip"))
}

/// The beginning of a body for the facts: nothing of what is not text.
pub(super) fn beginning(bytes: &[u8]) -> Foreign {
    let head = bytes.get(..512).unwrap_or(bytes);
    let binary = head.contains(&0) || String::from_utf8_lossy(head).chars().filter(|c| *c == '\u{fffd}').count() > 3;
    if binary { Foreign::default() } else { Foreign::from_bytes(bytes) }
}

enum Sink {
    Plain(Kept),
    Gzip(Box<MultiGzDecoder<Kept>>),
}

/// Keeps bytes up to its cap, and then refuses.
struct Kept {
    bytes: Vec<u8>,
    cap: usize,
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.cap.saturating_sub(self.bytes.len());
        let taken = bytes.get(..room.min(bytes.len())).unwrap_or_default();
        self.bytes.extend_from_slice(taken);
        if taken.len() < bytes.len() { Err(io::ErrorKind::StorageFull.into()) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink {
    /// Err(None): the cap is reached.
    fn take(&mut self, data: &[u8]) -> Result<(), Option<HttpFailure>> {
        let written = match self {
            Self::Plain(kept) => kept.write_all(data),
            Self::Gzip(decoder) => decoder.write_all(data),
        };
        written.map_err(|error| match error.kind() {
            io::ErrorKind::StorageFull => None,
            _ => Some(HttpFailure::BadEncoding),
        })
    }

    fn finish(&mut self) -> Result<(), HttpFailure> {
        match self {
            Self::Plain(_) => Ok(()),
            Self::Gzip(decoder) => decoder.try_finish().map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof => HttpFailure::Incomplete,
                _ => HttpFailure::BadEncoding,
            }),
        }
    }

    fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Plain(kept) => kept.bytes,
            Self::Gzip(mut decoder) => std::mem::take(&mut decoder.get_mut().bytes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::Full;
    use std::time::Duration;

    async fn read_gzip(body: Vec<u8>, cap: usize) -> Read {
        let headers = HeaderMap::from_iter([(CONTENT_ENCODING, "gzip".parse().unwrap())]);
        let deadline = Deadline::after(Duration::from_secs(60));
        read(Full::new(Bytes::from(body)), &headers, cap, Instant::now(), &Limits::default(), &deadline).await
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[tokio::test]
    async fn gzip_is_inflated_and_a_bomb_is_capped() {
        let good = read_gzip(gzip(b"module x\n"), 100).await;
        assert_eq!((good.bytes.as_slice(), good.end), (&b"module x\n"[..], BodyEnd::Complete));
        let bomb = read_gzip(gzip(&vec![0; 50 << 20]), 1000).await;
        assert_eq!((bomb.bytes.len(), bomb.end), (1000, BodyEnd::Capped));
    }

    #[tokio::test]
    async fn broken_compression_is_told_from_a_cut_body() {
        let whole = gzip(&(0..=255).collect::<Vec<u8>>());
        let cut = read_gzip(whole[..whole.len() - 9].to_vec(), 1000).await;
        assert_eq!(cut.end, failed(HttpFailure::Incomplete));
        let broken = read_gzip(b"<html>no gzip at all</html>".to_vec(), 1000).await;
        assert_eq!(broken.end, failed(HttpFailure::BadEncoding));
    }

    #[test]
    fn only_text_is_told() {
        assert_eq!(beginning("not found: é".as_bytes()).as_str(), "not found: é");
        assert!(beginning(b"PK\x03\x04\x00\x00").is_empty());
    }
}
