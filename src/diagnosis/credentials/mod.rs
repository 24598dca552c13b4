//! Rules of the family `credentials`: logins that are missing, not used, or refused.

use crate::facts::Facts;
use crate::golang::env::Origin;
use crate::model::{Finding, Place};

mod goauth;
mod login;
mod netrc;
mod refusal;
mod ssh;
#[cfg(test)]
mod tests;

pub use login::ways_in;

/// Looks at the facts and emits what it finds.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    goauth::rules(facts, findings);
    netrc::rules(facts, findings);
    login::rules(facts, findings);
    ssh::rules(facts, findings);
}

/// Where a variable is set, so where it is to be changed.
fn place_of(facts: &Facts, variable: &str) -> Place {
    match facts.environment.get().map(|settings| settings.environment.origin(variable)) {
        Some(Origin::Process) => Place::Shell,
        _ => Place::UserEnvFile,
    }
}

/// What go would send to a host (with its port as the URL has it).
fn host_credential<'a>(facts: &'a Facts, host: &str) -> Option<&'a crate::facts::credentials::HostCredential> {
    facts.credentials.get()?.hosts.iter().find(|known| known.host.as_str() == host)
}
