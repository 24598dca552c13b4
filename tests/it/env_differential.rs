//! The go environment as gomoddoc works it out, held against what the go command itself says.
//!
//! Nothing leaves the machine: proxies are closed ports of loopback or `off`, and what would reach a
//! host is stopped by GOVCS or an HTTP proxy that is not there.

mod behaviour;
mod hostile;
mod values;

use std::sync::LazyLock;

use gomoddoc::golang::env::{Environment, Inputs, ProcessEnv, Text, UserFile};
use gomoddoc::golang::go_version::GoVersion;
use gomoddoc::golang::platform::Os;

use crate::support::child::Output;
use crate::support::sandbox::Sandbox;
use crate::support::tools;

/// A go command.
struct Go {
    file: String,
    goroot: String,
    version: GoVersion,
    goos: String,
    goarch: String,
}

/// The go command on PATH. `./test.sh --drift` puts others there.
fn go() -> Option<&'static Go> {
    static GO: LazyLock<Option<Go>> = LazyLock::new(|| {
        let file = tools::have(&["go"]).then(|| tools::find("go")).flatten()?;
        Some(Go::ask(&file.display().to_string()))
    });
    GO.as_ref()
}

impl Go {
    fn ask(file: &str) -> Self {
        let sandbox = Sandbox::new();
        let said = |args: &[&str]| sandbox.run(file, args).stdout;
        let env = said(&["env", "GOROOT", "GOHOSTOS", "GOHOSTARCH"]);
        let mut lines = env.lines().map(str::to_owned);
        let mut line = || lines.next().expect("a value of go env");
        Self {
            file: file.to_owned(),
            goroot: line(),
            goos: line(),
            goarch: line(),
            version: GoVersion::of_go_version_output(&said(&["version"])).expect("a released go"),
        }
    }
}

/// What a go command is run with. `ROOT` in a value stands for the sandbox.
#[derive(Clone, Copy)]
struct Case<'a> {
    process: &'a [(&'a str, &'a str)],
    user_file: Option<&'a str>,
    goroot_file: Option<&'a str>,
}

/// A sandbox with exactly the variables of one case, and a small module in it.
struct Room<'a> {
    go: &'a Go,
    sandbox: Sandbox,
    process: Vec<(String, String)>,
    goroot: String,
}

impl<'a> Room<'a> {
    fn new(go: &'a Go, case: Case<'_>) -> Self {
        let mut sandbox = Sandbox::new();
        for name in ["XDG_CONFIG_HOME", "XDG_CACHE_HOME", "GOPATH", "GOMODCACHE", "GOCACHE", "TMPDIR", "LANG"] {
            sandbox.unset(name);
        }
        for name in ["GOTOOLCHAIN", "GOFLAGS", "GOPROXY", "GOSUMDB", "GIT_CONFIG_NOSYSTEM"] {
            sandbox.unset(name);
        }
        sandbox.go_mod("").main_go(&[]);
        let root = sandbox.root().display().to_string();
        let mut process = vec![("HOME".to_owned(), format!("{root}/home"))];
        for (name, value) in case.process {
            process.retain(|(known, _)| known != name);
            process.push(((*name).to_owned(), value.replace("ROOT", &root)));
        }
        let mut goroot = go.goroot.clone();
        if let Some(text) = case.goroot_file {
            goroot = format!("{root}/goroot");
            std::fs::create_dir(&goroot).expect("a GOROOT");
            for entry in std::fs::read_dir(&go.goroot).expect("the GOROOT").flatten() {
                if entry.file_name() != "go.env" {
                    let link = format!("{goroot}/{}", entry.file_name().display());
                    std::os::unix::fs::symlink(entry.path(), link).expect("a link to the GOROOT");
                }
            }
            sandbox.write("goroot/go.env", text);
            process.push(("GOROOT".to_owned(), goroot.clone()));
        } else if let Some((_, value)) = process.iter().find(|(name, value)| name == "GOROOT" && !value.is_empty()) {
            goroot.clone_from(value);
        }
        sandbox.unset("HOME");
        for (name, value) in &process {
            sandbox.set(name, value);
        }
        let mut room = Self { go, sandbox, process, goroot };
        if let Some(text) = case.user_file {
            let place = room.user_file().expect("a place for the env file");
            let inside = place.strip_prefix(&format!("{root}/")).expect("an env file in the sandbox").to_owned();
            room.sandbox.write(&inside, text);
        }
        room
    }

    fn user_file(&self) -> Option<String> {
        let file =
            UserFile::locate(Os::current(), &ProcessEnv::new(Os::current(), &self.process), Some(&self.go.version));
        let path = file.path()?;
        // A relative path is one of the folder that go runs in.
        Some(self.sandbox.repo().join(path).display().to_string())
    }

    fn resolve(&self) -> Environment {
        let user = self.user_file().and_then(|path| std::fs::read(path).ok());
        let user = user.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let goroot_file = std::fs::read_to_string(format!("{}/go.env", self.goroot)).ok();
        Environment::resolve(&Inputs {
            os: Os::current(),
            goos: &self.go.goos,
            goarch: &self.go.goarch,
            process: &self.process,
            goroot: Some(&self.goroot),
            user_file: user.as_deref().map_or(Text::Absent, Text::Read),
            goroot_file: goroot_file.as_deref().map_or(Text::Absent, Text::Read),
            version: Some(&self.go.version),
        })
    }

    fn run(&self, args: &[&str]) -> Output {
        self.sandbox.run(&self.go.file, args)
    }

    fn about(&self) -> String {
        format!("go {} with {:?}", self.go.version, self.process)
    }
}
