//! A closed room for commands: its own home, caches and repository, and no environment but ours.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use gomoddoc::lab::folder::Folder;

use super::child::{self, Output};
use super::namespace::{self, Mount};
use super::tools;

/// A temporary folder in which the go command and gomoddoc run with the same environment.
///
/// Nothing of the caller's environment is seen but PATH. The start values keep every command in
/// the house: `GOTOOLCHAIN=local`, `GOPROXY=off`, `GOSUMDB=off` until a test says otherwise.
pub struct Sandbox {
    folder: Folder,
    env: BTreeMap<String, OsString>,
    limit: Duration,
    mounts: Vec<Mount>,
    user: Option<u32>,
    printed_on_failure: std::cell::RefCell<Vec<Output>>,
}

impl Sandbox {
    /// An empty room.
    pub fn new() -> Self {
        let folder = Folder::new("gomoddoc-it-").expect("a temporary folder");
        let mut sandbox = Self {
            folder,
            env: BTreeMap::new(),
            limit: Duration::from_secs(120),
            mounts: Vec::new(),
            user: None,
            printed_on_failure: std::cell::RefCell::default(),
        };
        for name in ["home", "gopath", "cache", "repo", "tmp"] {
            std::fs::create_dir(sandbox.path(name)).expect("a folder of the sandbox");
        }
        let inside = |name: &str| sandbox.path(name).into_os_string();
        let places = [
            ("HOME", inside("home")),
            ("XDG_CONFIG_HOME", inside("home/.config")),
            ("XDG_CACHE_HOME", inside("cache")),
            ("GOPATH", inside("gopath")),
            ("GOMODCACHE", inside("gopath/pkg/mod")),
            ("GOCACHE", inside("cache/go-build")),
            ("TMPDIR", inside("tmp")),
            ("PATH", std::env::var_os("PATH").unwrap_or_default()),
        ];
        for (name, value) in places {
            sandbox.env.insert(name.to_owned(), value);
        }
        sandbox
            .set("GOTOOLCHAIN", "local")
            .set("GOFLAGS", "")
            .set("GOPROXY", "off")
            .set("GOSUMDB", "off")
            .set("LANG", "C")
            .set("GIT_CONFIG_NOSYSTEM", "1")
            // Else the go command starts a second process once a day and a machine.
            .write("home/.config/go/telemetry/mode", "off 2024-01-01\n");
        sandbox
    }

    /// The folder of everything.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// A path inside, such as `home/.netrc` or `repo/go.mod`.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    /// The repository: where commands run.
    pub fn repo(&self) -> PathBuf {
        self.path("repo")
    }

    /// A path inside the module cache.
    pub fn modcache(&self, name: &str) -> PathBuf {
        self.path("gopath/pkg/mod").join(name)
    }

    /// Sets a variable of the process environment.
    pub fn set(&mut self, name: &str, value: impl Into<OsString>) -> &mut Self {
        self.env.insert(name.to_owned(), value.into());
        self
    }

    /// Removes a variable of the process environment.
    pub fn unset(&mut self, name: &str) -> &mut Self {
        self.env.remove(name);
        self
    }

    /// The value that commands see.
    pub fn get(&self, name: &str) -> Option<&OsString> {
        self.env.get(name)
    }

    /// Writes a file (path from the sandbox's root), making folders as needed.
    pub fn write(&mut self, name: &str, content: impl AsRef<[u8]>) -> &mut Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("make the folder");
        std::fs::write(&path, content).unwrap_or_else(|error| panic!("write {}: {error}", path.display()));
        self
    }

    /// Writes a file with a mode, such as 0600 for a key.
    pub fn write_mode(&mut self, name: &str, content: impl AsRef<[u8]>, mode: u32) -> &mut Self {
        self.write(name, content);
        std::fs::set_permissions(self.path(name), std::fs::Permissions::from_mode(mode)).expect("set the mode");
        self
    }

    /// Reads a file, or the empty text where there is none.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    /// Writes a line such as `GOPRIVATE=corp.example` into the user's go env file.
    pub fn go_env_file(&mut self, lines: &[&str]) -> &mut Self {
        let text = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
        self.write("home/.config/go/env", text)
    }

    /// The repository's go.mod, from the lines after the module line.
    pub fn go_mod(&mut self, rest: &str) -> &mut Self {
        self.write("repo/go.mod", format!("module git.corp.example/team/app\n\ngo 1.21\n\n{rest}"))
    }

    /// The repository's main.go, importing the given packages for their side effects.
    pub fn main_go(&mut self, imports: &[&str]) -> &mut Self {
        let imports = imports.iter().map(|path| format!("import _ {path:?}\n")).collect::<String>();
        self.write("repo/main.go", format!("package main\n\n{imports}\nfunc main() {{}}\n"))
    }

    /// PATH holds only these programs (links in `bin`) from now on.
    pub fn only_programs(&mut self, programs: &[&str]) -> &mut Self {
        let bin = self.path("bin");
        let _ = std::fs::remove_dir_all(&bin);
        std::fs::create_dir(&bin).expect("make bin");
        for program in programs {
            let target = tools::find(program).unwrap_or_else(|| panic!("{program} is not installed"));
            std::os::unix::fs::symlink(target, bin.join(program)).expect("link the program");
        }
        self.set("PATH", bin)
    }

    /// How long a command may take before it is killed (120 s at first: machines are busy).
    pub fn limit(&mut self, limit: Duration) -> &mut Self {
        self.limit = limit;
        self
    }

    /// Commands are run by this user from now on, which only root can order.
    pub fn user(&mut self, id: u32) -> &mut Self {
        self.user = Some(id);
        self
    }

    /// Commands see this mount from now on; ask [`super::namespace::available`] first.
    pub fn mount(&mut self, mount: Mount) -> &mut Self {
        self.mounts.push(mount);
        self
    }

    /// Runs the go command in the repository.
    pub fn go(&self, args: &[&str]) -> Output {
        // Resolved in the sandbox's PATH, so that a test can take go away or put another in front.
        self.run("go", args)
    }

    /// Runs gomoddoc in the repository.
    pub fn gomoddoc(&self, args: &[&str]) -> Output {
        self.run(env!("CARGO_BIN_EXE_gomoddoc"), args)
    }

    /// Runs any program in the repository with the sandbox's environment.
    pub fn run(&self, program: &str, args: &[&str]) -> Output {
        self.run_in(&self.repo(), program, args)
    }

    /// Runs any program in a folder with the sandbox's environment.
    pub fn run_in(&self, folder: &Path, program: &str, args: &[&str]) -> Output {
        let command = self.command(folder, program, args);
        let output = child::run(command, self.limit);
        self.printed_on_failure.borrow_mut().push(output.clone());
        output
    }

    /// A program that is ready to run in a folder with the sandbox's environment.
    pub fn command(&self, folder: &Path, program: &str, args: &[&str]) -> Command {
        let mut words = if self.mounts.is_empty() { Vec::new() } else { namespace::wrapper(&self.mounts) };
        words.push(self.resolve(program).into_os_string());
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).args(args).current_dir(folder).env_clear().envs(&self.env).env("PWD", folder);
        if let Some(user) = self.user {
            command.uid(user).gid(user);
        }
        command
    }

    /// The program's file by the sandbox's PATH, since `Command` would look in ours.
    fn resolve(&self, program: &str) -> PathBuf {
        if program.contains('/') {
            return PathBuf::from(program);
        }
        let path = self.env.get("PATH").cloned().unwrap_or_default();
        std::env::split_paths(&path)
            .map(|folder| folder.join(program))
            .find(|file| file.is_file())
            .unwrap_or_else(|| panic!("{program} is not on the sandbox's PATH"))
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("in {} with {:#?}", self.root().display(), self.env);
            for output in self.printed_on_failure.borrow().iter() {
                eprintln!("{output}");
            }
        }
    }
}
