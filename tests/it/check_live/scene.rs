//! The stage of a case: a healthy house of which a set-up then breaks one thing.

use std::any::Any;

use crate::support::faults::{Fault, Faults, On};
use crate::support::git::{GitHttp, Repositories, SshClient, SshServer, Vanity};
use crate::support::http_proxy::HttpProxyPlan;
use crate::support::module_proxy::ModuleProxy;
use crate::support::modules::{Module, go_sum};
use crate::support::sandbox::Sandbox;
use crate::support::server::{Plan, Server};
use crate::support::sumdb::{Key, Sumdb};
use crate::support::tls::{Authority, Flaw};

/// The private module of the house and the repository that holds it.
pub const PRIVATE: &str = "git.corp.example/team/lib.git";
/// The module of a custom import path, whose page names another repository of the house.
pub const VANITY: &str = "go.corp.example/lib";
pub const VANITY_REPOSITORY: &str = "https://git.corp.example/team/vanity.git";
pub const SUMDB: &str = "sum.corp.example";

pub struct Scene {
    pub sandbox: Sandbox,
    /// Texts that must never be seen.
    pub secrets: Vec<String>,
    fresh_cache: bool,
    held: Vec<Box<dyn Any>>,
}

impl Scene {
    /// A repository in order (`example.dev/a`, which requires `example.dev/b`), with a complete
    /// go.sum and an empty cache. Nothing is reachable yet.
    pub fn new() -> Self {
        let mut sandbox = Sandbox::new();
        sandbox
            .go_mod("require example.dev/a v1.0.0\n\nrequire example.dev/b v1.2.0 // indirect\n")
            .main_go(&["example.dev/a"])
            .write("repo/go.sum", go_sum(&modules()));
        Self { sandbox, secrets: Vec::new(), fresh_cache: false, held: Vec::new() }
    }

    /// The same with a module proxy and a checksum database that are in order.
    pub fn healthy() -> Self {
        let mut scene = Self::new();
        scene.proxy(proxy());
        scene.sumdb(Plan::new(Sumdb::new(&key(), &modules())));
        scene
    }

    /// The same with these faults at the module proxy.
    pub fn with_fault(on: On, fault: impl Fault) -> Self {
        let mut scene = Self::healthy();
        scene.proxy(proxy().faults(Faults::new().add(on, fault)));
        scene
    }

    /// The same over TLS, with an authority that the machine trusts.
    pub fn over_tls(flaw: Flaw, faults: Faults) -> (Self, u16) {
        let authority = Authority::new();
        let mut scene = Self::healthy();
        let port = scene.proxy(proxy().tls(authority.server(flaw)).faults(faults));
        scene.trust(&authority);
        (scene, port)
    }

    /// Starts a server and makes it the only GOPROXY; returns its port.
    pub fn proxy(&mut self, plan: Plan) -> u16 {
        let server = plan.start();
        let port = server.port();
        self.sandbox.set("GOPROXY", server.url());
        self.hold(server);
        port
    }

    /// Starts a server that is not yet in any setting; returns its URL.
    pub fn server(&mut self, plan: Plan) -> String {
        let server = plan.start();
        let url = server.url();
        self.hold(server);
        url
    }

    /// Starts a server as the checksum database of GOSUMDB.
    pub fn sumdb(&mut self, plan: Plan) {
        let server = plan.start();
        self.sandbox.set("GOSUMDB", format!("{} {}", key().verifier(), server.url()));
        self.hold(server);
    }

    /// go and git trust the authority.
    pub fn trust(&mut self, authority: &Authority) {
        let file = self.sandbox.path("ca.pem");
        self.sandbox.write("ca.pem", authority.pem()).set("SSL_CERT_FILE", file.clone()).set("GIT_SSL_CAINFO", file);
    }

    /// Names something that the world has, for whoever mends the scene.
    pub fn offer(&mut self, name: &str, text: impl AsRef<[u8]>) {
        self.sandbox.write(&format!("offered/{name}"), text);
    }

    /// What was offered under the name.
    pub fn offered(&self, name: &str) -> String {
        let text = self.sandbox.read(&format!("offered/{name}"));
        assert!(!text.is_empty(), "nothing is offered as {name}");
        text
    }

    /// The programs of a folder of the sandbox come before all others.
    pub fn first_on_path(&mut self, folder: &str) {
        let mut folders = vec![self.sandbox.path(folder)];
        folders.extend(std::env::split_paths(self.sandbox.get("PATH").expect("PATH")));
        self.sandbox.set("PATH", std::env::join_paths(folders).expect("a PATH"));
    }

    /// This server is Go's own default module proxy; an HTTP proxy of ours leads there.
    pub fn public_proxy(&mut self, plan: Plan) {
        let authority = Authority::new();
        let host = "proxy.golang.org";
        let server = plan.tls(authority.server_for(&[host], Flaw::None)).start();
        let http_proxy = HttpProxyPlan::default().host(&format!("{host}:443"), server.addr()).start();
        self.trust(&authority);
        self.sandbox.set("HTTPS_PROXY", http_proxy.url());
        self.hold((server, http_proxy));
    }

    /// Keeps something alive until the end.
    pub fn hold(&mut self, thing: impl Any) {
        self.held.push(Box::new(thing));
    }

    /// Removes the module cache after the go command has run, so that check has all to ask.
    pub fn with_fresh_cache(mut self) -> Self {
        self.fresh_cache = true;
        self
    }

    /// What is done between the go command and check.
    pub fn between(&mut self) {
        if self.fresh_cache {
            let output = self.sandbox.go(&["clean", "-modcache"]);
            assert!(output.ok(), "{output}");
        }
    }

    /// The repository needs the private module (v1.1.0) by the direct way, and git is sent to a
    /// server of ours by a rewrite.
    pub fn private_over_https(faults: Faults) -> Self {
        let mut scene = Self::private_direct();
        let url = scene.git_server(faults, "127.0.0.1").url();
        scene.rewrite_git(&url);
        scene
    }

    /// The same by ssh.
    pub fn private_over_ssh(client: impl FnOnce(&SshServer) -> SshClient) -> Self {
        let mut scene = Self::private_direct();
        let repositories = private_repository();
        let server = SshServer::start();
        scene.rewrite_git(&server.url(repositories.root()));
        client(&server).install(&mut scene.sandbox);
        scene.hold((repositories, server));
        scene
    }

    /// The repository needs the private module, GOPROXY=direct, and no way leads there yet.
    pub fn private_direct() -> Self {
        let mut scene = Self::new();
        let module = Module::new(PRIVATE, "v1.1.0");
        // A pattern keeps private modules from it; switched off it would be a warning.
        scene.sumdb(Plan::new(Sumdb::new(&key(), &modules())));
        scene.sandbox.set("GOPROXY", "direct").set("GOPRIVATE", "*.corp.example");
        scene.sandbox.go_mod(&format!("require {PRIVATE} v1.1.0\n")).main_go(&[PRIVATE]);
        scene.sandbox.write("repo/go.sum", module.sum_lines());
        scene
    }

    /// `https://git.corp.example/` leads to this base.
    pub fn rewrite_git(&mut self, base: &str) {
        let text = format!("[url \"{base}/\"]\n\tinsteadOf = https://git.corp.example/\n");
        self.sandbox.write("home/.gitconfig", text);
    }

    /// Starts a git server with the private repository and a certificate for a name.
    pub fn git_server(&mut self, faults: Faults, name: &str) -> &Server {
        let repositories = private_repository();
        let authority = Authority::new();
        let plan = Plan::new(GitHttp::new(repositories.root()));
        let server = plan.tls(authority.server_for(&[name], Flaw::None)).faults(faults).start();
        self.trust(&authority);
        self.hold(repositories);
        self.hold(server);
        self.held.last().and_then(|held| held.downcast_ref()).expect("the server just held")
    }

    /// The house has real names (git.corp.example with the private repository behind the faults,
    /// go.corp.example with vanity pages), which the HTTP proxy knows; no other name leads anywhere.
    pub fn named_hosts(&mut self, git_faults: Faults, page: Vanity, page_faults: Faults) {
        let repositories = private_repository();
        let authority = Authority::new();
        let names = ["git.corp.example", "go.corp.example"];
        let git = Plan::new(GitHttp::new(repositories.root()))
            .tls(authority.server_for(&names, Flaw::None))
            .faults(git_faults)
            .start();
        let page = Plan::new(page).tls(authority.server_for(&names, Flaw::None)).faults(page_faults).start();
        let proxy = HttpProxyPlan::default()
            .host("git.corp.example:443", git.addr())
            .host("go.corp.example:443", page.addr())
            .start();
        self.trust(&authority);
        self.sandbox.set("HTTPS_PROXY", proxy.url());
        self.hold((repositories, git, page, proxy));
    }
}

/// A healthy module proxy for the house's modules.
pub fn proxy() -> Plan {
    Plan::new(ModuleProxy::new(&modules()))
}

/// The key of the house's checksum database.
pub fn key() -> Key {
    Key::new(SUMDB, 7)
}

/// What the repository of [`Scene::new`] needs.
pub fn modules() -> Vec<Module> {
    vec![
        Module::new("example.dev/a", "v1.0.0").requires("example.dev/b", "v1.2.0"),
        Module::new("example.dev/b", "v1.2.0"),
    ]
}

/// The repositories of the house.
pub fn private_repository() -> Repositories {
    let repositories = Repositories::new();
    repositories.add("team/lib.git", &["v1.0.0", "v1.1.0"].map(|version| Module::new(PRIVATE, version)));
    repositories.add("team/vanity.git", &[Module::new(VANITY, "v1.1.0")]);
    repositories
}
