//! The command that installs a program with the packages of the system.

use crate::facts::Facts;
use crate::model::situation::version_control::Advice;
use crate::model::{Action, Fix, Place};

/// How to install a program here; without a command where the way of the system is not known.
pub fn fix(facts: &Facts, program: &str, advice: Advice) -> Fix {
    let manager = facts.version_control.get().and_then(|version_control| version_control.package_manager.as_deref());
    let argv = manager.and_then(|manager| command(manager, program));
    let argv = argv.map(|argv| if is_user(facts) && is_system(&argv) { with_sudo(argv) } else { argv });
    let actions = argv.map(|argv| Action::Run { argv: argv.into_iter().map(str::to_owned).collect() });
    Fix::safe(advice.into(), Place::System, actions.into_iter().collect())
}

/// The words of the command. Names of packages differ for ssh and Mercurial only.
fn command(manager: &str, program: &str) -> Option<Vec<&'static str>> {
    let package = match (manager, program) {
        ("winget", "git") => "Git.Git",
        ("winget", "hg") => "Mercurial.Mercurial",
        // Windows brings ssh along; it is a feature to be switched on.
        ("winget" | "choco" | "brew", "ssh") => return None,
        ("apt-get" | "apk", "ssh") => "openssh-client",
        ("dnf" | "microdnf" | "yum" | "zypper", "ssh") => "openssh-clients",
        (_, "ssh") => "openssh",
        ("choco", "hg") => "hg",
        (_, "hg") => "mercurial",
        (_, "svn") => "subversion",
        (_, "git") => "git",
        (_, "fossil") => "fossil",
        _ => return None,
    };
    let mut words = match manager {
        "apt-get" => vec!["apt-get", "install", "-y"],
        "apk" => vec!["apk", "add", "--no-cache"],
        "dnf" => vec!["dnf", "install", "-y"],
        "microdnf" => vec!["microdnf", "install", "-y"],
        "yum" => vec!["yum", "install", "-y"],
        "zypper" => vec!["zypper", "--non-interactive", "install"],
        "pacman" => vec!["pacman", "-S", "--noconfirm"],
        "pkg" => vec!["pkg", "install", "-y"],
        "brew" => vec!["brew", "install"],
        "winget" => vec!["winget", "install", "--id"],
        "choco" => vec!["choco", "install", "-y"],
        _ => return None,
    };
    words.push(package);
    Some(words)
}

/// Whether somebody else than root runs this, as far as is known.
fn is_user(facts: &Facts) -> bool {
    let folders = facts.cache.get().into_iter().flat_map(|cache| &cache.folders);
    folders.into_iter().filter_map(|folder| folder.user).any(|user| user != 0)
}

fn is_system(argv: &[&str]) -> bool {
    argv.first().is_some_and(|manager| !matches!(*manager, "brew" | "winget" | "choco"))
}

fn with_sudo(argv: Vec<&'static str>) -> Vec<&'static str> {
    std::iter::once("sudo").chain(argv).collect()
}
