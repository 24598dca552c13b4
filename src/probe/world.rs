//! The world as the go command here would meet it: settings with their secrets, and the means to look.
//!
//! It is made once a run and never leaves it: what goes into facts passes the probes, which leave
//! secrets out.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tempfile::TempDir;
use url::Url;

use super::go_command::{GoCommand, NoGo, find};
use super::module_proxy::body::Recorded;
use super::version_control::GitState;
use crate::disk::{Follow, ReadError, read_capped};
use crate::facts::Wishes;
use crate::golang::env::{Environment, Inputs, ProcessEnv, Text, UserFile, home_variable};
use crate::golang::goproxy::{GoproxyError, ProviderList};
use crate::golang::http_proxy::{Decision, ProxyVariables, Scheme, Target, decide};
use crate::golang::modfile::GoMod;
use crate::golang::module_path::ModuleVersion;
use crate::golang::netrc::{self, Netrc};
use crate::golang::platform::Os;
use crate::golang::route::{Privacy, privacy};
use crate::golang::secret::Secret;
use crate::model::Progress;
use crate::model::transport::{NotAsked, ProxyScheme};
use crate::net::{
    Client, Deadline, HttpProxy, Limits, Login, Logins, Pace, Prober, ProxyLogin, Resolver, RootPlaces, Roots,
    UserAgent,
};

/// Files that go reads are small; what is larger is none.
const MAX_SETTINGS: u64 = 4 << 20;

/// `$GOROOT/go.env` as Go ships it, since 1.21.
const STOCK_GO_ENV: &str = "GOPROXY=https://proxy.golang.org,direct\nGOSUMDB=sum.golang.org\nGOTOOLCHAIN=auto\n";

/// What a run is to look at, and how.
pub struct Order {
    /// The folder to look from.
    pub directory: PathBuf,
    /// The go command to look at; the first on PATH where none is named.
    pub go: Option<PathBuf>,
    /// The environment of this process.
    pub process: Vec<(String, String)>,
    /// The time for the whole run.
    pub deadline: Deadline,
    /// The limits of single steps.
    pub limits: Limits,
    /// How fast one host may be asked; as fast as it answers where none is given.
    pub pace: Option<Pace>,
    /// What to look at.
    pub wishes: Wishes,
    /// Who watches.
    pub progress: Arc<dyn Progress>,
}

/// The world.
pub struct World {
    /// The folder to look from, absolute.
    pub directory: PathBuf,
    /// The environment of this process.
    pub process: Vec<(String, String)>,
    /// The go command, or why there is none.
    pub go: Result<GoCommand, NoGo>,
    /// The system by whose rules go decides.
    pub os: Os,
    /// GOOS and GOARCH of the go command (of this program where there is none).
    pub platform: (String, String),
    /// The settings, with secrets.
    pub environment: Environment,
    /// GOPROXY, read as go reads it.
    pub providers: Result<ProviderList, GoproxyError>,
    /// The netrc file that go reads, where there is one.
    pub netrc: Option<NetrcFile>,
    /// The variables of HTTP proxies.
    pub http_proxies: Arc<ProxyVariables>,
    /// Asks over many connections.
    pub client: Client,
    /// Goes stage by stage.
    pub prober: Prober,
    /// The time for the whole run.
    pub deadline: Deadline,
    /// What to look at.
    pub wishes: Wishes,
    /// Who watches.
    pub progress: Arc<dyn Progress>,
    /// An empty folder for children, gone with this value.
    pub scratch: TempDir,
    /// git's configuration, with secrets, and which hosts refused its login.
    pub git: GitState,
    /// go.mod files that were fetched in this run.
    pub fetched: Mutex<HashMap<ModuleVersion, Arc<GoMod>>>,
    /// What go.sum records, by module.
    pub recorded: Mutex<HashMap<ModuleVersion, Recorded>>,
    /// What the repository tells of what is private.
    pub house: Mutex<House>,
    /// The imports of the repository that nothing provides.
    pub wanted_packages: Mutex<Vec<String>>,
}

/// What a repository tells of what is private: its own modules and its own remotes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct House {
    /// The paths of the main modules.
    pub main_modules: Vec<String>,
    /// The URLs of the repository's git remotes.
    pub remotes: Vec<String>,
}

/// A netrc file.
pub struct NetrcFile {
    /// Where it lies.
    pub path: String,
    /// What it holds, or why it cannot be read.
    pub content: Result<Netrc, ReadError>,
}

/// Why a run cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// No folder for temporary files.
    #[error("cannot make a temporary folder")]
    Scratch(#[source] std::io::Error),
    /// The folder to look from is none.
    #[error("{path} is no folder that can be entered")]
    Directory {
        /// It.
        path: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

/// A folder for copies of what is the user's own.
fn private_folder() -> std::io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.prefix("gomoddoc-").tempdir()
}

impl World {
    /// Reads the settings as go would.
    ///
    /// # Errors
    /// Where not even that can be begun; whatever else is broken is something to be told.
    pub async fn look(order: Order) -> Result<Self, WorldError> {
        let scratch = private_folder().map_err(WorldError::Scratch)?;
        let directory = std::fs::canonicalize(&order.directory).and_then(|path| std::fs::read_dir(&path).map(|_| path));
        let directory = directory
            .map_err(|source| WorldError::Directory { path: order.directory.display().to_string(), source })?;
        let os = Os::current();
        let go = find(order.go.as_deref(), &order.process, scratch.path()).await;
        let platform = go.as_ref().map_or_else(|_| own_platform(), |go| (go.goos.clone(), go.goarch.clone()));
        let environment = settings(os, &platform, &order.process, go.as_ref().ok());
        let providers = environment.goproxy();
        let netrc = netrc_file(os, &environment, &order.process);
        let get = |name: &'static str| value_of(&order.process, name).map(str::to_owned);
        let http_proxies = Arc::new(ProxyVariables::read(get));
        let places = RootPlaces {
            file: get("SSL_CERT_FILE").unwrap_or_default().into(),
            folders: get("SSL_CERT_DIR").unwrap_or_default().into(),
        };
        let minor = minor(&environment);
        // Who verifies a cache asks nobody: hundreds of certificates would be read for nothing.
        let roots = if order.wishes.verify { Roots::of([]) } else { Roots::read(&places, minor >= 27) };
        let prober = Prober {
            resolver: Arc::new(Resolver::of_this_machine(order.deadline.clone(), order.limits)),
            roots,
            limits: order.limits,
            deadline: order.deadline.clone(),
            user_agent: UserAgent::of_go(minor),
            logins: Logins::default(),
        };
        let variables = Arc::clone(&http_proxies);
        let client =
            Client::new(prober.clone(), move |url| http_proxy(&variables, url).map(|way| way.map(|(proxy, _)| proxy)));
        let client = match order.pace {
            Some(pace) => client.paced(pace),
            None => client,
        };
        Ok(Self {
            directory,
            process: order.process,
            go,
            os,
            platform,
            environment,
            providers,
            netrc,
            http_proxies,
            client,
            prober,
            deadline: order.deadline,
            wishes: order.wishes,
            progress: order.progress,
            scratch,
            git: GitState::default(),
            fetched: Mutex::default(),
            recorded: Mutex::default(),
            house: Mutex::default(),
            wanted_packages: Mutex::default(),
        })
    }

    /// Takes the folder of the children away, also where a reader that is not through holds this value.
    pub fn tidy_up(&self) {
        // What cannot be removed now is in the folder for temporary files, and the system's to remove.
        let _ = std::fs::remove_dir_all(self.scratch.path());
    }

    /// The minor release of Go whose rules apply: that of the go command, or the newest known.
    #[must_use]
    pub fn minor(&self) -> u32 {
        minor(&self.environment)
    }

    /// The HTTP proxy that go uses for a URL, and the variable that names it.
    ///
    /// # Errors
    /// Where go itself would fail on the variable.
    pub fn http_proxy(&self, url: &Url) -> Result<Option<(HttpProxy, String)>, NotAsked> {
        http_proxy(&self.http_proxies, url)
    }

    /// The login from the netrc file that go sends with a request for `url`, where it sends one.
    #[must_use]
    pub fn netrc_login(&self, url: &str) -> Option<Login> {
        let entry = self.netrc.as_ref()?.content.as_ref().ok()?.for_go(url)?;
        Some(Login::basic(entry.login.as_ref()?, entry.password.as_ref()?))
    }

    /// The value of a variable of this process; none where it is unset.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&str> {
        value_of(&self.process, name)
    }

    /// The home folder.
    #[must_use]
    pub fn home(&self) -> Option<&Path> {
        self.variable(home_variable(self.os)).filter(|home| !home.is_empty()).map(Path::new)
    }

    /// What go.sum records of a module version.
    #[must_use]
    pub fn recorded(&self, module: &ModuleVersion) -> Recorded {
        let recorded = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        recorded.get(module).cloned().unwrap_or_default()
    }

    /// Whether a module path looks like one that is nobody else's business.
    #[must_use]
    pub fn privacy(&self, module_path: &str) -> Privacy {
        let house = self.house.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let main_modules: Vec<&str> = house.main_modules.iter().map(String::as_str).collect();
        let remotes: Vec<&str> = house.remotes.iter().map(String::as_str).collect();
        privacy(&self.environment, &main_modules, &remotes, module_path)
    }

    /// Keeps a go.mod file that was fetched.
    pub fn keep(&self, module: ModuleVersion, file: GoMod) {
        self.fetched.lock().unwrap_or_else(PoisonError::into_inner).insert(module, Arc::new(file));
    }

    /// The versions of a module whose go.mod files were fetched in this run.
    #[must_use]
    pub fn kept_versions(&self, path: &str) -> Vec<String> {
        let fetched = self.fetched.lock().unwrap_or_else(PoisonError::into_inner);
        fetched.keys().filter(|module| module.path == path).map(|module| module.version.clone()).collect()
    }

    /// A go.mod file that was fetched in this run.
    #[must_use]
    pub fn kept(&self, module: &ModuleVersion) -> Option<Arc<GoMod>> {
        self.fetched.lock().unwrap_or_else(PoisonError::into_inner).get(module).cloned()
    }
}

fn value_of<'a>(process: &'a [(String, String)], name: &str) -> Option<&'a str> {
    process.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

fn minor(environment: &Environment) -> u32 {
    environment.version.as_ref().and_then(crate::golang::go_version::GoVersion::minor).unwrap_or(27)
}

/// GOOS and GOARCH of this program.
fn own_platform() -> (String, String) {
    let os = match std::env::consts::OS {
        "macos" => "darwin",
        other => other,
    };
    let arch = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "x86" => "386",
        other => other,
    };
    (os.to_owned(), arch.to_owned())
}

fn settings(
    os: Os,
    (goos, goarch): &(String, String),
    process: &[(String, String)],
    go: Option<&GoCommand>,
) -> Environment {
    let version = go.and_then(GoCommand::release);
    let user_path = UserFile::locate(os, &ProcessEnv::new(os, process), version.as_ref());
    let user_text = user_path.path().map(|path| read_text(Path::new(path)));
    // Without a go command here, that of the machine on which the build runs has the file as Go ships it.
    let goroot_text = Some(
        go.map_or_else(|| Ok(Some(STOCK_GO_ENV.to_owned())), |go| read_text(&Path::new(&go.goroot).join("go.env"))),
    );
    Environment::resolve(&Inputs {
        os,
        goos,
        goarch,
        process,
        goroot: go.map(|go| go.goroot.as_str()),
        user_file: text(user_text.as_ref()),
        goroot_file: text(goroot_text.as_ref()),
        version: version.as_ref(),
    })
}

/// A settings file; `Ok(None)` where there is none.
fn read_text(path: &Path) -> Result<Option<String>, ReadError> {
    match read_capped(path, MAX_SETTINGS, Follow::Yes) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(ReadError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn text(read: Option<&Result<Option<String>, ReadError>>) -> Text<'_> {
    match read {
        None | Some(Ok(None)) => Text::Absent,
        Some(Err(_)) => Text::Unreadable,
        Some(Ok(Some(text))) => Text::Read(text),
    }
}

fn netrc_file(os: Os, environment: &Environment, process: &[(String, String)]) -> Option<NetrcFile> {
    let rules = netrc::Rules::of(minor(environment));
    let home = value_of(process, home_variable(os));
    netrc::paths(os, rules, value_of(process, "NETRC"), home).into_iter().find_map(|path| {
        match read_capped(Path::new(&path), MAX_SETTINGS, Follow::Yes) {
            Ok(bytes) => Some(NetrcFile { path, content: Ok(Netrc::parse(&bytes, rules)) }),
            Err(ReadError::NotFound { .. }) => None,
            Err(error) => Some(NetrcFile { path, content: Err(error) }),
        }
    })
}

fn http_proxy(variables: &ProxyVariables, url: &Url) -> Result<Option<(HttpProxy, String)>, NotAsked> {
    let Some(target) = Target::parse(url.as_str()) else { return Err(NotAsked::InvalidUrl) };
    match decide(variables, &target) {
        Decision::Direct { .. } => Ok(None),
        Decision::Unusable { .. } | Decision::RefusedInCgi { .. } => Err(NotAsked::InvalidUrl),
        Decision::Proxy { variable, proxy } => {
            let scheme = match proxy.scheme {
                Scheme::Http => ProxyScheme::Http,
                Scheme::Https => ProxyScheme::Https,
                Scheme::Socks5 | Scheme::Socks5h => ProxyScheme::Socks5,
                Scheme::Unknown => return Err(NotAsked::InvalidUrl),
            };
            let password = || proxy.password.clone().unwrap_or_else(|| Secret::new(""));
            let login = proxy.login.clone().map(|name| Arc::new(ProxyLogin::new(name, password())));
            let port = proxy.port_number().ok_or(NotAsked::InvalidUrl)?;
            Ok(Some((HttpProxy { scheme, host: proxy.host, port, login }, variable.name().to_owned())))
        }
    }
}
