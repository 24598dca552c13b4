//! What `ssh -G` says that ssh would do for a host.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::command::SshCommand;
use super::config_files::{MatchExec, match_exec};
use super::home::home;
use super::target::SshTarget;
use crate::facts::Reason;
use crate::probe::version_control::bare_environment;
use crate::probe::{World, on_path};
use crate::process::{Command, End};

/// ssh's settings for a host.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resolved {
    /// Key in lower case and value, in ssh's order.
    pub settings: Vec<(String, String)>,
    /// Whether ssh would add a host's key to known_hosts by itself.
    pub may_write_host_keys: bool,
    /// The home that `~` and `%d` stand for.
    pub home: Option<PathBuf>,
}

impl Resolved {
    /// The first value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.settings.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// All values of a key.
    pub fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.settings.iter().filter(move |(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// A file name, with the home and the host put in for ssh's tokens.
    #[must_use]
    pub fn path(&self, text: &str) -> Option<PathBuf> {
        let home = self.home.as_deref();
        let mut out = String::new();
        let below = text.strip_prefix("~/");
        if below.is_some() {
            out.push_str(home?.to_str()?);
            out.push('/');
        }
        let mut chars = below.unwrap_or(text).chars();
        while let Some(c) = chars.next() {
            if c != '%' {
                out.push(c);
                continue;
            }
            match chars.next()? {
                '%' => out.push('%'),
                'd' => out.push_str(home?.to_str()?),
                'h' => out.push_str(self.get("hostname")?),
                'p' => out.push_str(self.get("port")?),
                'r' => out.push_str(self.get("user")?),
                _ => return None,
            }
        }
        Some(PathBuf::from(out))
    }
}

/// The files of `userknownhostsfile` or `globalknownhostsfile`.
#[must_use]
pub fn known_hosts_files(resolved: &Resolved, key: &str) -> Vec<PathBuf> {
    let names = resolved.get(key).unwrap_or_default();
    names.split_whitespace().filter(|name| *name != "none").filter_map(|name| resolved.path(name)).collect()
}

/// Asks ssh, where that runs no program of the user's.
///
/// # Errors
/// [`Reason::HelperNotRun`] where a `Match exec` stands in its configuration or might; else why ssh
/// does not say.
pub async fn resolve(world: &World, command: &SshCommand, target: &SshTarget) -> Result<Resolved, Reason> {
    let home = home(world);
    let files = files(command, home.as_deref());
    if !world.wishes.run_helpers && match_exec(&files, home.as_deref()) != MatchExec::None {
        return Err(Reason::HelperNotRun);
    }
    let missing = || Reason::ProgramMissing { program: "ssh".to_owned() };
    let first = command.words().into_iter().next().unwrap_or_default();
    if !first.contains(['/', '\\']) && on_path(&first, &world.process).is_none() {
        return Err(missing());
    }
    let shell = if cfg!(windows) { None } else { on_path("sh", &world.process) };
    let run = match shell {
        // As git does it: the command is a piece of shell.
        Some(shell) => Command::new(shell).arg("-c").arg(format!("{} -G \"$@\"", command.text)).arg("ssh"),
        None => {
            let words = command.words();
            Command::new(first).args(words.into_iter().skip(1)).arg("-G")
        }
    };
    let port = target.port.map(|port| ["-p".to_owned(), port.to_string()]).into_iter().flatten();
    let run = bare_environment(world, run).args(port).arg(target.destination());
    let output = run.limit(Duration::from_secs(3).min(world.deadline.remaining())).run().await;
    match output.end {
        End::Exited(0) => Ok(read(&output.stdout.text(), home)),
        End::NotStarted(_) | End::Exited(127) => Err(missing()),
        End::TimedOut => {
            Err(Reason::CutOff { after_ms: u64::try_from(output.elapsed.as_millis()).unwrap_or(u64::MAX) })
        }
        _ => Err(Reason::Unreadable {
            path: "ssh -G".into(),
            error: crate::model::Foreign::from_bytes(&output.stderr.bytes),
        }),
    }
}

/// The files that ssh reads, each with the folder to which relative names in it belong.
fn files(command: &SshCommand, home: Option<&Path>) -> Vec<(PathBuf, PathBuf)> {
    let user = home.map(|home| home.join(".ssh"));
    if let Some(file) = command.config_file() {
        let file = match (file.strip_prefix("~/"), home) {
            (Some(below), Some(home)) => home.join(below),
            _ => PathBuf::from(file),
        };
        return vec![(file, user.unwrap_or_default())];
    }
    let system = if cfg!(windows) { r"C:\ProgramData\ssh" } else { "/etc/ssh" };
    let system = PathBuf::from(system);
    let mut files = vec![(system.join("ssh_config"), system)];
    files.extend(user.map(|user| (user.join("config"), user)));
    files
}

fn read(output: &str, home: Option<PathBuf>) -> Resolved {
    let settings: Vec<(String, String)> = output
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(key, value)| (key.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let mut resolved = Resolved { settings, may_write_host_keys: false, home };
    let strict = resolved.get("stricthostkeychecking").unwrap_or_default();
    // CheckHostIP adds the address of a host that is known by its name.
    resolved.may_write_host_keys =
        matches!(strict, "accept-new" | "off" | "no" | "false") || resolved.get("checkhostip") == Some("yes");
    resolved
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "user git\nhostname git.corp.example\nport 2222\nidentityfile ~/.ssh/id_rsa\n\
                          identityfile %d/keys/%h-%r\nuserknownhostsfile /h/.ssh/known_hosts ~/.ssh/known_hosts2\n\
                          stricthostkeychecking accept-new\n";

    #[test]
    fn tokens_and_lists_are_read() {
        let resolved = read(OUTPUT, Some("/h".into()));
        let keys: Vec<_> = resolved.all("identityfile").filter_map(|name| resolved.path(name)).collect();
        assert_eq!(keys, [PathBuf::from("/h/.ssh/id_rsa"), "/h/keys/git.corp.example-git".into()]);
        let files = known_hosts_files(&resolved, "userknownhostsfile");
        assert_eq!(files, [PathBuf::from("/h/.ssh/known_hosts"), "/h/.ssh/known_hosts2".into()]);
        assert!(resolved.may_write_host_keys);
        assert_eq!(resolved.path("a%q"), None);
    }

    #[test]
    fn only_some_settings_let_ssh_write() {
        for (text, may) in [
            ("stricthostkeychecking ask\ncheckhostip no\n", false),
            ("stricthostkeychecking true\n", false),
            ("stricthostkeychecking false\n", true),
            ("stricthostkeychecking ask\ncheckhostip yes\n", true),
        ] {
            assert_eq!(read(text, None).may_write_host_keys, may, "{text}");
        }
    }
}
