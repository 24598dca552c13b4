//! Whatever stands in a variable or an env file: an answer, and no secret in it.

use gomoddoc::golang::env::{Environment, Inputs, Text, Value};
use gomoddoc::golang::go_url::GoUrl;
use gomoddoc::golang::goproxy;
use gomoddoc::golang::pattern;
use gomoddoc::golang::platform::Os;
use gomoddoc::golang::toolchain::{self, FileLines, Situation};
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "GOPROXY", "GOFLAGS", "GOPATH", "=", "\n", "\r", ",", "|", ";", " ", "\t", "https://", "http://", "file://",
        ":/", "/", "//", "@", ":", ":x", "8443", "[", "]", "::1", "%25", "%zz", "\\", "*", "**", "?", "[^a-", "...",
        ".git", "!", "{", "}", "go1.21", "+auto", "rc1", "-mod", "'", "\"", "direct", "off", "none", "é", "\u{feff}",
        "\0", "~", "#", "export ", "a",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat()),
        prop::collection::vec(any::<char>(), 0..60).prop_map(String::from_iter),
    ]
}

fn os() -> impl Strategy<Value = Os> {
    prop::sample::select(vec![Os::Linux, Os::Darwin, Os::Bsd, Os::Windows, Os::Plan9])
}

proptest! {
    #[test]
    fn any_environment_resolves(value in text(), user in text(), goroot in text(), os in os()) {
        let names = [
            "GOPROXY", "GOPRIVATE", "GOFLAGS", "GOPATH", "GOAUTH", "GOVCS", "GOTOOLCHAIN", "GOENV", "HOME", "AppData", "home",
            "GODEBUG", "GOCACHE", "GIT_CONFIG_VALUE_0",
        ];
        let process: Vec<_> = names.iter().map(|name| ((*name).to_owned(), value.clone())).collect();
        let environment = Environment::resolve(&Inputs {
            os,
            goos: "linux",
            goarch: "amd64",
            process: &process,
            goroot: Some(&value),
            user_file: Text::Read(&user),
            goroot_file: Text::Read(&goroot),
            version: None,
        });
        prop_assert!(environment.startup_problems.iter().all(|problem| !problem.to_string().is_empty()));
        _ = environment.goproxy().map_err(|problem| problem.to_string());
        _ = environment.govcs().map_err(|problem| problem.to_string());
        _ = environment.goauth().map_err(|problem| problem.to_string());
        let json = serde_json::to_string(&environment).expect("JSON");
        let back: Environment = serde_json::from_str(&json).expect("what was written");
        prop_assert_eq!(serde_json::to_string(&back).expect("JSON"), json);
    }

    #[test]
    fn a_corrected_list_needs_no_correction(list in text(), target in text()) {
        let matched = pattern::matching_item(&list, &target).map(|item| item.index);
        prop_assert_eq!(matched.is_some(), pattern::match_prefix_patterns(&list, &target));
        for report in pattern::lint(&list) {
            prop_assert!(!report.suspicions.is_empty());
            prop_assert!(!report.never_matches || matched != Some(report.index) || target.contains(|c: char| !c.is_ascii_graphic() || "\"%'{}!@:$^|;[]".contains(c)),
                "{report:?} matches {target:?}");
        }
        _ = pattern::near_miss(&list, &target);
    }

    #[test]
    fn a_url_prints_what_parses_again(url in text()) {
        if let Ok(parsed) = GoUrl::parse(&url) {
            let printed = parsed.without_user();
            let again = GoUrl::parse(&printed);
            // Go's own printing is not always parsable either: a path may look like a host.
            prop_assert!(again.is_err() || again.is_ok_and(|again| again.host == parsed.host || parsed.host.is_empty()));
        }
    }

    #[test]
    fn the_user_part_of_a_proxy_is_never_shown(
        before in "(|off,|https://a\\|| )", scheme in "(https://|http://|ftp://|file://|)", user in "([a-z%:,;+=!.-]{0,7}[a-z%:;+=!.-])?",
        after in "[a-z%:;+=!.-]{0,8}", host in "@(h|h:x|h\\.io:80|\\[::1\\]|a b)(/p|\\?q=1|)", os in os(),
    ) {
        let goproxy = format!("{before}{scheme}{user}S3cr3t{after}{host}");
        let shown = match goproxy::parse(&goproxy, "", os) {
            Ok(list) => format!("{list:?} {}", serde_json::to_string(&list).expect("JSON")),
            Err(problem) => format!("{problem:?} {problem}"),
        };
        for shown in [shown, goproxy::redacted(&goproxy), format!("{:?}", Value::new("HTTPS_PROXY", &goproxy))] {
            prop_assert!(!shown.contains("S3cr3t"), "{goproxy} → {shown}");
        }
    }

    #[test]
    fn any_toolchain_is_judged(running in text(), gotoolchain in text(), go in text(), toolchain in text()) {
        let file = Some(FileLines { name: "go.mod", go: Some(&go), toolchain: Some(&toolchain) });
        let situation = Situation { running: &running, platform: ("linux", "amd64"), gotoolchain: &gotoolchain, modules_off: false, file };
        _ = toolchain::select(&situation).map_err(|problem| problem.to_string());
    }
}
