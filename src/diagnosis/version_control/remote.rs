//! Repositories that could not be asked, and the addresses at which git looked for them.

use crate::catalog::messages::deciding;
use crate::facts::Facts;
use crate::facts::version_control::{GitTrouble, Remote, RemoteResult};
use crate::model::Finding;

/// Where a URL leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The scheme; `ssh` for the form `user@host:path`, `file` for a path.
    pub scheme: String,
    /// The user, where one is named.
    pub user: Option<String>,
    /// The host without port and brackets.
    pub host: String,
    /// The port, where one is written.
    pub port: Option<u16>,
}

impl Address {
    /// Reads a URL as git does.
    #[must_use]
    pub fn parse(url: &str) -> Self {
        let (scheme, rest) = match url.split_once("://") {
            Some((scheme, rest)) => (scheme, rest.split(['/', '?', '#']).next().unwrap_or(rest)),
            // A colon before the first slash makes it ssh.
            None => match url.split_once(':') {
                Some((authority, _)) if !authority.contains('/') => ("ssh", authority),
                _ => ("file", ""),
            },
        };
        let (user, named) = rest.rsplit_once('@').map_or((None, rest), |(user, host)| (Some(user.to_owned()), host));
        let (host, port) = match named.rsplit_once(':') {
            Some((host, port)) if !named.ends_with(']') => (host, port.parse().ok()),
            _ => (named, None),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        Self { scheme: scheme.to_ascii_lowercase(), user, host, port }
    }

    /// Whether git reaches it by ssh.
    #[must_use]
    pub fn is_ssh(&self) -> bool {
        matches!(self.scheme.as_str(), "ssh" | "git+ssh" | "ssh+git")
    }

    /// Whether it is http or https.
    #[must_use]
    pub fn is_http(&self) -> bool {
        matches!(self.scheme.as_str(), "http" | "https")
    }

    /// The port that is used.
    #[must_use]
    pub fn used_port(&self) -> u16 {
        self.port.unwrap_or(match self.scheme.as_str() {
            "http" => 80,
            "git" => 9418,
            "https" => 443,
            _ => 22,
        })
    }

    /// The host, with its port where one is written.
    #[must_use]
    pub fn written(&self) -> String {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        self.port.map_or_else(|| host.clone(), |port| format!("{host}:{port}"))
    }
}

/// A repository that git could not ask.
#[derive(Debug, Clone)]
pub struct Failure<'a> {
    /// The repository.
    pub remote: &'a Remote,
    /// What it is that failed.
    pub trouble: GitTrouble,
    /// git's exit code, where it ended by itself.
    pub exit: Option<i32>,
    /// What git and ssh said.
    pub stderr: &'a str,
    /// Where git went, after its rewrites.
    pub address: Address,
}

impl<'a> Failure<'a> {
    /// The URL to which git went.
    #[must_use]
    pub fn url(&self) -> &'a str {
        effective_url(self.remote)
    }

    /// The line that tells what failed; else the last line that says something.
    #[must_use]
    pub fn line(&self) -> &'a str {
        let last = || self.stderr.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
        deciding(self.stderr).map_or_else(last, |(_, message)| message.text).trim()
    }

    /// The path of the first module in the repository.
    #[must_use]
    pub fn module(&self) -> Option<&'a str> {
        self.remote.modules.first().map(|module| module.path.as_str())
    }
}

impl Failure<'_> {
    /// Adds to a finding what is known of every failed repository.
    #[must_use]
    pub fn told(&self, finding: Finding) -> Finding {
        let observation = self.remote.observation.id.as_str();
        let finding = finding.about(observation).with("host", self.address.written()).with("url", self.url()).seen(
            observation,
            None,
            self.line(),
        );
        match self.module() {
            Some(module) => finding.with("module", module),
            None => finding,
        }
    }
}

/// The URL that git uses for a repository.
#[must_use]
pub fn effective_url(remote: &Remote) -> &str {
    remote.effective_url.as_ref().unwrap_or(&remote.url).as_str()
}

/// Whether git goes to a host by http or https for any repository.
#[must_use]
pub fn uses_host(facts: &Facts, host: &str) -> bool {
    let remotes = facts.version_control.get().into_iter().flat_map(|version_control| &version_control.remotes);
    remotes.map(|remote| Address::parse(effective_url(remote))).any(|address| address.is_http() && address.host == host)
}

/// The repositories that git could not ask.
pub fn failures(facts: &Facts) -> impl Iterator<Item = Failure<'_>> {
    let remotes = facts.version_control.get().into_iter().flat_map(|version_control| &version_control.remotes);
    remotes.filter_map(|remote| match &remote.result {
        RemoteResult::Failed { exit, trouble, stderr } => Some(Failure {
            remote,
            trouble: *trouble,
            exit: *exit,
            stderr: stderr.as_str(),
            address: Address::parse(effective_url(remote)),
        }),
        RemoteResult::Answered { .. } | RemoteResult::Forbidden { .. } | RemoteResult::NotAsked => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_read_as_git_reads_them() {
        for (url, scheme, user, written, port) in [
            ("https://git.corp.example/team/kit", "https", None, "git.corp.example", 443),
            ("https://u@h:8443/x", "https", Some("u"), "h:8443", 8443),
            ("ssh://git@h/x", "ssh", Some("git"), "h", 22),
            ("ssh://git@[::1]:2222/x", "ssh", Some("git"), "[::1]:2222", 2222),
            ("git@h:team/kit.git", "ssh", Some("git"), "h", 22),
            ("h:x", "ssh", None, "h", 22),
            ("git+ssh://h/x", "git+ssh", None, "h", 22),
            ("/srv/kit.git", "file", None, "", 22),
            ("./a:b", "file", None, "", 22),
        ] {
            let address = Address::parse(url);
            let seen = (address.scheme.as_str(), address.user.as_deref(), address.written(), address.used_port());
            assert_eq!(seen, (scheme, user, written.to_owned(), port), "{url}");
        }
    }
}
