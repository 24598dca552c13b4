//! The lab, in English.

use std::time::Duration;

use super::English;
use crate::lab::faults::Account;
use crate::lab::scenario::Go;
use crate::report::words::lab::{LabWords, fine};

impl LabWords for English {
    fn go(&self, go: Go) -> &'static str {
        match go {
            Go::Passes => "go passes",
            Go::Fails => "go fails",
            Go::Waits => "go waits",
        }
    }

    fn nothing_wrong(&self) -> &'static str {
        "(nothing is wrong)"
    }

    fn account(&self, account: &Account) -> String {
        let Account { rate, burst, penalty, passed, refused, first_refused, elapsed, .. } = account;
        let mut text = format!(
            "the module proxy lets {rate} requests a second through, {burst} at once, and after that refuses all for {} s\n",
            penalty.as_secs()
        );
        text.push_str(&format!("let through  {passed}\nrefused      {refused}\n"));
        match first_refused {
            Some((what, when)) => text.push_str(&format!("first refused after {}: {what}\n", fine(*when))),
            None => text.push_str("nothing was refused\n"),
        }
        text.push_str(&format!("{} requests in {}\n", passed + refused, fine(*elapsed)));
        text
    }

    fn request(&self, when: Duration, what: &str, passed: bool) -> String {
        format!("{:>9}  {}  {what}", fine(when), if passed { "let through" } else { "refused    " })
    }

    fn ended(&self, limit: Duration) -> String {
        format!("ended the command after {} s (--for)", limit.as_secs_f64())
    }

    fn lives(&self, name: &str, pid: u32, lives: Duration) -> String {
        format!("{name} runs as process {pid}, for {} s at the most; gomoddoc lab --stop ends it", lives.as_secs())
    }

    fn repository(&self) -> &'static str {
        "a repository to try it in:"
    }

    fn stopped(&self, name: &str, pid: u32) -> String {
        format!("{name} (process {pid}) is taken down")
    }

    fn gone(&self, name: &str, pid: u32) -> String {
        format!("{name} (process {pid}) had gone already")
    }

    fn none(&self) -> &'static str {
        "no lab runs"
    }
}
