//! What the go command says itself.
//!
//! Sources: cmd/go of Go 1.13 to 1.27 (modload, modfetch, modget, toolchain, web). Its words are never
//! translated; those of the system in them may be.

use super::GoSays::{Failure, Part, Progress, Request, Warning};
use super::{Format, GoSays, Tells, Whose, Wording, w};

const fn go(id: &'static str, says: GoSays, wordings: &'static [Wording]) -> Format {
    Format { id, whose: Whose::Ours, tells: Tells::Go(says), wordings }
}

pub(super) const FORMATS: &[Format] = &[
    go(
        "go/progress",
        Progress,
        &[
            w("go: downloading", r"^go: downloading \S+ \S+"),
            w("go: extracting", r"^go: extracting \S+ \S+"),
            w("go: finding", r"^go: finding "),
            w("go: found ", r"^go: found \S+ in "),
            w("go: added", r"^go: added \S+ "),
            w("go: upgraded", r"^go: upgraded \S+ "),
            w("go: downgraded", r"^go: downgraded \S+ "),
            w("go: removed", r"^go: removed \S+ "),
            w("go: trying", r"^go: trying upgrade to "),
            w("go: switching", r"^go: (?:\S+ requires go >= \S+; )?switching to go\S+$|^go: switching from \S+ to "),
            w("requires go >= ", r"^go: .* requires go >= \S+; switching to "),
            w("go: creating new", r"^go: creating new go\.(?:mod|work|sum)"),
            w("go: copying", r"^go: copying requirements from "),
            w("go: to add", r"^go: to (?:add|match|fetch|upgrade) .*:?$"),
            w("go: no module dep", r"^go: no module dependencies to download"),
        ],
    ),
    go(
        "go/warning",
        Warning,
        &[
            w("go: warning", r"^go: warning: "),
            w("warning: ", r"^warning: (?:ignoring|pattern|GOPATH|\S+ matched no packages)"),
            w("is deprecated: ", r"^go: module (?P<module>\S+) is deprecated: "),
            w("retracted by", r"(?P<module>[^\s@]+)@(?P<version>\S+): retracted by module author"),
        ],
    ),
    go("go/request", Request, &[w("# get http", r#"^# get (?P<url>https?://[^\s"]+?)(?:: (?P<status>\d{3}) .*)?$"#)]),
    go("go/proxy-status", Part, &[w("reading http", r#"reading (?P<url>https?://[^\s"]+): (?P<status>\d{3})\b"#)]),
    go("go/reading", Part, &[w("reading http", r#"reading (?P<url>https?://[^\s"]+): "#)]),
    go("go/broken-download", Part, &[w("read \"http", r#"\bread "(?P<url>https?://[^\s"]+)": "#)]),
    go("go/get", Part, &[w("\"http", r#"\b(?:Get|Head|Post) "(?P<url>https?://[^\s"]+)": "#)]),
    // Up to Go 1.13 without quotes.
    go("go/get-unquoted", Part, &[w("get http", r#"\bGet (?P<url>https?://[^\s"]+): "#)]),
    go(
        "go/lookup",
        Part,
        &[w("lookup ", r"\blookup (?P<host>[A-Za-z0-9._-]+)(?: on (?P<server>[^\s]+:\d+))?: (?P<how>.+)")],
    ),
    go("go/dial", Part, &[w("dial tcp", r"\bdial tcp6?(?: (?P<address>[^\s]+:\d+))?: (?P<how>.+)")]),
    go("go/http-proxy", Part, &[w("proxyconnect", r"\bproxyconnect tcp: (?P<how>.+)")]),
    go(
        "go/lookup-disabled",
        Part,
        &[w("lookup disabled", r"module lookup disabled by (?P<variable>\w+)=(?P<value>\S*)")],
    ),
    go("go/unknown-revision", Part, &[w("unknown revision", r"\bunknown revision (?P<revision>\S+)")]),
    go("go/invalid-version", Part, &[w("invalid version", r"\binvalid (?:pseudo-)?version: ")]),
    go(
        "go/no-matching-versions",
        Part,
        &[w("no matching versions", r#"no matching versions for query "(?P<revision>[^"]*)""#)],
    ),
    go("go/parsing-go-mod", Part, &[w("parsing go.mod", r"parsing (?:\S*/)?go\.mod:")]),
    go("go/unzip", Part, &[w("unzip ", r"\bunzip (?P<path>\S.*?): ")]),
    go("go/lock-or-cache", Part, &[w("module cache", r"could not create module cache: ")]),
    go(
        "go/vcs-missing",
        Part,
        &[w("executable file not found", r#"exec: "?(?P<program>[\w.-]+)"?: executable file not found"#)],
    ),
    go("go/vcs-disallowed", Part, &[w("govcs disallows", r"GOVCS disallows using (?P<vcs>\w+)")]),
    go("go/no-secure-protocol", Part, &[w("no secure protocol", r"no secure protocol found for repository")]),
    go("go/module-declares", Part, &[w("declares its path as", r"module declares its path as: (?P<declared>\S+)")]),
    go(
        "go/git-command",
        Failure,
        &[w(
            ": exit status ",
            r"\bgit (?:-c \S+ )*(?P<command>[a-z][a-z-]*)\b.* in (?P<path>\S.*?[/\\]cache[/\\]vcs[/\\][0-9a-f]+): exit status (?P<status>\d+)",
        )],
    ),
    go(
        "go/checksum-mismatch",
        Failure,
        &[w(
            "checksum mismatch",
            r"verifying (?:module: )?(?P<module>[^\s@:]+)@(?P<version>[^\s:/]+)(?:/go\.mod)?: (?:\S+: )?checksum mismatch",
        )],
    ),
    go(
        "go/unrecognized-import-path",
        Failure,
        &[w("unrecognized import path", r#"unrecognized import path "(?P<package>[^"]*)""#)],
    ),
    go(
        "go/no-required-module",
        Failure,
        &[w("no required module provides", r"no required module provides package (?P<package>[^\s;:]+)")],
    ),
    go(
        "go/no-module-for-package",
        Failure,
        &[w(
            "cannot find module",
            r"cannot find module (?:providing|for path|that provides) (?:package )?(?P<package>[^\s;:]+)",
        )],
    ),
    go(
        "go/missing-sum",
        Failure,
        &[
            w(
                "missing go.sum entry",
                r"missing go\.sum entry (?:for module providing|needed to verify) package (?P<package>\S+)",
            ),
            w("missing go.sum entry", r"missing go\.sum entry"),
        ],
    ),
    go("go/malformed-sum", Failure, &[w("malformed go.sum", r"malformed go\.sum")]),
    go(
        "go/package-not-in-module",
        Failure,
        &[w(
            "but does not contain package",
            r"module (?P<module>[^\s@]+)@(?P<version>[^\s,]+) found.*, but does not contain package (?P<package>\S+)",
        )],
    ),
    go(
        "go/cache-modified",
        Failure,
        &[w("has been modified", r"^(?P<module>[^\s@]+) (?P<version>v\S+): (?:dir|zip) has been modified")],
    ),
    go("go/not-in-std", Failure, &[w(" is not in ", r"package (?P<package>\S+) is not in (?:std|GOROOT)\b")]),
    go(
        "go/ambiguous-import",
        Failure,
        &[w("ambiguous import", r"ambiguous import: found package (?P<package>\S+) in multiple modules")],
    ),
];
