use serde_json::Value;

use super::*;
use crate::diagnosis::private::{Leaving, keep};
use crate::diagnosis::testing;
use crate::facts::credentials::{AgentState, CredentialSource, HostCredential, HostKeyState, SshHost, SshKey};
use crate::facts::environment::CandidateKind;
use crate::facts::version_control::{ConfigOrigin, Rewrite};
use crate::facts::{Facts, Observation};
use crate::golang::module_path::ModuleVersion;
use crate::golang::route::Recorded;
use crate::inquiry::routes::tell;
use crate::report::json::tests::fits;
use crate::report::text::width;
use crate::report::{Options, Verbosity};

const HOME: &str = "/home/dev";

fn facts(process: &[(&str, &str)]) -> Facts {
    let mut facts = testing::nothing();
    facts.environment = testing::environment("go1.26.1", process);
    facts
}

fn told(facts: &Facts, modules: &[&str]) -> Vec<Told> {
    modules.iter().map(|path| tell(facts, &ModuleVersion::new(*path, "v1.0.0"), Recorded::No).unwrap()).collect()
}

fn routes<'a>(facts: &'a Facts, told: &'a [Told]) -> Routes<'a> {
    let leaving: Vec<Leaving<'_>> = told
        .iter()
        .filter(|told| !told.leaves_to.is_empty())
        .map(|told| Leaving { path: &told.module.path, by_house: false })
        .collect();
    let settings = facts.environment.get().unwrap();
    Routes {
        told,
        fixes: keep(facts, &leaving),
        file: Some(&settings.environment.user_file),
        candidates: &settings.candidates,
        home: Some(HOME),
    }
}

fn options(lang: Lang, width: usize, verbosity: Verbosity) -> Options {
    Options { lang, width, color: false, ascii: false, verbosity, shell: Shell::Sh, elapsed: None }
}

fn shown(facts: &Facts, modules: &[&str]) -> String {
    let told = told(facts, modules);
    table(&routes(facts, &told), &options(Lang::En, 80, Verbosity::Normal))
}

fn with_credential(facts: &mut Facts, host: &str, source: CredentialSource) {
    facts.credentials.begin().hosts.push(HostCredential {
        observation: Observation::seen(format!("credentials/{host}"), host),
        host: host.into(),
        go: source.clone(),
        git: source,
        helper_missing: false,
        ineffective: Vec::new(),
    });
}

fn with_ssh(facts: &mut Facts, agent: AgentState, open_to_others: bool) {
    let origin = ConfigOrigin { scope: "global".into(), file: format!("{HOME}/.gitconfig").into(), line: Some(7) };
    facts.version_control.begin().rewrites.push(Rewrite {
        from: "https://git.corp.example/".into(),
        to: "ssh://git@git.corp.example/".into(),
        has_login: false,
        origin,
    });
    let key = |name: &str, exists| SshKey {
        path: format!("{HOME}/.ssh/{name}").into(),
        exists,
        readable: true,
        open_to_others,
        encrypted: None,
    };
    facts.credentials.begin().add_ssh(SshHost {
        observation: Observation::seen("credentials/ssh/git.corp.example", "git.corp.example"),
        host: "git.corp.example".into(),
        user: Some("git".into()),
        hostname: Some("git.corp.example".into()),
        port: Some(22),
        keys: vec![key("id_rsa", false), key("id_ed25519", true)],
        agent,
        host_key: HostKeyState::Known,
        known_hosts: Vec::new(),
    });
}

#[test]
fn a_public_module() {
    insta::assert_snapshot!(shown(&facts(&[]), &["github.com/a/b"]), @r#"
    github.com/a/b v1.0.0
      1  proxy.golang.org  because GOPROXY (default, $GOROOT/go.env:1) names it
                           credential: not known, GOAUTH was not run
                           the next only where it answers 404 or 410
      2  direct            git from https://github.com/a/b
                           credential for github.com: not known, GOAUTH was not run
      –  checksum          sum.golang.org, through proxy.golang.org or else directly
                           because GOSUMDB (default, $GOROOT/go.env:2) names it
    "#);
}

#[test]
fn a_private_module_over_ssh() {
    let mut facts = facts(&[("GOPRIVATE", "x.example,git.corp.example")]);
    with_ssh(&mut facts, AgentState::Keys { count: 1 }, false);
    insta::assert_snapshot!(shown(&facts, &["git.corp.example/team/kit.git"]), @r#"
    git.corp.example/team/kit.git v1.0.0
      1  direct    because GOPRIVATE (shell environment) has git.corp.example
                   git from https://git.corp.example/team/kit
                   over ssh: ~/.gitconfig:7 rewrites https://git.corp.example/ to
                   ssh://git@git.corp.example/
                   ssh key ~/.ssh/id_ed25519, 1 in the agent; host key known
      –  GOPROXY   module proxy not asked
      –  checksum  the checksum database is not asked (same pattern)
    "#);
}

#[test]
fn a_key_that_ssh_refuses_is_marked() {
    let mut facts = facts(&[("GOPRIVATE", "git.corp.example")]);
    with_ssh(&mut facts, AgentState::Dead, true);
    let shown = shown(&facts, &["git.corp.example/team/kit.git"]);
    assert!(shown.contains("ssh key ~/.ssh/id_ed25519 (refused: others can read it); host"), "{shown}");
    assert!(!shown.contains("id_rsa"), "{shown}");
}

#[test]
fn a_path_that_leaves_the_house_comes_with_the_reason_and_the_command() {
    insta::assert_snapshot!(shown(&facts(&[]), &["git.team.corp/a/b"]), @r#"
    git.team.corp/a/b v1.0.0
      1  proxy.golang.org  because GOPROXY (default, $GOROOT/go.env:1) names it
                           credential: not known, GOAUTH was not run
                           the next only where it answers 404 or 410
      2  direct            asks https://git.team.corp/a/b?go-get=1 first, which
                           names the repository
                           credential for git.team.corp: not known, GOAUTH was not
                           run
      –  checksum          sum.golang.org, through proxy.golang.org or else directly
                           because GOSUMDB (default, $GOROOT/go.env:2) names it
      !  private           looks private (its host ends in .corp), and go tells the
                           path to proxy.golang.org and sum.golang.org

    To keep what looks private in the house, add git.team.corp to GOPRIVATE: go then
    fetches such modules directly.
      go env -w "GOPRIVATE=git.team.corp"
    "#);
}

#[test]
fn one_command_keeps_all_in_the_house() {
    let shown = shown(&facts(&[]), &["git.team.corp/a/b", "git.team.corp/c", "lib.lan/x", "github.com/a/b"]);
    assert!(shown.contains("\n  go env -w \"GOPRIVATE=git.team.corp,lib.lan\"\n"), "{shown}");
    assert_eq!(shown.matches("go env -w").count(), 1, "{shown}");
}

#[test]
fn a_malformed_goproxy() {
    let mut facts = facts(&[("GOPROXY", "foo,direct")]);
    let candidate = Candidate {
        variable: "GOPROXY".into(),
        kind: CandidateKind::Shell,
        file: format!("{HOME}/.profile").into(),
        line: 3,
        value: "foo,direct".into(),
    };
    facts.environment.get_mut().unwrap().candidates.push(candidate);
    insta::assert_snapshot!(shown(&facts, &["github.com/a/b"]), @r#"
    github.com/a/b v1.0.0
      !  GOPROXY  nobody is asked: go stops at each module that it looks up, saying
                  "invalid proxy URL missing scheme: foo"
                  because GOPROXY (shell environment, perhaps by ~/.profile:3) has
                  foo,direct
    "#);
}

#[test]
fn modules_with_the_same_route_stand_together_and_verbose_takes_them_apart() {
    let facts = facts(&[]);
    let modules =
        ["go.uber.org/a", "go.uber.org/b", "go.uber.org/c", "go.uber.org/d", "github.com/a/b", "github.com/c/d"];
    insta::assert_snapshot!(shown(&facts, &modules), @r#"
    4 modules: go.uber.org/a v1.0.0, go.uber.org/b v1.0.0, go.uber.org/c v1.0.0, and
    1 more
      1  proxy.golang.org  because GOPROXY (default, $GOROOT/go.env:1) names it
                           credential: not known, GOAUTH was not run
                           the next only where it answers 404 or 410
      2  direct            asks https://go.uber.org/…?go-get=1 first, which names
                           the repository
                           credential for go.uber.org: not known, GOAUTH was not run
      –  checksum          sum.golang.org, through proxy.golang.org or else directly
                           because GOSUMDB (default, $GOROOT/go.env:2) names it

    2 modules: github.com/a/b v1.0.0, github.com/c/d v1.0.0
      1  proxy.golang.org  because GOPROXY (default, $GOROOT/go.env:1) names it
                           credential: not known, GOAUTH was not run
                           the next only where it answers 404 or 410
      2  direct            git from https://github.com/…
                           credential for github.com: not known, GOAUTH was not run
      –  checksum          sum.golang.org, through proxy.golang.org or else directly
                           because GOSUMDB (default, $GOROOT/go.env:2) names it
    "#);
    let told = told(&facts, &modules);
    let apart = table(&routes(&facts, &told), &options(Lang::En, 80, Verbosity::Verbose));
    for module in modules {
        assert!(apart.lines().any(|line| line == format!("{module} v1.0.0")), "{apart}");
    }
    assert!(apart.contains("https://go.uber.org/d?go-get=1"), "{apart}");
}

#[test]
fn where_a_credential_comes_from() {
    for (source, says) in [
        (CredentialSource::None, "no credential\n"),
        (CredentialSource::Netrc { path: "/home/dev/.netrc".into(), line: 3 }, "credential: ~/.netrc:3\n"),
        (CredentialSource::Goauth, "credential: by GOAUTH\n"),
        (CredentialSource::NotAsked, "credential: not known, GOAUTH was not run\n"),
        (CredentialSource::Url, "credential: in the URL\n"),
    ] {
        let mut facts = facts(&[("GOPROXY", "https://goproxy.corp.example")]);
        with_credential(&mut facts, "goproxy.corp.example", source.clone());
        let shown = shown(&facts, &["github.com/a/b"]);
        assert!(shown.contains(says), "{source:?}: {shown}");
    }
    let mut facts = facts(&[("GOPROXY", "direct")]);
    with_credential(&mut facts, "github.com", CredentialSource::Helper { name: "store".into() });
    let shown = shown(&facts, &["github.com/a/b"]);
    assert!(shown.contains("credential for github.com: git's helper store, not run\n"), "{shown}");
}

/// Commands apart, which are never wrapped.
#[test]
fn lines_keep_to_the_width_in_both_languages() {
    let mut facts = facts(&[
        (
            "GOPROXY",
            "https://a-rather-long-name-of-a-proxy.corp.example:8443/with/a/long/path|https://b.example,direct",
        ),
        ("GOPRIVATE", "git.corp.example"),
        ("GOINSECURE", "git.corp.example"),
    ]);
    with_ssh(&mut facts, AgentState::Keys { count: 2 }, true);
    let long = format!("git.team.corp/{}", "long/".repeat(30).trim_end_matches('/'));
    let modules = ["git.corp.example/team/kit.git", "go.uber.org/a", "go.uber.org/b", "git.team.corp/a/b", &long];
    let told = told(&facts, &modules);
    for lang in [Lang::En, Lang::Zh] {
        for columns in [80, 120] {
            for verbosity in [Verbosity::Normal, Verbosity::Verbose] {
                let text = table(&routes(&facts, &told), &options(lang, columns, verbosity));
                for line in text.lines().filter(|line| !line.starts_with("  export ")) {
                    assert!(width(line) <= columns, "{}: {line}", width(line));
                }
            }
        }
    }
}

#[test]
fn ascii_keeps_to_ascii() {
    let facts = facts(&[]);
    let told = told(&facts, &["go.uber.org/a", "go.uber.org/b", "git.team.corp/x"]);
    let options = Options { ascii: true, ..options(Lang::En, 80, Verbosity::Normal) };
    let text = table(&routes(&facts, &told), &options);
    assert!(text.is_ascii(), "{text}");
}

fn documents() -> Vec<Value> {
    let mut rich = facts(&[("GOPRIVATE", "git.corp.example"), ("GOINSECURE", "git.corp.example")]);
    with_ssh(&mut rich, AgentState::Keys { count: 2 }, false);
    with_credential(&mut rich, "proxy.golang.org", CredentialSource::Netrc { path: "/n".into(), line: 1 });
    let modules = ["git.corp.example/team/kit.git", "git.team.corp/a/b", "go.uber.org/zap", "github.com/a/b"];
    let mut documents = Vec::new();
    let mut add = |facts: &Facts, modules: &[&str]| {
        let told = told(facts, modules);
        documents.push(serde_json::from_str(&json(&routes(facts, &told), Lang::En, Shell::Sh)).unwrap());
    };
    add(&rich, &modules);
    for process in [
        [("GOPROXY", "foo"), ("GOSUMDB", "off")],
        [("GOPROXY", "off"), ("GOSUMDB", "nonsense")],
        [("GOPROXY", "file:///srv/proxy|https://u:S3cr3t@a.example,direct"), ("GOFLAGS", "-mod=vendor")],
        [("GOPROXY", "direct"), ("GOVCS", "nonsense")],
        [("GOPROXY", "direct"), ("GOVCS", "*:off")],
    ] {
        add(&facts(&process), &modules);
    }
    add(&facts(&[]), &[]);
    documents
}

#[test]
fn the_schema_in_docs_is_that_of_the_types() {
    crate::report::schema::assert_kept("routes-v1.json", &schema());
}

#[test]
fn every_document_fits_the_schema_and_no_other_does() {
    let schema = schema();
    for document in documents() {
        fits(&schema, &schema, &document, "document").unwrap();
        assert!(!document.to_string().contains("S3cr3t"), "{document}");
    }
    let good = documents().remove(0);
    let spoil = |change: fn(&mut Value)| {
        let mut document = good.clone();
        change(&mut document);
        fits(&schema, &schema, &document, "document")
    };
    assert!(spoil(|_| ()).is_ok());
    assert!(spoil(|d| d["routes"][0]["blocked"] = "no".into()).is_err());
    assert!(spoil(|d| d["routes"][0]["route"]["modules"]["steps"][0]["provider"] = "nobody".into()).is_err());
    assert!(spoil(|d| d["routes"][1]["looks_private"][0]["reason"] = "whim".into()).is_err());
    assert!(spoil(|d| drop(d.as_object_mut().unwrap().remove("fixes"))).is_err());
}

#[test]
fn a_line_is_a_document() {
    let facts = facts(&[]);
    let told = told(&facts, &["git.team.corp/a/b", "github.com/a/b"]);
    let lines: String = told.chunks(1).map(|one| line(&routes(&facts, one), Lang::En, Shell::Sh)).collect();
    let documents: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(documents.len(), 2);
    let schema = schema();
    for (document, path) in documents.iter().zip(["git.team.corp/a/b", "github.com/a/b"]) {
        fits(&schema, &schema, document, "document").unwrap();
        assert_eq!(document["routes"].as_array().unwrap().len(), 1);
        assert_eq!(document["routes"][0]["module"]["path"], path);
    }
    let commands = |at: usize| documents[at]["fixes"].as_array().unwrap().len();
    assert_eq!((commands(0), commands(1)), (1, 0));
}
