//! HTTP basic authentication.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Answer, Asked, Fault};

/// Answers 401 unless the request carries this login.
#[derive(Debug, Clone)]
pub struct BasicLogin {
    expected: String,
}

impl BasicLogin {
    /// Only this user with this password is let through.
    #[must_use]
    pub fn new(user: &str, password: &str) -> Self {
        Self { expected: format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))) }
    }
}

impl Fault for BasicLogin {
    fn spoil(&self, asked: &Asked, answer: Answer) -> Answer {
        if asked.header("authorization") == self.expected {
            return answer;
        }
        Answer::text(401, "login required\n").header("www-authenticate", "Basic realm=\"loopback\"")
    }
}
