//! Redirects that lead elsewhere or nowhere.

use super::{Answer, Asked, Fault};

/// Answers 302.
#[derive(Debug, Clone)]
pub enum Redirect {
    /// To the same path below another base URL.
    Base(String),
    /// To one URL.
    Url(String),
    /// To itself, for ever.
    Loop,
}

impl Fault for Redirect {
    fn spoil(&self, asked: &Asked, _: Answer) -> Answer {
        let target = match self {
            Self::Base(base) => format!("{base}{}", asked.path),
            Self::Url(url) => url.clone(),
            Self::Loop => asked.path.clone(),
        };
        Answer::new(302, "").header("location", &target)
    }
}
