//! Files that may have set a variable of this process: start-up files of shells, CI files, Dockerfiles.
//!
//! Nobody can tell for sure where a process got its environment from; a line that sets the variable is
//! the best guess, and is told as one.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use crate::disk::{Follow, read_capped};
use crate::facts::environment::{Candidate, CandidateKind};
use crate::golang::env::Value;
use crate::model::Foreign;
use crate::probe::World;

/// Such files are short.
const MAX_FILE: u64 = 512 << 10;
/// Files of one folder.
const MAX_FILES: usize = 40;

const HOME_FILES: &[&str] = &[
    ".bashrc",
    ".bash_profile",
    ".bash_login",
    ".profile",
    ".zshenv",
    ".zprofile",
    ".zshrc",
    ".zlogin",
    ".kshrc",
    ".cshrc",
    ".config/fish/config.fish",
    ".pam_environment",
];
const SYSTEM_FILES: &[&str] = &["/etc/environment", "/etc/profile", "/etc/bash.bashrc", "/etc/zsh/zshenv"];
const CI_FILES: &[&str] =
    &[".gitlab-ci.yml", "azure-pipelines.yml", "Jenkinsfile", ".circleci/config.yml", ".travis.yml", ".drone.yml"];
const PROJECT_FILES: &[&str] = &[".envrc", ".env", "Makefile", "Taskfile.yml", "justfile"];

static SETTING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"^\s*(?:-\s+)?(?:export\s+|declare\s+-x\s+|set\s+-[gxU]+\s+|setenv\s+|ENV\s+|ARG\s+|override\s+)?["']?([A-Za-z_][A-Za-z0-9_]*)["']?\s*(?:\?=|:=|=|:\s|\s)\s*(\S.*)$"#).ok()
});

/// The lines that set one of `names`.
pub fn find(world: &World, names: &[&str]) -> Vec<Candidate> {
    if names.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (path, kind) in files(world) {
        let Ok(bytes) = read_capped(&path, MAX_FILE, Follow::Yes) else { continue };
        let shown = path.strip_prefix(&world.directory).unwrap_or(&path).display().to_string();
        for (line, text) in String::from_utf8_lossy(&bytes).lines().enumerate() {
            let Some((name, value)) = setting(text).filter(|(name, _)| names.contains(name)) else { continue };
            found.push(Candidate {
                variable: name.to_owned(),
                kind,
                file: Foreign::new(&shown),
                line: line + 1,
                value: Foreign::capped(Value::new(name, value).shown(), 300),
            });
        }
    }
    found
}

/// The variable that a line sets, and the value as it is written.
fn setting(line: &str) -> Option<(&str, &str)> {
    let found = SETTING.as_ref()?.captures(line)?;
    let (name, value) = (found.get(1)?.as_str(), found.get(2)?.as_str().trim());
    let unquoted = value.strip_prefix(['"', '\'']).and_then(|value| value.strip_suffix(['"', '\''])).unwrap_or(value);
    Some((name, unquoted))
}

/// The repository's files first: what a CI run sets beats what a person's shell sets.
fn files(world: &World) -> Vec<(PathBuf, CandidateKind)> {
    let repository = &world.directory;
    let mut all = listed(&repository.join(".github/workflows"), CandidateKind::Ci, |name| {
        name.ends_with(".yml") || name.ends_with(".yaml")
    });
    all.extend(CI_FILES.iter().map(|name| (repository.join(name), CandidateKind::Ci)));
    all.extend(listed(repository, CandidateKind::Dockerfile, |name| {
        name.starts_with("Dockerfile") || name.ends_with(".Dockerfile") || name == "Containerfile"
    }));
    all.extend(PROJECT_FILES.iter().map(|name| (repository.join(name), CandidateKind::Project)));
    if let Some(home) = world.home() {
        all.extend(HOME_FILES.iter().map(|name| (home.join(name), CandidateKind::Shell)));
    }
    if cfg!(unix) {
        all.extend(SYSTEM_FILES.iter().map(|name| (PathBuf::from(name), CandidateKind::Shell)));
        all.extend(listed(Path::new("/etc/profile.d"), CandidateKind::Shell, |name| name.ends_with(".sh")));
    }
    all
}

fn listed(folder: &Path, kind: CandidateKind, wanted: impl Fn(&str) -> bool) -> Vec<(PathBuf, CandidateKind)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let names = entries.filter_map(Result::ok).take(2_000).filter(|entry| wanted(&entry.file_name().to_string_lossy()));
    let mut paths: Vec<_> = names.map(|entry| (entry.path(), kind)).take(MAX_FILES).collect();
    paths.sort_by(|a, b| a.0.cmp(&b.0));
    paths
}

#[cfg(test)]
mod tests {
    use super::setting;

    #[test]
    fn settings_of_many_files_are_read() {
        for (line, name, value) in [
            ("export GOPROXY=https://h,direct", "GOPROXY", "https://h,direct"),
            ("  GOPRIVATE: \"git.corp.example\"", "GOPRIVATE", "git.corp.example"),
            ("ENV GOFLAGS=-mod=mod", "GOFLAGS", "-mod=mod"),
            ("ENV GOFLAGS -mod=mod", "GOFLAGS", "-mod=mod"),
            ("set -gx GOSUMDB off", "GOSUMDB", "off"),
            ("GOSUMDB := off", "GOSUMDB", "off"),
            ("setenv GOSUMDB off", "GOSUMDB", "off"),
        ] {
            assert_eq!(setting(line), Some((name, value)), "{line}");
        }
        assert_eq!(setting("# export GOPROXY=x"), None);
        assert_eq!(setting("echo"), None);
    }
}
