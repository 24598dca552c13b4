use crate::support::faults::{BasicLogin, Faults, On};
use crate::support::git::{GitHttp, Repositories, SshClient, SshServer, Vanity, private_key, ssh_available};
use crate::support::http_proxy::HttpProxyPlan;
use crate::support::modules::Module;
use crate::support::sandbox::Sandbox;
use crate::support::server::Plan;
use crate::support::tls::{Authority, Flaw};
use crate::support::tools;

const MODULE: &str = "git.corp.example/team/lib.git";

fn repositories() -> Repositories {
    let repositories = Repositories::new();
    let versions = ["v1.0.0", "v1.1.0"].map(|version| Module::new(MODULE, version));
    repositories.add("team/lib.git", &versions);
    repositories
}

/// A repository that needs the private module, by the direct way.
fn sandbox() -> Sandbox {
    let mut sandbox = Sandbox::new();
    sandbox.set("GOPROXY", "direct").set("GOPRIVATE", "*.corp.example");
    sandbox.go_mod(&format!("require {MODULE} v1.1.0\n")).main_go(&[MODULE]);
    sandbox
}

fn trust(sandbox: &mut Sandbox, authority: &Authority) {
    let ca = sandbox.path("ca.pem");
    sandbox.write("ca.pem", authority.pem()).set("SSL_CERT_FILE", ca.clone()).set("GIT_SSL_CAINFO", ca);
}

#[test]
fn git_over_https_by_a_rewrite() {
    if !tools::have(&["go", "git"]) {
        return;
    }
    let repositories = repositories();
    let authority = Authority::new();
    let server = Plan::new(GitHttp::new(repositories.root())).tls(authority.server(Flaw::None)).start();
    let mut sandbox = sandbox();
    trust(&mut sandbox, &authority);
    let rewrite = format!("[url \"{}/\"]\n\tinsteadOf = https://git.corp.example/\n", server.url());
    sandbox.write("home/.gitconfig", rewrite);
    let output = sandbox.go(&["mod", "tidy"]);
    assert!(output.ok(), "{output}");
    assert!(sandbox.read("repo/go.sum").contains("git.corp.example/team/lib.git v1.1.0 h1:"));
    let sums = Module::new(MODULE, "v1.1.0").sum_lines();
    assert_eq!(sandbox.read("repo/go.sum"), sums, "the archive that git makes is the module");
}

#[test]
fn git_over_https_by_name_with_a_login() {
    if !tools::have(&["go", "git"]) {
        return;
    }
    let repositories = repositories();
    let authority = Authority::new();
    let server = Plan::new(GitHttp::new(repositories.root()))
        .tls(authority.server_for(&["git.corp.example"], Flaw::None))
        .faults(Faults::new().add(On::all(), BasicLogin::new("dev", "s3cret")))
        .start();
    let proxy = HttpProxyPlan::default().host("git.corp.example:443", server.addr()).start();
    let mut sandbox = sandbox();
    trust(&mut sandbox, &authority);
    sandbox.set("HTTPS_PROXY", proxy.url());
    let refused = sandbox.go(&["mod", "tidy"]);
    assert!(refused.stderr.contains("no secure protocol found for repository"), "{refused}");
    sandbox.write_mode("home/.netrc", "machine git.corp.example login dev password s3cret\n", 0o600);
    let output = sandbox.go(&["mod", "tidy"]);
    assert!(output.ok(), "{output}");
}

#[test]
fn a_vanity_page_leads_to_git() {
    if !tools::have(&["go", "git"]) {
        return;
    }
    let path = "go.corp.example/lib";
    let repositories = Repositories::new();
    repositories.add("team/lib.git", &[Module::new(path, "v1.1.0")]);
    let authority = Authority::new();
    let git = Plan::new(GitHttp::new(repositories.root()))
        .tls(authority.server_for(&["git.corp.example"], Flaw::None))
        .start();
    let page = Plan::new(Vanity::new().tag(path, "git", "https://git.corp.example/team/lib.git"))
        .tls(authority.server_for(&["go.corp.example"], Flaw::None))
        .start();
    let proxy = HttpProxyPlan::default()
        .host("git.corp.example:443", git.addr())
        .host("go.corp.example:443", page.addr())
        .start();
    let mut sandbox = sandbox();
    trust(&mut sandbox, &authority);
    sandbox.set("HTTPS_PROXY", proxy.url());
    sandbox.go_mod(&format!("require {path} v1.1.0\n")).main_go(&[path]);
    let output = sandbox.go(&["mod", "tidy"]);
    assert!(output.ok(), "{output}");
    assert_eq!(page.log.all()[0].query, "go-get=1");
}

/// A sandbox whose git is sent to the ssh server.
fn over_ssh(server: &SshServer, repositories: &Repositories) -> Sandbox {
    let mut sandbox = sandbox();
    let base = server.url(repositories.root());
    sandbox.write("home/.gitconfig", format!("[url \"{base}/\"]\n\tinsteadOf = https://git.corp.example/\n"));
    sandbox
}

#[test]
fn git_over_ssh() {
    if !tools::have(&["go"]) || !ssh_available() {
        return;
    }
    let repositories = repositories();
    let server = SshServer::start();
    let mut sandbox = over_ssh(&server, &repositories);
    SshClient::of(&server).install(&mut sandbox);
    let output = sandbox.go(&["mod", "tidy"]);
    assert!(output.ok(), "{output}\n{}", server.log());
}

#[test]
fn ssh_says_why_it_refuses() {
    if !tools::have(&["go"]) || !ssh_available() {
        return;
    }
    let repositories = repositories();
    let server = SshServer::start();
    let good = SshClient::of(&server);
    let stranger = SshServer::start().known_hosts();
    let changed = stranger.split_once(' ').map(|(_, key)| key.to_owned()).expect("a host and a key");
    let cases = [
        (SshClient { known_hosts: String::new(), ..good.clone() }, "Host key verification failed."),
        (
            SshClient { known_hosts: format!("[127.0.0.1]:{} {changed}", server.addr().port()), ..good.clone() },
            "REMOTE HOST IDENTIFICATION HAS CHANGED",
        ),
        (SshClient { key: None, ..good.clone() }, "Permission denied (publickey)"),
        (SshClient { key: Some((private_key(""), 0o600)), ..good.clone() }, "Permission denied (publickey)"),
        (SshClient { key: Some((server.client_key(), 0o644)), ..good }, "bad permissions"),
    ];
    for (client, words) in cases {
        let mut sandbox = over_ssh(&server, &repositories);
        client.install(&mut sandbox);
        let go = sandbox.go(&["mod", "tidy"]);
        assert!(!go.ok(), "{go}");
        // What go hides behind "no secure protocol found" git itself says.
        let git = sandbox.run("git", &["ls-remote", "https://git.corp.example/team/lib.git"]);
        assert!(git.stderr.contains(words), "expected {words:?} in\n{git}\n{}", server.log());
    }
}
