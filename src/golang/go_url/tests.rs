use super::UrlProblem as P;
use super::*;

#[test]
fn urls_parse_as_in_go() {
    for (text, scheme, host, path, query) in [
        ("https://h", "https", "h", "", ""),
        ("HTTPS://Host:80/x?y=1", "https", "Host:80", "/x", "y=1"),
        ("https:/host", "https", "", "/host", ""),
        ("https://", "https", "", "", ""),
        ("https://https//host", "https", "https", "//host", ""),
        ("https://a;direct", "https", "a;direct", "", ""),
        ("file:///abs/p", "file", "", "/abs/p", ""),
        ("file://host/p", "file", "host", "/p", ""),
        ("/abs/path", "", "", "/abs/path", ""),
        ("direct2", "", "", "direct2", ""),
        ("//h/p", "", "h", "/p", ""),
        ("///p", "", "", "///p", ""),
        ("https://h/a%2Fb", "https", "h", "/a/b", ""),
        ("https://[::1]:8080/x", "https", "[::1]:8080", "/x", ""),
        ("https://[fe80::1%25en0]/", "https", "[fe80::1%en0]", "/", ""),
        ("https://h:/x", "https", "h:", "/x", ""),
        ("https://%e4%b8%ad/x", "https", "中", "/x", ""),
        ("C:\\go", "c", "", "", ""),
    ] {
        let url = GoUrl::parse(text).unwrap();
        assert_eq!(
            (url.scheme.as_str(), url.host.as_str(), url.path.as_str(), url.raw_query.as_str()),
            (scheme, host, path, query),
            "{text}"
        );
    }
}

#[test]
fn go_objects_to_the_same_urls() {
    for (text, problem, words) in [
        ("https://a b", P::HostCharacter(' '), r#"invalid character " " in host name"#),
        ("\"https://h\"", P::ColonInFirstSegment, "first path segment in URL cannot contain colon"),
        ("http://h:x/", P::Port(":x".into()), r#"invalid port ":x" after host"#),
        ("http://h:1:2/", P::Port(":1:2".into()), r#"invalid port ":1:2" after host"#),
        ("https://h\u{1}", P::ControlCharacter, "net/url: invalid control character in URL"),
        ("://h", P::MissingScheme, "missing protocol scheme"),
        ("https://h/%zz", P::Escape("%zz".into()), r#"invalid URL escape "%zz""#),
        ("https://h/%", P::Escape("%".into()), r#"invalid URL escape "%""#),
        ("https://%41/", P::Escape("%41".into()), r#"invalid URL escape "%41""#),
        ("https://[::1", P::MissingBracket, "missing ']' in host"),
        ("https://[127.0.0.1]/", P::IpLiteral, "invalid IP-literal"),
        ("https://a[::1]/", P::IpLiteral, "invalid IP-literal"),
        ("https://u\"@h/", P::UserInfo, "net/url: invalid userinfo"),
        ("https://h\\x/", P::HostCharacter('\\'), r#"invalid character "\\" in host name"#),
    ] {
        let error = GoUrl::parse(text).unwrap_err();
        assert_eq!(error, problem, "{text}");
        assert_eq!(error.to_string(), words);
    }
}

#[test]
fn the_user_part_is_kept_apart() {
    let url = GoUrl::parse("https://us%40er:p%2Fw@h/x").unwrap();
    let user = url.user.as_ref().unwrap();
    assert_eq!((user.name(), user.password()), ("us@er", Some("p/w")));
    assert_eq!(url.without_user(), "https://h/x");
    assert_eq!(url.redacted(), "https://REDACTED@h/x");
    assert!(!format!("{url:?}").contains("p/w"));
}

#[test]
fn hosts_and_ports_are_split() {
    for (text, name, port) in [
        ("https://h", "h", None),
        ("https://h:8443", "h", Some("8443")),
        ("https://h:", "h", None),
        ("https://[::1]", "::1", None),
        ("https://[::1]:80", "::1", Some("80")),
    ] {
        let url = GoUrl::parse(text).unwrap();
        assert_eq!((url.hostname(), url.port()), (name, port), "{text}");
    }
}

#[test]
fn what_was_parsed_prints_again() {
    for text in [
        "https://h/a%2Fb",
        "https:/host",
        "https://h?",
        "https://h/x#f",
        "file:///a/b",
        "mailto:x",
        "/abs",
        "https://[::1]:8/x",
    ] {
        assert_eq!(GoUrl::parse(text).unwrap().without_user(), text);
    }
}
