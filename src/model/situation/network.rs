//! Situations of the family `network`.

use serde::{Deserialize, Serialize};

use crate::model::Foreign;
use crate::model::transport::DnsFailure;

/// What a host serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Serves {
    /// Modules, as an entry of GOPROXY.
    ModuleProxy,
    /// Checksums.
    ChecksumDatabase,
    /// The page of a custom import path.
    VanityHost,
    /// Repositories.
    VersionControl,
    /// Downloads, for a module proxy that redirects to it.
    Storage,
    /// Connections to other hosts, as the HTTP proxy.
    HttpProxy,
}

/// A host and what it serves.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Peer {
    /// Host and port.
    pub host: Foreign,
    /// What it serves.
    pub serves: Serves,
}

/// When a connection broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moment {
    /// As soon as it was open.
    Connect,
    /// During the TLS handshake.
    Handshake,
    /// Before an answer.
    Answer,
    /// In the middle of a body.
    Body,
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Situation {
    /// A name does not resolve.
    NameFails {
        /// Whose.
        peer: Peer,
        /// How.
        failure: DnsFailure,
    },
    /// Only one of the two ways to resolve a name works.
    ResolversDiffer {
        /// Whose name.
        peer: Peer,
        /// Whether getaddrinfo (git's way) is the one that works.
        system_works: bool,
    },
    /// No answer in time.
    NoAnswer {
        /// From whom.
        peer: Peer,
        /// While what was waited for.
        moment: Moment,
        /// After how many milliseconds, where it was we who stopped waiting.
        cut_off_after_ms: Option<u64>,
    },
    /// Nothing listens there.
    Refused {
        /// Where.
        peer: Peer,
    },
    /// There is no way there.
    Unreachable {
        /// Where.
        peer: Peer,
    },
    /// The connection broke.
    Broke {
        /// To whom.
        peer: Peer,
        /// When.
        moment: Moment,
    },
    /// Connections by one version of the Internet protocol fail, by the other they work.
    FamilyBroken {
        /// To whom.
        peer: Peer,
        /// Whether it is IPv6 that fails.
        ipv6: bool,
    },
    /// An authority that is not trusted here signed the certificate.
    UnknownAuthority {
        /// Whose.
        peer: Peer,
        /// The authority; none where the certificate signed itself.
        issuer: Option<Foreign>,
        /// SSL_CERT_FILE or SSL_CERT_DIR, where one of them decides what is trusted.
        roots_from: Option<Foreign>,
    },
    /// There are no trust roots at all.
    NoTrustRoots {
        /// Whose certificate could not be judged.
        peer: Peer,
        /// SSL_CERT_FILE or SSL_CERT_DIR, where one of them decides what is trusted.
        roots_from: Option<Foreign>,
    },
    /// The certificate's time is over.
    Expired {
        /// Whose.
        peer: Peer,
        /// Its last moment.
        at: Foreign,
    },
    /// The certificate's time has not come.
    NotYetValid {
        /// Whose.
        peer: Peer,
        /// Its first moment.
        from: Foreign,
    },
    /// The certificate is for other names.
    OtherName {
        /// Who presented it.
        peer: Peer,
        /// The names that it is for.
        presented: Vec<Foreign>,
    },
    /// The certificate is bad in another way.
    BadCertificate {
        /// Whose.
        peer: Peer,
        /// How, in a technical word.
        how: Foreign,
    },
    /// What answers speaks no TLS.
    NotTls {
        /// Who.
        peer: Peer,
        /// Whether it speaks plain HTTP.
        http: bool,
    },
    /// The handshake fails.
    HandshakeFails {
        /// With whom.
        peer: Peer,
        /// How, in a technical word.
        how: Foreign,
    },
    /// The HTTP proxy refuses the way.
    HttpProxyRefuses {
        /// The HTTP proxy.
        proxy: Foreign,
        /// The variable that names it.
        variable: Foreign,
        /// The host that was to be reached.
        host: Foreign,
        /// Its status.
        status: u16,
        /// The kinds of login that it offers.
        schemes: Vec<Foreign>,
        /// Whether a login was sent.
        login_sent: bool,
    },
    /// The HTTP proxy itself cannot be reached, or is none.
    HttpProxyFails {
        /// The HTTP proxy.
        proxy: Foreign,
        /// The variable that names it.
        variable: Foreign,
        /// How, in a technical word.
        how: Foreign,
    },
    /// A server redirects from https to http.
    RedirectToHttp {
        /// Which.
        peer: Peer,
        /// Where to.
        to: Foreign,
    },
    /// Go sends no login over http.
    LoginOverHttp {
        /// To whom.
        peer: Peer,
    },
    /// A server redirects without end.
    RedirectLoop {
        /// Which.
        peer: Peer,
    },
    /// What answers breaks the HTTP protocol.
    BrokenHttp {
        /// Who.
        peer: Peer,
        /// How, in a technical word.
        how: Foreign,
    },
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Advice {
    /// See whether the name is right where it is written, and the DNS servers or the VPN.
    CheckName {
        /// The name.
        host: Foreign,
        /// The variable in which it is written, if one is known.
        variable: Option<Foreign>,
    },
    /// Use getaddrinfo, as git does, instead of asking the servers.
    UseSystemResolver,
    /// Correct the DNS servers of this machine.
    MendDnsServers,
    /// See whether host and port are right and whether the server runs.
    CheckServer {
        /// Host and port.
        host: Foreign,
    },
    /// See whether a firewall or a missing HTTP proxy stands in the way.
    CheckFirewall {
        /// Host and port.
        host: Foreign,
    },
    /// Try again.
    Retry,
    /// Use a mirror beside the default module proxy.
    UseMirror {
        /// The mirror's URL.
        mirror: Foreign,
    },
    /// Add the authority's certificate to what the machine trusts.
    TrustAuthority {
        /// The authority.
        issuer: Option<Foreign>,
    },
    /// Correct or unset the variable that names the trust roots.
    MendRoots {
        /// The variable.
        variable: Foreign,
    },
    /// Ask whoever runs the host to renew or correct its certificate.
    AskForCertificate {
        /// The host.
        host: Foreign,
    },
    /// Set the clock.
    SetClock,
    /// Write the URL with the scheme that the server speaks.
    MatchScheme {
        /// Host and port.
        host: Foreign,
    },
    /// Put a login into the variable of the HTTP proxy.
    GiveProxyLogin {
        /// The variable.
        variable: Foreign,
    },
    /// Leave the HTTP proxy out for this host.
    BypassProxy {
        /// The host.
        host: Foreign,
    },
    /// Correct or unset the variable of the HTTP proxy.
    MendProxyVariable {
        /// The variable.
        variable: Foreign,
    },
    /// Ask whoever runs the HTTP proxy to let the host through.
    AskProxyOperator {
        /// The host.
        host: Foreign,
    },
    /// Use https.
    UseHttps,
    /// Ask whoever runs the host to stop redirecting so.
    AskOperator {
        /// The host.
        host: Foreign,
    },
}
