//! What git said.

use super::subject::{About, subject};
use super::{Meaning, Told};
use crate::catalog::Code;
use crate::catalog::messages::{Depth, GitTrouble, Tells, format};
use crate::facts::transcript::Said;

/// The deepest of git's messages, and among equally deep ones the last, as where git is run live.
pub(super) fn meaning(told: Told<'_>) -> Option<Meaning<'_>> {
    let (said, trouble, depth) = deciding(told.here())?;
    let code = match said.format.as_str() {
        "git/protocol-not-allowed" => Code::VcsDisallowed,
        _ if trouble == GitTrouble::TlsUntrusted && told.said("tls/time").is_some() => Code::TlsInvalid,
        _ => code(trouble),
    };
    let about = match trouble {
        GitTrouble::Dns
        | GitTrouble::Refused
        | GitTrouble::Timeout
        | GitTrouble::Reset
        | GitTrouble::TlsUntrusted
        | GitTrouble::TlsName
        | GitTrouble::TlsProtocol
        | GitTrouble::HttpProxy
        | GitTrouble::ServerError
        | GitTrouble::RateLimited
        | GitTrouble::HostKeyUnknown
        | GitTrouble::HostKeyChanged => About::Host,
        GitTrouble::SshMissing => About::Program("ssh"),
        GitTrouble::UnsafeRepository | GitTrouble::BrokenConfig => About::File,
        GitTrouble::TooOld => About::Program("git"),
        _ => About::Module,
    };
    // What the network did to git is as deep as what it did to go.
    let depth = if depth == Depth::Vague { Depth::Usual } else { Depth::Root };
    Some(Meaning { code, depth, subject: subject(told, said, about), said, quoted: None, remote: false })
}

/// What decides among messages of git's.
pub(super) fn deciding<'a>(said: impl Iterator<Item = &'a Said>) -> Option<(&'a Said, GitTrouble, Depth)> {
    let mut decided: Option<(&Said, GitTrouble, Depth)> = None;
    let said: Vec<&Said> = said.collect();
    // git, curl and their TLS libraries have words in common with Go's.
    let of_go: Vec<usize> = said.iter().filter(|said| is_of_go(&said.format)).map(|said| said.line).collect();
    let shared = |said: &Said| !said.format.starts_with("ssh/") && of_go.contains(&said.line);
    for said in said.into_iter().filter(|said| !shared(said)) {
        let Some(Tells::Git(trouble, depth)) = format(&said.format).map(|format| format.tells) else { continue };
        if decided.is_none_or(|(_, _, deepest)| depth >= deepest) {
            decided = Some((said, trouble, depth));
        }
    }
    decided
}

fn is_of_go(format: &str) -> bool {
    ["go/status", "go/get", "go/broken-download", "go/reading", "x509/", "net/dial", "net/lookup", "net/http-proxy"]
        .iter()
        .any(|prefix| format.starts_with(prefix))
}

pub(super) fn code(trouble: GitTrouble) -> Code {
    match trouble {
        GitTrouble::LoginWanted => Code::GitAuthRequired,
        GitTrouble::LoginRefused | GitTrouble::Forbidden => Code::GitAuthFailed,
        GitTrouble::NotFound => Code::RepositoryNotFound,
        GitTrouble::ServerError | GitTrouble::RateLimited => Code::VcsServerError,
        GitTrouble::Dns => Code::DnsFailure,
        GitTrouble::Refused => Code::ConnectRefused,
        GitTrouble::Timeout => Code::ConnectTimeout,
        GitTrouble::Reset => Code::ConnectionReset,
        GitTrouble::TlsUntrusted => Code::TlsUntrusted,
        GitTrouble::TlsName => Code::TlsInvalid,
        GitTrouble::TlsProtocol => Code::TlsProtocol,
        GitTrouble::HttpProxy => Code::HttpProxyError,
        GitTrouble::HostKeyUnknown | GitTrouble::HostKeyChanged => Code::SshHostKey,
        GitTrouble::KeyRefused | GitTrouble::KeyModes => Code::SshAuthFailed,
        GitTrouble::SshMissing => Code::VcsMissing,
        GitTrouble::UnsafeRepository => Code::GitUnsafeRepository,
        GitTrouble::TooOld => Code::GitTooOld,
        GitTrouble::ProtocolNotSupported | GitTrouble::BrokenConfig | GitTrouble::NotGit | GitTrouble::Other => {
            Code::VcsFailed
        }
    }
}
