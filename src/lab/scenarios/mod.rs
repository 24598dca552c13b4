//! The table of scenarios, one file for each kind. A row says what is set up; nothing else knows of it.

mod answers;
mod checksums;
mod connections;
mod content;
mod healthy;
mod http_proxies;
mod logins;
mod repositories;
#[cfg(unix)]
mod ssh;
mod tls;

use super::scenario::Scenario;

/// All rows.
pub(super) const ALL: &[&[Scenario]] = &[
    healthy::SCENARIOS,
    answers::SCENARIOS,
    logins::SCENARIOS,
    connections::SCENARIOS,
    tls::SCENARIOS,
    http_proxies::SCENARIOS,
    content::SCENARIOS,
    checksums::SCENARIOS,
    repositories::SCENARIOS,
    #[cfg(unix)]
    ssh::SCENARIOS,
];

/// Modules of a row that needs only a few.
const FEW: usize = 3;
