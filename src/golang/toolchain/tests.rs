use super::*;

fn situation<'a>(gotoolchain: &'a str, go: &'a str, toolchain: &'a str) -> Situation<'a> {
    let some = |text: &'a str| Some(text).filter(|text| !text.is_empty());
    Situation {
        running: "go1.22.3",
        platform: ("linux", "amd64"),
        gotoolchain,
        modules_off: false,
        file: Some(FileLines { name: "go.mod", go: some(go), toolchain: some(toolchain) }),
    }
}

#[test]
fn values_parse_as_in_go() {
    for (text, mode, minimum) in [
        ("auto", Mode::Auto, None),
        ("path", Mode::Path, None),
        ("local", Mode::Exact, None),
        ("local+auto", Mode::Auto, None),
        ("local+path", Mode::Path, None),
        ("go1.22.3", Mode::Exact, Some("go1.22.3")),
        ("go1.22.3+auto", Mode::Auto, Some("go1.22.3")),
        ("go1.22.3+path", Mode::Path, Some("go1.22.3")),
        ("go1.22.3-acme+auto", Mode::Auto, Some("go1.22.3-acme")),
    ] {
        let parsed = Gotoolchain::parse(text).unwrap().unwrap();
        let name = match &parsed.minimum {
            Minimum::Local => None,
            Minimum::Named { name, .. } => Some(name.as_str()),
        };
        assert_eq!((parsed.mode, name), (mode, minimum), "{text}");
    }
    assert_eq!(Gotoolchain::parse("").unwrap(), None);
}

#[test]
fn malformed_values_fail_in_gos_words() {
    for (text, words) in [
        ("foo", r#"go: invalid GOTOOLCHAIN "foo""#),
        ("1.22.3", r#"go: invalid GOTOOLCHAIN "1.22.3""#),
        ("Auto", r#"go: invalid GOTOOLCHAIN "Auto""#),
        ("auto\r", r#"go: invalid GOTOOLCHAIN "auto\r""#),
        ("go1.22.3+always", r#"go: invalid GOTOOLCHAIN "go1.22.3+always": only version suffixes are +auto and +path"#),
        ("foo+auto", r#"go: invalid GOTOOLCHAIN "foo+auto": invalid minimum toolchain "foo""#),
        ("auto+path", r#"go: invalid GOTOOLCHAIN "auto+path": invalid minimum toolchain "auto""#),
        ("+auto", r#"go: invalid GOTOOLCHAIN "+auto": invalid minimum toolchain """#),
        ("go2.0.0", r#"go: invalid GOTOOLCHAIN "go2.0.0""#),
    ] {
        assert_eq!(select(&situation(text, "", "")).unwrap_err().to_string(), words, "{text}");
    }
    assert_eq!(
        select(&situation("auto", "1.21", "1.23.0")).unwrap_err().to_string(),
        r#"go: invalid toolchain "1.23.0" in go.mod"#
    );
}

#[test]
fn the_toolchain_is_that_of_go() {
    let download = |name: &str| Switch::PathOrDownload { version: format!("v0.0.1-{name}.linux-amd64") };
    for (gotoolchain, go, toolchain, name, reason, switch) in [
        ("auto", "1.22", "", "go1.22.3", Reason::Local, Switch::None),
        ("auto", "1.22.3", "", "go1.22.3", Reason::Local, Switch::None),
        ("auto", "1.23", "", "go1.23.0", Reason::GoLine, download("go1.23.0")),
        ("auto", "1.23.4", "", "go1.23.4", Reason::GoLine, download("go1.23.4")),
        ("auto", "1.23rc1", "", "go1.23rc1", Reason::GoLine, download("go1.23rc1")),
        ("auto", "1.21", "go1.24.1", "go1.24.1", Reason::ToolchainLine, download("go1.24.1")),
        ("auto", "1.25.0", "go1.24.1", "go1.25.0", Reason::GoLine, download("go1.25.0")),
        ("auto", "1.21", "go1.22.1", "go1.22.3", Reason::Local, Switch::None),
        ("auto", "1.25.0", "default", "go1.22.3", Reason::ToolchainDefault, Switch::None),
        ("path", "1.23.4", "", "go1.23.4", Reason::GoLine, Switch::PathOnly),
        ("local", "1.23.4", "", "go1.22.3", Reason::Local, Switch::None),
        ("local", "1.21", "nonsense", "go1.22.3", Reason::Local, Switch::None),
        ("", "1.23.4", "nonsense", "go1.22.3", Reason::Unset, Switch::None),
        ("go1.21.5", "1.23.4", "", "go1.21.5", Reason::Gotoolchain, download("go1.21.5")),
        ("go1.21.5+auto", "1.23.4", "", "go1.23.4", Reason::GoLine, download("go1.23.4")),
        ("go1.24.0+auto", "1.23.4", "", "go1.24.0", Reason::Gotoolchain, download("go1.24.0")),
        ("go1.24.0+path", "1.23.4", "go1.24.1", "go1.24.1", Reason::ToolchainLine, Switch::PathOnly),
        ("go1.22.3", "1.21", "", "go1.22.3", Reason::Gotoolchain, Switch::None),
        ("auto", "", "", "go1.22.3", Reason::Local, Switch::None),
    ] {
        let selection = select(&situation(gotoolchain, go, toolchain)).unwrap();
        let found = (selection.toolchain.as_str(), selection.reason, selection.switch);
        assert_eq!(found, (name, reason, switch), "GOTOOLCHAIN={gotoolchain} go {go} toolchain {toolchain}");
    }
}

#[test]
fn a_toolchain_may_be_too_old_for_the_file() {
    for (gotoolchain, go, toolchain, too_old) in [
        ("local", "1.23.4", "", Some("1.23.4")),
        ("", "1.23", "", Some("1.23")),
        ("go1.21.5", "1.22", "", Some("1.22")),
        ("auto", "1.25.0", "default", Some("1.25.0")),
        ("auto", "1.23", "", None),
        ("local", "1.22", "", None),
    ] {
        let selection = select(&situation(gotoolchain, go, toolchain)).unwrap();
        assert_eq!(selection.too_old_for.as_ref().map(GoVersion::as_str), too_old, "{gotoolchain} {go}");
    }
}

#[test]
fn a_language_version_is_no_toolchain() {
    let selection = select(&situation("go1.23", "1.21", "")).unwrap();
    assert!(selection.is_language_version);
    assert!(!select(&situation("go1.20", "1.21", "")).unwrap().is_language_version);
    assert!(!select(&situation("auto", "1.23", "")).unwrap().is_language_version);
}

#[test]
fn old_commands_and_gopath_mode_select_nothing() {
    let old = Situation { running: "go1.20.14", ..situation("nonsense", "1.23", "") };
    assert_eq!(select(&old).unwrap().reason, Reason::TooOldToSelect);
    let off = Situation { modules_off: true, ..situation("go1.24.0", "1.23", "") };
    let selection = select(&off).unwrap();
    assert_eq!((selection.reason, selection.switch, selection.too_old_for), (Reason::ModulesOff, Switch::None, None));
}

#[test]
fn a_development_build_stays() {
    let devel = Situation { running: "devel go1.28-8f1a2b", ..situation("auto", "1.23", "go1.24.1") };
    let selection = select(&devel).unwrap();
    assert_eq!((selection.reason, selection.switch), (Reason::Local, Switch::None));
}

#[test]
fn a_suffix_of_the_running_command_counts() {
    let running = Situation { running: "go1.22.3-acme", ..situation("go1.22.3", "1.21", "") };
    assert!(matches!(select(&running).unwrap().switch, Switch::PathOrDownload { .. }));
}
