use super::*;

const URL: &str = "https://h/mod/@v/list";

fn lines(text: &str, rules: Rules) -> Vec<MachineLine> {
    Netrc::parse(text.as_bytes(), rules).machines
}

fn used(text: &str, rules: Rules) -> bool {
    Netrc::parse(text.as_bytes(), rules).for_go(URL).is_some()
}

fn trouble(text: &str, rules: Rules) -> Option<Trouble> {
    lines(text, rules).last().and_then(|line| line.trouble)
}

const ALL: [Rules; 3] = [Rules::UpTo1_23, Rules::Go1_24, Rules::From1_25];

#[test]
fn whole_entries_are_used_on_one_line_and_over_several() {
    for text in [
        "machine h login u password p",
        "machine h\nlogin u\npassword p\n",
        "machine h password p login u",
        "machine h login u account a password p",
        "machine h\r\nlogin u\r\npassword p\r\n",
        "# a comment\nmachine h login u password p # x",
        "# even words here\nmachine h login u password p",
        "machine other login u password p\nmachine h login u password p",
        "macdef init\necho hello\n\nmachine h login u password p",
    ] {
        for rules in ALL {
            assert!(used(text, rules), "{text:?} {rules:?}");
            assert_eq!(trouble(text, rules), None, "{text:?} {rules:?}");
        }
    }
}

#[test]
fn what_is_not_used_has_its_reason() {
    let rows = [
        ("machine\nh login u password p", Trouble::ValueOnNextLine),
        ("machine h login\nu password p", Trouble::ValueOnNextLine),
        ("default login u password p", Trouble::Default),
        ("default\nmachine h login u password p", Trouble::AfterDefault { line: 1 }),
        ("machine h:443 login u password p", Trouble::Port),
        ("machine h LOGIN u password p", Trouble::UpperCaseKey),
        ("MACHINE h login u password p", Trouble::UpperCaseKey),
        ("machine h login u", Trouble::NoPassword),
        ("machine h password p", Trouble::NoLogin),
        ("machine h junk login u password p", Trouble::OddToken),
        ("junk machine h login u password p", Trouble::OddToken),
        ("\u{feff}machine h login u password p", Trouble::ByteOrderMark),
        ("macdef init\n\u{20}\nmachine h login u password p", Trouble::InMacro { line: 1 }),
        ("macdef init\r\nrun\r\n\r\nmachine h login u password p\r\n", Trouble::InMacro { line: 1 }),
        ("machine H login u password p", Trouble::MachineCase),
        ("machine", Trouble::NoMachine),
        (r#"machine h login "u v" password p"#, Trouble::Quotes),
    ];
    for (text, reason) in rows {
        for rules in ALL {
            assert!(!used(text, rules), "{text:?} {rules:?}");
            assert_eq!(trouble(text, rules), Some(reason), "{text:?} {rules:?}");
        }
    }
}

#[test]
fn quotes_are_sent_as_they_stand() {
    let text = br#"machine h login u password "p q""#;
    let netrc = Netrc::parse(text, Rules::From1_25);
    let entry = netrc.for_go(URL).unwrap();
    assert_eq!(entry.password.as_ref().unwrap().expose(), b"\"p");
    assert_eq!(netrc.machines[0].trouble, Some(Trouble::Quotes));
    assert_eq!(netrc.for_curl("h").unwrap().password.as_ref().unwrap().expose(), b"p q");
}

#[test]
fn schemes_and_paths_depend_on_the_release() {
    let rows = [
        ("https://h", [false, true, true]),
        ("h/", [false, false, true]),
        ("https://h/mod/@v/list", [false, true, true]),
        ("h/mod", [false, false, true]),
        ("h/mod/", [false, false, true]),
        ("h/mo", [false, false, false]),
        ("http://h", [false, false, false]),
    ];
    for (machine, expected) in rows {
        let text = format!("machine {machine} login u password p");
        assert_eq!(ALL.map(|rules| used(&text, rules)), expected, "{machine}");
    }
    assert_eq!(trouble("machine https://h login u password p", Rules::UpTo1_23), Some(Trouble::Scheme));
    assert_eq!(trouble("machine https://h login u password p", Rules::Go1_24), None);
    assert_eq!(trouble("machine h/mod login u password p", Rules::Go1_24), Some(Trouble::Path));
    assert_eq!(trouble("machine h/mod login u password p", Rules::From1_25), None);
}

#[test]
fn the_port_is_compared_as_written_in_the_url() {
    for rules in ALL {
        let netrc = Netrc::parse(b"machine h:8443 login u password p", rules);
        assert!(netrc.for_go("https://h:8443/x").is_some());
        assert!(netrc.for_go("https://h/x").is_none());
        assert!(netrc.for_go("http://h:8443/x").is_none());
    }
}

#[test]
fn a_user_name_in_the_url_hides_the_host_since_1_24() {
    let found =
        ALL.map(|rules| Netrc::parse(b"machine h login u password p", rules).for_go("https://x:y@h/z").is_some());
    assert_eq!(found, [true, false, false]);
}

#[test]
fn the_first_of_two_entries_wins_and_a_longer_prefix_beats_both() {
    let text = b"machine h login a password 1\nmachine h login b password 2\nmachine h/mod login c password 3";
    for (rules, line) in [(Rules::UpTo1_23, 1), (Rules::From1_25, 3)] {
        let netrc = Netrc::parse(text, rules);
        assert_eq!(netrc.for_go(URL).unwrap().line, line);
        assert_eq!(netrc.machines[1].trouble, Some(Trouble::Shadowed { line: 1 }));
    }
}

#[test]
fn a_comment_with_an_odd_word_does_not_hide_an_entry_from_go() {
    let text = b"# old machine h login u password p\n";
    let netrc = Netrc::parse(text, Rules::From1_25);
    assert!(netrc.for_go(URL).is_some());
    assert!(netrc.for_curl("h").is_none());
    assert_eq!(netrc.machines[0].trouble, Some(Trouble::Commented));
}

#[test]
fn curl_reads_across_lines_and_knows_default() {
    let netrc = Netrc::parse(b"machine\nh\nlogin u\npassword p\ndefault login d password e", Rules::From1_25);
    assert_eq!(netrc.for_curl("H").unwrap().login.as_ref().unwrap().expose(), b"u");
    assert_eq!(netrc.for_curl("other").unwrap().login.as_ref().unwrap().expose(), b"d");
    assert!(netrc.for_go("https://h/").is_none());
}

/// Each row was run through curl 7.88 with `--netrc-file`.
#[test]
fn curl_finds_what_curl_finds() {
    let rows = [
        ("machine h login u password p", Some("u:p")),
        ("machine o login a password b\ndefault login d password e", Some("d:e")),
        ("machine H LOGIN u PASSWORD p", Some("u:p")),
        ("# x machine h login u password p", None),
        ("machine h login u", Some("u:")),
        ("machine h login u\nmachine h login v password w", Some("v:w")),
        ("\u{feff}machine h login u password p", None),
        ("machine h junk login u password p", Some("u:p")),
        ("macdef i\n \nmachine h login u password p", None),
        ("macdef i\r\nx\r\n\r\nmachine h login u password p", Some("u:p")),
        ("machine h:443 login u password p", None),
        ("machine h login a password 1\nmachine h login b password 2", Some("a:1")),
        ("machine h password only", Some(":only")),
        ("machine h login \"u", None),
    ];
    for (text, expected) in rows {
        let netrc = Netrc::parse(text.as_bytes(), Rules::From1_25);
        let part = |secret: &Option<Secret>| secret.as_ref().map(|s| String::from_utf8_lossy(s.expose()).into_owned());
        let found = netrc.for_curl("h").map(|entry| {
            format!("{}:{}", part(&entry.login).unwrap_or_default(), part(&entry.password).unwrap_or_default())
        });
        assert_eq!(found.as_deref(), expected, "{text:?}");
    }
}

#[test]
fn no_secret_is_shown() {
    let netrc = Netrc::parse(b"machine h login L0gin password S3cr3t", Rules::From1_25);
    let shown = format!("{netrc:?}{}", serde_json::to_string(&netrc).unwrap());
    assert!(!shown.contains("S3cr3t") && !shown.contains("L0gin"), "{shown}");
    assert_eq!(netrc.for_go(URL).unwrap().authorization().unwrap().expose(), b"Basic TDBnaW46UzNjcjN0");
}

#[test]
fn the_file_is_looked_for_by_system_and_release() {
    let home = Some("/home/u");
    assert_eq!(paths(Os::Linux, Rules::From1_25, None, home), ["/home/u/.netrc"]);
    assert_eq!(paths(Os::Linux, Rules::From1_25, Some(""), home), ["/home/u/.netrc"]);
    assert_eq!(paths(Os::Linux, Rules::From1_25, Some("/x"), home), ["/x"]);
    assert_eq!(paths(Os::Windows, Rules::UpTo1_23, None, Some(r"C:\u")), [r"C:\u\_netrc"]);
    assert_eq!(paths(Os::Windows, Rules::Go1_24, None, Some(r"C:\u")), [r"C:\u\_netrc", r"C:\u\.netrc"]);
    assert!(paths(Os::Linux, Rules::From1_25, None, None).is_empty());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(100))]

    #[test]
    fn no_file_makes_it_panic(
        words in proptest::collection::vec("machine|default|login|password|macdef|h|\\PC{0,3}|\n|\r\n|\"|#|\u{feff}|\u{a0}", 0..40),
        noise in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..20),
    ) {
        let mut data = words.join(" ").into_bytes();
        data.extend(noise);
        for rules in ALL {
            let netrc = Netrc::parse(&data, rules);
            let _ = (netrc.for_go(URL), netrc.for_curl("h"));
        }
    }
}
