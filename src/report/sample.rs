//! The diagnoses on which the tests of all formats are made.

use std::time::Duration;

use super::{Options, Shell, Verbosity};
use crate::catalog::{Code, Lang, Location, Mender};
use crate::model::situation::sample::{Advice, Situation};
use crate::model::supply::{Checksums, Source};
use crate::model::{
    Action, Check, CheckStatus, Confidence, Coverage, Diagnosis, Finding, Fix, Foreign, GoCommand, Place, Reason, Role,
    Subject, SubjectKind, Supply, Verdict,
};

pub(super) fn options(lang: Lang) -> Options {
    Options {
        lang,
        width: 80,
        color: false,
        ascii: false,
        verbosity: Verbosity::Normal,
        shell: Shell::Sh,
        elapsed: Some(Duration::from_millis(1_830)),
    }
}

pub(super) fn check(id: &str, subject: &str, status: CheckStatus) -> Check {
    Check { id: id.into(), subject: subject.into(), status, reason: None, elapsed_ms: 38 }
}

fn checks() -> Vec<Check> {
    vec![
        check("environment/GOPROXY", "https://goproxy.corp.example,direct", CheckStatus::Passed),
        check("environment/GOPRIVATE", "https://git.corp.example", CheckStatus::Warned),
        check("credentials/netrc", "~/.netrc", CheckStatus::Failed),
        check("module-proxy/info", "goproxy.corp.example", CheckStatus::Failed),
        Check {
            reason: Some(Reason::NeedFailed),
            elapsed_ms: 0,
            ..check("checksum-database/supported", "sum.golang.org through goproxy.corp.example", CheckStatus::Skipped)
        },
        Check {
            reason: Some(Reason::Unreadable {
                path: Foreign::new("/home/lin/go/pkg/mod/cache/download"),
                error: Foreign::new("Permission denied (os error 13)"),
            }),
            ..check("cache/integrity", "/home/lin/go/pkg/mod", CheckStatus::Inconclusive)
        },
    ]
}

/// Whatever the page of the code says, the samples stay the same.
fn finding(code: Code, subject: Subject, situation: Situation) -> Finding {
    Finding::new(code, subject, situation.into())
        .error()
        .located(Location::Local)
        .mended_by(Mender::Developer)
        .retryable(false)
}

/// A cause with a symptom, a warning and a note.
pub(super) fn failing() -> Diagnosis {
    let netrc = finding(Code::NetrcIneffective, Subject::file("~/.netrc", Some(3)), Situation::NetrcPort)
        .seen(
            "module-proxy/info",
            None,
            "GET https://goproxy.corp.example/git.corp.example/team/very-long-name-of-a-kit/v2/@v/v2.15.2.info: 401, no login sent",
        )
        .with("host", "goproxy.corp.example")
        .with("status", 401)
        .times(18)
        .fix(Fix::safe(
            Advice::DropPort.into(),
            Place::File { path: "~/.netrc".into(), line: Some(3) },
            vec![Action::EditLine { path: "~/.netrc".into(), line: 3, from: ":8443".into(), to: String::new() }],
        ))
        .fix(Fix::safe(Advice::LogIn.into(), Place::Elsewhere, vec![Action::Ask]))
        .fix(Fix::weakening(
            Advice::NoDatabase.into(),
            Place::UserEnvFile,
            vec![Action::SetVariable { name: "GOSUMDB".into(), value: "off".into() }],
        ));
    let host = "goproxy.corp.example";
    let mut unauthorized =
        finding(Code::ProxyUnauthorized, Subject::host(host), Situation::Unauthorized { host: host.into() })
            .located(Location::ModuleProxy)
            .mended_by(Mender::ProxyOperator)
            .seen("module-proxy/info", None, "401 Unauthorized");
    unauthorized.role = Role::Symptom;
    unauthorized.caused_by = vec![netrc.id.clone()];
    let pattern = finding(Code::GoprivatePattern, Subject::variable("GOPRIVATE"), Situation::PatternScheme)
        .warning()
        .seen("~/.config/go/env", Some(2), "GOPRIVATE=https://git.corp.example")
        .fix(Fix::safe(
            Advice::DropScheme.into(),
            Place::UserEnvFile,
            vec![Action::SetVariable { name: "GOPRIVATE".into(), value: "git.corp.example".into() }],
        ));
    let comma = finding(
        Code::FallbackBlocked,
        Subject::new(SubjectKind::Url, "https://goproxy.corp.example,direct"),
        Situation::Comma,
    )
    .note()
    .confidence(Confidence::Likely);
    Diagnosis {
        go: GoCommand {
            version: Some("go1.26.8".into()),
            selected: Some("go1.26.8".into()),
            path: Some("/usr/local/go/bin/go".into()),
        },
        verdict: Verdict::Failing,
        unexplained_failure: false,
        unexplained: Vec::new(),
        of_log: false,
        coverage: Coverage { modules: 212, asked: 61, in_cache: 151 },
        verified: None,
        supply: Supply {
            sources: vec![
                Source::ModuleProxy { host: "goproxy.corp.example".into(), answered_ms: Some(38) },
                Source::Direct,
            ],
            checksums: Some(Checksums::ThroughModuleProxy),
            go_sum_complete: true,
        },
        findings: vec![netrc, unauthorized, pattern, comma],
        checks: checks(),
    }
}

/// Nothing but the warning.
pub(super) fn degraded() -> Diagnosis {
    let mut diagnosis = failing();
    diagnosis.verdict = Verdict::Degraded;
    diagnosis.findings.retain(|finding| finding.code == Code::GoprivatePattern);
    diagnosis.checks.retain(|check| check.status != CheckStatus::Failed);
    diagnosis
}

/// Nothing at all.
pub(super) fn healthy() -> Diagnosis {
    let mut diagnosis = degraded();
    diagnosis.verdict = Verdict::Healthy;
    diagnosis.findings.clear();
    diagnosis.checks.retain(|check| check.status == CheckStatus::Passed);
    diagnosis
}

/// Nothing found, but the deadline came.
pub(super) fn partly_asked() -> Diagnosis {
    let late = |id: &str| Check {
        reason: Some(Reason::Deadline),
        ..check(id, "goproxy.corp.example", CheckStatus::Inconclusive)
    };
    let mut diagnosis = healthy();
    diagnosis.verdict = Verdict::Unknown;
    diagnosis.coverage = Coverage { modules: 212, asked: 50, in_cache: 0 };
    diagnosis.checks.extend([
        Check {
            reason: Some(Reason::HelperNotRun),
            ..check("credentials/helper", "git.corp.example", CheckStatus::Skipped)
        },
        late("module-proxy/modules"),
        late("module-proxy/zip"),
    ]);
    diagnosis
}

/// A failure that no type covers.
pub(super) fn unexplained() -> Diagnosis {
    let mut diagnosis = healthy();
    diagnosis.verdict = Verdict::Unknown;
    diagnosis.unexplained_failure = true;
    diagnosis.checks.push(check("version-control/ls-remote", "git.corp.example", CheckStatus::Failed));
    diagnosis
}

pub(super) fn all() -> Vec<Diagnosis> {
    vec![failing(), degraded(), healthy(), partly_asked(), unexplained()]
}
