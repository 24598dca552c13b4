//! English sentences of the situations that only tests meet.

use crate::model::situation::sample::{Advice, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::NetrcPort => {
            Said::new("The module proxy wants a login and got none: ~/.netrc line 3 does not match.").because(
                "Line 3 names goproxy.corp.example:8443, but the URL in GOPROXY has no port. go compares host and port \
                 as they are written.",
            )
        }
        Situation::Unauthorized { host } => Said::new(format!("The module proxy {host} wants a login.")),
        Situation::PatternScheme => Said::new("GOPRIVATE holds a URL, so it matches no module.")
            .because("A pattern with a scheme can never match a module path."),
        Situation::Comma => Said::new("go asks direct only where goproxy.corp.example answers 404 or 410."),
    }
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::DropPort => "Delete the port.",
        Advice::DropScheme => "Write the host without a scheme.",
        Advice::LogIn => "Ask the operator of goproxy.corp.example for a login.",
        Advice::NoDatabase => "Do without the checksum database.",
    }
    .to_owned()
}
