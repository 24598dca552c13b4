//! What the way to a server did to the go command.

use super::subject::{About, request, subject};
use super::{Meaning, Told, ticket};
use crate::catalog::Code;
use crate::catalog::messages::Depth;
use crate::golang::request_url::Asked;
use crate::model::Subject;

/// The formats, from the way's beginning to its end: a name that does not resolve may time out as well.
pub(super) const STEPS: &[(&str, Code)] = &[
    ("net/lookup", Code::DnsFailure),
    ("x509/invalid", Code::TlsInvalid),
    ("x509/untrusted", Code::TlsUntrusted),
    ("tls/protocol", Code::TlsProtocol),
    ("net/refused", Code::ConnectRefused),
    ("net/timeout", Code::ConnectTimeout),
    ("net/reset", Code::ConnectionReset),
];

/// The first step that failed.
pub(super) fn meaning(told: Told<'_>) -> Option<Meaning<'_>> {
    // Before modules go tried http after it.
    let tried = told.failure.text.as_str().starts_with("https fetch failed");
    let depth = if tried { Depth::Usual } else { Depth::Root };
    let meaning = |code, said| Meaning {
        code,
        depth,
        subject: subject(told, said, About::Host),
        said,
        quoted: None,
        remote: false,
    };
    let answered = || told.said("net/http-proxy-answer").filter(|_| told.said("go/status").is_none());
    if let Some(said) = told.said("net/http-proxy").or_else(answered) {
        let dialled = told.said("net/dial").and_then(|said| said.get("address"));
        let named = told.said("net/lookup").and_then(|said| said.get("host")).or(dialled);
        let meaning = meaning(Code::HttpProxyError, said);
        return Some(match named.filter(|_| said.format == "net/http-proxy") {
            Some(proxy) => Meaning { subject: Subject::host(proxy), ..meaning },
            None => meaning,
        });
    }
    // Whom the ticket's environment names as the HTTP proxy: the way to the server ends there.
    let dialled = ["net/lookup", "net/dial", "net/refused", "net/timeout"].iter().find_map(|format| {
        let said = told.said(format)?;
        Some((said, said.get("address").or_else(|| said.get("host"))?))
    });
    if let Some((said, proxy)) = dialled.filter(|(_, named)| ticket::is_http_proxy(told.log, named)) {
        return Some(Meaning { subject: Subject::host(proxy), ..meaning(Code::HttpProxyError, said) });
    }
    let (said, code) = STEPS.iter().find_map(|(format, code)| Some((told.said(format)?, *code)))?;
    let database = matches!(request(told), Some(Asked::ChecksumDatabase(_)));
    Some(meaning(if database { Code::SumdbUnreachable } else { code }, said))
}
