//! Late answers and broken connections.

use std::time::Duration;

use super::{Answer, Asked, Fault};
use crate::lab::server::Delivery;

/// Waits before the answer.
#[derive(Debug, Clone, Copy)]
pub struct Latency(pub Duration);

impl Fault for Latency {
    fn spoil(&self, _: &Asked, mut answer: Answer) -> Answer {
        answer.delay += self.0;
        answer
    }
}

/// Delivers the answer in a broken way.
#[derive(Debug, Clone, Copy)]
pub struct Broken(pub Delivery);

impl Fault for Broken {
    fn spoil(&self, _: &Asked, answer: Answer) -> Answer {
        answer.delivered(self.0)
    }
}
