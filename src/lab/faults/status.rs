//! Another status code, with or without a text.

use super::{Answer, Asked, Fault};

/// Answers with a status in place of the content.
#[derive(Debug, Clone)]
pub struct Status(Answer);

impl Status {
    /// A status with an empty body.
    pub fn new(status: u16) -> Self {
        Self(Answer::new(status, ""))
    }

    /// A status with plain text, which the go command repeats as `server response`.
    pub fn text(status: u16, text: &str) -> Self {
        Self(Answer::text(status, text))
    }

    /// Adds a header, such as Retry-After.
    pub fn header(self, name: &str, value: &str) -> Self {
        Self(self.0.header(name, value))
    }
}

impl Fault for Status {
    fn spoil(&self, _: &Asked, answer: Answer) -> Answer {
        Answer { delay: answer.delay, ..self.0.clone() }
    }
}
