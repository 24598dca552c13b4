//! Where a scenario plays: a temporary folder with a repository and caches, the servers, and the
//! environment in which a command meets them.

use std::any::Any;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::LabError;
use super::faults::{Account, Fault, Faults, On, RateLimit};
use super::folder::Folder;
use super::house::House;
use super::http_proxy::{HttpProxy, HttpProxyPlan};
use super::server::{Asked, Plan, Server, listener};
use super::sumdb::{Key, Sumdb};
use super::tls::Authority;

/// The name of the lab's checksum database.
pub const SUMDB: &str = "sum.lab.example";
/// The module of the repository that is made on the spot.
pub const MAIN_MODULE: &str = "lab.example/app";

/// Variables that would lead a command out of the scenario.
const UNSET: [&str; 24] = [
    "ALL_PROXY",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_SSL_CAINFO",
    "GIT_SSL_NO_VERIFY",
    "GO111MODULE",
    "GOAUTH",
    "GOINSECURE",
    "GONOPROXY",
    "GONOSUMDB",
    "GOPRIVATE",
    "GOVCS",
    "GOWORK",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_PROXY",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "all_proxy",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "GODEBUG",
    "GOEXPERIMENT",
];

/// What a user wants of a stage.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The port of the module proxy; 0 for one that is free.
    pub port: u16,
    /// A folder from which the modules come.
    pub modules: Option<PathBuf>,
}

/// A scenario that is set up. Dropped, it takes the servers and the folder down.
pub struct Stage {
    /// The modules.
    pub house: House,
    port: u16,
    env: BTreeMap<String, Option<OsString>>,
    limit: Option<Arc<RateLimit>>,
    // Before the folder: servers stop first.
    held: Vec<Box<dyn Any + Send>>,
    folder: Folder,
}

impl Stage {
    /// A repository in order with a complete go.sum, empty caches, and a checksum database in order. No
    /// module proxy is there yet.
    pub(super) fn new(house: House, port: u16) -> Result<Self, LabError> {
        let folder = Folder::new("gomoddoc-lab-")?;
        let env = UNSET.iter().map(|name| ((*name).to_owned(), None)).collect();
        let mut stage = Self { house, port, env, limit: None, held: Vec::new(), folder };
        for name in ["tmp", "repo"] {
            std::fs::create_dir(stage.path(name)).map_err(LabError::io("make a folder"))?;
        }
        for (name, inside) in [
            ("GOPATH", "gopath"),
            ("GOMODCACHE", "gopath/pkg/mod"),
            ("GOCACHE", "go-build"),
            ("TMPDIR", "tmp"),
            ("NETRC", "netrc"),
            ("GIT_CONFIG_GLOBAL", "gitconfig"),
        ] {
            let path = stage.path(inside);
            stage.set(name, path);
        }
        for (name, value) in [
            ("GOENV", "off"),
            ("GOFLAGS", "-modcacherw"),
            ("GOTOOLCHAIN", "local"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_TERMINAL_PROMPT", "0"),
        ] {
            stage.set(name, value);
        }
        stage.folder.write("netrc", "")?;
        stage.folder.write("gitconfig", "")?;
        let requires: String = stage.house.required.iter().map(|m| format!("\t{} {}\n", m.path, m.version)).collect();
        let imports: Vec<&str> = match stage.house.importable {
            true => stage.house.required.iter().map(|module| module.path.as_str()).collect(),
            false => Vec::new(),
        };
        let main = main_go(&imports);
        stage.repository(&requires, &main, &stage.house.go_sum())?;
        let records = stage.house.records.clone();
        stage.sumdb(Plan::new(Sumdb::with_records(&key(), records)))?;
        Ok(stage)
    }

    /// The environment: a value for each variable, or that it is to be taken away.
    pub fn env(&self) -> impl Iterator<Item = (&str, Option<&OsString>)> {
        self.env.iter().map(|(name, value)| (name.as_str(), value.as_ref()))
    }

    /// The repository in which a command meets the failure.
    #[must_use]
    pub fn repo(&self) -> PathBuf {
        self.path("repo")
    }

    /// The folder of everything.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the rate limit let through, where the scenario has one.
    #[must_use]
    pub fn account(&self) -> Option<Account> {
        self.limit.as_ref().map(|limit| limit.account())
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> Result<(), LabError> {
        self.folder.write(name, content).map(drop)
    }

    pub(super) fn set(&mut self, name: &str, value: impl Into<OsString>) {
        self.env.insert(name.to_owned(), Some(value.into()));
    }

    pub(super) fn hold(&mut self, thing: impl Any + Send) {
        self.held.push(Box::new(thing));
    }

    /// Replaces the repository.
    pub(super) fn repository(&self, requires: &str, main: &str, go_sum: &str) -> Result<(), LabError> {
        let go_mod = format!("module {MAIN_MODULE}\n\ngo 1.21\n\nrequire (\n{requires})\n");
        self.write("repo/go.mod", go_mod)?;
        self.write("repo/go.sum", go_sum)?;
        self.write("repo/main.go", main)
    }

    /// A module proxy in good health, which no setting names yet.
    pub(super) fn plan(&self) -> Plan {
        let site = self.house.site.clone();
        Plan::new(move |asked: &Asked| site.answer(asked))
    }

    /// Starts a server that no setting names yet; the first takes the port that the user wants.
    pub(super) fn server(&mut self, plan: Plan) -> Result<(String, u16), LabError> {
        let server = Server::start(listener(std::mem::take(&mut self.port))?, plan)?;
        let (url, port) = (server.url(), server.port());
        self.hold(server);
        Ok((url, port))
    }

    /// Starts a server and makes it the only GOPROXY; returns its port.
    pub(super) fn proxy(&mut self, plan: Plan) -> Result<u16, LabError> {
        let (url, port) = self.server(plan)?;
        self.set("GOPROXY", url);
        Ok(port)
    }

    /// A module proxy with these faults.
    pub(super) fn faulty(&mut self, faults: Faults) -> Result<(), LabError> {
        let plan = self.plan().faults(faults);
        self.proxy(plan).map(drop)
    }

    /// A module proxy with one fault.
    pub(super) fn fault(&mut self, on: On, fault: impl Fault) -> Result<(), LabError> {
        self.faulty(Faults::new().add(on, fault))
    }

    /// Two module proxies with a comma between them; the fault is that of the first.
    pub(super) fn first_of_two(&mut self, fault: impl Fault) -> Result<(), LabError> {
        let bad = self.plan().faults(Faults::new().add(On::all(), fault));
        let ((first, _), good) = (self.server(bad)?, self.plan());
        let (second, _) = self.server(good)?;
        self.set("GOPROXY", format!("{first},{second}"));
        Ok(())
    }

    /// A module proxy with this rate limit, of which an account is kept.
    pub(super) fn limited(&mut self, limit: RateLimit) -> Result<(), LabError> {
        let limit = Arc::new(limit);
        self.limit = Some(limit.clone());
        self.fault(On::all(), limit)
    }

    /// Starts the checksum database of GOSUMDB.
    pub(super) fn sumdb(&mut self, plan: Plan) -> Result<(), LabError> {
        let server = Server::start(listener(0)?, plan)?;
        self.set("GOSUMDB", format!("{} {}", key().verifier(), server.url()));
        self.hold(server);
        Ok(())
    }

    /// go.sum is empty, so that this checksum database has to be asked.
    pub(super) fn only_sumdb(&mut self, plan: Plan) -> Result<(), LabError> {
        self.write("repo/go.sum", "")?;
        self.sumdb(plan)?;
        self.faulty(Faults::new())
    }

    /// Starts an HTTP proxy and makes it that of HTTPS_PROXY.
    pub(super) fn http_proxy(&mut self, plan: HttpProxyPlan) -> Result<(), LabError> {
        let proxy = HttpProxy::start(listener(0)?, plan)?;
        self.set("HTTPS_PROXY", proxy.url());
        self.hold(proxy);
        Ok(())
    }

    /// go and git trust the authority, and no other.
    pub(super) fn trust(&mut self, authority: &Authority) -> Result<(), LabError> {
        let file = self.folder.write("ca.pem", authority.pem())?;
        self.set("SSL_CERT_FILE", file.clone());
        self.set("GIT_SSL_CAINFO", file);
        Ok(())
    }
}

/// The key of the lab's checksum database.
pub(super) fn key() -> Key {
    Key::new(SUMDB, 7)
}

/// A program that imports these packages for their side effects.
pub(super) fn main_go(imports: &[&str]) -> String {
    let imports: String = imports.iter().map(|path| format!("import _ {path:?}\n")).collect();
    format!("package main\n\n{imports}\nfunc main() {{}}\n")
}
