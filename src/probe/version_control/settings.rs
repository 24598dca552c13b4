//! What of git's configuration gets into the facts, without secrets.

use super::git_config::{Entry, GitConfig};
use super::rewrite::has_login;
use crate::facts::version_control::{ConfigOrigin, ExtraHeader, GitSetting, Rewrite};
use crate::golang::http_proxy::Target;
use crate::model::Foreign;

/// Names of `http.<name>` and `http.<url>.<name>` that decide whether git gets through.
const HTTP: [&str; 14] = [
    "sslverify",
    "sslcainfo",
    "sslcapath",
    "sslcert",
    "sslkey",
    "sslbackend",
    "sslversion",
    "schannelcheckrevoke",
    "schannelusesslcainfo",
    "proxy",
    "proxyauthmethod",
    "proxysslcainfo",
    "followredirects",
    "version",
];

/// The rules that rewrite URLs. git weighs them by the order of their targets.
pub fn rewrites(config: &GitConfig) -> Vec<Rewrite> {
    rules(config, Entry::origin)
}

/// The same with the lines on which they stand.
pub fn rewrites_with_lines(config: &GitConfig) -> Vec<Rewrite> {
    rules(config, Entry::origin_with_line)
}

fn rules(config: &GitConfig, origin: fn(&Entry) -> ConfigOrigin) -> Vec<Rewrite> {
    let mut targets: Vec<&str> = Vec::new();
    let mut rules: Vec<(usize, Rewrite)> = Vec::new();
    for entry in &config.entries {
        let Some((to, "insteadof")) = entry.within("url") else { continue };
        let at = targets.iter().position(|known| *known == to).unwrap_or_else(|| {
            targets.push(to);
            targets.len() - 1
        });
        let rule = Rewrite {
            from: Foreign::new(entry.value()),
            to: Foreign::new(to),
            has_login: has_login(to),
            origin: origin(entry),
        };
        rules.push((at, rule));
    }
    rules.sort_by_key(|(at, _)| *at);
    rules.into_iter().map(|(_, rule)| rule).collect()
}

/// The headers that git sends along. An empty one takes back those before it.
pub fn extra_headers(config: &GitConfig) -> Vec<ExtraHeader> {
    let mut headers: Vec<ExtraHeader> = Vec::new();
    for entry in &config.entries {
        let Some((url, "extraheader")) = entry.within("http") else { continue };
        let value = entry.value().trim();
        if value.is_empty() {
            headers.retain(|header| header.url.as_str() != Foreign::new(url).as_str());
            continue;
        }
        let name = value.split(':').next().unwrap_or(value).trim();
        headers.push(ExtraHeader {
            url: Foreign::new(url),
            is_authorization: name.eq_ignore_ascii_case("authorization"),
            origin: entry.origin(),
        });
    }
    headers
}

/// Whatever else decides whether git gets through.
pub fn settings(config: &GitConfig) -> Vec<GitSetting> {
    config.entries.iter().filter_map(setting).collect()
}

fn setting(entry: &Entry) -> Option<GitSetting> {
    let shown =
        |value: &str| GitSetting { key: Foreign::new(&entry.key), value: Foreign::new(value), origin: entry.origin() };
    if let Some((_, name)) = entry.within("http").filter(|(_, name)| HTTP.contains(name)) {
        return Some(match name {
            "proxy" => shown(&without_login(entry.value())),
            // A key alone is a true one.
            _ => shown(entry.value.as_deref().unwrap_or("true")),
        });
    }
    if entry.within("credential").is_some_and(|(_, name)| name == "helper") {
        return Some(shown(&helper_name(entry.value())));
    }
    if entry.within("protocol").is_some_and(|(_, name)| name == "allow") {
        return Some(shown(entry.value()));
    }
    match entry.key.as_str() {
        "core.sshcommand" => Some(shown(&ssh_command(entry.value()))),
        "core.askpass" | "core.gitproxy" | "ssh.variant" => Some(shown(entry.value())),
        _ => None,
    }
}

/// `user:password@host:port`, as curl takes it without a scheme too.
fn without_login(value: &str) -> String {
    match value.rsplit_once('@') {
        Some((_, host)) if !value.contains("://") => format!("REDACTED@{host}"),
        _ => value.to_owned(),
    }
}

/// ssh's own arguments are shown; those of another program may be a password.
fn ssh_command(value: &str) -> String {
    let first = value.split_whitespace().next().unwrap_or_default();
    if crate::probe::ssh::is_openssh(first) { value.to_owned() } else { format!("{first} …") }
}

/// The name of a credential helper without its arguments, which may be a token.
pub fn helper_name(value: &str) -> String {
    let mut words = value.split_whitespace();
    let first = words.next().unwrap_or_default();
    match first {
        "!" => format!("!{}", words.next().unwrap_or_default()),
        // A piece of shell has no name: it may hold the password itself.
        _ if first.contains(['=', '(', '{', ';']) => "!shell".to_owned(),
        _ => first.to_owned(),
    }
}

/// The first credential helper that go's git would ask about a host.
pub fn helper_for(config: &GitConfig, scheme: &str, host: &str) -> Option<String> {
    helpers_for(config, scheme, host).first().map(|helper| helper_name(helper))
}

/// The credential helpers that go's git would ask about a host, as they are written: a secret may
/// stand there. An empty value takes back those before it.
pub fn helpers_for<'c>(config: &'c GitConfig, scheme: &str, host: &str) -> Vec<&'c str> {
    let mut helpers: Vec<&str> = Vec::new();
    for entry in config.entries.iter().filter(|entry| entry.seen_by_go()) {
        let Some((url, "helper")) = entry.within("credential") else { continue };
        if !(url.is_empty() || leads_to(url, scheme, host)) {
            continue;
        }
        match entry.value().trim() {
            "" => helpers.clear(),
            helper => helpers.push(helper),
        }
    }
    helpers
}

/// Whether a setting for the prefix `url` holds for a host, given with its port where that is not
/// the usual one. Paths are not compared: which repository is asked is not known here.
pub fn leads_to(url: &str, scheme: &str, host: &str) -> bool {
    let same = |asked: &Target| {
        Target::parse(url).is_some_and(|known| {
            let wild = known.host.strip_prefix("*.").is_some_and(|rest| {
                asked
                    .host
                    .strip_suffix(rest)
                    .is_some_and(|label| label.ends_with('.') && label.matches('.').count() == 1)
            });
            known.scheme == asked.scheme
                && known.port == asked.port
                && (wild || known.host.eq_ignore_ascii_case(&asked.host))
        })
    };
    Target::parse(&format!("{scheme}://{host}/")).is_some_and(|asked| same(&asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(entries: &[(&str, &str, &str)]) -> GitConfig {
        let entry = |(scope, key, value): &(&str, &str, &str)| Entry {
            scope: (*scope).to_owned(),
            file: "/f".to_owned(),
            key: (*key).to_owned(),
            value: Some((*value).to_owned()),
        };
        GitConfig { entries: entries.iter().map(entry).collect(), broken: None }
    }

    #[test]
    fn no_secret_is_taken_over() {
        let config = config(&[
            ("global", "url.https://oauth2:S3cr3t@h/.insteadof", "https://h/"),
            ("local", "http.https://h/.extraheader", "AUTHORIZATION: basic S3cr3t"),
            ("global", "http.proxy", "me:S3cr3t@proxy:3128"),
            ("global", "http.https://me:S3cr3t@h/.proxy", "http://me:S3cr3t@proxy:3128"),
            ("global", "credential.helper", "!f() { echo password=S3cr3t; }; f"),
            ("global", "credential.helper", "store --file S3cr3t"),
            ("global", "core.sshcommand", "sshpass -p S3cr3t ssh"),
        ]);
        let all = (rewrites(&config), extra_headers(&config), settings(&config));
        assert_eq!((all.0.len(), all.1.len(), all.2.len()), (1, 1, 5));
        assert!(all.0[0].has_login && all.1[0].is_authorization);
        let text = serde_json::to_string(&all).unwrap();
        assert!(!text.contains("S3cr3t"), "{text}");
    }

    #[test]
    fn rules_stand_in_the_order_of_their_targets() {
        let config = config(&[
            ("global", "url.a:.insteadof", "x"),
            ("global", "url.b:.insteadof", "y"),
            ("global", "url.a:.insteadof", "y"),
            ("global", "url.c:.pushinsteadof", "z"),
        ]);
        let order: Vec<_> = rewrites(&config).iter().map(|rule| format!("{}{}", rule.to, rule.from)).collect();
        assert_eq!(order, ["a:x", "a:y", "b:y"]);
    }

    #[test]
    fn the_helper_for_a_host_is_found_and_taken_back() {
        let base =
            [("system", "credential.helper", "manager"), ("global", "credential.https://h:8443.helper", "store")];
        assert_eq!(helper_for(&config(&base[..1]), "https", "h"), Some("manager".to_owned()));
        assert_eq!(helper_for(&config(&base[1..]), "https", "h"), None);
        assert_eq!(helper_for(&config(&base[1..]), "https", "h:8443"), Some("store".to_owned()));
        assert_eq!(helper_for(&config(&[base[0], ("global", "credential.helper", "")]), "https", "h"), None);
        assert_eq!(helper_for(&config(&[("local", "credential.helper", "x")]), "https", "h"), None);
        assert_eq!(
            helper_for(&config(&[("global", "credential.helper", "! a b")]), "https", "h"),
            Some("!a".to_owned())
        );
    }

    #[test]
    fn prefixes_are_compared_by_scheme_host_and_port() {
        for (url, holds) in [
            ("https://h/", true),
            ("https://H:443/team", true),
            ("http://h/", false),
            ("https://h:8443/", false),
            ("https://*.h/", false),
            ("h", false),
        ] {
            assert_eq!(leads_to(url, "https", "h"), holds, "{url}");
        }
        assert!(leads_to("https://*.corp.example/", "https", "git.corp.example"));
        assert!(!leads_to("https://*.example/", "https", "git.corp.example"));
    }
}
