//! What go says of module paths, versions, packages and the files of a module.

use super::{Format, go, part, w};

pub(super) const FORMATS: &[Format] = &[
    part("go/unknown-revision", &[w("unknown revision", r"\bunknown revision(?: (?P<revision>\S+))?")]),
    part(
        "go/required-version",
        &[w("version \"", r#"(?:require|replace) (?P<module>[^\s:]+): version "(?P<version>[^"]*)" invalid"#)],
    ),
    part(
        "go/invalid-version",
        &[w("invalid version:", r"\binvalid version: "), w("invalid version", r"invalid version:?$")],
    ),
    go(
        "go/version-form",
        &[
            w("should be v", r#"(?:invalid|invalid version): should be (?P<revision>v\S+)"#),
            w("module path must match", r#"module path must match(?: major version \("(?P<wanted>[^"]*)"\))?"#),
            w("major version (", r#"^major version \("(?P<wanted>[^"]*)"\)"#),
            w("major version must be compatible", r"so major version must be compatible"),
            w("+incompatible suffix", r"\+incompatible suffix not allowed"),
            w(
                "invalid pseudo-version: ",
                r"invalid pseudo-version: (?:does not match|revision is|major version|tag|preceded by|unknown|version before|timestamp|short)",
            ),
            w("must be of the form v1.2.3", r"(?:invalid: )?must be of the form v1\.2\.3"),
            w("disallowed version string", r"disallowed version string"),
            w("non-canonical", r"non-canonical (?:module )?version"),
            w("non-semver", r"non-semver module version"),
            w("or invalid go.mod", r"missing or invalid go\.mod"),
            w("go.mod at revision", r"\bmissing \S*go\.mod(?: and \S+)? at revision"),
            w("module path", r"go\.mod has (?:post-v\d+|malformed|non-\.\.\.\S*) (?:\S+ )?module path"),
            w("non-...", r"go\.mod has non-\S+ module path"),
        ],
    ),
    go(
        "go/no-matching-versions",
        &[w("no matching versions", r#"no matching versions for query "?(?P<revision>[^"\s]*)"?"#)],
    ),
    go(
        "go/package-not-in-module",
        &[
            w(
                "but does not contain package",
                r"module (?P<module>[^\s@]+)@(?P<version>[^\s,]+) found.*, but does not contain package (?P<package>\S+)",
            ),
            w("but does not contain package", r"but does not contain package (?P<package>\S+)"),
            w("module ", r"^go: module (?P<module>[^\s@]+)@(?P<version>[^\s,]+) found \(\S+\),$"),
        ],
    ),
    go(
        "go/no-required-module",
        &[w("no required module provides", r"no required module provides package \[?(?P<package>[^\s;:\]]+)")],
    ),
    go(
        "go/no-module-for-package",
        &[w(
            "cannot find module",
            r"cannot find module (?:providing|for path|that provides) (?:package )?\[?(?P<package>[^\s;:\]]+)",
        )],
    ),
    go(
        "go/outside-module",
        &[
            w("go.mod file not found", r"go\.mod file not found"),
            w("cannot find main module", r"cannot find main module"),
            w("working directory is not part", r"working directory is not part of a module"),
            w("no modules specified", r"no modules specified \(see"),
            w("supported outside a module", r"no longer supported outside a module"),
            w("cannot determine module path", r"cannot determine module path for source directory"),
            w("not using modules", r"go: not using modules"),
        ],
    ),
    go(
        "go/no-main-module",
        &[w("main module or its selected", r"does not contain main module or its selected dependencies")],
    ),
    go(
        "go/not-in-std",
        &[w(" is not in ", r"package (?P<package>\S+) is not in (?:std|GOROOT)\b(?: \((?P<path>[^)]*)\))?")],
    ),
    go(
        "go/cannot-find-package",
        &[
            w("cannot find package", r#"cannot find package "(?P<package>[^"]*)""#),
            w("cannot find package", r"cannot find package (?P<package>[\w.-]+(?:/[\w.~-]+)+)"),
            w("is missing locally", r"package under the main module path: (?P<package>\S+) is missing locally"),
        ],
    ),
    go("go/from-gopath", &[w("(from $gopath)", r"\(from \$GOPATH\)")]),
    go(
        "go/ambiguous-import",
        &[w(
            "ambiguous import",
            r"ambiguous import: found (?:package )?(?P<package>\S+) in multiple (?:modules|directories)",
        )],
    ),
    go(
        "go/module-declares",
        &[
            w("declares its path as", r"module declares its path as: (?P<declared>\S+)"),
            // Up to Go 1.12.
            w("unexpected module path", r#"parsing go\.mod: unexpected module path "(?P<declared>[^"]*)""#),
            w("but was required as", r"but was required as: (?P<module>[^\s@]+)"),
        ],
    ),
    go(
        "go/path-malformed",
        &[
            w("malformed ", r#"malformed (?:module|import) path "(?P<package>[^"]*)""#),
            w("invalid ", r#"invalid \S+ import path "(?P<package>[^"]*)""#),
            w("invalid import path: ", r"\.go:\d+:\d+: invalid import path: (?P<package>\S+)"),
            w("invalid version control suffix", r"invalid version control suffix in "),
            w("relative import paths", r"relative import paths are not supported"),
            w("invalid module path", r#"invalid module path: ""#),
        ],
    ),
    go(
        "go/mod-errors",
        &[
            w("errors parsing ", r"errors parsing (?P<path>\S*go\.mod):"),
            w("error ", r"error (?:reading|loading) (?P<path>\S*go\.mod):"),
            w("errors ", r"errors (?:reading|loading) (?P<path>\S*go\.mod):"),
        ],
    ),
    go(
        "go/mod-line",
        &[
            w(
                "go.mod:",
                r"(?P<path>\S*go\.mod):(?P<line>\d+)(?::\d+)?: (?:unknown (?:directive|block type|godebug)|usage: |invalid |repeated |syntax error|unexpected |malformed |go directive|module |mod files|use of removed|removed GODEBUG|require |replace |exclude |retract )(?P<how>.*)",
            ),
            w("go.mod:", r"(?P<path>\S*go\.mod):(?P<line>\d+)(?::\d+)?: unknown directive: (?P<how>.*)"),
            w("missing module declaration", r"missing module declaration"),
        ],
    ),
    go(
        "go/mod-newer-go",
        &[
            w(
                "unknown directive: ",
                r"(?:(?P<path>\S*go\.mod):(?P<line>\d+): )?unknown directive: (?P<how>toolchain|godebug|tool|ignore)\b",
            ),
            w("must match format 1.23", r"invalid go version '(?P<how>\d[^']*)': must match format 1\.23\b"),
        ],
    ),
    go("go/mod-of-dependency", &[w("parsing go.mod:", r"parsing (?P<path>(?:\S*/)?go\.mod):")]),
    go(
        "go/mod-no-module-line",
        &[
            w("missing module line", r"parsing go\.mod: missing module line"),
            w("unknown directive: <", r"parsing go\.mod: (?:go\.mod:\d+(?::\d+)?: )?unknown directive: <"),
            w(
                "parsing go.mod: go.mod:",
                r"parsing go\.mod: go\.mod:\d+(?::\d+)?: (?:unexpected (?:input character|newline in string|EOF in string)|syntax error)",
            ),
        ],
    ),
    go(
        "go/mod-update-needed",
        &[
            w("updates to go.mod needed", r"updates to go\.mod needed"),
            w("diff current/go.", r"^diff current/go\.(?:mod|sum) tidy/"),
            w("contents have changed since", r"existing contents have changed since last read"),
        ],
    ),
    go(
        "go/tidy-wanted",
        &[w(
            "go mod tidy",
            r"(?i)(?:please |run |you need to run |need to run |must run |forgot to run )(?:\S+ )?['`\x22]?go mod tidy['`\x22]?(?: and commit| to (?:update|sync|clean))",
        )],
    ),
    go(
        "go/conflict",
        &[
            w("excluded by go.mod", r"excluded by go\.mod"),
            w(" requires ", r"requires \S+@\S+, (?:not \S+|but \S+ is requested)"),
            w("would select", r"but go 1\.\d+ would select "),
            w("loaded from ", r"loaded from \S+,?$"),
            w("two different module paths", r"(?P<module>[^\s@]+)@v\S* used for two different module paths"),
            w("two different module paths", r"(?:^|\s)(?P<module>[./][^\s@]*)@ used for two different module paths"),
        ],
    ),
    go(
        "go/workspace",
        &[
            w("listed in go.work", r"listed in go\.work(?: file)?"),
            w("modules listed in go.work", r"modules listed in go\.work"),
            w("conflicting replacements", r"conflicting replacements (?:found )?for (?P<module>[^\s@:]+)"),
            w("multiple times in workspace", r"appears multiple times in workspace"),
            // A module of the workspace has no version, and no dot before its path as a folder of go.mod has.
            w(
                "two different module paths",
                r"(?:^|\s)(?P<module>[^\s@./][^\s@]*)@ used for two different module paths",
            ),
            w("go.work:", r"(?P<path>\S*go\.work):(?P<line>\d+):"),
            w("go.work", r"(?:errors? (?:parsing|loading|reading)|reading) (?P<path>\S*go\.work):"),
            w("in workspace mode", r"cannot be run in workspace mode"),
            w("no go.work file found", r"no go\.work file found"),
        ],
    ),
    go(
        "go/vendor",
        &[
            w("inconsistent vendoring in", r"inconsistent vendoring in"),
            w("due to -mod=vendor", r"due to -mod=vendor"),
            w("vendor/modules.txt", r"vendor/modules\.txt"),
            w("vendor\\modules.txt", r"vendor\\modules\.txt"),
            w("using the vendor directory", r"using the vendor directory"),
            w("vendor directory exists", r"vendor directory exists"),
            w("\".\" in:", r#"cannot find package "\." in:"#),
            w("import lookup disabled", r"import lookup disabled by -mod=vendor"),
        ],
    ),
    go(
        "go/replacement",
        &[
            w("replacement directory", r"replacement directory (?P<path>\S+) does not exist"),
            w("is replaced but not required", r"is replaced but not required"),
            w("(replaced by ", r"\(replaced by (?P<path>[.\w/\\:-]+)\): reading \S*go\.mod:"),
            w(
                "go.mod: open ",
                r"reading \S*go\.mod: open (?P<path>\S*go\.mod): (?:no such file|The system cannot find|系统找不到)",
            ),
        ],
    ),
    go(
        "go/size-limit",
        &[
            w("zip file too large", r"downloaded zip file too large"),
            w("too large", r"(?:module zip file|module source tree|go\.mod file|LICENSE file)(?: is)? too large"),
            w("module contents too large", r"total uncompressed size of module contents too large"),
        ],
    ),
];
