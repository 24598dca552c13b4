//! One `git ls-remote`, as the go command of that version runs it.

use std::path::Path;
use std::time::Duration;

use super::HostState;
use super::git::{asking_environment, settings};
use super::git_config::GitConfig;
use super::helper::is_missing;
use super::references::References;
use super::rewrite::{Rewritten, has_login, rewrite};
use super::settings::{extra_headers, helpers_for, leads_to};
use crate::catalog::messages::{GitTrouble, git_trouble};
use crate::facts::Reason;
use crate::golang::go_url::written_host;
use crate::golang::go_version::GoVersion;
use crate::golang::http_proxy::Target;
use crate::model::{Foreign, Step as Doing, Topic};
use crate::probe::ssh::{self, SshTarget};
use crate::probe::{World, credentials, on_path};
use crate::process::{Command, End, Output};

/// How long one repository may take. git itself waits for minutes.
const LIMIT: Duration = Duration::from_secs(20);
/// The most of the references that is kept.
const MAX_OUTPUT: usize = 8 << 20;

/// What came of it.
pub enum Outcome {
    /// The repository answered.
    Answered(References),
    /// git failed.
    Failed {
        /// Its exit code, where it ended by itself.
        exit: Option<i32>,
        /// What failed.
        trouble: GitTrouble,
        /// What git and ssh said.
        stderr: Foreign,
    },
    /// Our limit came first; go would have waited.
    CutOff {
        /// The limit, in milliseconds.
        after_ms: u64,
        /// What git and ssh said until then.
        stderr: Foreign,
    },
    /// It was not asked, for a reason of ours.
    Skipped(Reason),
    /// It was asked without the helper that go's git would have asked for a login.
    WithoutHelper,
}

/// A URL with the way on which git goes to it.
pub struct Way {
    /// What git makes of the URL.
    pub rewritten: Rewritten,
    ssh: Option<SshTarget>,
    http: Option<Target>,
}

impl Way {
    /// Finds it.
    pub fn of(config: &GitConfig, url: &str) -> Self {
        let rewritten = rewrite(config, url);
        let ssh = SshTarget::parse(&rewritten.url);
        let http = Target::parse(&rewritten.url).filter(|target| matches!(target.scheme.as_str(), "http" | "https"));
        Self { rewritten, ssh, http }
    }

    /// The host as it stands in ids of credentials, with the port where the URL writes one.
    pub fn written_host(&self) -> String {
        written_host(&self.rewritten.url).unwrap_or_default().to_owned()
    }

    /// The observations that asking needs.
    pub fn needs(&self) -> Vec<String> {
        use crate::facts::endpoint::{Step, step_id};
        if let Some(target) = &self.ssh {
            return vec![credentials::ssh_id(&target.host)];
        }
        let Some(target) = &self.http else { return Vec::new() };
        let last = if target.scheme == "https" { Step::Tls } else { Step::Tcp };
        let port = target.port.parse().unwrap_or_default();
        vec![step_id(&target.host, port, last), credentials::host_id(&self.written_host())]
    }

    fn gate(&self) -> String {
        match (&self.ssh, &self.http) {
            (Some(target), _) => format!("ssh {} {:?}", target.destination(), target.port),
            (_, Some(target)) => format!("{} {} {}", target.scheme, target.host, target.port),
            _ => "local".to_owned(),
        }
    }

    /// Whether a program of the user's would carry the conversation: `ext::…` or a helper for an
    /// unusual scheme.
    fn needs_carrier(&self, world: &World) -> bool {
        if let Some((carrier, _)) = self.rewritten.url.split_once("::")
            && carrier.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '+')
        {
            return true;
        }
        let Some((scheme, _)) = self.rewritten.url.split_once("://") else { return false };
        let usual =
            matches!(scheme, "http" | "https" | "ssh" | "git+ssh" | "ssh+git" | "git" | "file" | "ftp" | "ftps");
        !usual && on_path(&format!("git-remote-{scheme}"), &world.process).is_some()
    }
}

/// Asks the repository for its references. A host that has refused a login is not asked again.
pub async fn attempt(world: &World, config: &GitConfig, git: &Path, url: &str, way: &Way) -> Outcome {
    if way.needs_carrier(world) && !world.wishes.run_helpers {
        return Outcome::Skipped(Reason::HelperNotRun);
    }
    let gate = world.git.host(&way.gate());
    let mut state = gate.lock().await;
    match *state {
        HostState::Refused => return Outcome::Skipped(Reason::NeedFailed),
        // Others need not wait.
        HostState::Open => drop(state),
        HostState::Unknown => {
            let outcome = run(world, config, git, url, way).await;
            *state = match &outcome {
                Outcome::Failed { trouble: GitTrouble::LoginRefused | GitTrouble::KeyRefused, .. } => {
                    HostState::Refused
                }
                Outcome::Skipped(_) => HostState::Unknown,
                _ => HostState::Open,
            };
            return outcome;
        }
    }
    run(world, config, git, url, way).await
}

async fn run(world: &World, config: &GitConfig, git: &Path, url: &str, way: &Way) -> Outcome {
    if world.deadline.is_over() {
        return Outcome::Skipped(Reason::Deadline);
    }
    world.progress.step(Topic::VersionControl, Doing::about("git ls-remote"));
    let mut command = asking_environment(world, Command::new(git).args(settings(world))).args(["ls-remote", "-q"]);
    if passes_end_of_options(world.environment.version.as_ref()) {
        command = command.arg("--end-of-options");
    }
    command = command.arg(url).limit(LIMIT.min(world.deadline.remaining())).max_output(MAX_OUTPUT);
    let prepared = match &way.ssh {
        Some(target) => match ssh::prepare(world, config, target).await {
            Ok(prepared) => Some(prepared),
            Err(reason) => return Outcome::Skipped(reason),
        },
        None => None,
    };
    if let Some(prepared) = &prepared {
        command = command.env("GIT_SSH_COMMAND", &prepared.command);
    }
    let output = command.run().await;
    // ssh ends its lines as a terminal wants them.
    let said = output.stderr.text().replace("\r\n", "\n");
    let said = prepared.as_ref().map_or(said.clone(), |prepared| prepared.own_names(&said));
    outcome(world, config, way, &output, &said)
}

fn outcome(world: &World, config: &GitConfig, way: &Way, output: &Output, said: &str) -> Outcome {
    let stderr = Foreign::new(said);
    let exit = match output.end {
        End::Exited(0) => {
            return Outcome::Answered(References::parse(&output.stdout.text(), output.stdout.dropped == 0));
        }
        End::Exited(code) => Some(code),
        End::TimedOut => {
            return Outcome::CutOff { after_ms: u64::try_from(output.elapsed.as_millis()).unwrap_or(u64::MAX), stderr };
        }
        End::Flooded => return Outcome::Skipped(Reason::TooLarge { limit: MAX_OUTPUT as u64 }),
        End::NotStarted(_) => return Outcome::Skipped(Reason::ProgramMissing { program: "git".to_owned() }),
        End::Signalled(_) => None,
    };
    match git_trouble(said) {
        GitTrouble::LoginWanted if !world.wishes.run_helpers && has_helper(world, config, way) => {
            Outcome::WithoutHelper
        }
        // git then asks for a name as if none had been sent.
        GitTrouble::LoginWanted if sends_login(world, config, way) => {
            Outcome::Failed { exit, trouble: GitTrouble::LoginRefused, stderr }
        }
        trouble => Outcome::Failed { exit, trouble, stderr },
    }
}

/// Whether go's git would ask a program for a login.
fn has_helper(world: &World, config: &GitConfig, way: &Way) -> bool {
    let scheme = way.http.as_ref().map_or("https", |target| target.scheme.as_str());
    let host = way.written_host();
    let mut helpers = helpers_for(config, scheme, &host).into_iter();
    credentials::ask_pass(world, config).is_some() || helpers.any(|helper| !is_missing(world, helper))
}

/// Whether git sends a login of its own accord: from the URL, a header or netrc.
fn sends_login(world: &World, config: &GitConfig, way: &Way) -> bool {
    let Some(target) = &way.http else { return false };
    let header = || {
        let host = way.written_host();
        let fits = |url: &str| url.is_empty() || leads_to(url, &target.scheme, &host);
        extra_headers(config)
            .iter()
            .any(|header| header.is_authorization && header.origin.seen_by_go() && fits(header.url.as_str()))
    };
    let url = || has_login(&way.rewritten.url);
    url() || header() || credentials::netrc_for_git(world, &target.host).is_some()
}

/// go passes `--end-of-options` since 1.26, and since the security releases 1.24.12 and 1.25.6.
fn passes_end_of_options(go: Option<&GoVersion>) -> bool {
    let Some(go) = go else { return true };
    let since = |text: &str| GoVersion::parse(text).is_some_and(|since| *go >= since);
    match go.minor() {
        Some(24) => since("1.24.12"),
        Some(25) => since("1.25.6"),
        _ => go.is_at_least(26),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_that_pass_end_of_options() {
        for (version, passes) in [
            ("1.21.0", false),
            ("1.24.11", false),
            ("1.24.12", true),
            ("1.25.5", false),
            ("1.25.6", true),
            ("1.26", true),
            ("1.27.3", true),
        ] {
            assert_eq!(passes_end_of_options(GoVersion::parse(version).as_ref()), passes, "{version}");
        }
        assert!(passes_end_of_options(None));
    }

    #[test]
    fn ways_and_what_they_need() {
        let config = GitConfig::default();
        let https = Way::of(&config, "https://u@git.corp.example:8443/x");
        assert_eq!(https.needs(), ["endpoint/git.corp.example:8443/tls", "credentials/git.corp.example:8443"]);
        let ssh = Way::of(&config, "ssh://git@git.corp.example:22/x");
        assert_eq!(ssh.needs(), ["credentials/ssh/git.corp.example"]);
        assert!(Way::of(&config, "/srv/x.git").needs().is_empty());
    }
}
