//! What libcurl and the TLS library below it say; git prints it behind `unable to access 'URL': `.
//!
//! Sources: libcurl 7.29 to 8.17 with OpenSSL, GnuTLS, NSS, Schannel (Windows) and Secure Transport
//! (macOS). These words are never translated; the words of the system in them (Schannel) may be.

use super::Depth::{Root, Usual, Vague};
use super::GitTrouble::{Dns, HttpProxy, Refused, Reset, Timeout, TlsName, TlsProtocol, TlsUntrusted};
use super::{Format, detail, ours, w};

pub(super) const FORMATS: &[Format] = &[
    ours(
        "curl/no-such-host",
        Dns,
        Usual,
        &[
            w("resolve host", r"(?:Could not|Couldn't) resolve host:? '?(?P<host>[^'\s]+)"),
            w("resolving timed out", r"Resolving timed out"),
            w("unable to look up", r"unable to look up (?P<host>\S+)"),
            w("getaddrinfo() thread", r"getaddrinfo\(\) thread failed to start"),
        ],
    ),
    ours(
        "curl/no-such-proxy",
        HttpProxy,
        Root,
        &[w("resolve proxy", r"(?:Could not|Couldn't) resolve proxy:? '?(?P<host>[^'\s]+)")],
    ),
    ours(
        "curl/proxy-refuses",
        HttpProxy,
        Root,
        &[
            w("from proxy after connect", r"Received HTTP code (?P<status>\d{3}) from proxy after CONNECT"),
            w("connect tunnel failed", r"CONNECT tunnel failed(?:, response (?P<status>\d{3}))?"),
            w("proxy connect aborted", r"Proxy CONNECT aborted"),
            w("establish http proxy tunnel", r"Failed to establish HTTP proxy tunnel"),
            w("unsupported proxy", r"[Uu]nsupported proxy (?:syntax|scheme)"),
            w("socks", r"(?:Can't complete SOCKS[45]|SOCKS[45]a?(?: connect| connection|:)|cannot complete SOCKS)"),
        ],
    ),
    ours(
        "curl/timeout",
        Timeout,
        Usual,
        &[
            // 10 s and more: nobody refused, nobody answered.
            w(
                "failed to connect to",
                r"(?:'(?P<url>https?://[^']*)'.*)?Failed to connect to (?P<host>\S+) port (?P<port>\d+)\S* (?:via \S+ )?after \d{5,} ms",
            ),
            w(
                "failed to connect to",
                r"(?:'(?P<url>https?://[^']*)'.*)?Failed to connect to (?P<host>\S+) port (?P<port>\d+).*(?:[Tt]imed out|Timeout)",
            ),
            w("timed out after", r"(?i)(?:operation|connection|handshake|connect)\S* timed out after \d+"),
            w("timeout was reached", r"Timeout was reached"),
            w("ssl connection timeout", r"SSL connection timeout"),
            w("operation too slow", r"Operation too slow"),
            w("timed out", r"(?:errno=|unable to access '[^']*': )(?:Connection|Operation) timed out"),
        ],
    ),
    ours(
        "curl/no-connection",
        Refused,
        Vague,
        &[
            w(
                "failed to connect to",
                r"(?:'(?P<url>https?://[^']*)'.*)?Failed to connect to (?P<host>\S+) port (?P<port>\d+)",
            ),
            w("connect to server", r"(?:Couldn't|Could not) connect to server"),
            // Up to curl 7.29.
            w("failed connect to", r"Failed connect to (?P<host>[^\s:]+):(?P<port>\d+)"),
            w("errno=", r"errno=(?:Connection refused|Network is unreachable|No route to host)"),
            w("unable to connect to", r"unable to connect to (?P<host>[^\s:]+)"),
        ],
    ),
    ours(
        "curl/broke",
        Reset,
        Usual,
        &[
            w("empty reply", r"Empty reply from server"),
            w("recv failure", r"Recv failure: "),
            w("send failure", r"Send failure: "),
            w("connection reset", r"[Cc]onnection reset"),
            w("connection was reset", r"[Cc]onnection was reset"),
            w("ssl_error_syscall", r"SSL_ERROR_SYSCALL"),
            w("unexpected eof", r"unexpected eof while reading"),
            w("gnutls recv error", r"GnuTLS recv error"),
            w("non-properly terminated", r"TLS connection was non-properly terminated"),
            w("error in the pull function", r"gnutls_handshake\(\) failed: Error in the pull function"),
            w("error in the push function", r"gnutls_handshake\(\) failed: Error in the push function"),
            w("schannel: server closed", r"schannel: server closed (?:abruptly|the connection)"),
            w("http/2 stream", r"HTTP/2 stream \d+ was (?:not closed cleanly|reset)"),
            w("http2 framing", r"Error in the HTTP2 framing layer"),
            w("transfer closed with", r"transfer closed with .* remaining"),
            w("failed to receive handshake", r"schannel: failed to receive handshake"),
        ],
    ),
    ours(
        "tls/other-name",
        TlsName,
        Usual,
        &[
            w(
                "subject name",
                r"SSL: certificate subject name '?(?P<presented>.*?)'? does not match target host name '(?P<host>[^']*)'",
            ),
            w(
                "alternative certificate subject",
                r"no alternative certificate subject name matches target (?:host name|ip\w* address)(?: '(?P<host>[^']*)')?",
            ),
            w("target host name", r"does not match target host name(?: '(?P<host>[^']*)')?"),
            w("wrong_principal", r"SEC_E_WRONG_PRINCIPAL"),
            w("does not match", r"(?i)certificate(?:'s)? (?:owner|subject|name).* does not match"),
        ],
    ),
    ours(
        "tls/time",
        TlsUntrusted,
        Usual,
        &[
            w("certificate has expired", r"certificate has expired"),
            w("is not yet valid", r"certificate is not yet valid"),
            w("cert_expired", r"SEC_E_CERT_EXPIRED"),
            w("certificate has expired", r"(?i)peer's certificate has expired"),
        ],
    ),
    ours(
        "tls/untrusted",
        TlsUntrusted,
        Usual,
        &[
            w("ssl certificate problem", r"SSL certificate problem: (?P<how>.*)"),
            w(
                "certificate verification failed",
                r"(?:server certificate|SSL: certificate) verification failed(?:\. CAfile: (?P<path>\S+))?",
            ),
            w("openssl verify result", r"SSL certificate OpenSSL verify result: (?P<how>.*)"),
            w("untrusted_root", r"SEC_E_UNTRUSTED_ROOT|CERT_TRUST_IS_UNTRUSTED_ROOT"),
            w("revocation", r"CRYPT_E_(?:NO_REVOCATION_CHECK|REVOCATION_OFFLINE)|CERT_TRUST_REVOCATION_STATUS_UNKNOWN"),
            w(
                "peer's certificate issuer",
                r"Peer's [Cc]ertificate issuer (?:is not recognized|has been marked as not trusted)",
            ),
            w("certificate chain", r"Invalid certificate chain"),
        ],
    ),
    // A file that git's settings name: until it can be read no certificate is trusted.
    ours(
        "tls/no-ca-file",
        TlsUntrusted,
        Root,
        &[
            w("problem with the ssl ca cert", r"Problem with the SSL CA cert"),
            w(
                "error setting certificate",
                r"error setting certificate (?:verify locations|file):?\s*(?:CAfile: )?(?P<path>\S*)",
            ),
            w("error reading ca cert file", r"error reading ca cert file (?P<path>\S+)"),
        ],
    ),
    ours(
        "tls/handshake",
        TlsProtocol,
        Usual,
        &[
            w("wrong version number", r"(?i)wrong version number"),
            w(
                "gnutls_handshake",
                r"gnutls_handshake\(\) failed: (?:A (?:TLS )?fatal alert|An unexpected TLS packet|A packet with illegal|The encryption algorithm|An illegal|Handshake failed|Insufficient security|Public key|No supported)",
            ),
            w(
                "alert",
                r"(?i)(?:tlsv1|sslv3|tls) alert|alert (?:handshake failure|protocol version|internal error|unrecognized name)",
            ),
            w("unsupported protocol", r"(?i):unsupported protocol"),
            w("tls connect error", r"TLS connect error: error:"),
            w(
                "schannel: ",
                r"schannel: .*SEC_E_(?:INVALID_TOKEN|ILLEGAL_MESSAGE|UNSUPPORTED_FUNCTION|ALGORITHM_MISMATCH)",
            ),
            w("ssl_error_", r"SSL_ERROR_(?:SSL|ZERO_RETURN)|SSL_ERROR_RX_RECORD_TOO_LONG"),
            w("ssl/tls connection failed", r"SSL/TLS connection failed"),
        ],
    ),
    ours(
        "tls/failed",
        TlsProtocol,
        Vague,
        &[
            w("gnutls_handshake", r"gnutls_handshake\(\) failed: (?P<how>.*)"),
            w("ssl routines:", r"SSL routines:(?P<how>.*)"),
            w("schannel: ", r"schannel: (?P<how>.*failed.*)"),
        ],
    ),
    detail(
        "curl/access",
        &[
            w("https://", r"'(?P<url>https?://[^']+)'\s?(?::|：)"),
            w("http://", r"'(?P<url>https?://[^']+)'\s?(?::|：)"),
        ],
    ),
];
