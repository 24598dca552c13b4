//! git, ssh and the other programs that go may run, and their versions.

use std::path::Path;
use std::time::Duration;

use super::git::bare_environment;
use crate::facts::Observation;
use crate::facts::version_control::Program;
use crate::model::Foreign;
use crate::probe::{World, on_path};
use crate::process::Command;

/// All of them. Which are needed is known once a repository is to be asked.
pub async fn programs(world: &World) -> Vec<Program> {
    let (git, ssh) = tokio::join!(git(world), ssh(world));
    let others = ["hg", "svn", "fossil"].map(|name| program(world, name, None, None));
    [git, ssh].into_iter().chain(others).collect()
}

/// Commands that install packages, each before those that may stand beside it without being in use.
const PACKAGE_MANAGERS: [&str; 11] =
    ["apt-get", "apk", "dnf", "microdnf", "yum", "zypper", "pacman", "brew", "pkg", "winget", "choco"];

/// The command that installs packages here.
pub fn package_manager(world: &World) -> Option<String> {
    PACKAGE_MANAGERS.into_iter().find(|name| on_path(name, &world.process).is_some()).map(str::to_owned)
}

/// The name of the observation of a program.
pub fn program_id(name: &str) -> String {
    format!("version-control/{name}")
}

fn program(world: &World, name: &str, version: Option<String>, knows_end_of_options: Option<bool>) -> Program {
    Program {
        observation: Observation::seen(program_id(name), name),
        name: name.to_owned(),
        needed: false,
        path: on_path(name, &world.process).map(|path| Foreign::new(&path.display().to_string())),
        version: version.map(|version| Foreign::new(&version)),
        knows_end_of_options,
    }
}

async fn git(world: &World) -> Program {
    let said = match on_path("git", &world.process) {
        Some(path) => first_line(world, &path, "version").await,
        None => None,
    };
    let knows = said.as_deref().and_then(release).map(|release| release >= (2, 24));
    program(world, "git", said, knows)
}

async fn ssh(world: &World) -> Program {
    let said = match on_path("ssh", &world.process) {
        Some(path) => first_line(world, &path, "-V").await,
        None => None,
    };
    program(world, "ssh", said, None)
}

async fn first_line(world: &World, program: &Path, arg: &str) -> Option<String> {
    let limit = Duration::from_secs(5).min(world.deadline.remaining());
    let output = bare_environment(world, Command::new(program)).arg(arg).limit(limit).max_output(4_096).run().await;
    if !output.succeeded() {
        return None;
    }
    // ssh -V speaks on stderr.
    let text = format!("{}{}", output.stdout.text(), output.stderr.text());
    text.lines().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned)
}

/// Major and minor of `git version 2.39.5 (Apple Git-154)`.
fn release(said: &str) -> Option<(u32, u32)> {
    let number = said.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let mut parts = number.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_of_git() {
        for (said, expected) in [
            ("git version 2.39.5", Some((2, 39))),
            ("git version 1.8.3.1", Some((1, 8))),
            ("git version 2.39.5 (Apple Git-154)", Some((2, 39))),
            ("git version 2.47.1.windows.2", Some((2, 47))),
            ("git version", None),
        ] {
            assert_eq!(release(said), expected, "{said}");
        }
    }
}
