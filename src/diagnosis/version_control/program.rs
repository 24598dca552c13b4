//! `vcs-missing`, `git-too-old`, and settings that git cannot read.

use super::remote::failures;
use super::{install, module_proxy_instead, run};
use crate::catalog::messages::read;
use crate::catalog::{Code, Location};
use crate::facts::Facts;
use crate::facts::version_control::{GitTrouble, Program, VersionControlFacts};
use crate::model::situation::version_control::{Advice, Situation};
use crate::model::{Finding, Foreign, Place, Subject, SubjectKind};

/// The first Go that passes `--end-of-options` to git. Late security releases of 1.24 and 1.25 do too,
/// and there git's own words tell.
const END_OF_OPTIONS: u32 = 26;

/// Looks at the programs.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let Some(version_control) = facts.version_control.get() else { return };
    for program in version_control.programs.iter().filter(|program| program.needed) {
        if program.path.is_none() {
            findings.push(missing(facts, version_control, &program.name).about(&program.observation.id));
        } else if program.knows_end_of_options == Some(false) && is_at_least(facts, END_OF_OPTIONS) {
            findings.push(too_old(facts, Some(program)).about(&program.observation.id));
        }
    }
    for failure in failures(facts) {
        match failure.trouble {
            GitTrouble::SshMissing => {
                let mut finding = failure.told(missing(facts, version_control, "ssh"));
                if let Some(ssh) = program(version_control, "ssh") {
                    finding = finding.about(&ssh.observation.id);
                }
                findings.push(finding);
            }
            GitTrouble::TooOld => {
                let git = program(version_control, "git");
                findings.push(failure.told(too_old(facts, git)));
            }
            GitTrouble::BrokenConfig => findings.push(failure.told(broken_config(failure.stderr))),
            _ => {}
        }
    }
    if let Some(error) = &version_control.broken_config {
        let git = program(version_control, "git");
        let needed = git.is_some_and(|git| git.needed) || !version_control.remotes.is_empty();
        let finding = broken_config(error.as_str());
        let finding = match git {
            Some(git) => {
                // Every repository that could not be asked for it follows.
                let remotes = version_control.remotes.iter().map(|remote| remote.observation.id.as_str());
                let id = git.observation.id.as_str();
                finding.about(id).seen(id, None, error.as_str()).explaining(remotes)
            }
            None => finding,
        };
        findings.push(if needed { finding } else { finding.warning() });
    }
}

fn program<'a>(version_control: &'a VersionControlFacts, name: &str) -> Option<&'a Program> {
    version_control.programs.iter().find(|program| program.name == name)
}

fn is_at_least(facts: &Facts, minor: u32) -> bool {
    let version = facts.environment.get().and_then(|settings| settings.environment.version.as_ref());
    version.is_some_and(|version| version.is_at_least(minor))
}

fn missing(facts: &Facts, version_control: &VersionControlFacts, name: &str) -> Finding {
    let modules = || version_control.remotes.iter().flat_map(|remote| &remote.modules);
    let module = modules().next().map(|module| Foreign::new(&module.path));
    let situation = Situation::ProgramMissing { program: name.into(), module: module.clone() };
    let mut finding = Finding::new(Code::VcsMissing, Subject::new(SubjectKind::Program, name), situation.into())
        .with("program", name)
        .fix(install::fix(facts, name, Advice::Install { program: name.into() }));
    if let Some(module) = module {
        finding = finding.with("module", module.as_str());
    }
    match module_proxy_instead(facts, modules().map(|module| module.path.as_str())) {
        Some(fix) => finding.fix(fix),
        None => finding,
    }
}

fn too_old(facts: &Facts, git: Option<&Program>) -> Finding {
    let version = git.and_then(|git| number(git.version.as_ref()?.as_str())).map(Foreign::new);
    let go = facts.environment.get().and_then(|settings| settings.environment.version.as_ref());
    let go = go.map(|version| Foreign::new(version.as_str()));
    let situation = Situation::GitTooOld { version: version.clone(), go };
    let mut finding = Finding::new(Code::GitTooOld, Subject::new(SubjectKind::Program, "git"), situation.into())
        .with("program", "git")
        .fix(install::fix(facts, "git", Advice::UpgradeGit));
    if let Some(version) = version {
        finding = finding.with("version", version.as_str());
    }
    let remotes = facts.version_control.get().into_iter().flat_map(|version_control| &version_control.remotes);
    let modules = remotes.flat_map(|remote| &remote.modules);
    match module_proxy_instead(facts, modules.map(|module| module.path.as_str())) {
        Some(fix) => finding.fix(fix),
        None => finding,
    }
}

/// The number in `git version 1.8.3.1`.
fn number(said: &str) -> Option<&str> {
    said.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

fn broken_config(stderr: &str) -> Finding {
    let message = read(stderr).find(|message| message.format.id.starts_with("git/bad-config"));
    let place = message.as_ref().and_then(|message| {
        let line = message.get("line")?.parse::<usize>().ok()?;
        Some((Foreign::new(message.get("path")?.trim()), line))
    });
    let error = message.as_ref().map_or_else(|| Foreign::new(stderr.trim()), |message| Foreign::new(message.text));
    let subject = match &place {
        Some((file, line)) => Subject::file(file, Some(*line)),
        None => Subject::new(SubjectKind::Program, "git"),
    };
    let file = place.as_ref().map(|(file, _)| file.clone());
    let situation = Situation::BrokenConfig { place: place.clone(), error };
    let mut finding =
        Finding::new(Code::VcsFailed, subject, situation.into()).located(Location::Local).retryable(false);
    if let Some((file, line)) = &place {
        finding = finding.with("path", file.as_str()).with("line", *line);
    }
    let see = crate::model::Fix::safe(
        Advice::MendConfig { file: file.clone() }.into(),
        file.map_or(Place::GitConfig, |file| Place::File {
            path: file.to_string(),
            line: place.as_ref().map(|(_, line)| *line),
        }),
        vec![run(&["git", "config", "--list", "--show-origin", "--name-only"])],
    );
    finding.fix(see)
}
