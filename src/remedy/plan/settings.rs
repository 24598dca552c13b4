//! Changes of the settings that are the user's own: go's env file, git's configuration, `.netrc`, keys; and what
//! the go command itself does to a go.mod.

use std::path::PathBuf;

use super::outlook::changes_repository;
use super::{Planner, Step, Why};
use crate::disk;
use crate::golang::env::{EnvFile, FileKind};
use crate::process::Command;
use crate::remedy::Change;

impl Planner<'_> {
    /// Gives a variable another value in the user's env file, or takes it away. Of several lines the last counts
    /// (Go 1.21 to 1.27, cmd/go/internal/cfg).
    pub(super) fn env_file(&mut self, name: &str, value: Option<&str>) -> Result<Vec<Step>, Why> {
        let path = self.world.environment.user_file.path().ok_or(Why::Place)?;
        let (path, old) = self.texts.read(&self.world.directory.join(path))?;
        if value.is_some_and(|value| value.contains(['\n', '\r'])) {
            return Err(Why::People);
        }
        let text = old.clone().unwrap_or_default();
        let file = EnvFile::parse(&text, FileKind::User, None);
        let planned =
            self.texts.is_planned(&path).then(|| file.get(name, FileKind::User).map(|line| line.value)).flatten();
        let merged = match (value, planned) {
            (Some(value), Some(planned)) => Some(self.with_what_is_planned(name, value, planned)?),
            (value, _) => value.map(str::to_owned),
        };
        let value = merged.as_deref();
        let set: Vec<usize> = file.lines.iter().filter(|line| line.name == name).map(|line| line.number).collect();
        let last = set.last().copied();
        if value.is_none() && set.len() > 1 {
            // Which one is to count then, only people know.
            return Err(Why::People);
        }
        let mut new = String::with_capacity(text.len());
        for (index, line) in text.split_inclusive('\n').enumerate() {
            match value {
                Some(value) if Some(index + 1) == last => {
                    // A carriage return would be part of the value.
                    let end = line.get(line.trim_end_matches('\n').len()..).unwrap_or_default();
                    new.push_str(&format!("{name}={value}{end}"));
                }
                None if set.contains(&(index + 1)) => {}
                _ => new.push_str(line),
            }
        }
        if let (Some(value), None) = (value, last) {
            if !new.is_empty() && !new.ends_with('\n') {
                new.push('\n');
            }
            new.push_str(&format!("{name}={value}\n"));
        }
        self.texts.becomes(path, old.as_deref(), new)
    }

    /// A value of a list that an earlier fix changes as well: what each of both adds and takes away.
    fn with_what_is_planned(&self, name: &str, value: &str, planned: &str) -> Result<String, Why> {
        let present = self.world.environment.value(name);
        if planned == present || planned == value {
            return Ok(value.to_owned());
        }
        if !matches!(name, "GOPRIVATE" | "GONOPROXY" | "GONOSUMDB") {
            return Err(Why::Changed);
        }
        let items = |list: &'_ str| list.split(',').map(str::to_owned).collect::<Vec<_>>();
        let (present, value) = (items(present), items(value));
        let stays = |item: &String| value.contains(item) || !present.contains(item);
        let mut merged: Vec<String> = items(planned).into_iter().filter(stays).collect();
        let added: Vec<String> = value.into_iter().filter(|item| !present.contains(item)).collect();
        merged.extend(added.into_iter().filter(|item| !merged.contains(item)).collect::<Vec<_>>());
        Ok(merged.join(","))
    }

    /// Has git change a copy of the user's configuration, and plans what then differs.
    pub(super) async fn git_config(&mut self, args: &[&str]) -> Result<Vec<Step>, Why> {
        let (path, old) = self.texts.read(&self.git_config_file()?)?;
        let scratch = tempfile::Builder::new().tempdir_in(self.world.scratch.path()).map_err(|_| Why::Changed)?;
        let copy = scratch.path().join("config");
        // It may hold tokens, so that nobody else may read it.
        disk::replace(&copy, old.as_deref().unwrap_or_default().as_bytes()).map_err(|_| Why::Changed)?;
        let git = Command::new("git")
            .args(["config", "--file"])
            .arg(&copy)
            .args(args.iter().copied())
            .envs(self.world.process.iter().map(|(name, value)| (name, value)))
            .env("GIT_CONFIG_NOSYSTEM", "1");
        if !git.run().await.succeeded() {
            return Err(Why::People);
        }
        let new = std::fs::read_to_string(&copy).map_err(|_| Why::Changed)?;
        self.texts.becomes(path, old.as_deref(), new)
    }

    /// The file that `git config --global` writes (git-config(1)).
    fn git_config_file(&self) -> Result<PathBuf, Why> {
        match self.world.variable("GIT_CONFIG_GLOBAL") {
            // git reads no configuration of the user then.
            Some("") => return Err(Why::Place),
            Some(file) => return Ok(PathBuf::from(file)),
            None => {}
        }
        let home = self.world.home().ok_or(Why::Place)?;
        let own = home.join(".gitconfig");
        let xdg = self.world.variable("XDG_CONFIG_HOME").filter(|folder| !folder.is_empty());
        let xdg = xdg.map_or_else(|| home.join(".config"), PathBuf::from).join("git/config");
        Ok(if !own.exists() && xdg.exists() { xdg } else { own })
    }

    /// Replaces a piece of a line where it stands there once.
    pub(super) fn edit_line(&mut self, path: &str, line: usize, from: &str, to: &str) -> Result<Vec<Step>, Why> {
        let (path, old) = self.texts.read(&self.absolute(path)?)?;
        let old = old.ok_or(Why::Changed)?;
        let mut lines: Vec<&str> = old.split_inclusive('\n').collect();
        let there = line.checked_sub(1).and_then(|index| lines.get_mut(index)).ok_or(Why::Changed)?;
        if from.is_empty() || there.matches(from).count() != 1 || to.contains(['\n', '\r']) {
            return Err(Why::Changed);
        }
        let changed = there.replacen(from, to, 1);
        *there = &changed;
        let new = lines.concat();
        self.texts.becomes(path, Some(&old), new)
    }

    /// Leaves a file to its owner.
    pub(super) fn restrict(&self, path: &str) -> Result<Vec<Step>, Why> {
        let path = std::fs::canonicalize(self.absolute(path)?).map_err(|_| Why::Changed)?;
        let from = disk::mode(&path).filter(|mode| mode & 0o077 != 0).ok_or(Why::Changed)?;
        Ok(vec![Step::Change(Change::Mode { path, from, to: from & 0o700 })])
    }

    /// go commands that change go.mod and the files beside it; whatever else a fix runs is left to people.
    pub(super) fn run(&self, argv: &[String]) -> Result<Vec<Step>, Why> {
        // What stands in the build cache of a module that is fetched again goes with it.
        if self.choice.cache_only && argv == ["go", "clean", "-cache"] {
            return Ok(Vec::new());
        }
        if !changes_repository(argv) {
            return Err(Why::People);
        }
        // go writes through a link.
        let target = |path: PathBuf| std::fs::canonicalize(&path).unwrap_or(path);
        let writes = crate::probe::repository::written_by_go(self.world).into_iter().map(target).collect();
        let args = argv.iter().skip(1).cloned().collect();
        Ok(vec![Step::Go { args, folder: self.world.directory.clone(), writes }])
    }

    fn absolute(&self, path: &str) -> Result<PathBuf, Why> {
        match path.strip_prefix("~/") {
            Some(rest) => self.world.home().map(|home| home.join(rest)).ok_or(Why::Place),
            None => Ok(self.world.directory.join(path)),
        }
    }
}
