//! The answer in one word.

use super::supply::supply;
use crate::catalog::Severity;
use crate::facts::Facts;
use crate::model::{Check, CheckStatus, Coverage, Diagnosis, Evidence, Finding, GoCommand, Role, Verdict, Verified};

/// How many lines are shown of a failure that nothing explains.
const SHOWN: usize = 5;

/// The probes without whose answer "healthy" would be a guess.
const NEEDED: &[&str] =
    &["repository/", "module-proxy/", "checksum-database/", "version-control/", "toolchain/selected"];

/// Puts the parts together and finds the verdict.
#[must_use]
pub fn diagnosis(facts: &Facts, findings: Vec<Finding>, checks: Vec<Check>) -> Diagnosis {
    let coverage = coverage(facts);
    let failures = facts.transcript.get().is_some_and(|transcript| !transcript.failures.is_empty());
    let has = |wanted: fn(&Finding) -> bool| findings.iter().any(wanted);
    let unexplained_failure = failures && !has(|finding| finding.role == Role::Cause);
    let verdict = if has(|finding| finding.role == Role::Cause) {
        Verdict::Failing
    } else if unexplained_failure || !coverage.complete() || checks.iter().any(|check| leaves_open(facts, check)) {
        Verdict::Unknown
    } else if has(|finding| finding.severity == Severity::Warning) {
        Verdict::Degraded
    } else {
        Verdict::Healthy
    };
    let unexplained = if unexplained_failure { unexplained(facts) } else { Vec::new() };
    let of_log = facts.transcript.get().is_some() && facts.environment.get().is_none();
    Diagnosis {
        go: go_command(facts),
        verdict,
        unexplained_failure,
        unexplained,
        of_log,
        coverage,
        verified: verified(facts),
        supply: supply(facts),
        findings,
        checks,
    }
}

/// The first failures of the log.
fn unexplained(facts: &Facts) -> Vec<Evidence> {
    let log = facts.transcript.get().into_iter();
    let lines = log.flat_map(|log| log.failures.iter().map(move |failure| (log, failure))).take(SHOWN);
    let lines = lines.map(|(log, failure)| Evidence {
        source: log.source(failure).to_owned(),
        line: Some(failure.line),
        seen: failure.text.to_string().into(),
    });
    lines.collect()
}

/// Whether a check could not be made although a sync here needs what it looks at.
fn leaves_open(facts: &Facts, check: &Check) -> bool {
    use crate::facts::Reason::{NotNeeded, NotReached, Platform, ProgramMissing};
    if facts.wishes.verify {
        return check.status == CheckStatus::Inconclusive;
    }
    let needed = NEEDED.iter().any(|prefix| check.id.starts_with(prefix));
    let open = matches!(check.status, CheckStatus::Skipped | CheckStatus::Inconclusive);
    // What a program of the user's might answer is not among them: go asks it.
    let harmless = matches!(check.reason, Some(NotReached | NotNeeded | Platform | ProgramMissing { .. }));
    needed && open && !harmless
}

fn verified(facts: &Facts) -> Option<Verified> {
    let scan = facts.cache.get()?.scan.as_ref().filter(|_| facts.wishes.verify)?;
    Some(Verified {
        modules: scan.scanned + scan.not_reached,
        looked_at: scan.scanned,
        without_content: scan.absent,
        unchanged: scan.unchanged,
        bytes: scan.bytes,
        quick: scan.quick,
    })
}

fn coverage(facts: &Facts) -> Coverage {
    if let Some(verified) = verified(facts) {
        return Coverage { modules: verified.modules, asked: 0, in_cache: verified.looked_at };
    }
    let Some(repository) = facts.repository.get() else { return Coverage::default() };
    let fetched = repository.build_list.iter().filter(|module| module.fetched().is_some());
    let in_cache = fetched.clone().filter(|module| module.mod_in_cache).count();
    let modules = fetched.count();
    let asked = facts.module_proxy.get().map_or(0, |proxies| proxies.asked);
    Coverage { modules, asked: asked.min(modules - in_cache), in_cache }
}

fn go_command(facts: &Facts) -> GoCommand {
    let Some(toolchain) = facts.toolchain.get() else { return GoCommand::default() };
    let selected = toolchain.selection.as_ref().and_then(|selection| selection.choice.as_ref().ok());
    GoCommand {
        version: toolchain.version.as_ref().map(ToString::to_string),
        selected: selected.map(|selection| selection.toolchain.clone()),
        path: toolchain.path.as_ref().map(ToString::to_string),
    }
}
