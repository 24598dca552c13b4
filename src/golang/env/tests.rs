use super::*;

struct Room {
    os: Os,
    process: Vec<(String, String)>,
    user: Option<&'static str>,
    goroot: Option<&'static str>,
    version: Option<GoVersion>,
}

const STOCK: &str = "# defaults\nGOPROXY=https://proxy.example,direct\nGOSUMDB=sum.example\n\nGOTOOLCHAIN=auto\n";

fn room(process: &[(&str, &str)], user: &'static str) -> Room {
    let mut process: Vec<_> = process.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    if !process.iter().any(|(name, _)| name == "HOME") {
        process.push(("HOME".to_owned(), "/home/u".to_owned()));
    }
    Room { os: Os::Linux, process, user: Some(user), goroot: Some(STOCK), version: None }
}

impl Room {
    fn resolve(&self) -> Environment {
        let text = |text: Option<&'static str>| text.map_or(Text::Absent, Text::Read);
        Environment::resolve(&Inputs {
            os: self.os,
            goos: "linux",
            goarch: "amd64",
            process: &self.process,
            goroot: Some("/usr/local/go"),
            user_file: text(self.user),
            goroot_file: text(self.goroot),
            version: self.version.as_ref(),
        })
    }
}

#[test]
fn each_source_hides_the_next() {
    let env = room(&[("GOPROXY", "https://process")], "GOPROXY=https://user\n").resolve();
    let goproxy = env.get("GOPROXY").unwrap();
    assert_eq!((goproxy.value.as_str(), &goproxy.origin), ("https://process", &Origin::Process));
    let shadowed: Vec<_> = goproxy.shadowed.iter().map(|s| (s.origin.clone(), s.value.as_str())).collect();
    assert_eq!(
        shadowed,
        [
            (Origin::UserFile { line: 1 }, "https://user"),
            (Origin::GorootFile { line: 2 }, "https://proxy.example,direct")
        ]
    );
    let env = room(&[], "").resolve();
    assert_eq!(env.value("GOPROXY"), "https://proxy.example,direct");
    assert_eq!(env.origin("GOSUMDB"), &Origin::GorootFile { line: 3 });
    assert_eq!(env.origin("GOTOOLCHAIN"), &Origin::GorootFile { line: 5 });
}

#[test]
fn an_empty_value_hides_only_in_a_file() {
    let env = room(&[("GOPROXY", "")], "").resolve();
    assert_eq!(env.value("GOPROXY"), "https://proxy.example,direct");
    assert!(env.get("GOPROXY").unwrap().empty_in_process);
    let env = room(&[], "GOPROXY=\nGOSUMDB=\nGOPATH=\n").resolve();
    assert_eq!((env.value("GOPROXY"), env.origin("GOPROXY")), ("", &Origin::UserFile { line: 1 }));
    assert_eq!(env.value("GOSUMDB"), "");
    let gopath = env.get("GOPATH").unwrap();
    assert_eq!((gopath.value.as_str(), &gopath.origin), ("/home/u/go", &Origin::BuiltIn));
    assert_eq!(gopath.shadowed[0].origin, Origin::UserFile { line: 3 });
}

#[test]
fn without_go_env_there_are_no_defaults_of_the_network() {
    let env = Room { goroot: None, ..room(&[], "") }.resolve();
    assert_eq!([env.value("GOPROXY"), env.value("GOSUMDB"), env.value("GOTOOLCHAIN")], ["", "", ""]);
    assert!(env.goproxy().is_err());
}

#[test]
fn private_patterns_fall_back() {
    let env = room(&[("GONOSUMDB", "none")], "GOPRIVATE=*.corp\nGONOPROXY=\n").resolve();
    let gonoproxy = env.gonoproxy();
    assert_eq!((gonoproxy.list, gonoproxy.variable), ("*.corp", "GOPRIVATE"));
    assert_eq!(gonoproxy.origin, &Origin::UserFile { line: 1 });
    assert!(gonoproxy.matches("git.corp/x"));
    assert_eq!(gonoproxy.matching_item("git.corp/x").unwrap().text, "*.corp");
    let gonosumdb = env.gonosumdb();
    assert_eq!((gonosumdb.list, gonosumdb.variable, gonosumdb.origin), ("none", "GONOSUMDB", &Origin::Process));
    assert_eq!(env.get("GONOPROXY").unwrap().shadowed[0].origin, Origin::UserFile { line: 2 });
    let env = room(&[], "").resolve();
    assert_eq!((env.gonoproxy().list, env.gonoproxy().variable), ("", "GONOPROXY"));
}

#[test]
fn folders_have_their_defaults() {
    let env = room(&[], "").resolve();
    assert_eq!(env.value("GOPATH"), "/home/u/go");
    assert_eq!(env.gomodcache(), Some("/home/u/go/pkg/mod"));
    assert_eq!(env.sumdb_dir().as_deref(), Some("/home/u/go/pkg/sumdb"));
    assert_eq!(env.value("GOCACHE"), "/home/u/.cache/go-build");
    assert_eq!(env.value("GOENV"), "/home/u/.config/go/env");
    let env = room(&[("GOPATH", "/a:/b")], "GOMODCACHE=/m\n").resolve();
    assert_eq!(env.gopath(), ["/a", "/b"]);
    assert_eq!(env.gomodcache(), Some("/m"));
    assert_eq!(env.sumdb_dir().as_deref(), Some("/a/pkg/sumdb"));
    let env = room(&[("HOME", "")], "").resolve();
    assert_eq!((env.value("GOPATH"), env.gomodcache(), env.value("GOCACHE")), ("", None, "off"));
    let env = room(&[("HOME", "/x"), ("GOROOT", "/x/go/")], "").resolve();
    assert_eq!(env.value("GOPATH"), "");
}

#[test]
fn windows_and_macos_have_folders_of_their_own() {
    let process = [("USERPROFILE", "C:\\Users\\u"), ("LOCALAPPDATA", "C:\\L"), ("APPDATA", "C:\\R")];
    let env = Room { os: Os::Windows, ..room(&process, "") }.resolve();
    assert_eq!(env.value("GOPATH"), "C:\\Users\\u\\go");
    assert_eq!(env.value("GOMODCACHE"), "C:\\Users\\u\\go\\pkg\\mod");
    assert_eq!(env.value("GOCACHE"), "C:\\L\\go-build");
    assert_eq!(env.value("GOENV"), "C:\\R\\go\\env");
    let env = Room { os: Os::Darwin, ..room(&[("HOME", "/Users/u")], "") }.resolve();
    assert_eq!(env.value("GOCACHE"), "/Users/u/Library/Caches/go-build");
}

#[test]
fn what_stops_commands_is_known() {
    for (process, words) in [
        (("GOPATH", "~/go"), r#"go: GOPATH entry cannot start with shell metacharacter '~': "~/go""#),
        (
            ("GOPATH", "/a:rel"),
            "go: GOPATH entry is relative; must be absolute path: \"rel\".\nFor more details see: 'go help gopath'",
        ),
        (
            ("GOPATH", "/usr/local/go/"),
            "warning: both GOPATH and GOROOT are the same directory (/usr/local/go/); see https://go.dev/wiki/InstallTroubleshooting",
        ),
        (("GO111MODULE", "yes"), "go: unknown environment setting GO111MODULE=yes"),
        (("GOWORK", "go.work"), "go: invalid GOWORK: not an absolute path"),
        (("GOFIPS140", "yes"), "go: invalid GOFIPS140: must be off, latest, inprocess, certified, or v1.Y.Z"),
        (("GOMODCACHE", "m"), r#"GOMODCACHE entry is relative; must be absolute path: "m"."#),
        (("GOPATH", ":/a"), "module cache not found: neither GOMODCACHE nor GOPATH is set"),
        (("GOCACHE", "off"), "build cache is disabled by GOCACHE=off, but required as of Go 1.12"),
        (("GOCACHE", "c"), "build cache is required, but could not be located: GOCACHE is not an absolute path"),
        (("GOFLAGS", "-mod mod"), r#"go: parsing $GOFLAGS: non-flag "mod""#),
        (("GOTOOLCHAIN", "foo"), r#"go: invalid GOTOOLCHAIN "foo""#),
        (("GODEBUG", "netdns=go,cmdgonetlimit=0"), "network disabled by cmdgonetlimit=0"),
    ] {
        let env = room(&[process], "").resolve();
        let found: Vec<_> = env.startup_problems.iter().map(ToString::to_string).collect();
        assert_eq!(found, [words], "{process:?}");
        assert!(process.0 == env.startup_problems[0].variable() || process.1 == ":/a");
    }
    assert_eq!(room(&[("GOWORK", "off"), ("GOFIPS140", "v1.0.0")], "").resolve().startup_problems, []);
}

#[test]
fn without_home_there_is_no_cache() {
    let env = room(&[("HOME", "")], "").resolve();
    let found: Vec<_> = env.startup_problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "module cache not found: neither GOMODCACHE nor GOPATH is set",
            "build cache is required, but could not be located: GOCACHE is not defined and neither $XDG_CACHE_HOME nor $HOME are defined"
        ]
    );
    assert_eq!(
        env.startup_problems.iter().map(StartupProblem::scope).collect::<Vec<_>>(),
        [Scope::Downloads, Scope::Builds]
    );
}

#[test]
fn variables_of_git_and_http_are_kept_if_set() {
    let env = room(
        &[
            ("https_proxy", "http://u:S3cr3t@p:3128"),
            ("GIT_CONFIG_KEY_0", "http.extraHeader"),
            ("GIT_CONFIG_VALUE_0", "Authorization: Basic S3cr3t"),
            ("GIT_CONFIG_PARAMETERS", "'http.extraheader=X-Auth: S3cr3t'"),
            ("PATH", "/bin"),
        ],
        "HTTPS_PROXY=http://ignored\n",
    )
    .resolve();
    assert_eq!(env.first_set(&["HTTPS_PROXY", "https_proxy"]).unwrap().0, "https_proxy");
    assert_eq!(env.get("HTTPS_PROXY"), None);
    assert_eq!(env.get("PATH"), None);
    assert_eq!(env.value("GIT_CONFIG_KEY_0"), "http.extraHeader");
    let json = serde_json::to_string(&env).unwrap();
    assert!(!json.contains("S3cr3t"), "{json}");
    assert!(!format!("{env:?}").contains("S3cr3t"));
    assert_eq!(env.user_file_report.problems[0].problem, LineProblem::ProcessOnly);
}

#[test]
fn an_environment_survives_serialisation() {
    let env =
        room(&[("GOPRIVATE", "a.b\r"), ("GOPROXYS", "x"), ("GOPATH", "rel")], "GOPROXY= x\nGOFLAGS=-v\n").resolve();
    let back: Environment = serde_json::from_str(&serde_json::to_string(&env).unwrap()).unwrap();
    assert_eq!(back, env);
    assert_eq!(back.unknown[0].suggestion.as_deref(), Some("GOPROXY"));
}

#[test]
fn goenv_off_turns_the_file_off() {
    let env = room(&[("GOENV", "off")], "GOPROXY=off\n").resolve();
    assert_eq!((env.value("GOPROXY"), env.value("GOENV")), ("https://proxy.example,direct", ""));
    assert_eq!((env.user_file, env.user_file_report.state), (UserFile::Off, FileState::Absent));
}

#[test]
fn files_cannot_set_what_only_a_process_can() {
    let env = room(&[], "GODEBUG=netdns=cgo\nGOENV=/x\n").resolve();
    assert_eq!((env.value("GODEBUG"), env.value("GOENV")), ("", "/home/u/.config/go/env"));
}

#[test]
fn goauth_needs_a_version_that_knows_it() {
    let old = Room { version: GoVersion::parse("1.23.4"), ..room(&[("GOAUTH", "off")], "") }.resolve();
    assert_eq!(old.goauth().unwrap(), [crate::golang::goauth::Method::Netrc]);
    assert_eq!(old.unknown[0].since, Some(24));
    let new = Room { version: GoVersion::parse("1.24.0"), ..room(&[("GOAUTH", "off")], "") }.resolve();
    assert_eq!(new.goauth().unwrap(), [crate::golang::goauth::Method::Off]);
}

#[test]
fn the_last_godebug_counts() {
    let env = room(&[("GODEBUG", "netdns=go,http2client=0,netdns=cgo")], "").resolve();
    assert_eq!((env.godebug("netdns"), env.godebug("http2client"), env.godebug("x")), (Some("cgo"), Some("0"), None));
}
