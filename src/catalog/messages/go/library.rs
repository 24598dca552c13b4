//! What Go's libraries say: net, net/http, crypto/tls, crypto/x509. Any program written in Go says the
//! same, so these count only within a line of the go command's, or with a URL that it asks for.

use super::{Format, go, library, w};

/// A status without its number.
const BARE_STATUS: &str = r#"(?:"|\?go-get=1|/@v/\S+|/@latest): (?P<how>Forbidden|Bad Gateway|Service Unavailable|Gateway Timeout|Bad Request|Method Not Allowed|Internal Server Error|Proxy Error|Unauthorized)\)?$"#;

pub(super) const FORMATS: &[Format] = &[
    // The rules that decide what a line tells stand with whoever knows the frame; here is only the form.
    go(
        "net/http-proxy",
        &[
            w("proxyconnect", r"\bproxyconnect tcp: (?P<how>.+)"),
            w("socks connect", r"\bsocks connect tcp (?P<address>\S+?)->"),
        ],
    ),
    library(
        "net/http-proxy-answer",
        &[
            w("proxy authentication required", r"Proxy Authentication Required"),
            // A status without its number: net/http says so of CONNECT.
            w("forbidden", BARE_STATUS),
            w("bad gateway", BARE_STATUS),
            w("service unavailable", BARE_STATUS),
            w("gateway timeout", BARE_STATUS),
            w("bad request", BARE_STATUS),
            w("method not allowed", BARE_STATUS),
            w("internal server error", BARE_STATUS),
            w("proxy error", BARE_STATUS),
            w("unauthorized", BARE_STATUS),
            w("invalid proxy address", r"invalid proxy address "),
            w("unknown scheme", r"proxy: unknown scheme: "),
        ],
    ),
    library(
        "net/lookup",
        &[
            w(
                "lookup ",
                r"\blookup (?P<host>[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)\.?(?: on (?P<server>\S+:\d+))?: (?P<how>\S.*)",
            ),
            w("no such host", r"(?P<how>no such host)"),
        ],
    ),
    library(
        "net/timeout",
        &[
            w("i/o timeout", r"(?:dial tcp6? (?P<address>\S+?:\d+): )?i/o timeout"),
            w("tls handshake timeout", r"TLS handshake timeout"),
            w("deadline exceeded", r"context deadline exceeded"),
            w("client.timeout", r"Client\.Timeout (?:or context cancellation )?exceeded"),
            w("timed out", r"(?:connect: )?(?:connection|operation) timed out"),
            w("connectex: ", r"connectex: A connection attempt failed because"),
            w("timeout awaiting", r"timeout awaiting response headers"),
            w("did not properly respond", r"did not properly respond after a period of time"),
            w("connectex: ", r"connectex: .*(?:连接尝试失败|由于连接方在一段时间|没有正确答复|没有反应|没有正确响应)"),
            w("wsarecv: ", r"wsarecv: .*(?:A connection attempt failed|连接尝试失败|没有正确答复)"),
        ],
    ),
    library(
        "net/refused",
        &[
            w("connection refused", r"(?:dial tcp6? (?P<address>\S+?:\d+): )?.*connection refused"),
            w("actively refused", r"actively refused"),
            w("积极拒绝", r"积极拒绝"),
            w("network is unreachable", r"network is unreachable"),
            w("no route to host", r"no route to host"),
            w("host is unreachable", r"host is unreachable"),
            w("host is down", r"host is down"),
            w("assign requested address", r"cannot assign requested address"),
            w("to an unreachable", r"attempted to an unreachable (?:network|host)"),
            w("无法连接的网络", r"无法连接的网络"),
            w("connect: permission denied", r"connect: permission denied"),
            w("connect: operation not", r"connect: operation not permitted"),
            w("access permissions", r"forbidden by its access permissions"),
            w("访问权限不允许", r"访问权限不允许"),
        ],
    ),
    library(
        "net/reset",
        &[
            w("reset by peer", r"connection reset by peer"),
            w("forcibly closed", r"(?i)forcibly closed"),
            w("强迫关闭", r"强迫关闭了一个现有的连接"),
            w(
                ": eof",
                r#"(?:": |go-get=1: |\.(?:info|mod|zip)"?: |/list"?: |/@latest"?: |tcp: |read: )(?:unexpected )?EOF\b"#,
            ),
            // Up to Go 1.13 without quotes.
            w(": eof", r"\bGet https?://\S+: EOF\b"),
            w("unexpected eof", r"unexpected EOF"),
            w("stream error: stream id", r"stream error: stream ID"),
            w("goaway", r"server sent GOAWAY"),
            w("http2: ", r"http2: (?:client connection (?:lost|force closed)|Transport|server sent|unexpected ALPN)"),
            w("closed idle connection", r"server closed idle connection"),
            w("broken pipe", r"broken pipe"),
            w("connection ", r"connection (?:was )?(?:aborted|reset)\b|software caused connection abort"),
            w("software in your host machine", r"aborted by the software in your host machine"),
            w("你的主机中的软件中止", r"你的主机中的软件中止了一个已建立的连接"),
            w("response headers", r"timed out or closed before response headers"),
        ],
    ),
    library(
        "x509/invalid",
        &[
            w("has expired or is not yet valid", r"certificate has expired or is not yet valid(?P<how>.*)"),
            w("certificate is valid for", r"certificate is valid for .*, not (?P<host>\S+?)\)?$"),
            w("certificate is valid for", r"certificate is valid for "),
            w("cannot validate certificate", r"cannot validate certificate for (?P<host>\S+) because"),
            w("not valid for any names", r"certificate is not valid for any names"),
            w("legacy common name", r"certificate relies on legacy Common Name"),
            w("certificate name does not match", r"certificate name does not match input"),
            w("certificate is expired", r"certificate is expired"),
        ],
    ),
    library(
        "x509/untrusted",
        &[
            w("signed by unknown authority", r"certificate signed by unknown authority"),
            w("certificate is not trusted", r"certificate is not trusted"),
            w("not standards compliant", r"certificate is not standards compliant"),
            w("load system roots", r"failed to load system roots(?P<how>.*)"),
            w("failed to verify cert", r"failed to verify certificate: (?P<how>Sec\w+ error.*)"),
            w(
                "x509: ",
                r"x509: (?:unhandled critical extension|certificate specifies an incompatible key usage|negative serial|invalid signature|too many intermediates|issuer)",
            ),
        ],
    ),
    library(
        "tls/protocol",
        &[
            w("look like a tls handshake", r"first record does not look like a TLS handshake"),
            w("http response to https client", r"server gave HTTP response to HTTPS client"),
            w("remote error: tls", r"remote error: tls: (?P<how>.*)"),
            w(
                "tls: ",
                r"tls: (?:oversized record|protocol version|no supported versions|handshake failure|unsupported|server selected unsupported|invalid|received|unexpected message|internal error|no cipher|failed to|illegal parameter|bad record)",
            ),
            w("malformed http response", r#"malformed HTTP response "\\x(?:15|16)\\x03"#),
        ],
    ),
    library("net/dial", &[w("dial tcp", r"\bdial tcp6?(?: (?P<address>[^\s]+:\d+))?: (?P<how>.+)")]),
];
