//! What the go command is doing, what stops nothing, and what only frames a failure.

use super::GoSays::{Notice, Progress, Request, Warning};
use super::{Format, go, of, part, w};

pub(super) const FORMATS: &[Format] = &[
    of(
        "go/progress",
        Progress,
        &[
            w("go: downloading", r"^(?:go: )?downloading \S+ \S+"),
            w("downloading ", r"^downloading \S+\.\S+ v\S+$"),
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
            w("go: creating", r"^go: creating (?:new|workspace) "),
            w("go: copying", r"^go: copying requirements from "),
            w("go: converting", r"^go: converting "),
            w("go: to ", r"^go: to (?:add|match|fetch|upgrade|find) .*:?$"),
            w("go: no module dep", r"^go: no module dependencies to download"),
            w(" => v", r"^go: \S+ v?\S+ => v\S+$"),
            w("updating to", r"^go(?: get)?: \S+@\S+ updating to$"),
            w("go: using", r"^go: using "),
            w("all modules verified", r"^(?:go: )?all modules verified"),
        ],
    ),
    of(
        "go/warning",
        Warning,
        &[
            w("go: warning", r"^go(?: \w+)?: warning: "),
            w(": warning: ", r"^go(?: \w+)*: warning: "),
            w("warning: ", r"^warning: (?:ignoring|pattern|GOPATH|\S+ matched no packages)"),
            w("matched no packages", r"matched no packages"),
        ],
    ),
    // A build or a command line that is wrong: no trouble with modules.
    of(
        "go/not-modules",
        Warning,
        &[
            w("import cycle not allowed", r"import cycle not allowed"),
            w("is not a main package", r"is not a main package"),
            w("build constraints exclude", r"build constraints exclude all Go files"),
            w("go files in", r"no (?:non-test )?Go files in "),
            w("use of internal package", r"use of internal package \S+ not allowed"),
            w("use of vendored package", r"use of vendored package \S+ not allowed"),
            w("found packages ", r"found packages \S+ \(.*\) and \S+ \("),
            w("directory not found", r": directory not found"),
            w("named files must", r"named files must (?:be \.go files|all be in one directory)"),
            w("no such tool", r"^go: no such tool "),
            w("unknown command", r"^go(?: \w+)*:? ?\S*: unknown command"),
            w("unknown subcommand", r"^go(?: \w+)*:? ?\S*: unknown subcommand"),
            w("requires cgo", r"^go: -race requires cgo"),
            w("accepts no arguments", r"accepts no arguments"),
            w("excluded version", r"^go: dropping requirement on excluded version "),
        ],
    ),
    // Nothing of go's is wrong where the shell does not find it.
    of("shell/no-go", Warning, &[w("not found", r"\bgo: (?:command )?not found")]),
    of(
        "go/retracted",
        Notice,
        &[w("retracted by", r"(?P<module>[^\s@]+)@(?P<version>\S+): retracted by module author(?:: (?P<how>.*))?")],
    ),
    of("go/deprecated", Notice, &[w("is deprecated: ", r"module (?P<module>\S+) is deprecated: (?P<how>.*)")]),
    of(
        "go/env-hidden",
        Notice,
        &[w(
            "conflicting os environment",
            r"go env -w (?P<variable>\w+)=\S* does not override conflicting OS environment variable",
        )],
    ),
    of(
        "go/request",
        Request,
        &[
            w("# get http", r#"^# get (?P<url>https?://[^\s"]+?)(?:: (?P<status>\d{3}) .*)?$"#),
            w("get http", r#"^get (?P<url>https?://[^\s"]+?)(?:: (?P<status>\d{3}) .*)?$"#),
            w("fetching http", r#"^Fetching (?P<url>https?://[^\s"]+)$"#),
        ],
    ),
    // Before modules: the command failed below, and git's words stand above.
    go(
        "go/package-exit-status",
        &[w(": exit status ", r"^\s*(?:package|imports) (?P<package>[^\s:]+): exit status (?P<status>\d+)")],
    ),
    go("go/loading-requirements", &[w("loading module requirements", r"error loading module requirements")]),
    // What follows a question of git's that nobody could answer.
    go(
        "go/confirm-path",
        &[
            w("import path was entered", r"Confirm the import path was entered correctly"),
            w("faq#git_https", r"If this is a private repository, see https?://\S+/doc/faq#git_https"),
        ],
    ),
    go("go/constraints-conflict", &[w("version constraints conflict", r"version constraints conflict")]),
    part("go/requires", &[w(" requires", r"(?P<module>[^\s@]+)@(?P<version>\S+) (?:indirectly )?requires\b")]),
];
