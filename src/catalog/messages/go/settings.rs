//! What go says of its environment.

use super::{Format, go, part, w};

pub(super) const FORMATS: &[Format] = &[
    go(
        "go/goproxy-empty",
        &[w("contains no entries", r"GOPROXY list is not the empty string, but contains no entries")],
    ),
    go(
        "go/goproxy-invalid",
        &[
            w("invalid proxy url", r"invalid proxy URL"),
            w("invalid file:// proxy", r"invalid file:// proxy URL"),
            w("no host in request url", r"no Host in request URL"),
            w("no such host", r"lookup (?P<host>\S*[;,|]\S*): no such host"),
            w("invalid goproxy", r"invalid GOPROXY"),
            w("proxy url scheme", r"(?i)unsupported (?:proxy )?(?:URL )?scheme .*GOPROXY|invalid proxy URL scheme"),
            w("disabled by goproxy=", r"module lookup disabled by (?P<variable>GOPROXY)=(?P<how>$|[^o]\S*)"),
        ],
    ),
    go("go/lookup-disabled", &[w("lookup disabled", r"module lookup disabled by (?P<variable>GOPROXY)=off")]),
    go("go/lookup-disabled-by-flag", &[w("lookup disabled", r"module lookup disabled by -mod=(?P<how>\S+)")]),
    go(
        "go/modules-off",
        &[
            w("disabled by go111module", r"modules disabled by GO111MODULE=\w+; see"),
            w("modules disabled inside gopath", r"modules disabled inside GOPATH/src"),
            w("unknown environment setting", r"unknown environment setting GO111MODULE"),
        ],
    ),
    go(
        "go/modules-auto",
        &[w("modules disabled by go111module=auto", r"modules disabled by GO111MODULE=auto in GOPATH/src")],
    ),
    go(
        "go/goflags",
        &[
            w("parsing $goflags", r"parsing \$GOFLAGS: "),
            w("(from $goflags)", r"\(from \$GOFLAGS\)"),
            w("not supported (can be", r"-mod=\S* not supported \(can be"),
            w("-insecure flag", r"-insecure flag is no longer supported"),
            w("does not have .mod extension", r"-modfile=\S+: file does not have \.mod extension"),
            w("-modfile cannot be used", r"-modfile cannot be used (?:in workspace mode|with commands)"),
            // Another file than go.mod, and none of the module cache, comes from -modfile.
            w(".mod: no such file", r"^go: open (?P<path>[^\s@]*(?:[^\s@o]|[^\s@g]o|[^\s@/\\]go)\.mod): no such file"),
            w(
                ".mod: the system cannot find",
                r"^go: open (?P<path>[^\s@]*(?:[^\s@o]|[^\s@g]o|[^\s@/\\]go)\.mod): The system cannot find",
            ),
            w("only valid when using modules", r"build flag -(?P<flag>\S+) only valid when using modules"),
            w("-mod may only be set to", r"-mod may only be set to readonly"),
            w("with -mod=", r"cannot use -\S+ with -mod="),
            w("disabled by -mod=", r"^go get: disabled by -mod=\w+"),
        ],
    ),
    go(
        "go/environment",
        &[
            w("gopath entry", r"(?P<variable>GOPATH) entry (?:is relative|cannot start)"),
            w("entry is relative", r"(?P<variable>GOMODCACHE|GOCACHE) entry is relative"),
            w("nor gopath is set", r"neither GOMODCACHE nor (?P<variable>GOPATH) is set"),
            w("cannot find goroot", r"cannot find (?P<variable>GOROOT) directory(?:: (?P<path>\S+))?"),
            w("build cache is ", r"build cache is (?:disabled by (?P<variable>GOCACHE)|required, but)"),
            w("gocache is not", r"(?P<variable>GOCACHE) is not (?:an absolute path|defined)"),
            w("unknown go command variable", r"unknown go command variable (?P<variable>\S+)"),
            w("only be set using the os", r"(?P<variable>\w+) can only be set using the OS environment"),
            w("goexperiment", r"unknown (?P<variable>GOEXPERIMENT)"),
            w("invalid gowork", r"invalid (?P<variable>GOWORK): "),
            w("not a directory", r"could not create module cache: .*not a directory"),
            w("creating work dir", r"creating work dir: (?P<how>.*)"),
            w("same directory", r"both (?P<variable>GOPATH) and GOROOT are the same directory"),
            w("cmdgonetlimit", r"network disabled by cmdgonetlimit"),
            w("in bootstrap go command", r"no http in bootstrap go command"),
            w("does not match go tool version", r"does not match go tool version"),
        ],
    ),
    part("go/goauth", &[w("goauth", r"\b(?P<variable>GOAUTH)\b")]),
    part(
        "go/url-unparsable",
        &[w("parse \"", r#"parse "(?P<url>.*?)"+: (?:invalid |first path segment|missing protocol|net/url)"#)],
    ),
    go(
        "go/std-missing",
        &[
            w(
                " is not in ",
                r"package (?P<package>(?:bufio|bytes|context|errors|flag|fmt|io|log|math|net|os|path|reflect|regexp|runtime|sort|strconv|strings|sync|syscall|testing|time|unicode|unsafe|crypto/\w+|encoding/\w+|net/http|io/ioutil|os/exec|sync/atomic|text/template)) is not in (?:std|GOROOT)",
            ),
            w(
                "does not begin with hostname",
                r#"unrecognized import path "(?P<package>(?:bufio|bytes|context|errors|flag|fmt|io|log|math|net|os|path|reflect|regexp|runtime|sort|strconv|strings|sync|syscall|testing|time|unicode|unsafe)(?:/\w+)*)": import path does not begin with hostname"#,
            ),
            w(
                "missing dot in first path",
                r#"cannot load (?P<package>bytes|context|errors|fmt|io|os|strings|unsafe): malformed module path"#,
            ),
        ],
    ),
];
