//! What module proxies, the checksum database and vanity pages answered.

use super::{Format, go, part, w};

pub(super) const FORMATS: &[Format] = &[
    part(
        "go/status",
        &[
            w(
                "reading http",
                r#"reading (?P<url>https?:/{1,2}[^\s"]+): (?P<status>\d{3})\b(?: (?P<how>[A-Z][\w' -]*))?"#,
            ),
            // Up to Go 1.12.
            w("unexpected status (", r#"unexpected status \((?P<url>https?://[^\s")]+)\): (?P<status>\d{3})\b"#),
        ],
    ),
    part("go/reading", &[w("reading http", r#"reading (?P<url>https?:/{1,2}[^\s"]+): "#)]),
    part("go/broken-download", &[w("read \"http", r#"\bread "(?P<url>https?:/{1,2}[^\s"]+)": "#)]),
    part("go/get", &[w("\"http", r#"\b(?:Get|Head|Post) "(?P<url>https?://[^\s"]+)":"#)]),
    // Up to Go 1.13 without quotes.
    part(
        "go/get-unquoted",
        &[
            w("get http", r#"\bGet (?P<url>https?://[^\s"]+): "#),
            // A line that lost its beginning.
            w("\"http", r#"^"(?P<url>https?://[^\s"]+)": "#),
        ],
    ),
    part(
        "go/file-proxy",
        &[
            w("reading file:", r"reading (?P<url>file:\S+): (?P<how>(?:no such file|Not Found|The system cannot).*)"),
            w("open ", r"open (?P<path>\S+/@v/\S+\.(?:info|mod|zip)): no such file"),
        ],
    ),
    go(
        "go/proxy-response",
        &[w("invalid response from proxy", r#"invalid response from proxy "(?P<url>[^"]*)"(?:: (?P<how>.*))?"#)],
    ),
    go(
        "go/proxy-other-version",
        &[w("proxy returned info", r"proxy returned info for version (?P<revision>\S+) instead")],
    ),
    part(
        "go/not-json",
        &[
            w(
                "invalid character",
                r"invalid character '.*' (?:looking for beginning of value|in (?:literal|string|numeric)|after)",
            ),
            w("end of json input", r"unexpected end of JSON input"),
        ],
    ),
    part("go/too-many-redirects", &[w("stopped after", r"stopped after \d+ redirects")]),
    part(
        "go/malformed-http",
        &[
            w("malformed http", r"malformed HTTP (?:response|status|version)(?P<how>.*)"),
            w("declared content-length", r"server replied with more than declared Content-Length"),
            w("transport connection broken", r"net/http: HTTP/1\.x transport connection broken"),
            w("unsupported protocol scheme", r"unsupported protocol scheme"),
        ],
    ),
    part(
        "go/not-a-zip",
        &[w("zip: ", r"\bzip: (?:not a valid zip file|checksum error|unsupported compression|format error)")],
    ),
    go(
        "go/unexpected-file",
        &[w("has unexpected file", r"zip for (?P<module>[^\s@]+)@(?P<version>\S+) has unexpected file")],
    ),
    // What module mirrors say of what they could not fetch.
    part("go/fetch-failed", &[w("fetch timed out", r"fetch timed out"), w("bad upstream", r"bad upstream")]),
    // The checksum database's or the proxy's words without the line that frames them.
    go(
        "go/not-found-here",
        &[w("not found: ", r"^(?:server response: )?not found: (?P<module>[^\s@:]+)@(?P<version>\S+?): ")],
    ),
    go(
        "go/unrecognized-import-path",
        &[w("unrecognized import path", r#"unrecognized import path "(?P<package>[^"”]*)["”]"#)],
    ),
    go("go/import-fetch", &[w("https fetch", r#"^import "(?P<package>[^"]*)": https fetch"#)]),
    go(
        "go/no-meta-tags",
        &[
            w("no go-import meta tag", r"(?:parse|parsing) (?P<url>https?://\S+?go-get=1): no go-import meta tags?"),
            w("no go-import meta tag", r"no go-import meta tags?"),
            w("go-import for", r"disagree about go-import for "),
            w("meta tags match import path", r"multiple meta tags match import path"),
            w(": xml", r"parsing \S+: (?:xml|XML)"),
            w("unknown vcs", r#"\?go-get=1: unknown vcs "#),
            w("invalid repo root", r#"\?go-get=1: invalid repo root "#),
        ],
    ),
    go(
        "go/no-hostname",
        &[w("does not begin with hostname", r#"(?:"(?P<package>[^"]*)": )?import path does not begin with hostname"#)],
    ),
    go(
        "go/insecure-url",
        &[
            w("credentials to insecure url", r"refusing to pass credentials to insecure URL: (?P<url>\S+)"),
            w("redirected from secure", r"redirected from secure URL (?P<url>\S+) to insecure URL"),
            w("insecure url: ", r"(?:^|: )insecure URL: (?P<url>\S+)"),
        ],
    ),
    go(
        "go/no-secure-protocol",
        &[w("no secure protocol", r"(?:(?P<package>[^\s:]+): )?no secure protocol found for repository")],
    ),
];
