//! The host of a URL that git reaches by ssh.

/// User, host and port, as the URL names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SshTarget {
    /// The user, without a password.
    pub user: Option<String>,
    /// The host without brackets.
    pub host: String,
    /// The port, where one is written.
    pub port: Option<u16>,
}

impl SshTarget {
    /// Reads `ssh://user@host:port/path` and `user@host:path`. `None` for any other URL, and for a
    /// host that ssh would take for an option.
    #[must_use]
    pub fn parse(url: &str) -> Option<Self> {
        let (authority, with_port) = match url.split_once("://") {
            Some((scheme, rest)) => {
                let scheme = scheme.to_ascii_lowercase();
                if !matches!(scheme.as_str(), "ssh" | "git+ssh" | "ssh+git") {
                    return None;
                }
                (rest.split(['/', '?', '#']).next().unwrap_or(rest), true)
            }
            None => {
                // A colon in brackets is part of an address.
                let colon = match url.find(']') {
                    Some(end) if url.split('/').next().is_some_and(|head| head.contains('[')) => end + 1,
                    _ => url.find(':')?,
                };
                let authority = url.get(..colon)?;
                if authority.contains('/') || url.get(colon..colon + 1) != Some(":") {
                    return None;
                }
                (authority, false)
            }
        };
        let (user, named) = authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
        let (host, port) = match named.rsplit_once(':') {
            Some((host, port)) if with_port && !named.ends_with(']') => (host, port.parse().ok()),
            _ => (named, None),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let user = user.and_then(|user| user.split(':').next()).filter(|user| !user.is_empty());
        if host.is_empty() || host.starts_with('-') || user.is_some_and(|user| user.starts_with('-')) {
            return None;
        }
        Some(Self { user: user.map(str::to_owned), host: host.to_owned(), port })
    }

    /// What ssh is told: `user@host`.
    #[must_use]
    pub fn destination(&self) -> String {
        self.user.as_ref().map_or_else(|| self.host.clone(), |user| format!("{user}@{}", self.host))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_read_as_git_reads_them() {
        for (url, expected) in [
            ("ssh://git@h/x", Some((Some("git"), "h", None))),
            ("git+ssh://h:2222/x", Some((None, "h", Some(2222)))),
            ("ssh://u:p@[::1]:22/x", Some((Some("u"), "::1", Some(22)))),
            ("git@h:team/x.git", Some((Some("git"), "h", None))),
            ("h:x", Some((None, "h", None))),
            ("git@[::1]:x", Some((Some("git"), "::1", None))),
            ("https://h/x", None),
            ("/a:b", None),
            ("ssh://-oProxyCommand=x/y", None),
            ("./a:b", None),
            ("nothing", None),
        ] {
            let target = SshTarget::parse(url);
            let seen = target.as_ref().map(|target| (target.user.as_deref(), target.host.as_str(), target.port));
            assert_eq!(seen, expected, "{url}");
        }
    }
}
