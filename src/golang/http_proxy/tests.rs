use super::*;

fn variables(set: &[(&'static str, &str)]) -> ProxyVariables {
    ProxyVariables::read(|name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
}

fn go(set: &[(&'static str, &str)], url: &str) -> Decision {
    decide(&variables(set), &Target::parse(url).unwrap())
}

fn git(set: &[(&'static str, &str)], url: &str) -> Decision {
    decide_for_git(&variables(set), &Target::parse(url).unwrap())
}

/// The variable and the address, or why there is none.
fn short(decision: &Decision) -> String {
    match decision {
        Decision::Proxy { variable, proxy } => {
            let misread = proxy.misread.map(|problem| format!(" {problem:?}")).unwrap_or_default();
            format!("{} {:?} {}:{}{misread}", variable.name(), proxy.scheme, proxy.host, proxy.port)
        }
        Decision::Direct { because: Straight::Exempt { variable, entry } } => format!("{} {entry}", variable.name()),
        Decision::Direct { because } => format!("{because:?}"),
        Decision::Unusable { variable, problem } => format!("{} {problem:?}", variable.name()),
        Decision::RefusedInCgi { variable } => format!("cgi {}", variable.name()),
    }
}

#[test]
fn upper_case_comes_first_and_empty_is_unset() {
    let both = [("HTTPS_PROXY", "http://a:1"), ("https_proxy", "http://b:2")];
    assert_eq!(short(&go(&both, "https://h/")), "HTTPS_PROXY Http a:1");
    assert_eq!(short(&git(&both, "https://h/")), "https_proxy Http b:2");
    let empty = [("HTTPS_PROXY", ""), ("https_proxy", "http://b:2")];
    assert_eq!(short(&go(&empty, "https://h/")), "https_proxy Http b:2");
    let off = [("https_proxy", ""), ("HTTPS_PROXY", "http://a:1")];
    assert_eq!(short(&go(&off, "https://h/")), "HTTPS_PROXY Http a:1");
    assert_eq!(short(&git(&off, "https://h/")), "SetToNothing { variable: HttpsProxyLower }");
}

#[test]
fn go_reads_no_all_proxy_and_git_no_upper_case_http_proxy() {
    let set = [("ALL_PROXY", "socks5://s"), ("HTTP_PROXY", "p:3128")];
    assert_eq!(short(&go(&set, "https://h/")), "NotSet");
    assert_eq!(short(&git(&set, "https://h/")), "ALL_PROXY Socks5 s:1080");
    assert_eq!(short(&go(&set, "http://h/")), "HTTP_PROXY Http p:3128");
    assert_eq!(short(&git(&set, "http://h/")), "ALL_PROXY Socks5 s:1080");
    assert_eq!(short(&go(&set, "ssh://h/")), "OtherScheme");
}

#[test]
fn values_are_read_as_go_reads_them() {
    let rows = [
        ("proxy:3128", "HTTPS_PROXY Http proxy:3128"),
        ("proxy", "HTTPS_PROXY Http proxy:80"),
        ("127.0.0.1:3128", "HTTPS_PROXY Http 127.0.0.1:3128"),
        ("[::1]:3128", "HTTPS_PROXY Http ::1:3128"),
        ("https://proxy", "HTTPS_PROXY Https proxy:443"),
        ("HTTP://proxy/ignored?x", "HTTPS_PROXY Http proxy:80"),
        ("socks5h://proxy", "HTTPS_PROXY Socks5h proxy:1080"),
        ("ftp://proxy:21", "HTTPS_PROXY Unknown proxy:21"),
        ("user:pw@proxy:3128", "HTTPS_PROXY Http proxy:3128"),
        (":3128", "HTTPS_PROXY Http :3128"),
        ("http://a\"b", "HTTPS_PROXY Http a\"b:80"),
        ("http://u@v@w:1", "HTTPS_PROXY Http w:1"),
        ("http://proxy:3128\r", "Unparsable { variable: HttpsProxy, problem: ControlCharacter }"),
        ("http://u:%zz@proxy", "Unparsable { variable: HttpsProxy, problem: InvalidEscape }"),
        ("http://a%zzb", "Unparsable { variable: HttpsProxy, problem: InvalidEscape }"),
        ("ht tp://x", "Unparsable { variable: HttpsProxy, problem: NoScheme }"),
        (" proxy:1", "Unparsable { variable: HttpsProxy, problem: NoScheme }"),
        ("DOM\\user:pw@h:1", "Unparsable { variable: HttpsProxy, problem: NoScheme }"),
        // Seen with net/http of Go 1.26: the host becomes the word `http`.
        ("http://proxy:port", "HTTPS_PROXY Http http:80 InvalidPort"),
        ("http://proxy:3128 ", "HTTPS_PROXY Http http:80 InvalidPort"),
        ("http://pro xy", "HTTPS_PROXY Http http:80 InvalidHost"),
        ("http://", "HTTPS_PROXY Http http:80 NoHost"),
        ("http:///x", "HTTPS_PROXY Http http:80 NoHost"),
        ("http://u:p w@proxy", "HTTPS_PROXY Http http:80 InvalidLogin"),
        ("http://DOM\\user:pw@h:1", "HTTPS_PROXY Http http:80 InvalidLogin"),
        ("http://u:p#w@h:1", "HTTPS_PROXY Http http:80 InvalidPort"),
        ("http://u:p/w@h:1", "HTTPS_PROXY Http http:80 InvalidPort"),
        ("http://a%41b", "HTTPS_PROXY Http http:80 InvalidEscape"),
        ("/x", "HTTPS_PROXY Http :80 NoHost"),
    ];
    for (value, expected) in rows {
        assert_eq!(short(&go(&[("HTTPS_PROXY", value)], "https://h/")), expected, "{value:?}");
    }
}

#[test]
fn values_are_read_as_curl_reads_them() {
    let rows = [
        ("proxy", "https_proxy Http proxy:1080"),
        ("https://proxy", "https_proxy Https proxy:443"),
        ("http://DOM\\user:pw@h:1", "https_proxy Http h:1"),
        ("http://pro xy:1", "https_proxy InvalidHost"),
        ("http://", "https_proxy NoHost"),
    ];
    for (value, expected) in rows {
        assert_eq!(short(&git(&[("https_proxy", value)], "https://h/")), expected, "{value:?}");
    }
}

#[test]
fn credentials_are_kept_but_never_shown() {
    let decision = go(&[("HTTPS_PROXY", "http://L0gin:S3cr3t%21@proxy")], "https://h/");
    let shown = format!("{decision:?}{}", serde_json::to_string(&decision).unwrap());
    assert!(!shown.contains("S3cr3t") && !shown.contains("L0gin"), "{shown}");
    let Decision::Proxy { proxy, .. } = decision else { panic!("not a proxy") };
    assert_eq!(proxy.password.unwrap().expose(), b"S3cr3t!");
    assert!(!format!("{:?}", variables(&[("HTTPS_PROXY", "http://u:S3cr3t@h")])).contains("S3cr3t"));
}

#[test]
fn the_local_host_is_no_matter_for_gos_proxies() {
    let set = [("HTTPS_PROXY", "p:1"), ("https_proxy", "p:1")];
    for url in ["https://localhost/", "https://localhost:8443/", "https://127.9.9.9/", "https://[::1]/"] {
        assert_eq!(short(&go(&set, url)), "LocalHost", "{url}");
        assert_eq!(short(&git(&set, url)), "https_proxy Http p:1", "{url}");
    }
    for url in ["https://LOCALHOST/", "https://my.localhost/", "https://128.0.0.1/"] {
        assert_eq!(short(&go(&set, url)), "HTTPS_PROXY Http p:1", "{url}");
    }
}

#[test]
fn cgi_programs_get_no_http_proxy() {
    let set = [("HTTP_PROXY", "p:1"), ("HTTPS_PROXY", "p:1"), ("REQUEST_METHOD", "GET")];
    assert_eq!(short(&go(&set, "http://h/")), "cgi HTTP_PROXY");
    assert_eq!(short(&go(&set, "https://h/")), "HTTPS_PROXY Http p:1");
}

/// Whether `list` exempts `https://{host}/` for go and for git.
fn exempt(list: &str, host: &str) -> (bool, bool) {
    let set = [("HTTPS_PROXY", "p:1"), ("NO_PROXY", list)];
    let url = format!("https://{host}/");
    let is = |decision: Decision| matches!(decision, Decision::Direct { because: Straight::Exempt { .. } });
    (is(go(&set, &url)), is(git(&set, &url)))
}

#[test]
fn no_proxy_by_go_and_by_curl() {
    let rows = [
        ("*", "h.com", true, true),
        ("a.com, *", "h.com", true, false),
        ("h.com", "h.com", true, true),
        ("H.com", "h.COM", true, true),
        ("h.com", "x.h.com", true, true),
        ("h.com", "xh.com", false, false),
        (".h.com", "h.com", false, true),
        (".h.com", "x.h.com", true, true),
        ("*.h.com", "x.h.com", true, false),
        ("*.h.com", "h.com", false, false),
        ("h.com:443", "h.com", true, false),
        ("h.com:8443", "h.com", false, false),
        ("h.com:8443", "h.com:8443", true, false),
        ("a.com h.com", "h.com", false, true),
        ("a.com , h.com", "h.com", true, true),
        ("10.0.0.0/8", "10.1.2.3", true, true),
        ("10.0.0.0/8", "11.1.2.3", false, false),
        ("10.0.0.0/33", "10.1.2.3", false, false),
        ("0.0.0.0/0", "11.1.2.3", true, false),
        ("10.1.2.3", "10.1.2.3", true, true),
        ("10.1.2.3:8443", "10.1.2.3", false, false),
        ("10.1.2.3:443", "10.1.2.3", true, false),
        ("fd00::/8", "[fd00::1]", true, true),
        ("fd00::1", "[fd00::1]", true, true),
        ("[fd00::1]:443", "[fd00::1]", true, false),
        ("10.", "10.1.2.3", false, false),
        (":443", "h.com", false, false),
        ("https://h.com", "h.com", false, false),
        ("", "h.com", false, false),
    ];
    for (list, host, by_go, by_git) in rows {
        assert_eq!(exempt(list, host), (by_go, by_git), "{list:?} {host}");
    }
}

#[test]
fn the_entry_that_decided_is_named() {
    let set = [("HTTPS_PROXY", "p:1"), ("no_proxy", "a.com, .Corp.example ")];
    assert_eq!(short(&go(&set, "https://git.corp.example/x")), "no_proxy .Corp.example");
}

#[test]
fn names_outside_ascii_are_compared_in_ascii() {
    assert_eq!(Target::parse("https://bücher.example/").unwrap().host, "xn--bcher-kva.example");
    assert!(exempt("bücher.example", "bücher.example").0);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(100))]

    #[test]
    fn no_value_makes_it_panic(value in "\\PC{0,30}", list in "[a-z.*:/\\[\\]0-9, ]{0,30}|\\PC{0,20}", url in "https?://\\PC{0,20}") {
        if let Some(target) = Target::parse(&url) {
            let set = variables(&[("HTTPS_PROXY", &value), ("http_proxy", &value), ("NO_PROXY", &list)]);
            let _ = (decide(&set, &target), decide_for_git(&set, &target));
        }
    }
}
