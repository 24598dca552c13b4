//! `url.<to>.insteadOf = <from>`: which URL git uses in place of the one that go hands to it.

use super::git_config::GitConfig;
use crate::golang::go_url::GoUrl;

/// A URL after git's rewrites. It may hold a login, and never leaves the probes.
#[derive(Clone, PartialEq, Eq)]
pub struct Rewritten {
    /// The URL.
    pub url: String,
    /// The rule's target and prefix; none where no rule matches.
    pub rule: Option<(String, String)>,
}

/// Applies the rule with the longest prefix; of two the one whose target comes first.
pub fn rewrite(config: &GitConfig, url: &str) -> Rewritten {
    let mut targets: Vec<&str> = Vec::new();
    let mut best: Option<(usize, usize, &str, &str)> = None;
    for entry in config.entries.iter().filter(|entry| entry.seen_by_go()) {
        let Some((to, "insteadof")) = entry.within("url") else { continue };
        let at = targets.iter().position(|known| *known == to).unwrap_or_else(|| {
            targets.push(to);
            targets.len() - 1
        });
        let from = entry.value();
        let better = best.is_none_or(|(length, rank, _, _)| from.len() > length || (from.len() == length && at < rank));
        if better && url.starts_with(from) {
            best = Some((from.len(), at, to, from));
        }
    }
    match best {
        Some((length, _, to, from)) => Rewritten {
            url: format!("{to}{}", url.get(length..).unwrap_or_default()),
            rule: Some((to.to_owned(), from.to_owned())),
        },
        None => Rewritten { url: url.to_owned(), rule: None },
    }
}

/// Whether a URL carries a login: for https a user name may be a token, for ssh only a password is one.
pub fn has_login(url: &str) -> bool {
    let Ok(parsed) = GoUrl::parse(url) else { return url.contains("://") && url.contains('@') };
    let Some(user) = &parsed.user else { return false };
    user.password().is_some() || (matches!(parsed.scheme.as_str(), "http" | "https") && user.name() != "git")
}

#[cfg(test)]
mod tests {
    use super::super::git_config::Entry;
    use super::*;

    fn config(rules: &[(&str, &str, &str)]) -> GitConfig {
        let entry = |(scope, to, from): &(&str, &str, &str)| Entry {
            scope: (*scope).to_owned(),
            file: String::new(),
            key: format!("url.{to}.insteadof"),
            value: Some((*from).to_owned()),
        };
        GitConfig { entries: rules.iter().map(entry).collect(), broken: None }
    }

    #[test]
    fn the_longest_prefix_that_go_s_git_sees_wins() {
        let config = config(&[
            ("global", "ssh://git@h/", "https://h/"),
            ("global", "git@h:team/", "https://h/team/"),
            ("global", "late:", "https://h/team/"),
            ("local", "never:", "https://h/team/lib"),
        ]);
        let of = |url: &str| rewrite(&config, url);
        assert_eq!(of("https://h/team/lib").url, "git@h:team/lib");
        assert_eq!(of("https://h/x").url, "ssh://git@h/x");
        assert_eq!(of("https://h/x").rule, Some(("ssh://git@h/".to_owned(), "https://h/".to_owned())));
        assert!(of("https://other/x").rule.is_none());
    }

    #[test]
    fn logins_in_urls() {
        for (url, has) in [
            ("https://u:p@h/", true),
            ("https://token@h/", true),
            ("https://h/", false),
            ("ssh://git@h/", false),
            ("ssh://u:p@h/", true),
            ("git@h:", false),
        ] {
            assert_eq!(has_login(url), has, "{url}");
        }
    }
}
