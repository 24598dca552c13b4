//! What it is that failed, as far as the words of git, its transport library and ssh tell.

use serde::{Deserialize, Serialize};

use super::{Depth, Message, Tells, read};
use crate::golang::go_url::written_host;

/// What git and ssh say went wrong, as a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GitTrouble {
    /// git wants a user name and may not ask for one.
    LoginWanted,
    /// A login was sent and refused.
    LoginRefused,
    /// The server says 403.
    Forbidden,
    /// The server says that there is no such repository.
    NotFound,
    /// The server has an internal fault (5xx).
    ServerError,
    /// Too many requests.
    RateLimited,
    /// A name does not resolve.
    Dns,
    /// Nothing listens, or there is no way there.
    Refused,
    /// No answer in time.
    Timeout,
    /// The connection broke.
    Reset,
    /// git's TLS does not trust the certificate (unknown, expired or not yet valid: GnuTLS says the same of all).
    TlsUntrusted,
    /// The certificate is for another name.
    TlsName,
    /// TLS could not be negotiated.
    TlsProtocol,
    /// An HTTP proxy stands in the way.
    HttpProxy,
    /// ssh does not know the server's key.
    HostKeyUnknown,
    /// ssh knows another key of the server.
    HostKeyChanged,
    /// The ssh server accepts none of the keys.
    KeyRefused,
    /// A key file is readable by others, so ssh does not use it.
    KeyModes,
    /// ssh is not installed.
    SshMissing,
    /// git does not know a helper for this kind of URL, or the protocol is not allowed.
    ProtocolNotSupported,
    /// git refuses a directory that somebody else owns.
    UnsafeRepository,
    /// git is too old for an option that go passes.
    TooOld,
    /// The configuration of git cannot be read.
    BrokenConfig,
    /// The answer is not that of a git server.
    NotGit,
    /// Something else.
    #[serde(other)]
    Other,
}

/// What failed, by what git wrote to stderr.
#[must_use]
pub fn git_trouble(stderr: &str) -> GitTrouble {
    deciding(stderr).map_or(GitTrouble::Other, |(trouble, _)| trouble)
}

/// The message that tells what failed, and what that is.
///
/// The deepest message decides and, among equally deep ones, the last: what is printed before it is
/// tried first, what follows it (`Could not read from remote repository`) follows from it.
#[must_use]
pub fn deciding(stderr: &str) -> Option<(GitTrouble, Message<'_>)> {
    let mut decided: Option<(Depth, GitTrouble, Message<'_>)> = None;
    for message in read(stderr) {
        let Tells::Git(trouble, depth) = message.format.tells else { continue };
        if decided.as_ref().is_none_or(|(deepest, ..)| depth >= *deepest) {
            let trouble = if leads_to_another_host(&message) { GitTrouble::HttpProxy } else { trouble };
            decided = Some((depth, trouble, message));
        }
    }
    decided.map(|(_, trouble, message)| (trouble, message))
}

/// curl names the machine to which it could not connect: where that is not the host of the URL, it
/// is the HTTP proxy.
fn leads_to_another_host(message: &Message<'_>) -> bool {
    let (Some(url), Some(host)) = (message.get("url"), message.get("host")) else { return false };
    let Some(named) = written_host(url) else { return false };
    let (name, port) = match named.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port),
        _ => (named, if url.starts_with("http://") { "80" } else { "443" }),
    };
    let other_name = !name.trim_matches(['[', ']']).eq_ignore_ascii_case(host.trim_matches(['[', ']']));
    other_name || message.get("port").is_some_and(|seen| seen != port)
}
