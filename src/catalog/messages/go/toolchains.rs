//! What go says of Go toolchains and versions.

use super::{Format, go, w};

pub(super) const FORMATS: &[Format] = &[
    go(
        "go/too-old",
        &[
            w("requires go >= ", r"(?:^|[\s:])(?P<what>[^\s:]+) requires go >= (?P<revision>\S+) \(running go"),
            w("requires go >= ", r"requires go >= (?P<revision>\S+) \(running go"),
            w("requires go >= ", r"in vendor/modules\.txt requires go >= (?P<revision>\S+)"),
            w("supported go version is", r"maximum supported Go version is"),
            w("module requires go", r"(?i)note: module requires Go (?P<revision>\d\S*)"),
            w("requires go 1", r"requires (?:at least )?go ?(?P<revision>1\.\d+\S*) or (?:later|newer|higher)"),
        ],
    ),
    go("go/no-mod-flag", &[w("flag provided but not defined: -mod", r"flag provided but not defined: -mod\b")]),
    go("go/version-syntax", &[w("path@version syntax", r"can only use path@version syntax with 'go get'")]),
    go(
        "go/toolchain-setting",
        &[
            w("invalid gotoolchain", r"invalid GOTOOLCHAIN "),
            w(
                "invalid toolchain",
                r#"invalid toolchain "[^"]*" in |invalid toolchain: \S+ is a language version|invalid toolchain version '"#,
            ),
            w("invoked to provide", r"toolchain \S+ invoked to provide"),
            w("too many toolchain switches", r"too many toolchain switches"),
        ],
    ),
    go(
        "go/toolchain-missing",
        &[
            w("toolchain not available", r"download (?P<revision>go1\S*) for \S+: toolchain not available"),
            w("toolchain not available", r"toolchain not available"),
            w("download go1", r"download (?P<revision>go1[^\s:]*): "),
            w("cannot find \"go1", r#"cannot find "(?P<revision>go1[^"]*)" in (?:\$?PATH|%PATH%)"#),
            w("switching to go >= ", r"switching to go >= (?P<revision>[^\s:]+): "),
            w(
                "golang.org/toolchain@",
                r"golang\.org/toolchain@v0\.0\.1-(?P<revision>go\d[^\s:]*?)\.[a-z0-9]+-[a-z0-9]+: ",
            ),
        ],
    ),
    // Every package of the standard library is gone: the toolchain in the cache is half there.
    go(
        "go/toolchain-damaged",
        &[w("toolchain@v0.0.1-", r"is not in std \(\S*toolchain@(?P<version>v0\.0\.1-go\d\S*?)[/\\]src")],
    ),
];
