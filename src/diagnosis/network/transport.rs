//! One failed way to a host becomes one finding, whatever was wanted there.

use crate::catalog::{Code, Location};
use crate::model::situation::network::{Advice, Moment, Peer, Serves, Situation};
use crate::model::transport::{
    ConnectFailure, DnsFailure, HttpFailure, NotAsked, RedirectRefusal, Stage, TcpFailure, TlsFailure, TransportError,
    Trust,
};
use crate::model::{Confidence, Finding, Fix, Foreign, Place, Subject};

/// The HTTP proxy on the way.
#[derive(Debug, Clone)]
pub struct Through {
    /// Its host and port.
    pub proxy: Foreign,
    /// The variable that names it.
    pub variable: Foreign,
}

/// What is known of the way besides the error.
#[derive(Debug, Clone)]
pub struct Way {
    /// The host that was to be reached.
    pub peer: Peer,
    /// The HTTP proxy on the way.
    pub through: Option<Through>,
    /// SSL_CERT_FILE or SSL_CERT_DIR, where one of them decides what is trusted.
    pub roots_from: Option<Foreign>,
}

impl Way {
    /// Whoever the step that failed was about: the host, or the HTTP proxy before it.
    fn peer(&self, of_proxy: bool) -> Peer {
        match &self.through {
            Some(through) if of_proxy => Peer { host: through.proxy.clone(), serves: Serves::HttpProxy },
            _ => self.peer.clone(),
        }
    }

    fn proxy(&self) -> Through {
        let unknown = || Through { proxy: Foreign::default(), variable: "HTTPS_PROXY".into() };
        self.through.clone().unwrap_or_else(unknown)
    }
}

/// The finding for an error on the way to a host. `None` where we did not ask for reasons of our own.
#[must_use]
pub fn finding(error: &TransportError, way: &Way) -> Option<Finding> {
    let (code, peer, situation) = match error {
        TransportError::Request { reason: NotAsked::CredentialsOverHttp } => {
            let peer = way.peer.clone();
            (Code::InsecureTransport, peer.clone(), Situation::LoginOverHttp { peer })
        }
        TransportError::Request { .. } => return None,
        TransportError::Dns { of_proxy: true, failure } => return Some(proxy_fails(way, failure.to_string())),
        TransportError::Tcp { of_proxy: true, failure } => return Some(proxy_fails(way, failure.to_string())),
        TransportError::Tls { of_proxy: true, failure } => return Some(proxy_fails(way, failure.to_string())),
        TransportError::Dns { failure, .. } => {
            let peer = way.peer.clone();
            (Code::DnsFailure, peer.clone(), Situation::NameFails { peer, failure: *failure })
        }
        TransportError::Tcp { failure, .. } => connection(way.peer.clone(), *failure, Moment::Connect),
        TransportError::HttpProxy { failure } => return Some(http_proxy(way, failure)),
        TransportError::Tls { failure, .. } => tls(way, failure),
        TransportError::Http { failure } => http(way.peer.clone(), failure, Moment::Answer),
        TransportError::Body { failure } => http(way.peer.clone(), failure, Moment::Body),
        TransportError::Redirect { refusal } => redirect(way.peer.clone(), refusal),
        TransportError::CutOff { during, after_ms } => {
            let moment = match during {
                Stage::Tls => Moment::Handshake,
                Stage::Body => Moment::Body,
                Stage::Http | Stage::HttpProxy => Moment::Answer,
                Stage::Request | Stage::Connect | Stage::Dns | Stage::Tcp => Moment::Connect,
            };
            let peer = way.peer(*during == Stage::HttpProxy);
            (
                Code::ConnectTimeout,
                peer.clone(),
                Situation::NoAnswer { peer, moment, cut_off_after_ms: Some(*after_ms) },
            )
        }
    };
    let mut finding = Finding::new(code, Subject::host(peer.host.as_str()), situation.into())
        .with("host", peer.host.as_str())
        .located(location(code, peer.serves));
    if error.is_cut_off() {
        finding = finding.confidence(Confidence::Likely);
    }
    for fix in fixes(code, &peer, way, error) {
        finding = finding.fix(fix);
    }
    Some(finding)
}

fn location(code: Code, serves: Serves) -> Location {
    match (code, serves) {
        (Code::TlsUntrusted, _) => Location::Local,
        (Code::InsecureTransport | Code::ProxyBadResponse, Serves::ModuleProxy) => Location::ModuleProxy,
        (_, Serves::HttpProxy) => Location::HttpProxy,
        _ => Location::Network,
    }
}

type Seen = (Code, Peer, Situation);

fn connection(peer: Peer, failure: TcpFailure, moment: Moment) -> Seen {
    let silent = |peer: Peer, cut_off_after_ms| {
        (Code::ConnectTimeout, peer.clone(), Situation::NoAnswer { peer, moment, cut_off_after_ms })
    };
    match failure {
        TcpFailure::Refused => (Code::ConnectRefused, peer.clone(), Situation::Refused { peer }),
        TcpFailure::Unreachable | TcpFailure::Forbidden => {
            (Code::ConnectRefused, peer.clone(), Situation::Unreachable { peer })
        }
        TcpFailure::Timeout => silent(peer, None),
        TcpFailure::CutOff { after_ms } => silent(peer, Some(after_ms)),
        TcpFailure::Reset | TcpFailure::Closed | TcpFailure::Other { .. } => {
            (Code::ConnectionReset, peer.clone(), Situation::Broke { peer, moment })
        }
    }
}

fn tls(way: &Way, failure: &TlsFailure) -> Seen {
    let peer = way.peer.clone();
    match failure {
        TlsFailure::Untrusted { trust } => untrusted(peer, trust, way.roots_from.clone()),
        TlsFailure::NotTls { http, .. } => (Code::TlsProtocol, peer.clone(), Situation::NotTls { peer, http: *http }),
        TlsFailure::Connection { failure } => connection(peer, *failure, Moment::Handshake),
        TlsFailure::ProtocolVersion
        | TlsFailure::NothingInCommon
        | TlsFailure::Alert { .. }
        | TlsFailure::BrokenProtocol
        | TlsFailure::InvalidName => {
            let how = Foreign::new(&failure.to_string());
            (Code::TlsProtocol, peer.clone(), Situation::HandshakeFails { peer, how })
        }
    }
}

fn untrusted(peer: Peer, trust: &Trust, roots_from: Option<Foreign>) -> Seen {
    match trust {
        Trust::UnknownIssuer { issuer } => (
            Code::TlsUntrusted,
            peer.clone(),
            Situation::UnknownAuthority { peer, issuer: Some(issuer.clone()), roots_from },
        ),
        Trust::SelfSigned => {
            (Code::TlsUntrusted, peer.clone(), Situation::UnknownAuthority { peer, issuer: None, roots_from })
        }
        Trust::NoRoots => (Code::TlsUntrusted, peer.clone(), Situation::NoTrustRoots { peer, roots_from }),
        Trust::Expired { at } => (Code::TlsInvalid, peer.clone(), Situation::Expired { peer, at: at.as_str().into() }),
        Trust::NotYetValid { from } => {
            (Code::TlsInvalid, peer.clone(), Situation::NotYetValid { peer, from: from.as_str().into() })
        }
        Trust::WrongName { presented } => {
            (Code::TlsInvalid, peer.clone(), Situation::OtherName { peer, presented: presented.clone() })
        }
        Trust::Trusted
        | Trust::BadSignature
        | Trust::UnsupportedAlgorithm
        | Trust::InvalidPurpose
        | Trust::Malformed
        | Trust::CannotTell
        | Trust::Other => {
            let how = Foreign::new(&trust.to_string());
            (Code::TlsInvalid, peer.clone(), Situation::BadCertificate { peer, how })
        }
    }
}

fn http(peer: Peer, failure: &HttpFailure, moment: Moment) -> Seen {
    match failure {
        HttpFailure::Connection { failure } => connection(peer, *failure, moment),
        HttpFailure::Incomplete | HttpFailure::Http2 { .. } => {
            (Code::ConnectionReset, peer.clone(), Situation::Broke { peer, moment })
        }
        HttpFailure::Malformed | HttpFailure::HeadersTooLong | HttpFailure::BadEncoding | HttpFailure::Other => {
            let how = Foreign::new(&failure.to_string());
            (Code::ProxyBadResponse, peer.clone(), Situation::BrokenHttp { peer, how })
        }
    }
}

fn redirect(peer: Peer, refusal: &RedirectRefusal) -> Seen {
    match refusal {
        RedirectRefusal::ToInsecure { to } => {
            (Code::InsecureTransport, peer.clone(), Situation::RedirectToHttp { peer, to: to.clone() })
        }
        RedirectRefusal::TooMany => (Code::ProxyBadResponse, peer.clone(), Situation::RedirectLoop { peer }),
        RedirectRefusal::NoLocation { .. } => {
            let how = Foreign::new(&refusal.to_string());
            (Code::ProxyBadResponse, peer.clone(), Situation::BrokenHttp { peer, how })
        }
    }
}

/// The HTTP proxy cannot be reached: whatever the reason, it is the HTTP proxy's variable that matters.
fn proxy_fails(way: &Way, how: String) -> Finding {
    let Through { proxy, variable } = way.proxy();
    let situation =
        Situation::HttpProxyFails { proxy: proxy.clone(), variable: variable.clone(), how: Foreign::new(&how) };
    Finding::new(Code::HttpProxyError, Subject::host(proxy.as_str()), situation.into())
        .with("host", proxy.as_str())
        .with("variable", variable.as_str())
        .fix(Fix::safe(Advice::MendProxyVariable { variable }.into(), Place::Shell, Vec::new()))
        .fix(Fix::safe(Advice::CheckServer { host: proxy }.into(), Place::Elsewhere, Vec::new()))
}

fn http_proxy(way: &Way, failure: &ConnectFailure) -> Finding {
    let (status, schemes) = match failure {
        ConnectFailure::Status { status, schemes, .. } => (*status, schemes.as_slice()),
        ConnectFailure::SocksLogin => (407, [].as_slice()),
        ConnectFailure::Socks { .. }
        | ConnectFailure::NotAProxy { .. }
        | ConnectFailure::HeadersTooLong
        | ConnectFailure::Further
        | ConnectFailure::Connection { .. } => return proxy_fails(way, failure.to_string()),
    };
    let Through { proxy, variable } = way.proxy();
    let schemes: Vec<Foreign> = schemes.iter().map(|scheme| Foreign::new(&scheme.to_string())).collect();
    let host = way.peer.host.clone();
    let situation = Situation::HttpProxyRefuses {
        proxy: proxy.clone(),
        variable: variable.clone(),
        host: host.clone(),
        status,
        schemes,
        login_sent: false,
    };
    let finding = Finding::new(Code::HttpProxyError, Subject::host(proxy.as_str()), situation.into())
        .with("host", proxy.as_str())
        .with("variable", variable.as_str())
        .with("status", status);
    let bypass = Fix::safe(Advice::BypassProxy { host: host.clone() }.into(), Place::Shell, Vec::new());
    let ask = Fix::safe(Advice::AskProxyOperator { host }.into(), Place::Elsewhere, Vec::new());
    match status {
        407 => finding.fix(Fix::safe(Advice::GiveProxyLogin { variable }.into(), Place::Shell, Vec::new())).fix(bypass),
        _ => finding.retryable(status >= 500).fix(ask).fix(bypass),
    }
}

fn fixes(code: Code, peer: &Peer, way: &Way, error: &TransportError) -> Vec<Fix> {
    let by_people = |advice: Advice, place: Place| Fix::safe(advice.into(), place, Vec::new());
    let host = peer.host.clone();
    match code {
        Code::DnsFailure => {
            let retry =
                matches!(error, TransportError::Dns { failure: DnsFailure::TryAgain | DnsFailure::Timeout, .. });
            let mut fixes = vec![by_people(Advice::CheckName { host, variable: None }, Place::System)];
            fixes.extend(retry.then(|| by_people(Advice::Retry, Place::Repository)));
            fixes
        }
        Code::ConnectTimeout => {
            vec![by_people(Advice::CheckFirewall { host }, Place::System), by_people(Advice::Retry, Place::Repository)]
        }
        Code::ConnectRefused => vec![by_people(Advice::CheckServer { host }, Place::Elsewhere)],
        Code::ConnectionReset => {
            vec![by_people(Advice::Retry, Place::Repository), by_people(Advice::CheckFirewall { host }, Place::System)]
        }
        Code::TlsUntrusted => {
            let issuer = match error {
                TransportError::Tls {
                    failure: TlsFailure::Untrusted { trust: Trust::UnknownIssuer { issuer } },
                    ..
                } => Some(issuer.clone()),
                _ => None,
            };
            let roots = way.roots_from.clone();
            let mut fixes: Vec<Fix> =
                roots.map(|variable| by_people(Advice::MendRoots { variable }, Place::Shell)).into_iter().collect();
            fixes.push(by_people(Advice::TrustAuthority { issuer }, Place::System));
            fixes
        }
        Code::TlsInvalid => {
            let mut fixes = vec![by_people(Advice::AskForCertificate { host }, Place::Elsewhere)];
            if let TransportError::Tls {
                failure: TlsFailure::Untrusted { trust: Trust::NotYetValid { .. } | Trust::Expired { .. } },
                ..
            } = error
            {
                fixes.push(by_people(Advice::SetClock, Place::System));
            }
            fixes
        }
        Code::TlsProtocol => vec![by_people(Advice::MatchScheme { host }, Place::Shell)],
        // The URL here is https already: it is the server that leads down to http.
        Code::InsecureTransport if matches!(error, TransportError::Redirect { .. }) => {
            vec![by_people(Advice::AskOperator { host }, Place::Elsewhere)]
        }
        Code::InsecureTransport => vec![by_people(Advice::UseHttps, Place::Shell)],
        _ => vec![by_people(Advice::AskOperator { host }, Place::Elsewhere)],
    }
}
