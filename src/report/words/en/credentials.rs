//! English sentences of the family `credentials`.

use super::list;
use crate::golang::netrc::Trouble;
use crate::model::Foreign;
use crate::model::situation::credentials::{Advice, Client, LoginFrom, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::NetrcLine { path, line, host, client, trouble } => {
            Said::new(format!("{host} wants a login, and {} does not use line {line} of {path}.", who(*client)))
                .because(why_unused(*trouble, *client))
        }
        Situation::NetrcPort { path, line, machine, host, client } => {
            Said::new(format!("{host} wants a login, and line {line} of {path} names {machine}."))
                .because(why_port(*client, host))
        }
        Situation::NetrcOverHttp { path, line, host } => {
            Said::new(format!("{host} wants a login, and go sends none because the URL is http.")).because(format!(
                "Line {line} of {path} has a login for it. go sends logins of that file over https only: over http \
                 everybody on the way could read them."
            ))
        }
        Situation::NetrcElsewhere { path, found, host, from_variable: true } => {
            Said::new(format!("{host} wants a login, and NETRC names {path}, which does not exist."))
                .because(format!("There is {found}, but go reads only the file that NETRC names."))
        }
        Situation::NetrcElsewhere { path, found, host, from_variable: false } => {
            Said::new(format!("{host} wants a login, and go does not read {found}."))
                .because(format!("This go looks for {path}, which does not exist."))
        }
        Situation::NetrcVariable { path, line, host } => {
            Said::new(format!("{host} wants a login, and git does not read {path}.")).because(format!(
                "Line {line} of that file has a login for the host. go finds the file by NETRC; git does not look at \
                 that variable and reads .netrc in the home folder only."
            ))
        }
        Situation::NetrcLeftOut { path, line, host, off } => {
            let goauth = if *off { "GOAUTH=off" } else { "GOAUTH" };
            Said::new(format!("{host} wants a login, and {goauth} keeps go from reading {path}.")).because(format!(
                "Line {line} of that file has a login for the host. go reads the file only where GOAUTH is unset or \
                 names netrc."
            ))
        }
        Situation::GoauthMalformed { error } => {
            Said::new("GOAUTH cannot be parsed, so go stops at its first https request.")
                .because(format!("go says: {}.", error.as_str().trim_start_matches("go: ").trim_end_matches('.')))
        }
        Situation::GoauthCommandFails { error } => {
            Said::new("A command of GOAUTH fails, and go passes over it without a word.")
                .because(format!("So its login is missing. It fails with: {}.", error.as_str().trim_end_matches('.')))
        }
        Situation::LoginWanted { host, helper: None } => {
            Said::new(format!("git needs a login for {host} and has none.")).because(
                "No line of .netrc, no credential helper and no header of git's settings has one, and go forbids git \
                 to ask on the terminal.",
            )
        }
        Situation::LoginWanted { host, helper: Some(helper) } => {
            Said::new(format!("git needs a login for {host}, and the credential helper {helper} gave none."))
                .because("go forbids git to ask on the terminal.")
        }
        Situation::HelperMissing { helper, host } => {
            Said::new(format!("git needs a login for {host}, and its credential helper {helper} is not installed."))
                .because("git's settings name the helper; without it git has no login and may not ask for one.")
        }
        Situation::LoginRefused { host, from } => {
            Said::new(format!("{host} refuses the login that git sends{}.", source(from))).because(
                "The token or password is wrong, has expired, or was revoked. git then asks for another name, which \
                     go forbids.",
            )
        }
        Situation::RepositoryForbidden { host, url, from: Some(from) } => {
            Said::new(format!("{host} does not let the login{} read the repository (403).", source(from)))
                .because(format!("The repository is {url}. The server knows the login; its account lacks the right."))
        }
        Situation::RepositoryForbidden { host, url, from: None } => Said::new(format!(
            "{host} forbids the repository (403), and git has no login to send."
        ))
        .because(format!("The repository is {url}. The server may want a login, or refuse this machine's address.")),
        Situation::NoKey { host, agent_dead } => {
            let agent = if *agent_dead {
                "SSH_AUTH_SOCK names an agent that does not answer, and none of the key files that ssh looks for exists."
            } else {
                "No agent runs here, and none of the key files that ssh looks for exists."
            };
            Said::new(format!("ssh has no key for {host}.")).because(agent)
        }
        Situation::KeyOpen { host, path } => Said::new(format!("ssh does not use the key {path} for {host}."))
            .because("Others can read the file, and ssh refuses such a key."),
        Situation::KeyUnreadable { host, path } => Said::new(format!("ssh cannot read the key {path} for {host}."))
            .because("The file belongs to somebody else, or its mode does not let this user read it."),
        Situation::KeyLocked { host, path, agent_dead } => {
            let agent = if *agent_dead { "the agent of SSH_AUTH_SOCK does not answer" } else { "no agent holds it" };
            Said::new(format!("ssh cannot use the key {path} for {host}: a passphrase protects it."))
                .because(format!("Nobody can be asked for the passphrase in a CI job or with BatchMode, and {agent}."))
        }
        Situation::KeysRefused { host, user, keys, in_agent } => {
            let as_user = user.as_ref().map_or_else(String::new, |user| format!(" for the user {user}"));
            let mut said = Said::new(format!("{host} accepts none of the keys that ssh offers{as_user}."));
            let mut offered: Vec<String> = keys.iter().map(ToString::to_string).collect();
            if *in_agent > 0 {
                offered.push(format!("{in_agent} in the agent"));
            }
            if !offered.is_empty() {
                said = said.because(format!("ssh offers {}.", offered.join(", ")));
            }
            said
        }
        Situation::HostKeyUnknown { host, files } => {
            let where_ = if files.is_empty() { "the known_hosts files".to_owned() } else { list(files) };
            Said::new(format!("ssh does not know the key of {host}, so it does not connect.")).because(format!(
                "No line of {where_} names the host. In a CI job nobody can confirm the key; since Go 1.25 ssh may ask \
                 on the terminal, and go seems to hang."
            ))
        }
        Situation::HostKeyChanged { host, known } => {
            let stored = known.as_ref().map_or_else(String::new, |(path, line)| format!(" (line {line} of {path})"));
            Said::new(format!("{host} shows another key than ssh has stored for it{stored}."))
                .because("The server got a new key, or somebody else answers in its place.")
        }
    }
}

fn who(client: Client) -> &'static str {
    match client {
        Client::Go => "go",
        Client::Git => "git",
    }
}

fn source(from: &LoginFrom) -> String {
    match from {
        LoginFrom::Unknown => String::new(),
        LoginFrom::Netrc { path, line } => format!(" from line {line} of {path}"),
        LoginFrom::Url => " from the URL".into(),
        LoginFrom::Helper { name } => format!(" from the credential helper {name}"),
        LoginFrom::ExtraHeader => " from an extra header of its settings".into(),
    }
}

fn why_port(client: Client, host: &Foreign) -> String {
    match client {
        Client::Go => format!(
            "go compares the machine with host and port as they are written in the URL, and there it is {host}."
        ),
        Client::Git => format!("git compares the machine with the host alone, which is {host}."),
    }
}

fn why_unused(trouble: Trouble, client: Client) -> String {
    let who = who(client);
    match trouble {
        Trouble::Default => "It is a default entry, which go never uses: it needs a machine with its name.".into(),
        Trouble::AfterDefault { line } => {
            format!("Line {line} ends in a default without more, and there go stops reading.")
        }
        Trouble::InMacro { line } => format!(
            "It stands in the macro that begins in line {line}: a macro ends only at a fully empty line, and a line \
             that ends in CRLF is not empty."
        ),
        Trouble::ByteOrderMark => {
            format!("The file begins with a byte order mark, so {who} does not see the first word as machine.")
        }
        Trouble::UpperCaseKey => "A key is written in upper case; go knows machine, login and password only.".into(),
        Trouble::ValueOnNextLine => "A key and its value stand on two lines; go wants both on the same line.".into(),
        Trouble::OddToken => "go reads a line as pairs of key and value, and a word too many shifts the pairs.".into(),
        Trouble::NoMachine => "The entry has no machine.".into(),
        Trouble::NoLogin => format!("The entry has no login, and {who} uses only complete ones."),
        Trouble::NoPassword => format!("The entry has no password, and {who} uses only complete ones."),
        Trouble::Quotes => "A value is quoted; go takes the quotes as part of it and cuts it at a blank.".into(),
        Trouble::Scheme => format!("The machine begins with a scheme; {who} wants the host alone."),
        Trouble::Path => format!("The machine has a path; {who} wants the host alone."),
        Trouble::Port => "The machine names a port that the URL does not.".into(),
        Trouble::MachineCase => "go compares hosts as they are written, upper and lower case included.".into(),
        Trouble::Shadowed { line } => format!("Line {line} is for the same machine, and the first one wins."),
        Trouble::Commented => "It stands behind a #, but go knows no comments and sends its login.".into(),
    }
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::MendNetrc { line, trouble } => mend(*line, *trouble),
        Advice::WriteHostAsInUrl { line, host } => format!("Write the machine in line {line} as {host}."),
        Advice::AddNetrcLine { path, host } => {
            format!("Add this line to {path}, with your own user and token: machine {host} login USER password TOKEN")
        }
        Advice::UseHttps { host } => format!("Use https for {host} in GOPROXY, if the server speaks it."),
        Advice::MoveNetrc { found, path } => format!("Move {found} to {path}."),
        Advice::UnsetNetrc => "Unset NETRC, so that the file in the home folder is read.".into(),
        Advice::CopyNetrc { host } => {
            format!("Write the entry for {host} into .netrc in the home folder, which git reads.")
        }
        Advice::AddNetrcToGoauth => "Let GOAUTH include netrc.".into(),
        Advice::MendGoauth => "Write GOAUTH without the part that go refuses.".into(),
        Advice::UnsetGoauth => "Go back to the default of GOAUTH, which is to read .netrc.".into(),
        Advice::TryGoauthCommand => "Run the command of GOAUTH by hand and see what it says.".into(),
        Advice::UseSsh { host } => format!("Reach {host} by ssh, if your ssh key is registered there."),
        Advice::LogInWithHelper { helper, host } => {
            format!("Log in to {host} once with the credential helper {helper}.")
        }
        Advice::InstallHelper { helper } => {
            format!("Install the credential helper {helper}, or take it out of git's settings.")
        }
        Advice::CheckSpelling { path } => {
            format!("See whether {path} is spelt right: a repository that does not exist looks the same.")
        }
        Advice::RenewLogin { from } => match from {
            LoginFrom::Netrc { path, line } => format!("Put a valid token into line {line} of {path}."),
            LoginFrom::Helper { name } => {
                format!("Let the credential helper {name} forget the login, and log in again.")
            }
            LoginFrom::Url => "Take the login out of the URL and store a valid token in .netrc.".into(),
            LoginFrom::ExtraHeader => "Put a valid token into the extra header, or remove the header.".into(),
            LoginFrom::Unknown => "Store a valid token for the host.".into(),
        },
        Advice::AskForAccess { host } => {
            format!("Ask whoever runs {host} to let your account read the repository.")
        }
        Advice::MakeKey { host } => format!("Make a key and register its public part with your account at {host}."),
        Advice::StartAgent => "Start the ssh agent again and add your key to it, or correct SSH_AUTH_SOCK.".into(),
        Advice::AddKeyToAgent { path } => format!("Give {path} to the ssh agent, which asks for the passphrase once."),
        Advice::CloseKey { path } => format!("Let nobody but you read {path}."),
        Advice::OpenKey { path } => format!("Make {path} yours, or use another key."),
        Advice::RegisterKey { host } => {
            format!("Register the public part of your key with your account at {host}, or ask for access.")
        }
        Advice::LogInAsGit { user } => {
            format!("See whether the user must be git rather than {user}: most git servers know only that one.")
        }
        Advice::UseHttpsForGit => "If ssh is not meant here, remove the insteadOf rule that leads to it.".into(),
        Advice::CompareFingerprint { host } => format!(
            "Connect once; compare the fingerprint that ssh shows with the one that the owner of {host} publishes, \
             and answer yes only if they are equal."
        ),
        Advice::KeepHostKeyInCi { host } => {
            format!("In a CI job, keep the checked key of {host} with the job and write it into known_hosts.")
        }
        Advice::AskAboutHostKey { host } => {
            format!("Ask whoever runs {host} whether its key was changed, and for the new fingerprint.")
        }
        Advice::RemoveOldHostKey { host } => format!(
            "Only if the change is confirmed, remove the old key of {host}; the next connection then shows the new one."
        ),
    }
}

fn mend(line: usize, trouble: Trouble) -> String {
    match trouble {
        Trouble::Default => format!("Give the entry in line {line} a machine."),
        Trouble::AfterDefault { line } => {
            format!("Move the default entry in line {line} to the end of the file.")
        }
        Trouble::InMacro { line } => format!("End the macro of line {line} with an empty line, and use LF line ends."),
        Trouble::ByteOrderMark => "Save the file as UTF-8 without a byte order mark.".into(),
        Trouble::UpperCaseKey => format!("Write machine, login and password in line {line} in lower case."),
        Trouble::ValueOnNextLine => {
            format!("Write the entry on one line: put what follows line {line} behind it.")
        }
        Trouble::OddToken => {
            format!("Remove from line {line} every word that is neither a key nor its value.")
        }
        Trouble::NoMachine => format!("Write the host behind machine in line {line}."),
        Trouble::NoLogin => format!("Add the login to the entry in line {line}."),
        Trouble::NoPassword => format!("Add the password to the entry in line {line}."),
        Trouble::Quotes => format!("Remove the quotes in line {line}; a password with blanks cannot be used."),
        Trouble::Scheme | Trouble::Path | Trouble::Port | Trouble::MachineCase => {
            format!("Write the host alone in line {line}, as the URL has it.")
        }
        Trouble::Shadowed { line } => format!("Correct or remove line {line}, which comes first."),
        Trouble::Commented => format!("Delete line {line}; go has no comments."),
    }
}
