//! The commands of GOAUTH, run only where the user allows it.

use std::time::Duration;

use crate::golang::goauth::Method;
use crate::probe::World;
use crate::process::Command;

/// Whether a method of GOAUTH has a credential for a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Has {
    /// It has.
    Yes,
    /// It has none.
    No,
    /// It was not asked.
    NotAsked,
}

/// Asks a method other than netrc. A command is run once without an argument, as go does at its
/// start; `git DIR` is not run: its helper may ask on a terminal.
pub async fn has(world: &World, method: &Method, url: &str) -> Has {
    match method {
        Method::Off | Method::Netrc => Has::No,
        Method::Command { words: Some(words) } if world.wishes.run_helpers => {
            let Some((program, args)) = words.split_first() else { return Has::No };
            let command = Command::new(program)
                .args(args)
                .envs(world.process.iter().map(|(name, value)| (name, value)))
                .folder(world.scratch.path())
                .limit(Duration::from_secs(10).min(world.deadline.remaining()));
            let output = command.run().await;
            match output.succeeded() && names(&output.stdout.text(), url) {
                true => Has::Yes,
                // It is asked a second time with the URL after a refusal; that it was not.
                false => Has::NotAsked,
            }
        }
        Method::Git { .. } | Method::Command { .. } => Has::NotAsked,
    }
}

/// Whether the output names a prefix of `url` and headers for it: groups of URLs, an empty line,
/// headers, an empty line.
fn names(output: &str, url: &str) -> bool {
    let mut groups = output.replace("\r\n", "\n");
    groups.push_str("\n\n");
    let blocks: Vec<&str> = groups.split("\n\n").collect();
    blocks.chunks(2).any(|pair| match pair {
        [urls, headers] => {
            let fits = |prefix: &str| {
                let prefix = prefix.trim().trim_end_matches('/');
                prefix.starts_with("https://")
                    && url.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            headers.contains(':') && urls.lines().any(fits)
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_urls_and_headers() {
        let output = "https://a.x/\nhttps://h.x/go\n\nAuthorization: Basic eA==\n\nhttps://b.x\n\nX: y\n\n";
        for (url, has) in [
            ("https://a.x/", true),
            ("https://h.x/go/", true),
            ("https://h.x/gone/", false),
            ("https://b.x/y", true),
            ("https://c.x/", false),
        ] {
            assert_eq!(names(output, url), has, "{url}");
        }
        assert!(!names("", "https://a.x/"));
        assert!(!names("https://a.x", "https://a.x/"));
    }
}
