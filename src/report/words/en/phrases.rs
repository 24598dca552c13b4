//! English phrases.

use std::time::Duration;

use crate::catalog::{Location, Mender, Retry, Severity};
use crate::inquiry::contacts::{Wanted, Why};
use crate::model::supply::{Checksums, Source};
use crate::model::{CheckStatus, Confidence, Coverage, Foreign, Protection, Reason, Summary, Topic, Verified};
use crate::process::Wait;
use crate::report::words::phrases::{Headings, Label, Phrases, Rest};

/// English.
#[derive(Debug, Clone, Copy)]
pub struct English;

impl Phrases for English {
    fn healthy(&self, coverage: Coverage, go_sum_complete: bool) -> String {
        let sums = if go_sum_complete { ", go.sum is complete" } else { "" };
        match coverage.modules {
            0 => "No problem found.".to_owned(),
            1 => format!("No problem found: the one module of this build can be had{sums}."),
            modules => format!("No problem found: all {modules} modules of this build can be had{sums}."),
        }
    }

    fn verified(&self, verified: Verified, whole: bool) -> String {
        let Verified { modules, looked_at, quick, .. } = verified;
        let quick = if quick { " The contents of zips were not read (--quick)." } else { "" };
        match (looked_at, whole) {
            (0, true) => "There is no module in the cache to verify.".to_owned(),
            (1, true) => format!("The one module in the cache is as it was downloaded.{quick}"),
            (all, true) => format!("All {all} modules in the cache are as they were downloaded.{quick}"),
            (some, false) if some < modules => {
                format!("No damage found so far: {some} of {modules} modules were verified.{quick}")
            }
            (_, false) => format!("No damage found, but not everything could be looked at.{quick}"),
        }
    }

    fn hashed(&self, verified: Verified) -> String {
        let Verified { modules, looked_at, without_content, unchanged, bytes, .. } = verified;
        let mut parts = vec![number(modules, "module", "modules")];
        if looked_at < modules {
            parts.push(format!("{looked_at} verified"));
        }
        if unchanged > 0 {
            parts.push(format!("{unchanged} unchanged since last time"));
        }
        if without_content > 0 {
            parts.push(format!("{without_content} without zip and folder"));
        }
        parts.push(format!("{} hashed", indicatif::HumanBytes(bytes)));
        parts.join(", ")
    }

    fn verifying(&self) -> &'static str {
        "verifying"
    }

    fn sources(&self, sources: &[Source]) -> String {
        let one = |source: &Source| match source {
            Source::ModuleProxy { host, answered_ms: Some(ms) } => {
                format!("{host} {}", self.elapsed(Duration::from_millis(*ms)))
            }
            Source::ModuleProxy { host, answered_ms: None } => host.clone(),
            Source::Direct => "direct".to_owned(),
            Source::Off => "nothing else (off)".to_owned(),
        };
        sources.iter().map(one).collect::<Vec<_>>().join(", then ")
    }

    fn checksums(&self, checksums: &Checksums) -> String {
        match checksums {
            Checksums::ThroughModuleProxy => "checksums through the module proxy".to_owned(),
            Checksums::Directly { name } => format!("checksums straight from {name}"),
        }
    }

    fn degraded(&self, warnings: usize, headline: &str) -> String {
        match warnings {
            0 | 1 => format!("Nothing fails, but there is a warning: {headline}"),
            _ => format!("Nothing fails, but there are {warnings} warnings. The first: {headline}"),
        }
    }

    fn nothing_found_yet(&self, coverage: Coverage, untold: usize) -> String {
        let Coverage { modules, asked, in_cache } = coverage;
        if coverage.complete() {
            let untold = number(untold, "check", "checks");
            return format!("No problem found so far, but {untold} could not be made or could not tell.");
        }
        let modules = number(modules, "module", "modules");
        match (asked, in_cache) {
            (0, 0) => format!("No problem found so far, but none of {modules} could be asked for."),
            (asked, 0) => format!("No problem found so far, but only {asked} of {modules} could be asked for."),
            (0, cached) => {
                format!(
                    "No problem found so far, but only {cached} of {modules} are in the cache; no other was asked for."
                )
            }
            (asked, cached) => format!(
                "No problem found so far, but only {} of {modules} are in the cache or could be asked for.",
                asked + cached
            ),
        }
    }

    fn out_of_time(&self) -> &'static str {
        " The deadline of the run came first; --deadline gives it more time."
    }

    fn unexplained(&self) -> &'static str {
        "Something fails here, but no known error type fits."
    }

    fn unexplained_advice(&self) -> &'static str {
        "Nothing is claimed about the cause. To find out more, run the failing go command with -x, and look at \
         gomoddoc check --verbose."
    }

    fn nothing_in_log(&self) -> &'static str {
        "This log tells of no failure of a Go module sync."
    }

    fn unexplained_in_log(&self) -> &'static str {
        "A go command failed, but no known error type fits."
    }

    fn unexplained_in_log_advice(&self) -> &'static str {
        "Nothing is claimed about the cause. To find out more, run gomoddoc check on that machine, or ask for the \
         output of go env and of the failing go command with -x."
    }

    fn tickets(&self, all: usize, unexplained: usize, without: usize) -> String {
        format!("{all} tickets: {unexplained} that nothing explains, {without} without a failure of a module sync.")
    }

    fn ticket_headings(&self) -> [&'static str; 3] {
        ["Error types", "Hosts", "Modules"]
    }

    fn line(&self, line: usize) -> String {
        format!("line {line}")
    }

    fn who(&self, who: Mender) -> &'static str {
        match who {
            Mender::Developer => "you",
            Mender::Platform => "platform team",
            Mender::ProxyOperator => "proxy operator",
            Mender::ModuleAuthor => "module author",
        }
    }

    fn can_be_mended_by(&self, who: Mender) -> &'static str {
        match who {
            Mender::Developer => "you can fix this",
            Mender::Platform => "your platform team can fix this",
            Mender::ProxyOperator => "the module proxy's operator can fix this",
            Mender::ModuleAuthor => "the module's author can fix this",
        }
    }

    fn location(&self, location: Location) -> &'static str {
        match location {
            Location::Local => "this machine",
            Location::Network => "network",
            Location::HttpProxy => "HTTP proxy",
            Location::ModuleProxy => "module proxy",
            Location::BehindModuleProxy => "behind module proxy",
            Location::ChecksumDatabase => "checksum database",
            Location::VersionControl => "version control",
            Location::VanityHost => "import path host",
        }
    }

    fn confidence(&self, confidence: Confidence) -> &'static str {
        match confidence {
            Confidence::Confirmed => "confirmed",
            Confidence::Likely => "likely",
            Confidence::Possible => "possible",
        }
    }

    fn severity(&self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }

    fn retry(&self, helps: bool) -> &'static str {
        match helps {
            true => "worth a retry",
            false => "a retry will not help",
        }
    }

    fn retries(&self, retry: Retry) -> &'static str {
        match retry {
            Retry::No => "retrying will not help",
            Retry::Yes => "often gone at the next try",
            Retry::Sometimes => "a retry helps with some causes",
        }
    }

    fn removes(&self, protection: Protection) -> &'static str {
        match protection {
            Protection::ChecksumDatabase => {
                "Weakens security: the checksum database no longer vouches for these modules."
            }
            Protection::RecordedChecksums => "Weakens security: the hashes of what was built before are lost.",
            Protection::Transport => "Weakens security: nobody checks which server answers.",
            Protection::HostKey => "Weakens security: nobody checks the key of the ssh server.",
            Protection::Confidentiality => "Weakens confidentiality: another operator learns what you ask for.",
            Protection::VersionControlLimit => {
                "Weakens security: version control programs run that GOVCS forbids for these modules."
            }
            Protection::Ownership => "Weakens security: git trusts a folder that belongs to somebody else.",
        }
    }

    fn weakens_security(&self) -> &'static str {
        "Weakens security."
    }

    fn destructive(&self) -> &'static str {
        "Deletes what cannot simply be had again."
    }

    fn reason(&self, reason: &Reason) -> String {
        match reason {
            Reason::Offline => "--offline was given".to_owned(),
            Reason::NotWanted => "--only or --skip leaves it out".to_owned(),
            Reason::Deadline => "the deadline of the run came first".to_owned(),
            Reason::CutOff { after_ms } => {
                let after = self.elapsed(std::time::Duration::from_millis(*after_ms));
                format!("no end within {after}; go would wait longer")
            }
            Reason::MaxModules => "more modules than --max-modules".to_owned(),
            Reason::RateLimited => "the server refuses more requests for now".to_owned(),
            Reason::NotReached => "go would not come this far".to_owned(),
            Reason::NeedFailed => "what it needs failed".to_owned(),
            Reason::HelperNotRun => "needs a credential helper; --run-helpers allows it".to_owned(),
            Reason::Private => "a private name is sent to no public host".to_owned(),
            Reason::OnlyInLog => "only the log names it; --module lets it be asked for".to_owned(),
            Reason::ProgramMissing { program } => format!("{program} is not installed"),
            Reason::OnlyFromStore => "the mirror was asked only for what it holds; it may fetch more for go".to_owned(),
            Reason::Unreadable { path, error } => format!("cannot read {path}: {error}"),
            Reason::TooLarge { limit } => format!("larger than {}", size(*limit)),
            Reason::Platform => "this system has no way to tell".to_owned(),
            Reason::ProbeBroke { error } => format!("the check itself broke: {error}"),
            Reason::Interrupted => "somebody ended the run".to_owned(),
            Reason::Quick => "--quick leaves it out".to_owned(),
            Reason::GraphLacks { go_mods } => format!(
                "{} that the build list needs are not in the cache: it may have more modules",
                number(*go_mods, "go.mod file", "go.mod files")
            ),
            Reason::OtherOwner => "it belongs to another user".to_owned(),
            Reason::NotNeeded => "nothing here calls for it".to_owned(),
        }
    }

    fn status(&self, status: CheckStatus) -> &'static str {
        match status {
            CheckStatus::Passed => "passed",
            CheckStatus::Failed => "failed",
            CheckStatus::Warned => "warning",
            CheckStatus::Skipped => "skipped",
            CheckStatus::Inconclusive => "cannot tell",
        }
    }

    fn topic(&self, topic: Topic) -> &'static str {
        match topic {
            Topic::Environment => "environment",
            Topic::Repository => "repository",
            Topic::Endpoint => "hosts",
            Topic::ModuleProxy => "module proxy",
            Topic::ChecksumDatabase => "checksum database",
            Topic::VersionControl => "version control",
            Topic::Credentials => "credentials",
            Topic::Cache => "module cache",
            Topic::Toolchain => "toolchain",
        }
    }

    fn label(&self, label: Label) -> &'static str {
        match label {
            Label::What => "what",
            Label::Seen => "seen",
            Label::Why => "why",
            Label::Fix => "fix",
            Label::Or => "or",
            Label::More => "more",
        }
    }

    fn headings(&self) -> Headings {
        Headings { code: "ERROR TYPE", location: "WHERE", subject: "SUBJECT", who: "WHO CAN FIX IT" }
    }

    fn follows(&self) -> &'static str {
        "(follows)"
    }

    fn times(&self, count: usize) -> String {
        number(count, "time", "times")
    }

    fn rest(&self, rest: Rest, count: usize) -> String {
        match rest {
            Rest::Evidence | Rest::Symptoms => format!("and {count} more"),
            Rest::Fixes => format!("and {}", number(count, "other way", "other ways")),
        }
    }

    fn checks(&self, count: usize, reason: &str) -> String {
        format!("{}: {reason}", number(count, "check", "checks"))
    }

    fn summary(&self, summary: &Summary, more: bool) -> String {
        let mut parts = vec![format!("{} passed", number(summary.passed, "check", "checks"))];
        let mut add = |count: usize, text: String| {
            if count > 0 {
                parts.push(text);
            }
        };
        add(summary.failed, format!("{} failed", summary.failed));
        add(summary.warned, number(summary.warned, "warning", "warnings"));
        let untold = summary.skipped + summary.inconclusive;
        let how = if more { " (--verbose)" } else { "" };
        add(untold, format!("{untold} not possible here{how}"));
        parts.join(", ")
    }

    fn done_of(&self, done: usize, all: usize) -> String {
        format!("{done} of {all}")
    }

    fn coverage(&self, coverage: Coverage) -> String {
        let Coverage { modules, asked, in_cache } = coverage;
        format!("{}: {in_cache} in the cache, {asked} asked for", number(modules, "module", "modules"))
    }

    fn edit_line(&self, path: &str, line: usize, from: &str, to: &str) -> String {
        match (from, to) {
            ("", to) => format!("By hand: make line {line} of {path} read \"{to}\"."),
            (from, "") => format!("By hand: in line {line} of {path}, delete \"{from}\"."),
            (from, to) => format!("By hand: in line {line} of {path}, replace \"{from}\" with \"{to}\"."),
        }
    }

    fn set_variable(&self, place: &str, name: &str, value: &str) -> String {
        format!("By hand: in {place}, set {name} to \"{value}\".")
    }

    fn unset_variable(&self, place: &str, name: &str) -> String {
        format!("By hand: in {place}, remove {name}.")
    }

    fn no_command(&self) -> &'static str {
        "No command is shown: a value in it holds a secret, or characters that could do harm in a terminal."
    }

    fn contacts(&self, hosts: usize) -> String {
        match hosts {
            0 => "No host would be contacted.".to_owned(),
            1 => "This host would be contacted, and those to which its answers lead:".to_owned(),
            hosts => format!("These {hosts} hosts would be contacted, and those to which their answers lead:"),
        }
    }

    fn wanted(&self, wanted: Wanted) -> &'static str {
        match wanted {
            Wanted::HttpProxy => "HTTP proxy",
            Wanted::ModuleProxy => "module proxy",
            Wanted::ChecksumDatabase => "checksum database",
            Wanted::VanityHost => "import path host",
            Wanted::VersionControl => "version control",
        }
    }

    fn contact(&self, why: &Why, through: Option<&Foreign>) -> String {
        let why = match why {
            Why::Setting { variable } => format!("{variable} names it"),
            Why::Modules { module, count: 1 } => format!("{module} comes straight from there"),
            Why::Modules { module, count } => {
                format!("{module} and {} come straight from there", number(count - 1, "other module", "other modules"))
            }
        };
        match through {
            Some(proxy) => format!("{why}; through the HTTP proxy {proxy}"),
            None => why,
        }
    }

    fn retrying(&self, cause: Option<(&str, &str)>, more: usize, nth: u32, of: u32, wait: Duration) -> String {
        let what = match (cause, more) {
            (None, _) => "no answer".to_owned(),
            (Some((code, subject)), 0) => format!("{code} from {subject}"),
            (Some((code, subject)), more) => format!("{code} from {subject} and {more} more"),
        };
        format!("{what}, worth a retry: {nth} of {of} in {}", self.seconds(wait))
    }

    fn stalled(&self, limit: Duration, waits: &[Wait]) -> String {
        let limit = self.seconds(limit);
        let mut text = format!("ended the command: for {limit} no output, and nothing at work on CPU or network");
        for wait in waits {
            text.push_str("\n  ");
            text.push_str(&match wait {
                Wait::Lock { program, path, holder: Some((pid, holder)) } => {
                    format!("{program} waited for the lock on {path}, held by {holder} (process {pid})")
                }
                Wait::Lock { program, path, holder: None } => {
                    format!("{program} waited for the lock on {path}, held by another process")
                }
                Wait::Question { program } => format!("{program} waited for an answer on the terminal"),
                Wait::Connection { program, peer, established: true } => {
                    format!("{program} waited for {peer}, to which it was connected")
                }
                Wait::Connection { program, peer, established: false } => {
                    format!("{program} waited for a connection to {peer}")
                }
            });
        }
        text
    }

    fn no_module_failure(&self) -> &'static str {
        "nothing in this output is a failure to get modules"
    }
}

/// `1 check`, `2 checks`.
fn number(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// `64 MiB`, or bytes where that is not even.
fn size(bytes: u64) -> String {
    for (unit, name) in [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")] {
        if bytes >= unit && bytes.is_multiple_of(unit) {
            return format!("{} {name}", bytes / unit);
        }
    }
    format!("{bytes} bytes")
}
