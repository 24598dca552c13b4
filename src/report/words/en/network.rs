//! English sentences of the family `network`.

use super::list;
use crate::model::situation::network::{Advice, Moment, Peer, Serves, Situation};
use crate::model::transport::DnsFailure;
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::NameFails { peer, failure } => name_fails(peer, *failure),
        Situation::ResolversDiffer { peer, system_works: true } => {
            Said::new(format!("{} resolves for git, but not for a static go.", peer.host)).because(
                "The system's resolver has an address for the name, the DNS servers of resolv.conf have none. A go \
                 command without cgo asks those servers itself.",
            )
        }
        Situation::ResolversDiffer { peer, system_works: false } => {
            Said::new(format!("{} resolves for a static go, but not for git.", peer.host)).because(
                "The DNS servers of resolv.conf have an address for the name, the system's resolver has none. git and \
                 ssh ask the system's resolver.",
            )
        }
        Situation::NoAnswer { peer, moment, cut_off_after_ms } => no_answer(peer, *moment, *cut_off_after_ms),
        Situation::Refused { peer } => {
            Said::new(format!("Nothing listens at {}, which is {}.", peer.host, serves(peer.serves)))
                .because("The machine answers, but refuses the connection: the server is down, or the port is wrong.")
        }
        Situation::Unreachable { peer } => {
            Said::new(format!("There is no way to {}, which is {}.", peer.host, serves(peer.serves)))
                .because("This machine has no route to it, or a firewall on this machine forbids the connection.")
        }
        Situation::Broke { peer, moment } => {
            let when = match moment {
                Moment::Connect => "as soon as it is open",
                Moment::Handshake => "during the TLS handshake",
                Moment::Answer => "before an answer comes",
                Moment::Body => "in the middle of a download",
            };
            Said::new(format!("The connection to {} breaks {when}.", peer.host))
                .because("A server that restarts, a firewall or a proxy on the way ends it. go does not try again.")
        }
        Situation::FamilyBroken { peer, ipv6 } => {
            let (bad, good) = if *ipv6 { ("IPv6", "IPv4") } else { ("IPv4", "IPv6") };
            Said::new(format!("{} is reached by {good} but not by {bad}.", peer.host))
        }
        Situation::UnknownAuthority { peer, issuer, roots_from } => {
            let whose = issuer
                .as_ref()
                .map_or_else(|| "which signed itself".to_owned(), |issuer| format!("which {issuer} signed"));
            let trusted = roots_from.as_ref().map_or_else(
                || "It is not among the authorities that this machine trusts.".to_owned(),
                |variable| format!("{variable} decides what go trusts, and it is not in there."),
            );
            Said::new(format!("go does not trust the certificate of {}, {whose}.", peer.host)).because(trusted)
        }
        Situation::NoTrustRoots { peer, roots_from } => {
            let why = roots_from.as_ref().map_or_else(
                || "No file or folder with certificates of authorities was found on this machine.".to_owned(),
                |variable| {
                    format!("{variable} names no file or folder with certificates. go does not complain about that.")
                },
            );
            Said::new(format!("go trusts no authority at all, so not {} either.", peer.host)).because(why)
        }
        Situation::Expired { peer, at } => Said::new(format!("The certificate of {} expired at {at}.", peer.host)),
        Situation::NotYetValid { peer, from } => {
            Said::new(format!("The certificate of {} is valid only from {from} on.", peer.host))
                .because("Either it is too new, or the clock of this machine is behind.")
        }
        Situation::OtherName { peer, presented } => {
            let names = if presented.is_empty() { "no name".into() } else { list(presented) };
            Said::new(format!("The certificate of {} is for another name.", peer.host))
                .because(format!("It is for {names}."))
        }
        Situation::BadCertificate { peer, how } => {
            Said::new(format!("The certificate of {} cannot be used: {how}.", peer.host))
        }
        Situation::NotTls { peer, http: true } => {
            Said::new(format!("{} speaks plain http where https is asked for.", peer.host))
        }
        Situation::NotTls { peer, http: false } => Said::new(format!("What answers at {} speaks no TLS.", peer.host)),
        Situation::HandshakeFails { peer, how } => {
            Said::new(format!("The TLS handshake with {} fails: {how}.", peer.host))
        }
        Situation::HttpProxyRefuses { proxy, variable, host, status: 407, schemes, login_sent } => {
            let sent = if *login_sent { "refuses the login" } else { "wants a login and got none" };
            let offers = if schemes.is_empty() {
                String::new()
            } else {
                format!(" It offers {}; go knows only Basic.", list(schemes))
            };
            Said::new(format!("The HTTP proxy {proxy} ({variable}) {sent}."))
                .because(format!("It answered 407 to the request for {host}.{offers}"))
        }
        Situation::HttpProxyRefuses { proxy, variable, host, status, .. } => {
            Said::new(format!("The HTTP proxy {proxy} ({variable}) does not let go through to {host} ({status})."))
        }
        Situation::HttpProxyFails { proxy, variable, how } => {
            Said::new(format!("The HTTP proxy {proxy} ({variable}) cannot be used: {how}."))
        }
        Situation::RedirectToHttp { peer, to } => {
            Said::new(format!("{} redirects from https to http, which go refuses.", peer.host))
                .because(format!("It redirects to {to}."))
        }
        Situation::LoginOverHttp { peer } => {
            Said::new(format!("go sends no login to {}, because the URL is http.", peer.host))
                .because("Over http everybody on the way could read it.")
        }
        Situation::RedirectLoop { peer } => {
            Said::new(format!("{} redirects without end.", peer.host)).because("go follows 10 redirects and stops.")
        }
        Situation::BrokenHttp { peer, how } => {
            Said::new(format!("What answers at {} breaks the HTTP protocol: {how}.", peer.host))
        }
    }
}

fn name_fails(peer: &Peer, failure: DnsFailure) -> Said {
    let Peer { host, serves: what } = peer;
    let what = serves(*what);
    match failure {
        DnsFailure::NoSuchHost | DnsFailure::NoAddress => Said::new(format!(
            "The host name {host} does not exist; it is {what}."
        ))
        .because("The name is misspelt, or it is known only inside a network (a VPN) that this machine is not in."),
        DnsFailure::InvalidName => Said::new(format!("{host} is no host name; it stands for {what}.")),
        DnsFailure::Timeout | DnsFailure::CutOff | DnsFailure::TryAgain | DnsFailure::NoServers => {
            Said::new(format!("The DNS servers do not answer for {host}, which is {what}."))
        }
        DnsFailure::ServerFailure | DnsFailure::Refused | DnsFailure::Other { .. } => {
            Said::new(format!("The DNS servers fail to resolve {host}, which is {what}."))
        }
    }
}

fn no_answer(peer: &Peer, moment: Moment, cut_off_after_ms: Option<u64>) -> Said {
    let Peer { host, serves: what } = peer;
    let after = cut_off_after_ms.map_or_else(String::new, |ms| format!(" in {}", super::duration(ms)));
    let (headline, limit) = match moment {
        Moment::Connect => (format!("No connection to {host}{after}; it is {}.", serves(*what)), Some(30)),
        Moment::Handshake => (format!("{host} does not answer the TLS handshake{after}."), Some(10)),
        Moment::Answer => (format!("{host} takes the request and does not answer{after}."), None),
        Moment::Body => (format!("{host} stops in the middle of a download{after}."), None),
    };
    let go_waits = limit.map_or_else(
        || "go has no limit for this: it waits for ever.".to_owned(),
        |seconds| format!("go waits {seconds} s and then fails."),
    );
    Said::new(headline).because(go_waits)
}

fn serves(serves: Serves) -> &'static str {
    match serves {
        Serves::ModuleProxy => "a module proxy of GOPROXY",
        Serves::ChecksumDatabase => "the checksum database",
        Serves::VanityHost => "the host of a custom import path",
        Serves::VersionControl => "where a repository lies",
        Serves::Storage => "where a module proxy keeps its downloads",
        Serves::HttpProxy => "the HTTP proxy",
    }
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::CheckName { host, variable: Some(variable) } => {
            format!("See whether {host} is spelt right in {variable}, and whether the VPN is up.")
        }
        Advice::CheckName { host, variable: None } => {
            format!("See whether {host} is spelt right, and whether the VPN and the DNS servers work.")
        }
        Advice::UseSystemResolver => "Let a go command with cgo ask the system's resolver.".into(),
        Advice::MendDnsServers => "Correct the DNS servers of this machine.".into(),
        Advice::CheckServer { host } => format!("See whether {host} is right and whether the server there runs."),
        Advice::CheckFirewall { host } => {
            format!("See whether a firewall blocks {host}, or whether HTTPS_PROXY must be set to get out.")
        }
        Advice::Retry => "Try again.".into(),
        Advice::UseMirror { mirror } => format!("Ask the mirror {mirror} first."),
        Advice::TrustAuthority { issuer: Some(issuer) } => {
            format!("Get the certificate of {issuer} from your company and add it to what this machine trusts.")
        }
        Advice::TrustAuthority { issuer: None } => {
            "Have the server use a certificate of an authority, or add its certificate to what this machine trusts."
                .into()
        }
        Advice::MendRoots { variable } => {
            format!("Correct {variable}, or unset it to use the certificates of the system.")
        }
        Advice::AskForCertificate { host } => format!("Ask whoever runs {host} for a valid certificate."),
        Advice::SetClock => "See whether the clock of this machine is right.".into(),
        Advice::MatchScheme { host } => format!("See whether {host} is to be reached by http, or at another port."),
        Advice::GiveProxyLogin { variable } => {
            format!("Put your login into {variable}: http://USER:PASSWORD@HOST:PORT.")
        }
        Advice::BypassProxy { host } => format!("If {host} can be reached directly, add it to NO_PROXY."),
        Advice::MendProxyVariable { variable } => format!("Correct {variable}, or unset it if there is no HTTP proxy."),
        Advice::AskProxyOperator { host } => format!("Ask whoever runs the HTTP proxy to allow {host}."),
        Advice::UseHttps => "Use https in the URL.".into(),
        Advice::AskOperator { host } => format!("Tell whoever runs {host} what it answers."),
    }
}
