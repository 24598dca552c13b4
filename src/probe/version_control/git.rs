//! git as go runs it, but so that it asks nobody, writes nothing and starts no helper.

use crate::probe::World;
use crate::process::Command;

/// Variables that would lead git to a repository, make it write, or show what it sends.
const LEFT_OUT: [&str; 11] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_CURL_VERBOSE",
    "GIT_REDIRECT_STDOUT",
    "GIT_REDIRECT_STDERR",
    "GIT_REDIRECT_STDIN",
];

/// The environment of this process without what would lead git astray, in an empty folder.
pub fn bare_environment(world: &World, command: Command) -> Command {
    let kept =
        world.process.iter().filter(|(name, _)| !LEFT_OUT.contains(&name.as_str()) && !name.starts_with("GIT_TRACE"));
    let folder = world.scratch.path();
    let above = folder.parent().unwrap_or(folder);
    command
        .envs(kept.map(|(name, value)| (name, value)))
        .env("GIT_CEILING_DIRECTORIES", above)
        .env("GIT_OPTIONAL_LOCKS", "0")
        // What git and ssh say is compared with known messages.
        .env("LC_ALL", "C")
        .env("LANGUAGE", "C")
        .folder(folder)
}

/// The environment in which a repository is asked: as go sets it, with every prompt off.
pub fn asking_environment(world: &World, command: Command) -> Command {
    let command = bare_environment(world, command)
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GCM_INTERACTIVE", "never")
        .env("SSH_ASKPASS_REQUIRE", "never");
    if world.wishes.run_helpers {
        return command;
    }
    // Set to nothing, neither core.askPass nor SSH_ASKPASS is looked at.
    command.env("GIT_ASKPASS", "")
}

/// Settings that keep git from running helpers and from writing.
pub fn settings(world: &World) -> Vec<&'static str> {
    let mut settings = vec!["-c", "http.saveCookies=false"];
    if !world.wishes.run_helpers {
        settings.extend(["-c", "credential.helper="]);
    }
    settings
}
