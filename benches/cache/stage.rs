//! The repository whose build list is verified, and its cache.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use gomoddoc::golang::module_path::ModuleVersion;

use crate::measure::program;
use crate::modules;

/// Modules that the source of Go becomes.
const MODULES: usize = 1_500;

/// A program with its arguments, to be run often.
#[derive(Debug, Clone)]
pub struct Run {
    words: Vec<String>,
    folder: PathBuf,
    variables: Vec<(String, String)>,
}

impl Run {
    /// Run by another program.
    pub fn under(mut self, words: &[&str]) -> Self {
        self.words.splice(0..0, words.iter().map(|word| (*word).to_owned()));
        self
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.words[0]);
        command.args(&self.words[1..]).current_dir(&self.folder).envs(self.variables.iter().cloned());
        command
    }
}

/// `cache verify` of all that a cache holds.
pub fn whole(cache: &Path, args: &[&str]) -> Run {
    let words = [&program(), "cache", "verify", "--modcache", &cache.display().to_string()];
    let words = words.into_iter().chain(args.iter().copied()).map(str::to_owned).collect();
    Run { words, folder: cache.to_owned(), variables: Vec::new() }
}

pub struct Stage {
    go: String,
    repository: PathBuf,
    pub cache: PathBuf,
    variables: Vec<(String, String)>,
}

impl Stage {
    /// The repository of REPO, or the source of Go, downloaded by go.
    pub fn settle(folder: &Path) -> Self {
        let go = std::env::var("GO").unwrap_or_else(|_| "go".to_owned());
        let kept = folder.join("kept");
        let variables = |cache: &Path, proxy: &str| {
            [
                ("GOMODCACHE", cache.display().to_string()),
                ("GOPROXY", proxy.to_owned()),
                ("GOSUMDB", "off".to_owned()),
                ("GOFLAGS", "-mod=mod".to_owned()),
                ("GOTOOLCHAIN", "local".to_owned()),
                ("GOWORK", "off".to_owned()),
                ("XDG_CACHE_HOME", kept.display().to_string()),
            ]
            .map(|(name, value)| (name.to_owned(), value))
            .to_vec()
        };
        let off = |repository: PathBuf, cache: PathBuf| {
            let variables = variables(&cache, "off");
            Self { go: go.clone(), repository, cache, variables }
        };
        if let Some(repository) = std::env::var_os("REPO") {
            let cache = std::env::var_os("GOMODCACHE").expect("with REPO, GOMODCACHE is the cache of its modules");
            return off(repository.into(), cache.into());
        }
        let (repository, proxy, cache) = (folder.join("repo"), folder.join("proxy"), folder.join("mod"));
        fs::create_dir_all(&repository).expect("a folder");
        let root = Command::new(&go).args(["env", "GOROOT"]).output().expect("start go").stdout;
        let source = Path::new(String::from_utf8_lossy(&root).trim()).join("src");
        let (requires, sums) = modules::of_source(&source, &proxy, MODULES);
        let go_mod = format!("module example.com/bench\n\ngo 1.21\n\nrequire (\n{requires})\n");
        fs::write(repository.join("go.mod"), go_mod).expect("a go.mod");
        fs::write(repository.join("go.sum"), sums).expect("a go.sum");
        let filled = Self {
            variables: variables(&cache, &format!("file://{}", proxy.display())),
            ..off(repository.clone(), cache.clone())
        };
        let downloaded = filled.run(&go, &["mod", "download"]).command().output().expect("start go");
        assert!(downloaded.status.success(), "{}", String::from_utf8_lossy(&downloaded.stderr));
        off(repository, cache)
    }

    fn run(&self, program: &str, args: &[&str]) -> Run {
        let words = std::iter::once(program).chain(args.iter().copied()).map(str::to_owned).collect();
        Run { words, folder: self.repository.clone(), variables: self.variables.clone() }
    }

    /// `go mod verify`.
    pub fn go(&self) -> Run {
        self.run(&self.go, &["mod", "verify"])
    }

    /// `gomoddoc cache verify` of the same build list.
    pub fn ours(&self, args: &[&str]) -> Run {
        self.run(&program(), &[&["cache", "verify"], args].concat())
    }

    /// The build list, as go sees it.
    pub fn modules(&self) -> Vec<ModuleVersion> {
        let format =
            "{{if .Version}}{{with .Replace}}{{.Path}} {{.Version}}{{else}}{{.Path}} {{.Version}}{{end}}{{end}}";
        // Without -e it lists nothing where the cache lacks the .info of one module.
        let output = self.run(&self.go, &["list", "-m", "-e", "-f", format, "all"]).command().output();
        let output = output.expect("start go");
        assert!(output.status.success(), "go list: {}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let modules = text.lines().filter_map(|line| line.split_once(' '));
        modules.map(|(path, version)| ModuleVersion::new(path, version)).collect()
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let version = self.run(&self.go, &["version"]).command().output().expect("start go").stdout;
        let modules = self.modules();
        let least = crate::least::modules(&self.cache, &modules);
        let (_, bytes) = crate::least::read(&least);
        let (listed, zips, mib) = (modules.len(), least.len(), bytes >> 20);
        assert!(zips > 0, "none of {listed} modules is in {}", self.cache.display());
        let version = String::from_utf8_lossy(&version).trim().to_owned();
        write!(f, "{version}; a build list of {listed} modules, {zips} zips, {mib} MiB inflated")
    }
}
