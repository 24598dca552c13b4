//! `--ignore CODE[=SUBJECT]`: findings that somebody knows and wants to hear no more about.

use std::str::FromStr;

use crate::catalog::{Code, UnknownCode};
use crate::model::Finding;

/// Findings to leave out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignore {
    code: Code,
    subject: Option<String>,
}

impl Ignore {
    /// Whether `finding` is to be left out.
    #[must_use]
    pub fn covers(&self, finding: &Finding) -> bool {
        self.code == finding.code && self.subject.as_ref().is_none_or(|subject| *subject == finding.subject.value)
    }
}

impl FromStr for Ignore {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (code, subject) = match text.split_once('=') {
            Some((code, subject)) => (code, Some(subject.to_owned())),
            None => (text, None),
        };
        Ok(Self { code: code.parse()?, subject })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_have_a_subject() {
        let all: Ignore = "fallback-blocked".parse().unwrap();
        assert_eq!(all, Ignore { code: Code::FallbackBlocked, subject: None });
        let one: Ignore = "env-shadowed=GOPROXY".parse().unwrap();
        assert_eq!(one, Ignore { code: Code::EnvShadowed, subject: Some("GOPROXY".into()) });
    }

    #[test]
    fn a_near_miss_is_helped() {
        let error = "netrc-inefective".parse::<Ignore>().unwrap_err();
        assert_eq!(error.to_string(), "no error type is called \"netrc-inefective\"; did you mean netrc-ineffective?");
    }
}
