//! Values of Go variables and places of module caches that a line shows.

use std::sync::LazyLock;

use crate::ascii::Regex;
use crate::facts::transcript::Setting;
use crate::golang::goproxy;
use crate::model::Foreign;

/// The variables that decide where modules come from and go to.
const TELLING: &[&str] = &[
    "GO111MODULE",
    "GOAUTH",
    "GOFLAGS",
    "GOINSECURE",
    "GOMODCACHE",
    "GONOPROXY",
    "GONOSUMDB",
    "GOPATH",
    "GOPRIVATE",
    "GOPROXY",
    "GOSUMDB",
    "GOTOOLCHAIN",
    "GOVCS",
];

/// The variables that send requests through an HTTP proxy, in capitals.
const HTTP_PROXIES: &[&str] = &["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"];

/// One of these stands in each line that shows one.
pub(super) const SIGNS: &[&str] = &["GO", "_PROXY", "_proxy"];

/// The forms in which `go env`, `go env -json`, shells and the headings of CI steps show a variable.
static VARIABLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"^(?:(?P<set>export |declare -x |[sS][eE][tT] "?|\$env:|(?:Step \d+/\d+ : |(?:#\d+ )?\[[^\]]*\] )?ENV )?(?P<name>NAME) ?= ?(?P<value>.*)|"(?P<json_name>NAME)": "(?P<json_value>.*)",?|(?:- )?(?P<yaml_name>NAME): (?P<yaml_value>\S*))$"#
            .replace("NAME", r"GO[A-Z0-9]+|(?i:all|https?|no)_(?:PROXY|proxy)")
            .as_str(),
    )
    .ok()
});

/// The variable that a line shows, and its value without secrets.
pub(super) fn variable(text: &str) -> Option<Setting> {
    // Most lines of a log end here.
    if !SIGNS.iter().any(|sign| text.contains(sign)) {
        return None;
    }
    let found = VARIABLE.as_ref()?.captures(text)?;
    let group = |name| found.name(name).map(|part| part.as_str());
    let name = group("name").or(group("json_name")).or(group("yaml_name"))?;
    let http_proxy = HTTP_PROXIES.contains(&name.to_ascii_uppercase().as_str());
    if !TELLING.contains(&name) && !http_proxy {
        return None;
    }
    let value = match (group("json_value"), group("yaml_value"), group("value")) {
        (Some(json), ..) => serde_json::from_str(&format!("\"{json}\"")).ok()?,
        (_, Some(yaml), _) => unquoted(yaml)?.to_owned(),
        (_, _, written) => {
            let written = written?.trim_end();
            // `set "GOPROXY=…"`, as careful people write it on Windows.
            let written = if group("set") == Some("set \"") { written.strip_suffix('"')? } else { written };
            let value = unquoted(written)?;
            let quoted = value.len() < written.len();
            // `GOFLAGS=-mod=mod go build`: a command, and who knows whether it was run.
            if !quoted && group("set").is_none() && value.contains(char::is_whitespace) {
                return None;
            }
            value.to_owned()
        }
    };
    let value = match name {
        "GOPROXY" => goproxy::redacted(&value),
        // The login of an HTTP proxy may stand there without a scheme.
        _ if http_proxy => match value.rsplit_once('@') {
            Some((_, host)) if !value.contains("://") => format!("REDACTED@{host}"),
            _ => value,
        },
        _ => value,
    };
    // Something that a shell has yet to fill in, or a CI system has masked, is no value.
    let open = value.contains(['$', '`', '%']) || value.contains("***");
    (!open).then(|| Setting { name: name.to_owned(), value: Foreign::new(&value) })
}

/// The text without quotes around it; `None` where they do not match.
fn unquoted(text: &str) -> Option<&str> {
    for quote in ['\'', '"'] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.strip_suffix(quote).filter(|inner| !inner.contains(quote));
        }
    }
    Some(text)
}

/// A path that begins at the root: what stands before it ends a word.
static CACHE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    const START: &str = r#"(?:^|[\s"'=(<>\[,;:|])"#;
    const WORD: &str = r#"[^\s"'=(<>\[,;:|]"#;
    const NOT_SLASH: &str = r#"[^/\\\s"'=(<>\[,;:|]"#;
    Regex::new(&format!(
        r#"{START}(?P<path>(?:[A-Za-z]:)?[/\\](?:{NOT_SLASH}{WORD}*?[/\\])?(?:pkg[/\\]mod|{NOT_SLASH}+[/\\]cache[/\\](?:vcs|download)))(?:[/\\"':),;\s]|$)"#
    ))
    .ok()
});

/// The module cache in which a file of a line lies.
pub(super) fn module_cache(text: &str) -> Option<&str> {
    if !text.contains("pkg") && !text.contains("cache") {
        return None;
    }
    let path = CACHE.as_ref()?.captures(text)?.name("path")?.as_str();
    let inner = ["/cache/vcs", "/cache/download", r"\cache\vcs", r"\cache\download"];
    Some(inner.iter().find_map(|inner| path.strip_suffix(inner)).unwrap_or(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_read_in_each_form() {
        for (text, value) in [
            ("GOPROXY='https://h,direct'", "https://h,direct"),
            ("GOPROXY=\"https://h,direct\"", "https://h,direct"),
            ("set GOPROXY=https://h,direct", "https://h,direct"),
            ("set GOPROXY=https://h,direct  ", "https://h,direct"),
            ("set \"GOPROXY=https://h,direct\"", "https://h,direct"),
            ("$env:GOPROXY = 'https://h,direct'", "https://h,direct"),
            ("Step 3/9 : ENV GOPROXY=https://h,direct", "https://h,direct"),
            ("[2/6] ENV GOPROXY=https://h,direct", "https://h,direct"),
            ("export GOPROXY=https://h,direct", "https://h,direct"),
            ("\"GOPROXY\": \"https://h,direct\",", "https://h,direct"),
            ("GOPROXY: https://h,direct", "https://h,direct"),
            ("GOPROXY=off", "off"),
            ("GOPROXY=''", ""),
        ] {
            assert_eq!(variable(text), Some(Setting { name: "GOPROXY".into(), value: value.into() }), "{text}");
        }
        let flags = variable("GOFLAGS='-mod=mod -modcacherw'").unwrap();
        assert_eq!(flags.value.as_str(), "-mod=mod -modcacherw");
        let with_login = variable("GOPROXY='https://u:S3cr3t@h/x'").unwrap();
        assert!(!with_login.value.as_str().contains("S3cr3t"));
    }

    #[test]
    fn http_proxies_are_read_without_their_logins() {
        for (text, name, value) in [
            ("HTTPS_PROXY=http://squid.corp.example:3128", "HTTPS_PROXY", "http://squid.corp.example:3128"),
            ("https_proxy=squid.corp.example:3128", "https_proxy", "squid.corp.example:3128"),
            (
                "export HTTP_PROXY=http://u:S3cr3t@squid.corp.example:3128/",
                "HTTP_PROXY",
                "http://REDACTED@squid.corp.example:3128/",
            ),
            ("set HTTPS_PROXY=u:S3cr3t@squid.corp.example:3128", "HTTPS_PROXY", "REDACTED@squid.corp.example:3128"),
            ("NO_PROXY: .corp.example,localhost", "NO_PROXY", ".corp.example,localhost"),
        ] {
            assert_eq!(variable(text), Some(Setting { name: name.into(), value: value.into() }), "{text}");
        }
        for text in ["proxy_pass=http://h", "my_HTTPS_PROXY=x", "HTTPS_PROXY=http://h go mod tidy", "HTTPS_PROXY=$X"] {
            assert_eq!(variable(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_value_is_none() {
        for text in [
            "GOPROXY=off go mod tidy",
            "GOPROXY='$GOPROXY'",
            "GOPROXY='a' GOFLAGS='b'",
            "export GOPROXY=***",
            "GOCACHE='/x'",
            "GO: x",
            "if GOPROXY=off then",
        ] {
            assert_eq!(variable(text), None, "{text}");
        }
    }

    #[test]
    fn caches_are_found_by_their_form() {
        for (text, cache) in [
            ("git ls-remote in /root/go/pkg/mod/cache/vcs/0a: exit status 128", "/root/go/pkg/mod"),
            ("open /var/gomod/cache/download/a.b/c/@v/list: permission denied", "/var/gomod"),
            (r"open C:\Users\dev\go\pkg\mod\cache\download\x: Access is denied.", r"C:\Users\dev\go\pkg\mod"),
            ("/go/pkg/mod/a.b/c@v1.0.0/x.go:3:2: undefined: y", "/go/pkg/mod"),
            ("tar: /home/runner/go/pkg/mod/x: Cannot open: File exists", "/home/runner/go/pkg/mod"),
            ("dir has been modified (/go/pkg/mod/a.b/c@v1.0.0)", "/go/pkg/mod"),
        ] {
            assert_eq!(module_cache(text), Some(cache), "{text}");
        }
        for text in ["https://h/x/pkg/mod/y", "github.com/a/pkg/mod/x: no", "../pkg/mod/x", "~/go/pkg/mod/x", "a cache"]
        {
            assert_eq!(module_cache(text), None, "{text}");
        }
    }
}
