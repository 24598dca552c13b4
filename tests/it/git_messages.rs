//! What the real git, curl and ssh say is told apart as it should be.

use gomoddoc::catalog::messages::{GitTrouble, git_trouble};

use crate::support::child::Output;
use crate::support::faults::{BasicLogin, Faults, On, Status};
use crate::support::git::{GitHttp, Repositories, SshClient, SshServer, private_key, ssh_available};
use crate::support::modules::Module;
use crate::support::ports::ClosedPort;
use crate::support::sandbox::Sandbox;
use crate::support::server::{Answer, Plan, Server};
use crate::support::tls::{Authority, Flaw};
use crate::support::tools;

/// The languages into which git 2.39 translates what is asked here.
const LANGUAGES: [&str; 13] = ["zh_CN", "zh_TW", "de", "fr", "es", "it", "pt_PT", "pl", "sv", "tr", "vi", "bg", "ca"];

fn sandbox() -> Option<Sandbox> {
    if !tools::have(&["git"]) {
        return None;
    }
    let mut sandbox = Sandbox::new();
    sandbox.set("GIT_TERMINAL_PROMPT", "0");
    Some(sandbox)
}

fn ls_remote(sandbox: &Sandbox, url: &str) -> Output {
    sandbox.run("git", &["ls-remote", "-q", url])
}

fn says(sandbox: &Sandbox, url: &str, expected: GitTrouble) {
    let output = ls_remote(sandbox, url);
    assert!(!output.ok(), "git was to fail\n{output}");
    assert_eq!(git_trouble(&output.stderr), expected, "{output}");
}

/// A git server over TLS that the sandbox trusts, with `team/kit.git` behind the faults.
fn server(sandbox: &mut Sandbox, flaw: Flaw, faults: Faults) -> (Repositories, Server) {
    let repositories = Repositories::new();
    repositories.add("team/kit.git", &[Module::new("example.com/kit", "v1.0.0")]);
    let authority = Authority::new();
    let plan = Plan::new(GitHttp::new(repositories.root())).tls(authority.server(flaw)).faults(faults);
    sandbox.write("ca.pem", authority.pem());
    let file = sandbox.path("ca.pem");
    sandbox.set("GIT_SSL_CAINFO", file);
    (repositories, plan.start())
}

#[test]
fn statuses() {
    for (status, expected) in [
        (401, GitTrouble::LoginWanted),
        (403, GitTrouble::Forbidden),
        (404, GitTrouble::NotFound),
        (418, GitTrouble::Other),
        (429, GitTrouble::RateLimited),
        (500, GitTrouble::ServerError),
        (503, GitTrouble::ServerError),
    ] {
        let Some(mut sandbox) = sandbox() else { return };
        let faults = Faults::new().add(On::all(), Status::new(status).header("www-authenticate", "Basic realm=\"x\""));
        let (_repositories, server) = server(&mut sandbox, Flaw::None, faults);
        says(&sandbox, &format!("{}/team/kit.git", server.url()), expected);
    }
}

#[test]
fn a_login_that_is_refused() {
    let Some(mut sandbox) = sandbox() else { return };
    let faults = Faults::new().add(On::all(), BasicLogin::new("dev", "right"));
    let (_repositories, server) = server(&mut sandbox, Flaw::None, faults);
    let url = format!("{}/team/kit.git", server.url()).replacen("https://", "https://dev:wrong@", 1);
    says(&sandbox, &url, GitTrouble::LoginRefused);
}

#[test]
fn a_page_in_place_of_a_repository() {
    let Some(mut sandbox) = sandbox() else { return };
    let page = |_: &_, _| Answer::ok("text/html", "<html><body>Log in</body></html>\n");
    let (_repositories, server) = server(&mut sandbox, Flaw::None, Faults::new().add(On::all(), page));
    let output = ls_remote(&sandbox, &format!("{}/team/kit.git", server.url()));
    assert!(output.ok() || git_trouble(&output.stderr) == GitTrouble::NotGit, "{output}");
}

#[test]
fn ways_that_do_not_lead_there() {
    let Some(mut sandbox) = sandbox() else { return };
    let closed = ClosedPort::new();
    says(&sandbox, &format!("https://{}/x", closed.addr()), GitTrouble::Refused);
    says(&sandbox, "https://nobody.invalid/x", GitTrouble::Dns);
    says(&sandbox, "ssh://git@nobody.invalid/x", GitTrouble::Dns);
    says(&sandbox, &format!("git://{}/x", closed.addr()), GitTrouble::Refused);
    says(&sandbox, "nonsense://127.0.0.1/x", GitTrouble::ProtocolNotSupported);
    sandbox.set("GIT_ALLOW_PROTOCOL", "ssh");
    says(&sandbox, &format!("https://{}/x", closed.addr()), GitTrouble::ProtocolNotSupported);
    sandbox.unset("GIT_ALLOW_PROTOCOL");
    sandbox.set("https_proxy", format!("http://{}", closed.addr()));
    says(&sandbox, "https://git.corp.example/x", GitTrouble::HttpProxy);
    sandbox.set("https_proxy", "http://nobody.invalid:3128");
    says(&sandbox, "https://git.corp.example/x", GitTrouble::HttpProxy);
}

#[test]
fn certificates() {
    for (flaw, expected) in [
        (Flaw::Expired, GitTrouble::TlsUntrusted),
        (Flaw::NotYetValid, GitTrouble::TlsUntrusted),
        (Flaw::SelfSigned, GitTrouble::TlsUntrusted),
        (Flaw::WrongName, GitTrouble::TlsName),
    ] {
        let Some(mut sandbox) = sandbox() else { return };
        let (_repositories, server) = server(&mut sandbox, flaw, Faults::new());
        says(&sandbox, &format!("{}/team/kit.git", server.url()), expected);
    }
    let Some(mut sandbox) = sandbox() else { return };
    let (repositories, server) = server(&mut sandbox, Flaw::None, Faults::new());
    let url = format!("{}/team/kit.git", server.url());
    sandbox.unset("GIT_SSL_CAINFO");
    says(&sandbox, &url, GitTrouble::TlsUntrusted);
    sandbox.set("GIT_SSL_CAINFO", "/nowhere/ca.pem");
    says(&sandbox, &url, GitTrouble::TlsUntrusted);
    sandbox.unset("GIT_SSL_CAINFO");
    let plain = Plan::new(GitHttp::new(repositories.root())).start();
    says(&sandbox, &plain.url().replacen("http://", "https://", 1), GitTrouble::TlsProtocol);
}

#[test]
fn settings_and_folders() {
    let Some(mut sandbox) = sandbox() else { return };
    says(&sandbox, "/nowhere/kit.git", GitTrouble::NotFound);
    let output = sandbox.run("git", &["ls-remote", "--no-such-option"]);
    assert_eq!(git_trouble(&output.stderr), GitTrouble::Other, "{output}");
    sandbox.write("home/.gitconfig", "[user\n");
    says(&sandbox, "https://git.corp.example/x", GitTrouble::BrokenConfig);
}

#[test]
fn ssh() {
    if !ssh_available() {
        return;
    }
    type Make = fn(&SshServer) -> SshClient;
    let cases: [(Make, GitTrouble); 4] = [
        (|server| SshClient { known_hosts: String::new(), ..SshClient::of(server) }, GitTrouble::HostKeyUnknown),
        (|server| SshClient { key: None, ..SshClient::of(server) }, GitTrouble::KeyRefused),
        (|server| SshClient { key: Some((private_key(""), 0o600)), ..SshClient::of(server) }, GitTrouble::KeyRefused),
        (|server| SshClient { key: Some((server.client_key(), 0o644)), ..SshClient::of(server) }, GitTrouble::KeyModes),
    ];
    for (client, expected) in cases {
        let Some(mut sandbox) = sandbox() else { return };
        let server = SshServer::start();
        client(&server).install(&mut sandbox);
        says(&sandbox, &server.url(std::path::Path::new("/nowhere/kit.git")), expected);
    }
    let Some(mut sandbox) = sandbox() else { return };
    let server = SshServer::start();
    SshClient::of(&server).install(&mut sandbox);
    says(&sandbox, &server.url(std::path::Path::new("/nowhere/kit.git")), GitTrouble::NotFound);
    let other = SshServer::start().known_hosts();
    let key = other.split_once(' ').expect("a host and a key").1.to_owned();
    let known_hosts = format!("[127.0.0.1]:{} {key}", server.addr().port());
    SshClient { known_hosts, ..SshClient::of(&server) }.install(&mut sandbox);
    says(&sandbox, &server.url(std::path::Path::new("/nowhere/kit.git")), GitTrouble::HostKeyChanged);
    sandbox.only_programs(&["git"]);
    sandbox.unset("GIT_SSH_COMMAND");
    says(&sandbox, "ssh://git@127.0.0.1/x", GitTrouble::SshMissing);
}

/// Whether git speaks another language here, which it does where its catalogues are installed.
fn speaks(sandbox: &Sandbox) -> bool {
    let output = sandbox.run("git", &["ls-remote", "-q", "/nowhere/kit.git"]);
    !output.stderr.contains("Could not read from remote repository")
}

#[test]
fn other_languages() {
    let Some(mut sandbox) = sandbox() else { return };
    let (_repositories, server) = server(&mut sandbox, Flaw::None, Faults::new());
    let login = Faults::new().add(On::all(), BasicLogin::new("dev", "right"));
    let repositories = Repositories::new();
    let authority = Authority::new();
    let plan = Plan::new(GitHttp::new(repositories.root())).tls(authority.server(Flaw::None));
    let locked = plan.faults(login).start();
    sandbox.set("LC_ALL", "C.UTF-8");
    let mut spoken = 0;
    for language in LANGUAGES {
        sandbox.set("LANGUAGE", language);
        if !speaks(&sandbox) {
            continue;
        }
        spoken += 1;
        says(&sandbox, &format!("{}/team/gone.git", server.url()), GitTrouble::NotFound);
        sandbox.set("GIT_SSL_NO_VERIFY", "1");
        let url = format!("{}/x", locked.url()).replacen("https://", "https://dev:wrong@", 1);
        says(&sandbox, &url, GitTrouble::LoginRefused);
        sandbox.unset("GIT_SSL_NO_VERIFY");
        let bad = sandbox.path("bad");
        sandbox.write("bad", "[user\n").set("GIT_CONFIG_GLOBAL", bad);
        says(&sandbox, "https://git.corp.example/x", GitTrouble::BrokenConfig);
        sandbox.unset("GIT_CONFIG_GLOBAL");
    }
    if spoken == 0 {
        tools::skip("git has no translations here");
    }
}
