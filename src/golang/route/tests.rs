use super::*;
use crate::golang::env::{Inputs, Text};
use crate::golang::goproxy::Fallback;
use crate::golang::platform::Os;

fn environment(process: &[(&str, &str)]) -> Environment {
    let mut process: Vec<(String, String)> = process.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    process.push(("HOME".to_owned(), "/home/u".to_owned()));
    Environment::resolve(&Inputs {
        os: Os::Linux,
        goos: "linux",
        goarch: "amd64",
        process: &process,
        goroot: Some("/usr/local/go"),
        user_file: Text::Read("GONOSUMDB=nosum.example\n"),
        goroot_file: Text::Read("GOPROXY=https://proxy.golang.org,direct\nGOSUMDB=sum.golang.org\n"),
        version: None,
    })
}

/// The steps in short: the host of a proxy, `direct` or `off`, then the sign of the fallback.
fn steps(process: &[(&str, &str)], module: &str) -> String {
    let route = route(&environment(process), module, Recorded::No);
    let steps = route.modules.steps.iter().map(|step| {
        let provider = match &step.provider {
            StepProvider::Proxy { host, .. } => host.clone(),
            StepProvider::Folder { path } => path.clone(),
            StepProvider::Direct => "direct".to_owned(),
            StepProvider::Off => "off".to_owned(),
        };
        let sign = match step.fallback {
            Fallback::NotExist => ",",
            Fallback::AnyError => "|",
            Fallback::None => "",
        };
        provider + sign
    });
    steps.collect()
}

#[test]
fn who_is_asked_and_in_which_order() {
    for (process, module, expected) in [
        (&[] as &[_], "github.com/a/b", "proxy.golang.org,direct"),
        (&[("GOPRIVATE", "github.com/a")], "github.com/a/b", "direct"),
        (&[("GOPRIVATE", "github.com/a")], "github.com/b/b", "proxy.golang.org,direct"),
        (&[("GONOPROXY", "none"), ("GOPRIVATE", "*")], "github.com/a/b", "proxy.golang.org,direct"),
        (&[("GONOPROXY", "*"), ("GOPROXY", "off")], "github.com/a/b", "direct"),
        (&[("GONOPROXY", "x"), ("GOPROXY", "off")], "github.com/a/b", "off"),
        (&[("GOPROXY", "direct"), ("GONOPROXY", "*")], "github.com/a/b", "direct"),
        (&[("GOPROXY", "https://a|file:///srv/p,off,direct")], "github.com/a/b", "a|/srv/p,off"),
        (&[("GOPROXY", "a.example:8081,https://b/x")], "github.com/a/b", "a.example:8081,b"),
    ] {
        assert_eq!(steps(process, module), expected, "{process:?}");
    }
}

#[test]
fn what_decided_is_named() {
    let found = route(&environment(&[("GOPRIVATE", "x.example,github.com/a/")]), "github.com/a/b", Recorded::No);
    let bypass = found.modules.bypass.unwrap();
    assert_eq!(
        (bypass.variable.as_str(), bypass.text.as_str(), bypass.origin),
        ("GOPRIVATE", "github.com/a/", Origin::Process)
    );
    // GONOSUMDB of the user's file replaces GOPRIVATE for its purpose.
    let ChecksumRoute::Database(source) = found.checksum else { panic!("{:?}", found.checksum) };
    assert_eq!((source.name.as_str(), source.public), ("sum.golang.org", true));
    let excluded = route(&environment(&[]), "nosum.example/a", Recorded::No).checksum;
    let ChecksumRoute::Excluded { decided } = excluded else { panic!("{excluded:?}") };
    assert_eq!((decided.variable.as_str(), decided.origin), ("GONOSUMDB", Origin::UserFile { line: 1 }));
}

#[test]
fn nobody_is_asked_about_what_is_malformed() {
    let none = |process: &[(&str, &str)], module: &str| route(&environment(process), module, Recorded::No).modules.none;
    let Some(NoRoute::Goproxy { problem, decided }) = none(&[("GOPROXY", "DIRECT")], "github.com/a/b") else {
        panic!("accepted")
    };
    assert_eq!((problem.as_str(), decided.text.as_str()), ("invalid proxy URL missing scheme: DIRECT", "DIRECT"));
    assert!(matches!(none(&[], "github"), Some(NoRoute::ModulePath { .. })));
}

fn checksum_of(process: &[(&str, &str)], module: &str, recorded: Recorded) -> ChecksumRoute {
    route(&environment(process), module, recorded).checksum
}

#[test]
fn the_way_to_the_checksum_database() {
    let bases = |process: &[(&str, &str)]| match checksum_of(process, "github.com/a/b", Recorded::No) {
        ChecksumRoute::Database(source) => source
            .bases
            .iter()
            .map(|base| match base {
                ChecksumBase::Proxy { url, .. } | ChecksumBase::Configured { url } | ChecksumBase::Direct { url } => {
                    url.clone()
                }
            })
            .collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        bases(&[("GOPROXY", "https://u:pw@a,https://b/x/|direct,https://c"), ("GOPRIVATE", "*.corp")]),
        ["https://a/sumdb/sum.golang.org", "https://b/x/sumdb/sum.golang.org", "https://sum.golang.org"]
    );
    assert_eq!(bases(&[("GOPROXY", "https://a,off")]), ["https://a/sumdb/sum.golang.org", "https://sum.golang.org"]);
    assert_eq!(bases(&[("GOSUMDB", "sum.golang.google.cn")]), ["https://sum.golang.google.cn"]);
}

#[test]
fn when_nobody_is_asked_for_a_checksum() {
    let module = "github.com/a/b";
    assert_eq!(checksum_of(&[], module, Recorded::InGoSum), ChecksumRoute::InGoSum);
    assert_eq!(checksum_of(&[], module, Recorded::Vendored), ChecksumRoute::Vendored);
    assert!(matches!(checksum_of(&[("GOSUMDB", "off")], module, Recorded::No), ChecksumRoute::Off { .. }));
    assert!(matches!(checksum_of(&[("GOSUMDB", "OFF")], module, Recorded::No), ChecksumRoute::Unusable { .. }));
    let toolchain = "golang.org/toolchain";
    assert!(matches!(checksum_of(&[("GOSUMDB", "off")], toolchain, Recorded::No), ChecksumRoute::Unusable { .. }));
    assert!(matches!(
        checksum_of(&[("GONOSUMDB", "golang.org")], toolchain, Recorded::InGoSum),
        ChecksumRoute::Database(_)
    ));
    let from_folder = [("GOPROXY", "file:///srv/p"), ("GOSUMDB", "off")];
    assert_eq!(checksum_of(&from_folder, toolchain, Recorded::No), ChecksumRoute::ToolchainFromFolder);
}

#[test]
fn direct_fetches() {
    let direct = |process: &[(&str, &str)], module: &str| {
        let mut process = process.to_vec();
        process.push(("GOPROXY", "direct"));
        route(&environment(&process), module, Recorded::No).direct.unwrap()
    };
    let VcsRoute::ByPath { root, url, govcs, .. } = direct(&[], "github.com/a/b/sub").repository else { panic!() };
    assert_eq!(
        (root.as_str(), url.as_str(), govcs),
        ("github.com/a/b", "https://github.com/a/b", VcsDecision::Allowed)
    );
    let VcsRoute::ByPath { govcs, .. } = direct(&[("GOVCS", "github.com:off")], "github.com/a/b").repository else {
        panic!()
    };
    assert_eq!(govcs, VcsDecision::Denied { private: false, rule: Some("github.com:off".to_owned()) });
    let VcsRoute::ByPage { host, govcs } = direct(&[("GOVCS", "x")], "go.example.dev/x").repository else { panic!() };
    assert_eq!(host, "go.example.dev");
    assert!(matches!(govcs, VcsDecision::Malformed { .. }));
    assert!(matches!(direct(&[], "github.com/a").repository, VcsRoute::Refused { .. }));
    let insecure = direct(&[("GOINSECURE", "*.example.dev")], "go.example.dev/x").insecure.unwrap();
    assert_eq!(insecure.text, "*.example.dev");
}

#[test]
fn a_route_can_be_saved_and_holds_no_secret() {
    let process = [
        ("GOPROXY", "https://user:S3cr3t@a.example,https://S3cr3t@b.example|direct"),
        ("GOSUMDB", "sum.golang.org https://u:S3cr3t@sums.example"),
        ("GOFLAGS", "-mod=vendor -ldflags=-X=main.password=S3cr3t"),
    ];
    let found = route(&environment(&process), "github.com/a/b", Recorded::No);
    assert!(found.vendor.is_some());
    let text = serde_json::to_string(&found).unwrap();
    assert!(!text.contains("S3cr3t") && !format!("{found:?}").contains("S3cr3t"), "{text}");
    assert_eq!(serde_json::from_str::<Route>(&text).unwrap(), found);
}
