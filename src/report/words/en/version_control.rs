//! English sentences of the family `version-control`.

use super::list;
use crate::model::situation::version_control::{Advice, Rule, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::ProgramMissing { program, module } => {
            let what = module.as_ref().map_or_else(String::new, |module| format!(", which {module} needs"));
            let said = Said::new(format!("{program} is not installed here{what}."));
            said.because("go fetches such modules straight from their repository, and for that it runs this program.")
        }
        Situation::GitTooOld { version, go } => {
            let git = version.as_ref().map_or_else(|| "git".to_owned(), |version| format!("git {version}"));
            let go = go.as_ref().map_or_else(|| "this go".to_owned(), |go| format!("go {go}"));
            Said::new(format!("{git} is too old for {go}.")).because(
                "go passes --end-of-options, which git knows from 2.24 on. Older ones print their usage and fail.",
            )
        }
        Situation::Disallowed { vcs, root, private } => {
            let kind = if *private { "private" } else { "public" };
            Said::new(format!("GOVCS does not let go run {vcs} for {root}."))
                .because(format!("go counts the path as {kind}, and the rule for it does not allow {vcs}."))
        }
        Situation::GovcsMalformed { error } => {
            Said::new("GOVCS cannot be read, so go runs no version control system at all.")
                .because(format!("go says: {}.", error.as_str().trim_end_matches('.')))
        }
        Situation::ProtocolForbidden { scheme, url, variable } => {
            let who =
                variable.as_ref().map_or_else(|| "git's settings forbid".to_owned(), |name| format!("{name} forbids"));
            Said::new(format!("{who} the protocol {scheme}.")).because(format!("The repository is {url}."))
        }
        Situation::ProtocolUnknown { scheme, url } => Said::new(format!("git here cannot speak {scheme}."))
            .because(format!("It has no helper program for {url}: git is installed in part, or the URL is misspelt.")),
        Situation::NotFound { url, login, rule } => {
            let hidden = if *login {
                "Many servers say the same of a repository that the login may not see."
            } else {
                "git sent no login, and many servers say the same of a private repository."
            };
            let made = rule.as_ref().map_or_else(String::new, |rule| format!(" {}", made_by(rule)));
            Said::new(format!("The git server says that there is no repository {url}."))
                .because(format!("{hidden}{made}"))
        }
        Situation::PerhapsAbsent { host, path } => Said::new(format!(
            "{path} does not exist at {host}, or it is private."
        ))
        .because(format!("{host} asks for a login in both cases, and nothing here says that the path is private.")),
        Situation::SubgroupCut { url, path } => Said::new(format!(
            "The page of {path} names {url}, which does not exist."
        ))
        .because("A server that is asked without a login names only the first two parts of a path with subgroups."),
        Situation::NoTag { path, status, error } => {
            Said::new(format!("The page of the import path {path} names no repository ({status})."))
                .because(format!("go says: {}.", error.as_str().trim_end_matches('.')))
        }
        Situation::PageWantsLogin { path, host, status, sent } => {
            let sent = if *sent { "and refuses the one that go sent" } else { "and go has none for it" };
            Said::new(format!("{host} wants a login for the page of {path} ({status}), {sent}.")).because(
                "go must read that page to find the repository. It takes logins from .netrc or GOAUTH, not from git.",
            )
        }
        Situation::ServerFault { host, status } => {
            let status = status.map_or_else(String::new, |status| format!(" ({status})"));
            Said::new(format!("The git server {host} has an internal fault{status}."))
                .because("It is the server of the repository itself, not a module proxy.")
        }
        Situation::PageFault { host, status } => {
            Said::new(format!("{host} has an internal fault and shows no page for import paths ({status})."))
        }
        Situation::TooManyRequests { host } => {
            Said::new(format!("The git server {host} refuses because of too many requests (429).")).because(
                "Requests without a login have a low limit at many servers, and machines behind one address share it.",
            )
        }
        Situation::RuleLeadsNowhere { rule, url, host } => {
            Said::new(format!("git is sent to {host} in place of {}, and cannot reach it.", rule.from))
                .because(format!("go asks for {url}. {}", made_by(rule)))
        }
        Situation::RuleLoginRefused { rule, host } => {
            Said::new(format!("{host} refuses the login inside an insteadOf rule of {}.", rule.file))
                .because("The rule puts a login into the URL; the token has expired, or cannot see this repository.")
        }
        Situation::RuleLeadsToNoGit { rule, url } => {
            Said::new(format!("git is sent to {url}, where no git server answers.")).because(made_by(rule))
        }
        Situation::RuleNotSeen { rule, url } => Said::new(format!(
            "An insteadOf rule of {} is not seen by the git that go runs.",
            rule.file
        ))
        .because(format!(
            "It would lead {url} to {}. go runs git in the module cache, where the settings of a repository do not \
                 apply.",
            rule.to
        )),
        Situation::HeaderNotSeen { file, host } => {
            Said::new(format!("The login for {host} in {file} is not seen by the git that go runs.")).because(
                "The checkout step of a CI system often writes it there. go runs git in the module cache, where the \
                 settings of a repository do not apply.",
            )
        }
        Situation::HeaderCannotSee { file, url } => {
            Said::new(format!("The login that {file} adds to git's requests cannot see {url}.")).because(
                "The token of a CI job is often good for its own repository only, and it goes before any other login.",
            )
        }
        Situation::UnsafeRepository { path } => {
            Said::new(format!("git refuses {path}, which belongs to somebody else."))
                .because("The settings of a repository can run programs, so git trusts only those of its own user.")
        }
        Situation::BrokenConfig { place: Some((file, line)), .. } => {
            Said::new(format!("git cannot read its settings: line {line} of {file} is broken."))
                .because("Until it is mended, git does nothing at all.")
        }
        Situation::BrokenConfig { place: None, error } => {
            Said::new("git cannot read its settings, and so does nothing at all.").because(format!("It says: {error}"))
        }
        Situation::NotGit { url } => Said::new(format!("What answers at {url} is no git server."))
            .because("A login page or another web page comes in place of a repository."),
        Situation::GitFails { url, line } => {
            Said::new(format!("git fails with {url}.")).because(match line.is_empty() {
                true => "It says nothing about the reason.".to_owned(),
                false => format!("It says: {line}"),
            })
        }
        Situation::GitDistrusts { host, roots, variable } => {
            let why = match (roots, variable) {
                (Some(roots), _) => {
                    format!("git trusts what {roots} holds, and the authority of {host} is not in there.")
                }
                (None, Some(variable)) => {
                    format!("{variable} tells go what to trust; git does not look at it and uses the system's list.")
                }
                (None, None) => {
                    "git and go do not always trust the same authorities; the certificate may also be out of \
                                 date, of which git says the same."
                        .to_owned()
                }
            };
            Said::new(format!("git does not trust the certificate of {host}.")).because(why)
        }
        Situation::NoAuthorities { host, file } => {
            Said::new(format!("git cannot read {file}, so it trusts no certificate, nor that of {host}."))
                .because("http.sslCAInfo or GIT_SSL_CAINFO names the file as the list of trusted authorities.")
        }
        Situation::GitProxyFails { host, setting, line } => {
            let named = setting.as_ref().map_or_else(String::new, |setting| format!(" ({setting})"));
            Said::new(format!("git does not get to {host} through its HTTP proxy{named}."))
                .because(format!("git has an HTTP proxy setting of its own besides HTTPS_PROXY. It says: {line}"))
        }
        Situation::NoSuchVersion { path, version, url, has } => {
            let said = Said::new(format!("The repository of {path} has no version {version}."));
            said.because(match has.is_empty() {
                true => format!("{url} has no such tag, branch or commit."),
                false => format!("{url} has no such tag, branch or commit. Its newest versions are {}.", list(has)),
            })
        }
        Situation::NoReferences { path, version, url } => {
            Said::new(format!("git sees no tag and no branch in the repository of {path}, so no {version}."))
                .because(format!("{url} is empty, or a login page answers in its place."))
        }
    }
}

fn made_by(rule: &Rule) -> String {
    format!("A rule in {} replaces {} by {}.", rule.file, rule.from, rule.to)
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::Install { program } => {
            format!("Install {program} with the packages of the system or of the build image.")
        }
        Advice::UpgradeGit => "Install a newer git, whole, or use a newer build image.".into(),
        Advice::UseModuleProxy => "Let a module proxy fetch public modules; git is then not needed.".into(),
        Advice::AllowVcs { vcs, root } => {
            format!("Allow {vcs} for {root} only; its security holes are then open to whoever owns that path.")
        }
        Advice::MendGovcs => "Correct GOVCS, or unset it to use the default.".into(),
        Advice::AllowProtocol { scheme, variable: Some(variable) } => format!("Add {scheme} to {variable}."),
        Advice::AllowProtocol { scheme, variable: None } => {
            format!("Set protocol.{scheme}.allow to always in git's settings, or remove what forbids it.")
        }
        Advice::CheckPath { path } => format!("See whether {path} is spelt right in the imports and in go.mod."),
        Advice::LogInIfPrivate { host } => format!("If the repository is private, give git a login for {host}."),
        Advice::AskForAccess { host } => format!("Ask whoever runs {host} to let your account read the repository."),
        Advice::LogInToPage { host } => {
            format!("Store a login for {host} in .netrc; go sends it with the request for the page.")
        }
        Advice::UsePathWithGit => {
            "Use a module path with .git behind the repository, which needs no page; go.mod there must say the same."
                .into()
        }
        Advice::TellPageOwner { path, host } => {
            format!("Tell whoever runs {host} that the page of {path} needs a go-import line.")
        }
        Advice::RetryLater => "Try again after a pause.".into(),
        Advice::TellOperator { host } => format!("Tell whoever runs {host} what it answers."),
        Advice::RemoveRule { rule } => {
            format!("Correct or remove the insteadOf rule for {} in {}.", rule.from, rule.file)
        }
        Advice::RenewRuleLogin { rule } => {
            format!("Take the login out of the rule in {} and store a valid one in .netrc.", rule.file)
        }
        Advice::MoveRule => "Write the rule into your own git settings, which apply everywhere.".into(),
        Advice::GiveHeaderToGit { host } => {
            format!("Store the login for {host} in .netrc or in the global git settings of the job.")
        }
        Advice::WidenHeader { url } => format!("Use a token that may read {url} too."),
        Advice::RemoveHeader { file } => {
            format!("Remove the header from {file}; git then uses other logins, and the header's token is gone.")
        }
        Advice::OwnRepository { path } => format!("Make {path} belong to the user who runs go."),
        Advice::TrustRepository { path } => {
            format!("Trust {path}; its owner can then make git run programs as you.")
        }
        Advice::MendConfig { file: Some(file) } => format!("Correct {file}; this shows whether git can read it."),
        Advice::MendConfig { file: None } => "Correct git's settings; this shows whether git can read them.".into(),
        Advice::AskByHand => "Ask the server by hand and see what it says.".into(),
        Advice::ShareRoots { file } => format!("Let git trust {file} for this host too."),
        Advice::TrustForGit { host } => {
            format!("Add the authority of {host} to what the system trusts, or to the file that git uses.")
        }
        Advice::MendRootsSetting { file } => format!("Correct or remove the setting that names {file}."),
        Advice::MendGitProxy { setting: Some(setting) } => {
            format!("Correct {setting}, or remove it if there is no HTTP proxy.")
        }
        Advice::MendGitProxy { setting: None } => {
            "Correct the HTTP proxy in git's settings and in the environment.".into()
        }
        Advice::UseVersion { version } => format!("Require {version}, which exists."),
        Advice::PushTag { version } => format!("If the repository is yours, push the tag {version}."),
    }
}
