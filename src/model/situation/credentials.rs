//! Situations of the family `credentials`.

use serde::{Deserialize, Serialize};

use crate::golang::netrc::Trouble;
use crate::model::Foreign;

/// Who needs a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Client {
    /// go, for requests that it makes itself.
    Go,
    /// git.
    Git,
}

/// Where a login comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "kebab-case")]
pub enum LoginFrom {
    /// That is not known.
    Unknown,
    /// A line of a netrc file.
    Netrc {
        /// The file.
        path: Foreign,
        /// The line, from 1.
        line: usize,
    },
    /// The URL itself.
    Url,
    /// A credential helper of git.
    Helper {
        /// Its name.
        name: Foreign,
    },
    /// `http.extraHeader` in git's configuration.
    ExtraHeader,
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Situation {
    /// A netrc line is meant for the host, and is not used for it.
    NetrcLine {
        /// The file.
        path: Foreign,
        /// The line, from 1.
        line: usize,
        /// The host, as the URL has it.
        host: Foreign,
        /// Who needs it.
        client: Client,
        /// Why it is not used.
        trouble: Trouble,
    },
    /// A netrc line names another port than the URL, or one of the two names none.
    NetrcPort {
        /// The file.
        path: Foreign,
        /// The line, from 1.
        line: usize,
        /// The machine as it is written.
        machine: Foreign,
        /// What it would have to be.
        host: Foreign,
        /// Who needs it.
        client: Client,
    },
    /// There is a netrc line, but go sends no login over http.
    NetrcOverHttp {
        /// The file.
        path: Foreign,
        /// The line, from 1.
        line: usize,
        /// The host, as the URL has it.
        host: Foreign,
    },
    /// A netrc file lies where it is not looked for.
    NetrcElsewhere {
        /// The file that is looked for.
        path: Foreign,
        /// The file that exists.
        found: Foreign,
        /// The host, as the URL has it.
        host: Foreign,
        /// Whether NETRC names the file that is looked for.
        from_variable: bool,
    },
    /// NETRC names the file, and git does not look at NETRC.
    NetrcVariable {
        /// The file.
        path: Foreign,
        /// The line that is meant, from 1.
        line: usize,
        /// The host, as the URL has it.
        host: Foreign,
    },
    /// A netrc line would do, but GOAUTH leaves netrc out.
    NetrcLeftOut {
        /// The file.
        path: Foreign,
        /// The line, from 1.
        line: usize,
        /// The host, as the URL has it.
        host: Foreign,
        /// Whether GOAUTH is `off`.
        off: bool,
    },
    /// GOAUTH cannot be parsed.
    GoauthMalformed {
        /// In Go's words.
        error: Foreign,
    },
    /// A command of GOAUTH fails.
    GoauthCommandFails {
        /// How.
        error: Foreign,
    },
    /// git needs a login for the host and has none.
    LoginWanted {
        /// The host, as the URL has it.
        host: Foreign,
        /// The helper that is configured for it and gave none.
        helper: Option<Foreign>,
    },
    /// A credential helper of git's configuration is not installed.
    HelperMissing {
        /// Its name.
        helper: Foreign,
        /// The host for which it was asked.
        host: Foreign,
    },
    /// The git server refuses the login.
    LoginRefused {
        /// The host, as the URL has it.
        host: Foreign,
        /// Where the login comes from.
        from: LoginFrom,
    },
    /// The git server knows the login, or wants none, and forbids the repository all the same.
    RepositoryForbidden {
        /// The host, as the URL has it.
        host: Foreign,
        /// The repository.
        url: Foreign,
        /// Where the login comes from; `None` where none was sent.
        from: Option<LoginFrom>,
    },
    /// ssh has no key to offer.
    NoKey {
        /// The host.
        host: Foreign,
        /// Whether an agent is named and does not answer.
        agent_dead: bool,
    },
    /// ssh does not use a key file because others can read it.
    KeyOpen {
        /// The host.
        host: Foreign,
        /// The key file.
        path: Foreign,
    },
    /// ssh cannot read a key file.
    KeyUnreadable {
        /// The host.
        host: Foreign,
        /// The key file.
        path: Foreign,
    },
    /// A passphrase protects the only keys, and no agent holds them.
    KeyLocked {
        /// The host.
        host: Foreign,
        /// The key file.
        path: Foreign,
        /// Whether an agent is named and does not answer.
        agent_dead: bool,
    },
    /// The server accepts none of the keys.
    KeysRefused {
        /// The host.
        host: Foreign,
        /// The user as whom ssh logs in.
        user: Option<Foreign>,
        /// The key files that ssh offered.
        keys: Vec<Foreign>,
        /// How many keys the agent holds.
        in_agent: usize,
    },
    /// ssh does not know the key of the host.
    HostKeyUnknown {
        /// The host, with its port where it is not 22.
        host: Foreign,
        /// The known_hosts files in which ssh looked.
        files: Vec<Foreign>,
    },
    /// The host has another key than ssh knows of it.
    HostKeyChanged {
        /// The host, with its port where it is not 22.
        host: Foreign,
        /// The known_hosts file, and its line, that has the other key.
        known: Option<(Foreign, usize)>,
    },
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Advice {
    /// Mend a netrc line.
    MendNetrc {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        trouble: Trouble,
    },
    /// Write the machine of a netrc line as the URL has it.
    WriteHostAsInUrl {
        /// The line, from 1.
        line: usize,
        /// The host, as the URL has it.
        host: Foreign,
    },
    /// Add a netrc line and keep the present one, which another program uses.
    AddNetrcLine {
        /// The file.
        path: Foreign,
        /// The host, as the URL has it.
        host: Foreign,
    },
    /// Use https in GOPROXY, where the server speaks it.
    UseHttps {
        /// The host, as the URL has it.
        host: Foreign,
    },
    /// Move the netrc file to where it is looked for.
    MoveNetrc {
        /// The file that exists.
        found: Foreign,
        /// Where it is looked for.
        path: Foreign,
    },
    /// Take NETRC away.
    UnsetNetrc,
    /// Write the entry into the netrc file of the home folder, which git reads.
    CopyNetrc {
        /// The host, as the URL has it.
        host: Foreign,
    },
    /// Let GOAUTH ask netrc too.
    AddNetrcToGoauth,
    /// Write GOAUTH without its mistake.
    MendGoauth,
    /// Go back to the default of GOAUTH.
    UnsetGoauth,
    /// See what the command of GOAUTH says.
    TryGoauthCommand,
    /// Reach the host by ssh in place of https.
    UseSsh {
        /// The host, as the URL has it.
        host: Foreign,
    },
    /// Log in with the credential helper.
    LogInWithHelper {
        /// Its name.
        helper: Foreign,
        /// The host, as the URL has it.
        host: Foreign,
    },
    /// Install the credential helper, or take it out of git's configuration.
    InstallHelper {
        /// Its name.
        helper: Foreign,
    },
    /// See whether the path is spelt right.
    CheckSpelling {
        /// The module path.
        path: Foreign,
    },
    /// Put a new token where the refused one stands.
    RenewLogin {
        /// Where that is.
        from: LoginFrom,
    },
    /// Ask for the right to read the repository.
    AskForAccess {
        /// The host, as the URL has it.
        host: Foreign,
    },
    /// Make a key and register it.
    MakeKey {
        /// The host.
        host: Foreign,
    },
    /// Start the agent and give it the key.
    StartAgent,
    /// Give the key to the agent.
    AddKeyToAgent {
        /// The key file.
        path: Foreign,
    },
    /// Let nobody else read the key file.
    CloseKey {
        /// The key file.
        path: Foreign,
    },
    /// Let this user read the key file.
    OpenKey {
        /// The key file.
        path: Foreign,
    },
    /// Register the key with the account.
    RegisterKey {
        /// The host.
        host: Foreign,
    },
    /// Log in as the user `git`.
    LogInAsGit {
        /// The user as whom ssh logs in.
        user: Foreign,
    },
    /// Use https in place of ssh: take the rewrite away.
    UseHttpsForGit,
    /// Connect once, compare the fingerprint, and store the key only if it is right.
    CompareFingerprint {
        /// The host.
        host: Foreign,
    },
    /// Keep a checked host key with the CI job.
    KeepHostKeyInCi {
        /// The host.
        host: Foreign,
    },
    /// Ask whether the key was changed on purpose.
    AskAboutHostKey {
        /// The host.
        host: Foreign,
    },
    /// Remove the old key, once the change is confirmed.
    RemoveOldHostKey {
        /// The host.
        host: Foreign,
    },
}
