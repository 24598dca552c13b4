//! Every value against `go env -json`.

use std::collections::BTreeMap;

use gomoddoc::golang::env::{Scope, known};

use super::{Case, Room, go};

/// What both sides are asked for.
const NAMES: &[&str] = &[
    "GO111MODULE",
    "GOARCH",
    "GOAUTH",
    "GOCACHE",
    "GOCACHEPROG",
    "GODEBUG",
    "GOENV",
    "GOFIPS140",
    "GOFLAGS",
    "GOINSECURE",
    "GOMODCACHE",
    "GONOPROXY",
    "GONOSUMDB",
    "GOOS",
    "GOPATH",
    "GOPRIVATE",
    "GOPROXY",
    "GOROOT",
    "GOSUMDB",
    "GOTMPDIR",
    "GOTOOLCHAIN",
    "GOVCS",
];

type Variables = &'static [(&'static str, &'static str)];

const LOCAL: (&str, &str) = ("GOTOOLCHAIN", "local");

/// Process variables, the user's env file, `$GOROOT/go.env`.
const CASES: &[(Variables, Option<&str>, Option<&str>)] = &[
    (&[LOCAL], None, None),
    (&[LOCAL, ("GOPROXY", "")], None, None),
    (&[LOCAL, ("GOPROXY", "https://a,direct")], Some("GOPROXY=off\n"), None),
    (&[LOCAL], Some("GOPROXY=off\nGOSUMDB=off\nGOPRIVATE=*.corp\n"), None),
    (&[LOCAL], Some("GOPROXY=\nGOSUMDB=\n"), None),
    (&[LOCAL], Some("GOPROXY=https://a\r\nGOPRIVATE=*.corp\r\nGOFLAGS=-v\r\n"), None),
    (&[LOCAL], Some("GOPROXY=https://a\nGOPROXY=https://b\n"), None),
    (&[LOCAL], Some("# x\n GOPROXY=https://a\nexport GOPRIVATE=x\n\u{feff}GOSUMDB=off\ngovcs=x\n"), None),
    (&[LOCAL], Some("\u{feff}GOPROXY=https://a\nGOSUMDB=off\n"), None),
    (&[LOCAL], Some("GOPROXY=\"https://a\"\nGOPRIVATE='x'\nGOINSECURE= y \n"), None),
    (&[LOCAL], Some("GOPROXY =https://a\nGOPRIVATE=a=b\n=x\nGOVCS\n"), None),
    (&[LOCAL], Some("GOPROXY=https://a"), None),
    (&[LOCAL], Some("GODEBUG=netdns=go\nGOENV=/x\nGOPROXYS=x\nGONOSUMCHECK=1\n"), None),
    (&[LOCAL, ("GODEBUG", "http2client=0")], Some("GODEBUG=netdns=go\n"), None),
    (&[LOCAL, ("XDG_CONFIG_HOME", "ROOT/cfg")], Some("GOPROXY=off\n"), None),
    (&[LOCAL, ("XDG_CONFIG_HOME", "cfg")], None, None),
    (&[LOCAL, ("XDG_CONFIG_HOME", "")], Some("GOPROXY=off\n"), None),
    (&[LOCAL, ("GOENV", "off")], None, None),
    (&[LOCAL, ("GOENV", "ROOT/my.env")], Some("GOVCS=*:all\n"), None),
    (&[LOCAL, ("GOENV", "my.env")], Some("GOVCS=*:all\n"), None),
    (&[LOCAL, ("GOENV", "")], Some("GOVCS=*:all\n"), None),
    (&[LOCAL, ("HOME", "")], None, None),
    (
        &[LOCAL, ("HOME", ""), ("XDG_CONFIG_HOME", "ROOT/cfg"), ("XDG_CACHE_HOME", "ROOT/cache")],
        Some("GOVCS=x:git\n"),
        None,
    ),
    (&[LOCAL, ("XDG_CACHE_HOME", "cache")], None, None),
    (&[LOCAL, ("HOME", "ROOT/home/")], None, None),
    (&[LOCAL, ("HOME", "home")], None, None),
    (&[LOCAL, ("GOPATH", "ROOT/a:ROOT/b")], None, None),
    (&[LOCAL, ("GOPATH", ":ROOT/b")], None, None),
    (&[LOCAL, ("GOPATH", "ROOT/a/../c/")], None, None),
    (&[LOCAL, ("GOPATH", "")], Some("GOPATH=/from/file\n"), None),
    (&[LOCAL], Some("GOPATH=\nGOMODCACHE=\nGOCACHE=\n"), None),
    (&[LOCAL, ("GOMODCACHE", "ROOT/m"), ("GOPATH", "ROOT/p")], None, None),
    (&[LOCAL, ("GOMODCACHE", "relative")], None, None),
    (&[LOCAL, ("GOCACHE", "off")], None, None),
    (&[LOCAL, ("GOCACHE", "relative")], None, None),
    (&[LOCAL], Some("GOCACHE=relative\n"), None),
    (&[LOCAL, ("GOPRIVATE", "a.b")], None, None),
    (&[LOCAL, ("GOPRIVATE", "a.b"), ("GONOPROXY", "none")], None, None),
    (&[LOCAL, ("GOPRIVATE", "a.b"), ("GONOSUMDB", "")], Some("GONOPROXY=\nGONOSUMDB=c.d\n"), None),
    (&[LOCAL, ("GOPRIVATE", "")], Some("GOPRIVATE=x.y\nGONOPROXY=\n"), None),
    (&[LOCAL, ("GOINSECURE", "x"), ("GOVCS", "public:git"), ("GOFLAGS", "-mod=mod")], None, None),
    (&[LOCAL, ("GOFLAGS", "-nonsense")], None, None),
    (&[LOCAL, ("GOFLAGS", "mod 'x")], None, None),
    (&[LOCAL, ("GO111MODULE", "off")], None, None),
    (&[LOCAL, ("GO111MODULE", "auto")], None, None),
    (&[LOCAL, ("GOOS", "windows"), ("GOARCH", "arm64")], None, None),
    (&[LOCAL], Some("GOOS=darwin\nGOARCH=\n"), None),
    (&[LOCAL, ("GOAUTH", "off"), ("GOTMPDIR", "ROOT/tmp")], None, None),
    (&[LOCAL], Some("GOAUTH=\n"), None),
    (&[("GOTOOLCHAIN", "local+auto")], None, None),
    (&[("GOTOOLCHAIN", "")], Some("GOTOOLCHAIN=local\n"), None),
    (&[LOCAL], None, Some("")),
    (&[], None, Some("GOTOOLCHAIN=local\nGOTOOLCHAIN=auto\nGOPROXY=https://first\nGOPROXY=https://second\n")),
    (
        &[LOCAL],
        Some("GOPROXY=\nGOVCS=x:all\n"),
        Some("GOPROXY=https://a\nGOPRIVATE=*.b\nGOVCS=y:off\nGOPATH=/from/goroot\n"),
    ),
    (&[LOCAL, ("GOPROXY", "")], None, Some("# x\n GOPROXY=https://a\nGOSUMDB= off\r\n")),
    (&[LOCAL, ("GOENV", "off")], None, Some("GOPRIVATE=*.b\nGONOPROXY=none\n")),
    (&[LOCAL, ("HOME", "ROOT/x"), ("GOROOT", "ROOT/x/go")], None, None),
    (&[("GOTOOLCHAIN", "nonsense")], None, None),
    (&[LOCAL, ("GOPATH", "~/go")], None, None),
    (&[LOCAL, ("GOPATH", "ROOT/a:go")], None, None),
    (&[LOCAL, ("GO111MODULE", "yes")], None, None),
    (&[LOCAL, ("GOFIPS140", "yes")], None, None),
    (&[LOCAL, ("GOWORK", "go.work")], None, None),
];

#[test]
fn values_are_those_of_go_env() {
    let Some(go) = go() else { return };
    for (process, user_file, goroot_file) in CASES {
        let room = Room::new(go, Case { process, user_file: *user_file, goroot_file: *goroot_file });
        // A default GOPATH that would be GOROOT: the folder must exist for go to start.
        if room.goroot.ends_with("/x/go") {
            std::fs::create_dir_all(&room.goroot).expect("a GOROOT");
        }
        check(&room);
    }
}

fn check(room: &Room<'_>) {
    let environment = room.resolve();
    let names: Vec<&str> = NAMES
        .iter()
        .copied()
        .filter(|name| known(name).is_some_and(|known| known.is_known_to(Some(&room.go.version))))
        // Before 1.23 go env prints the file's GODEBUG, which takes no effect all the same.
        .filter(|name| *name != "GODEBUG" || room.go.version.is_at_least(23))
        // Before 1.24 GOCACHEPROG is an experiment that go env does not print.
        .filter(|name| *name != "GOCACHEPROG" || room.go.version.is_at_least(24))
        .collect();
    let args: Vec<&str> = ["env", "-json"].into_iter().chain(names.iter().copied()).collect();
    let output = room.run(&args);
    // What is wrong with GOFLAGS go env does not mind.
    let fatal = environment.startup_problems.iter().find(|problem| {
        problem.variable() != "GOFLAGS" && problem.scope() == Scope::Every || problem.variable() == "GOWORK"
    });
    if let Some(problem) = fatal {
        assert!(!output.ok(), "{}: {problem} is no problem for\n{output}", room.about());
        // The end of one sentence was worded in another way at first (Go 1.24).
        let said = output.stderr.trim().replace("or vX.Y.Z", "or v1.Y.Z");
        assert_eq!(said, problem.to_string(), "{}", room.about());
        return;
    }
    assert!(output.ok(), "{}\n{output}", room.about());
    let said: BTreeMap<String, String> = serde_json::from_str(&output.stdout).expect("the JSON of go env");
    for name in names {
        assert_eq!(environment.value(name), said[name], "{name}: {}\n{:?}", room.about(), environment.get(name));
    }
}
