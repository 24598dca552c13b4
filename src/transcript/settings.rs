//! Values of Go variables and places of module caches that a line shows.

use std::sync::LazyLock;

use regex::Regex;

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

/// The forms in which `go env`, `go env -json`, shells and the headings of CI steps show a variable.
static VARIABLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"^(?:(?P<set>export |declare -x |set |SET |\$env:|ENV )?(?P<name>GO[A-Z0-9]+) ?= ?(?P<value>.*)|"(?P<json_name>GO[A-Z0-9]+)": "(?P<json_value>.*)",?|(?P<yaml_name>GO[A-Z0-9]+): (?P<yaml_value>\S*))$"#,
    )
    .ok()
});

/// The variable that a line shows, and its value without secrets.
pub(super) fn variable(text: &str) -> Option<Setting> {
    // Most lines of a log end here.
    if !text.contains("GO") {
        return None;
    }
    let found = VARIABLE.as_ref()?.captures(text)?;
    let group = |name| found.name(name).map(|part| part.as_str());
    let name = group("name").or(group("json_name")).or(group("yaml_name"))?;
    if !TELLING.contains(&name) {
        return None;
    }
    let value = match (group("json_value"), group("yaml_value"), group("value")) {
        (Some(json), ..) => serde_json::from_str(&format!("\"{json}\"")).ok()?,
        (_, Some(yaml), _) => unquoted(yaml)?.to_owned(),
        (_, _, written) => {
            let value = unquoted(written?)?;
            let quoted = value.len() < written?.len();
            // `GOFLAGS=-mod=mod go build`: a command, and who knows whether it was run.
            if !quoted && group("set").is_none() && value.contains(char::is_whitespace) {
                return None;
            }
            value.to_owned()
        }
    };
    let value = if name == "GOPROXY" { goproxy::redacted(&value) } else { value };
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
