use super::*;
use crate::golang::go_url::UrlProblem;

fn parsed(goproxy: &str) -> ProviderList {
    parse(goproxy, "", Os::Linux).unwrap()
}

fn shown(list: &ProviderList) -> Vec<String> {
    list.entries
        .iter()
        .map(|entry| {
            let provider = match &entry.provider {
                Provider::Proxy(url) => url.to_string(),
                Provider::Direct => "direct".to_owned(),
                Provider::Off => "off".to_owned(),
                Provider::NoProxy => "noproxy".to_owned(),
            };
            let mark = match entry.fallback {
                Fallback::NotExist => ",",
                Fallback::AnyError => "|",
                Fallback::None => "",
            };
            provider + mark
        })
        .collect()
}

#[test]
fn lists_parse_as_in_go() {
    for (value, expected) in [
        ("https://a,direct", vec!["https://a,", "direct"]),
        ("https://a|https://b,off", vec!["https://a|", "https://b,", "off"]),
        (" ,direct", vec!["direct"]),
        (" https://a \t,\u{a0}direct\r", vec!["https://a,", "direct"]),
        ("https://a\r", vec!["https://a"]),
        ("https://a,", vec!["https://a"]),
        ("a.example.com", vec!["https://a.example.com"]),
        ("goproxy.example/x", vec!["https://goproxy.example/x"]),
        ("127.0.0.1:8081", vec!["https://127.0.0.1:8081"]),
        ("localhost:3000", vec!["https://localhost:3000"]),
        ("https//host", vec!["https://https//host"]),
        ("https:/host", vec!["https:/host"]),
        ("https://", vec!["https:"]),
        ("file:///srv/mods", vec!["file:///srv/mods"]),
        ("https://h/?x=1", vec!["https://h/?x=1"]),
        ("HTTPS://h", vec!["https://h"]),
        ("off,direct", vec!["off"]),
    ] {
        assert_eq!(shown(&parsed(value)), expected, "{value:?}");
    }
}

#[test]
fn malformed_lists_fail_in_gos_words() {
    for (value, words) in [
        ("", "GOPROXY list is not the empty string, but contains no entries"),
        (",", "GOPROXY list is not the empty string, but contains no entries"),
        (" ", "GOPROXY list is not the empty string, but contains no entries"),
        ("ftp://x", "invalid proxy URL scheme (must be https, http, file): ftp://x"),
        ("htps://x", "invalid proxy URL scheme (must be https, http, file): htps://x"),
        ("/abs/path", "invalid proxy URL missing scheme: /abs/path"),
        ("file://host/p", "invalid file:// proxy URL with non-path elements: file://host/p"),
        ("file://localhost/abs", "invalid file:// proxy URL with non-path elements: file://localhost/abs"),
        ("https://a b", r#"parse "https://a b": invalid character " " in host name"#),
        ("\"https://h\"", r#"parse "\"https://h\"": first path segment in URL cannot contain colon"#),
        ("http://h:x/", r#"parse "http://h:x/": invalid port ":x" after host"#),
        ("DIRECT", "invalid proxy URL missing scheme: DIRECT"),
        ("OFF", "invalid proxy URL missing scheme: OFF"),
        ("none", "invalid proxy URL missing scheme: none"),
        ("proxy", "invalid proxy URL missing scheme: proxy"),
        ("noproxy", "invalid proxy URL missing scheme: noproxy"),
    ] {
        assert_eq!(parse(value, "", Os::Linux).unwrap_err().to_string(), words, "{value:?}");
    }
}

#[test]
fn the_malformed_item_is_placed() {
    let error = parse("https://a,,nonsense|direct", "", Os::Linux).unwrap_err();
    assert_eq!((error.position, error.written.as_str()), (Some(2), "nonsense"));
    assert_eq!(parse(",", "x", Os::Linux).unwrap_err().problem, GoproxyProblem::NoEntries);
}

#[test]
fn what_stands_after_the_end_is_ignored() {
    let list = parsed("direct,https://u:S3cr3t@a,,nonsense");
    assert_eq!(shown(&list), ["direct"]);
    let ignored: Vec<_> = list.ignored.iter().map(|item| (item.position, item.written.as_str())).collect();
    assert_eq!(ignored, [(1, "https://REDACTED@a"), (3, "nonsense")]);
}

#[test]
fn gonoproxy_puts_an_element_before_the_list() {
    for (value, gonoproxy, expected) in [
        ("https://a,direct", "corp.example.com", vec!["noproxy,", "https://a,", "direct"]),
        ("off", "corp.example.com", vec!["noproxy,", "off"]),
        ("direct", "corp.example.com", vec!["direct"]),
        ("direct,", "corp.example.com", vec!["noproxy,", "direct"]),
        ("https://a", "none", vec!["noproxy,", "https://a"]),
        ("https://a", "", vec!["https://a"]),
    ] {
        assert_eq!(shown(&parse(value, gonoproxy, Os::Linux).unwrap()), expected, "{value:?}");
    }
}

#[test]
fn windows_paths_are_no_hosts() {
    let error = parse("C:\\mods", "", Os::Windows).unwrap_err();
    assert_eq!(error.to_string(), "invalid proxy URL scheme (must be https, http, file): c:\\mods");
    let list = parse("file:///C:/mods", "", Os::Windows).unwrap();
    assert_eq!(list.proxies().next().unwrap().file_path(Os::Windows).as_deref(), Some("C:\\mods"));
    let list = parse("file:///srv/mods", "", Os::Linux).unwrap();
    assert_eq!(list.proxies().next().unwrap().file_path(Os::Linux).as_deref(), Some("/srv/mods"));
}

#[test]
fn credentials_are_known_but_never_shown() {
    for value in [
        "https://user:S3cr3t@h/go",
        "https://S3cr3t@h/go",
        "user:S3cr3t@h.example/go",
        "https://user:S3cr3t@h:x",
        "ftp://user:S3cr3t@h",
        "file://user:S3cr3t@h/x",
        "https://h/?access_token=S3cr3t",
        "https://user:S3cr3t,x@h",
        "user:S3cr3t@a b/c",
    ] {
        let outcome = parse(value, "", Os::Linux);
        let words = outcome.as_ref().map_or_else(ToString::to_string, |list| serde_json::to_string(list).unwrap());
        for text in [format!("{outcome:?}"), words, redacted(value)] {
            assert!(!text.contains("S3cr3t"), "{value} → {text}");
        }
    }
    let list = parsed("https://user:pw@h");
    let user = list.proxies().next().unwrap().user().unwrap();
    assert_eq!((user.name(), user.password()), ("user", Some("pw")));
    assert_eq!(redacted("https://u:p@h, b@c.d|direct"), "https://REDACTED@h,REDACTED@c.d|direct");
}

#[test]
fn urls_that_go_will_not_ask_are_known() {
    for (value, refusal) in [
        ("https:/host", Some(RequestRefusal::NoHost)),
        ("https://", Some(RequestRefusal::NoHost)),
        ("http://u:p@h", Some(RequestRefusal::CredentialsOverHttp)),
        ("https://u:p@h", None),
        ("http://h", None),
        ("file:///x", None),
    ] {
        assert_eq!(parsed(value).proxies().next().unwrap().refusal(), refusal, "{value}");
    }
}

#[test]
fn hosts_that_were_hardly_meant_are_known() {
    for (value, suspicion) in [
        ("https://a;direct", Some(HostSuspicion::WrongSeparator)),
        ("https//host", Some(HostSuspicion::SchemeAsHost)),
        ("https://https://host", Some(HostSuspicion::SchemeAsHost)),
        ("https://<host>", Some(HostSuspicion::Placeholder)),
        ("https://host", None),
    ] {
        assert_eq!(parsed(value).proxies().next().unwrap().suspicion(), suspicion, "{value}");
    }
}

#[test]
fn ports_are_those_that_go_dials() {
    for (value, host, port) in [
        ("https://h", "h", Some(443)),
        ("http://h", "h", Some(80)),
        ("http://h:8081", "h", Some(8081)),
        ("https://[::1]:8443", "::1", Some(8443)),
        ("file:///x", "", None),
        ("https://h:99999", "h", None),
    ] {
        let list = parsed(value);
        let url = list.proxies().next().unwrap();
        assert_eq!((url.host(), url.port()), (host, port), "{value}");
    }
}

#[test]
fn requests_keep_path_and_query() {
    let list = parsed("https://u:p@h/a/?x=1");
    let url = list.proxies().next().unwrap();
    assert_eq!(
        url.request("github.com/!azure/x", "@v/v1.0.0.info"),
        "https://h/a/github.com/%21azure/x/@v/v1.0.0.info?x=1"
    );
    assert_eq!(url.checksum_database("sum.example.com"), "https://h/a/sumdb/sum.example.com?x=1");
}

#[test]
fn a_single_file_list_is_recognised() {
    assert!(parsed("file:///x").is_single_file());
    assert!(!parsed("file:///x,direct").is_single_file());
    assert!(!parsed("https://x").is_single_file());
}

#[test]
fn the_parse_problem_is_typed() {
    let error = parse("http://h:x", "", Os::Linux).unwrap_err();
    assert!(matches!(error.problem, GoproxyProblem::Url { problem: UrlProblem::Port(_), .. }));
}
