//! Content that is not what was asked for.

use hyper::body::Bytes;

use super::{Answer, Asked, Fault};

/// A login page with 200, as captive portals and single sign-on give to everything.
#[derive(Debug, Clone, Copy)]
pub struct Html;

impl Fault for Html {
    fn spoil(&self, _: &Asked, _: Answer) -> Answer {
        Answer::ok(
            "text/html; charset=utf-8",
            "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><form></form></body></html>\n",
        )
    }
}

/// Other bytes with the same status and headers.
#[derive(Debug, Clone)]
pub struct Content(pub Vec<u8>);

impl Fault for Content {
    fn spoil(&self, _: &Asked, mut answer: Answer) -> Answer {
        answer.body = Bytes::from(self.0.clone());
        answer
    }
}

/// The body with its middle overwritten, or cut there.
#[derive(Debug, Clone, Copy)]
pub enum Corrupt {
    /// Sixteen bytes in the middle are inverted.
    Middle,
    /// Only the first half arrives, and Content-Length agrees with it.
    Cut,
}

impl Fault for Corrupt {
    fn spoil(&self, _: &Asked, mut answer: Answer) -> Answer {
        let mut bytes = answer.body.to_vec();
        let middle = bytes.len() / 2;
        match self {
            Self::Middle => bytes.iter_mut().skip(middle).take(16).for_each(|byte| *byte = !*byte),
            Self::Cut => bytes.truncate(middle),
        }
        answer.body = Bytes::from(bytes);
        answer
    }
}
