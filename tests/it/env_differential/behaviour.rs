//! What go does with values, against what gomoddoc says of them.

use gomoddoc::golang::goauth;
use gomoddoc::golang::goflags;
use gomoddoc::golang::goproxy::{self, Provider};
use gomoddoc::golang::govcs::{self, Govcs};
use gomoddoc::golang::pattern::match_prefix_patterns;
use gomoddoc::golang::platform::Os;
use gomoddoc::golang::toolchain::{self, FileLines, Situation, Switch};

use super::{Case, Go, Room, go};

/// An HTTP proxy that is not there: nothing gets further than a closed port of this machine.
const NOWHERE: (&str, &str) = ("HTTPS_PROXY", "http://127.0.0.1:1");

fn room<'a>(go: &'a Go, process: &[(&str, &str)]) -> Room<'a> {
    let mut all = vec![("GOTOOLCHAIN", "local"), ("GOSUMDB", "off"), ("GOPROXY", "off"), NOWHERE];
    all.retain(|(name, _)| !process.iter().any(|(other, _)| other == name));
    all.extend(process);
    Room::new(go, Case { process: &all, user_file: None, goroot_file: None })
}

/// What go says of a module that it looks up in a room.
fn lookup(room: &Room<'_>, module: &str) -> String {
    room.run(&["list", "-mod=mod", "-m", &format!("{module}@v1.0.0")]).stderr
}

#[test]
fn malformed_proxies_are_those_of_go() {
    let Some(go) = go() else { return };
    for value in [
        ",",
        " ",
        "|",
        "ftp://x",
        "htps://x",
        "/abs/path",
        "file://host/p",
        "file://localhost/abs",
        "file:///x?y",
        "https://a b",
        "\"https://h\"",
        "http://h:x/",
        "DIRECT",
        "OFF",
        "none",
        "proxy",
        "noproxy",
        "https://h/%zz",
        "https://[::1",
        "https://h\\x",
        "https://u\"@h",
        "://h",
        "C:\\mods",
        "off2",
        "https://127.0.0.1:1|nonsense",
    ] {
        let room = room(go, &[("GOPROXY", value)]);
        let problem = goproxy::parse(value, "", Os::current()).expect_err(value);
        let said = lookup(&room, "example.com/x");
        assert_eq!(said.trim_end(), format!("go: example.com/x@v1.0.0: {problem}"), "{value:?} {}", go.version);
    }
}

#[test]
fn proxies_are_asked_at_the_same_urls() {
    let Some(go) = go() else { return };
    for value in [
        "http://127.0.0.1:1",
        "http://127.0.0.1:1/",
        "http://127.0.0.1:1/a//b/",
        "http://127.0.0.1:1/a%2Fb",
        "http://127.0.0.1:1/?x=1",
        "127.0.0.1:1",
        " http://127.0.0.1:1\t",
        "http://127.0.0.1:1\r",
        "localhost:1/go",
        "https:/host",
        "https://",
        "http://[::1]:1/x",
        "HTTP://127.0.0.1:1",
        "http://127.0.0.1:1,off",
        ",,http://127.0.0.1:1,direct",
    ] {
        let room = room(go, &[("GOPROXY", value)]);
        let list = goproxy::parse(value, "", Os::current()).expect(value);
        let url = list.proxies().next().expect("a proxy").request("github.com/!azure/x", "@v/v1.0.0.info");
        let said = lookup(&room, "github.com/Azure/x");
        assert!(said.contains(&format!("Get \"{url}\":")), "{value:?} should ask {url}\n{said}");
    }
}

#[test]
fn lists_end_where_go_ends_them() {
    let Some(go) = go() else { return };
    for (value, gonoproxy) in
        [("off,direct", ""), (" off ", ""), ("off", "example.com"), ("off", "other.com"), ("direct,off", "")]
    {
        let room = room(go, &[("GOPROXY", value), ("GONOPROXY", gonoproxy), ("GOVCS", "*:off")]);
        let list = goproxy::parse(value, gonoproxy, Os::current()).expect(value);
        let direct = match &list.entries[0].provider {
            Provider::Direct => true,
            Provider::NoProxy => match_prefix_patterns(gonoproxy, "example.com/x"),
            _ => false,
        };
        let said = lookup(&room, "example.com/x");
        assert_eq!(!said.contains("module lookup disabled by GOPROXY=off"), direct, "{value:?} {gonoproxy:?}\n{said}");
    }
}

#[test]
fn patterns_match_as_in_go() {
    let rows = [
        ("*.corp.example.com", "git.corp.example.com/x"),
        ("*.corp.example.com", "a.b.corp.example.com/x"),
        ("*.corp.example.com", "corp.example.com/x"),
        ("rsc.io/private", "rsc.io/private/quux"),
        ("rsc.io/private", "rsc.io/privateer"),
        ("github.com/acme/", "github.com/acme/repo"),
        ("github.com/acme//", "github.com/acme/repo"),
        ("github.com/acme/*", "github.com/acme/repo/v2"),
        ("github.com/acme*", "github.com/acme-corp/a"),
        ("github.com/acme/**", "github.com/acme/a/b"),
        ("github.com/acme/...", "github.com/acme/a"),
        ("github.com/Acme", "github.com/acme/repo"),
        ("*", "github.com/acme/repo"),
        ("*/*", "example.com/x"),
        ("*/*/*/*", "github.com/acme/repo"),
        ("https://github.com/acme", "github.com/acme/a"),
        ("github.com/acme/repo.git", "github.com/acme/repo"),
        ("a.com, github.com/acme", "github.com/acme/a"),
        ("a.com,github.com/acme ", "github.com/acme/a"),
        ("a.com;github.com/acme", "github.com/acme/a"),
        ("a.com|github.com/acme", "github.com/acme/a"),
        ("git.example.com:8443/*", "git.example.com/x"),
        ("\"github.com/acme\"", "github.com/acme/a"),
        ("!github.com/acme/public", "github.com/acme/private"),
        ("{a,b}.com/x", "a.com/x"),
        ("[a-c]x.com", "bx.com/y"),
        ("[^a-c]x.com", "bx.com/y"),
        ("?.com", "a.com/x"),
        ("github\\.com/acme", "github.com/acme/a"),
        ("none", "github.com/acme/a"),
        (",,", "github.com/acme/a"),
        ("*.com", "github.com/x/y"),
        ("github.com/acme\r", "github.com/acme/a"),
        ("[,github.com/acme", "github.com/acme/a"),
        ("github.com/[", "github.com/acme/a"),
        ("github.com/a]cme", "github.com/acme/a"),
        ("github.com/*[a-z]e/a", "github.com/acme/a"),
        ("github.com/[]a]cme", "github.com/acme/a"),
        ("github.com/acm[\\e]", "github.com/acme/a"),
    ];
    let Some(go) = go() else { return };
    for (list, target) in rows {
        let room = room(go, &[("GONOPROXY", list), ("GOVCS", "*:off")]);
        let said = lookup(&room, target);
        let matched = !said.contains("module lookup disabled by GOPROXY=off");
        assert_eq!(match_prefix_patterns(list, target), matched, "{list:?} on {target}\n{said}");
    }
}

#[test]
fn version_control_is_allowed_as_in_go() {
    let Some(go) = go() else { return };
    for value in [
        "public:git,",
        "public",
        ":git",
        "public: ",
        "./x:git",
        "public:git,public:hg",
        "public:git||hg",
        "*:off",
        "github.com/acme:off",
        "public:hg",
        "private:git",
        "github.com:hg,*:git",
        "",
        " github.com : git ",
        "*:all",
    ] {
        let mut room = room(go, &[("GOVCS", value), ("GOPROXY", "direct")]);
        // Without git in PATH an allowed lookup ends before it reaches the network.
        room.sandbox.only_programs(&["true"]);
        let said = lookup(&room, "github.com/acme/x");
        match Govcs::parse(value) {
            Err(problem) => assert!(said.contains(&problem.to_string()), "{value:?}: {problem}\n{said}"),
            Ok(rules) if rules.allowed("git", "github.com/acme/x", false) => {
                assert!(said.contains("exec: \"git\""), "{value:?} allows git\n{said}");
            }
            Ok(_) => {
                let words = govcs::denial("git", "github.com/acme/x", false);
                assert!(said.contains(&words), "{value:?} denies git\n{said}");
            }
        }
    }
}

#[test]
fn malformed_goauth_is_that_of_go() {
    let Some(go) = go().filter(|go| go.version.is_at_least(24)) else { return };
    for value in
        [" ", "netrc;", ";netrc", "off;netrc", "netrc;off", "git", "git /a b", "git rel", "off", "netrc", "off x"]
    {
        let room = room(go, &[("GOAUTH", value), ("GOPROXY", "https://127.0.0.1:1"), ("HTTPS_PROXY", "")]);
        let said = lookup(&room, "example.com/x");
        match goauth::parse(value, Os::current()) {
            Err(problem) => assert_eq!(said.trim_end_matches('\n'), problem.to_string(), "{value:?}"),
            Ok(_) => assert!(said.contains("connection refused"), "{value:?}\n{said}"),
        }
    }
}

#[test]
fn malformed_flags_are_those_of_go() {
    let Some(go) = go() else { return };
    for value in [
        "-mod mod",
        "-",
        "---mod",
        "-=x",
        "''",
        "-nosuch=1",
        "'-v",
        "-mod",
        "-mod=vendr",
        "-modfile=go.alt",
        "-modcacherw=yes",
        "-mod=mod",
        "--mod=readonly -modcacherw",
        "-tags=x",
        "'-ldflags=-s -w'",
        "-changed",
        "-tool",
        "-ignore=x",
        "-artifacts",
        "-insecure",
        "-testcache",
    ] {
        let room = room(go, &[("GOFLAGS", value)]);
        let output = room.run(&["list", "-m"]);
        let problem = match goflags::parse(value, Some(&go.version)) {
            Err(problem) => Some(problem),
            Ok(flags) => goflags::problems(&flags).into_iter().next(),
        };
        match problem {
            // Only go get minds that one.
            Some(goflags::GoflagsProblem::Insecure) | None => assert!(output.ok(), "{value:?}\n{output}"),
            Some(problem) => {
                assert!(output.stderr.contains(&problem.to_string()), "{value:?}: {problem}\n{output}")
            }
        }
    }
    let output = room(go, &[("GOFLAGS", "-insecure")]).run(&["get", "example.com/x@v1.0.0"]);
    assert!(output.stderr.contains(&goflags::GoflagsProblem::Insecure.to_string()), "{output}");
}

#[test]
fn toolchains_are_selected_as_in_go() {
    let Some(go) = go() else { return };
    let running = format!("go{}", go.version);
    let newer = "1.99.1";
    let rows = [
        ("auto", "1.21", ""),
        ("auto", newer, ""),
        ("auto", "1.99", ""),
        ("auto", "1.99rc1", ""),
        ("auto", "1.21", "go1.98.2"),
        ("auto", newer, "go1.98.2"),
        ("auto", "1.21", "go1.99.7-acme"),
        ("auto", "1.21", "default"),
        ("auto", newer, "default"),
        ("path", newer, ""),
        ("local", newer, ""),
        ("local+auto", newer, ""),
        ("local+path", newer, ""),
        ("go1.97.1", "1.21", ""),
        ("go1.97.1", newer, ""),
        ("go1.97.1+auto", newer, ""),
        ("go1.97.1+path", newer, "go1.98.2"),
        ("go1.97", "1.21", ""),
        ("go1.2.3", "1.21", ""),
        (running.as_str(), "1.21", ""),
        ("foo", "1.21", ""),
        ("foo+auto", "1.21", ""),
        ("go1.97.1+always", "1.21", ""),
        ("go2.0.0", "1.21", ""),
    ];
    for (gotoolchain, go_line, toolchain_line) in rows {
        let mut room = room(go, &[("GOTOOLCHAIN", gotoolchain)]);
        let line = if toolchain_line.is_empty() { String::new() } else { format!("toolchain {toolchain_line}\n") };
        room.sandbox.write("repo/go.mod", format!("module example.com/main\n\ngo {go_line}\n\n{line}"));
        let situation = Situation {
            running: &running,
            platform: (&go.goos, &go.goarch),
            gotoolchain,
            modules_off: false,
            file: Some(FileLines {
                name: "go.mod",
                go: Some(go_line),
                toolchain: Some(toolchain_line).filter(|line| !line.is_empty()),
            }),
        };
        // Without -mod=mod go asks for `go mod tidy` before it prints the module.
        let output = room.run(&["list", "-mod=mod", "-m"]);
        let expected = match toolchain::select(&situation) {
            Err(problem) => problem.to_string(),
            Ok(selection) => match (&selection.switch, &selection.too_old_for) {
                (Switch::None, None) => "example.com/main".to_owned(),
                (Switch::None, Some(wanted)) => format!(
                    "go.mod requires go >= {wanted} (running {running_go}",
                    running_go = running.replacen("go", "go ", 1)
                ),
                (Switch::PathOnly, _) => format!("go: cannot find {:?} in PATH", selection.toolchain),
                (Switch::PathOrDownload { .. }, _) if selection.is_language_version => {
                    format!("go: invalid toolchain: {} is a language version", selection.toolchain)
                }
                (Switch::PathOrDownload { version }, _) => {
                    assert_eq!(*version, toolchain::module_version(&selection.toolchain, (&go.goos, &go.goarch)));
                    format!(
                        "go: download {} for {}/{}: toolchain not available",
                        selection.toolchain, go.goos, go.goarch
                    )
                }
            },
        };
        let about = format!("{running}: GOTOOLCHAIN={gotoolchain} go {go_line} toolchain {toolchain_line}");
        assert!(output.all().contains(&expected), "{about}: not {expected}\n{output}");
    }
}
