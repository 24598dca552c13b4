//! A response body that can be slow, stop, break or never end.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::time::Sleep;

use super::answer::{Answer, Delivery};
use super::wire::Switch;

/// Long enough for hyper to flush what it has before the connection breaks.
const BEFORE_THE_END: Duration = Duration::from_millis(20);

pub(super) struct Paced {
    content: Bytes,
    sent: usize,
    /// Where sending stops, at most the content's length.
    stop: usize,
    delivery: Delivery,
    wait: Option<Pin<Box<Sleep>>>,
    switch: Arc<Switch>,
}

impl Paced {
    pub(super) fn new(answer: &Answer, switch: Arc<Switch>) -> Self {
        let len = answer.body.len();
        let stop = match answer.delivery {
            Delivery::Stall(n) | Delivery::Truncate(n) | Delivery::ResetAfter(n) => n.min(len),
            _ => len,
        };
        Self { content: answer.body.clone(), sent: 0, stop, delivery: answer.delivery, wait: None, switch }
    }

    fn broken(&self) -> bool {
        matches!(self.delivery, Delivery::Stall(_) | Delivery::Truncate(_) | Delivery::ResetAfter(_))
    }
}

impl Body for Paced {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Some(wait) = &mut self.wait {
            match wait.as_mut().poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(()) => self.wait = None,
            }
            if self.sent == self.stop && self.broken() {
                if matches!(self.delivery, Delivery::ResetAfter(_)) {
                    self.switch.reset();
                }
                return Poll::Ready(Some(Err(io::Error::other("cut on purpose"))));
            }
        }
        if self.delivery == Delivery::Endless && self.sent == self.stop {
            self.sent = 0;
        }
        if self.sent == self.stop {
            if !self.broken() {
                return Poll::Ready(None);
            }
            if !matches!(self.delivery, Delivery::Stall(_)) {
                self.wait = Some(Box::pin(tokio::time::sleep(BEFORE_THE_END)));
                return self.poll_frame(context);
            }
            // Nobody wakes this task again but the end of the connection.
            return Poll::Pending;
        }
        let (len, pause) = match self.delivery {
            Delivery::Drip { bytes, pause } => (bytes.max(1), Some(pause)),
            _ => (64 * 1024, None),
        };
        let end = self.stop.min(self.sent + len);
        let piece = self.content.slice(self.sent..end);
        self.sent = end;
        self.wait = pause.map(|pause| Box::pin(tokio::time::sleep(pause)));
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.sent == self.content.len() && !self.broken() && self.delivery != Delivery::Endless
    }

    fn size_hint(&self) -> SizeHint {
        match self.delivery {
            Delivery::Endless => SizeHint::default(),
            _ => SizeHint::with_exact(self.content.len().saturating_sub(self.sent) as u64),
        }
    }
}
