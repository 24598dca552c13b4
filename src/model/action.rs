//! What can be done about a finding: actions as data, never as text to execute.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::golang::module_cache::Piece;

/// Where a fix is to be made.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Place {
    /// The user's go env file, which `go env -w` writes.
    UserEnvFile,
    /// The environment of the shell, because the variable is set there and hides the env file.
    Shell,
    /// A workflow file of the CI system.
    CiFile {
        /// The file, relative to the repository.
        path: String,
        /// The line, from 1.
        line: usize,
    },
    /// A Dockerfile.
    Dockerfile {
        /// The file, relative to the repository.
        path: String,
        /// The line, from 1.
        line: usize,
    },
    /// A file, such as `.netrc` or `go.mod`.
    File {
        /// The file.
        path: String,
        /// The line, from 1, where one line is meant.
        line: Option<usize>,
    },
    /// The module cache.
    Cache,
    /// The repository, by a go or git command run in it.
    Repository,
    /// git's own configuration of this user.
    GitConfig,
    /// The operating system: packages, clock, certificates, permissions.
    System,
    /// Somebody else's machine: nothing on this one mends it.
    Elsewhere,
}

/// What a fix costs in protection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Safety {
    /// Nothing is lost.
    Safe,
    /// It takes a protection away; [`Fix::removes`] says which.
    WeakensSecurity,
    /// It deletes something that cannot simply be had again.
    Destructive,
}

/// A protection that a fix takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Protection {
    /// The checksum database no longer vouches for what is downloaded.
    ChecksumDatabase,
    /// go.sum no longer holds the hashes of what was built before.
    RecordedChecksums,
    /// Content may travel without TLS, or from a server whose certificate nobody checked.
    Transport,
    /// ssh talks to a server whose key nobody checked.
    HostKey,
    /// Names of modules, or logins, are shown to another operator.
    Confidentiality,
    /// Version control programs run for modules for which GOVCS forbade them.
    VersionControlLimit,
    /// git trusts a folder that somebody else owns.
    Ownership,
}

impl Protection {
    /// What giving `value` to the variable `name` takes away, where the variable alone tells.
    #[must_use]
    pub fn of_variable(name: &str, value: &str) -> Option<Self> {
        match name {
            "GOSUMDB" if value == "off" => Some(Self::ChecksumDatabase),
            "GONOSUMDB" | "GONOSUMCHECK" | "GOPRIVATE" => Some(Self::ChecksumDatabase),
            "GOFLAGS" if value.contains("-insecure") => Some(Self::Transport),
            "GOINSECURE" => Some(Self::Transport),
            "GOPROXY" => Some(Self::Confidentiality),
            "GOVCS" => Some(Self::VersionControlLimit),
            _ => None,
        }
    }
}

/// One thing to do. Commands are rendered from it for each shell with every value quoted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Action {
    /// Give a variable a value at [`Fix::place`].
    SetVariable {
        /// The variable.
        name: String,
        /// Its whole new value.
        value: String,
    },
    /// Take a variable away at [`Fix::place`].
    UnsetVariable {
        /// The variable.
        name: String,
    },
    /// Change one line of a file by hand: secrets on the line are never shown.
    EditLine {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The text to be replaced, without any secret.
        from: String,
        /// What is to stand there.
        to: String,
    },
    /// Run a command with these arguments.
    Run {
        /// The program and its arguments.
        argv: Vec<String>,
    },
    /// Remove pieces of one module version from the module cache, then have go bring them anew.
    RefetchModule {
        /// The cache (GOMODCACHE).
        cache: String,
        /// The module path.
        path: String,
        /// The version.
        version: String,
        /// What is not as it should be. The rest stays.
        pieces: Vec<Piece>,
    },
    /// Remove a file or folder of the module cache that the go command makes anew.
    RemoveFromCache {
        /// The file or folder.
        path: String,
    },
    /// Make a file readable by its owner only, as ssh demands of a key.
    RestrictMode {
        /// The file.
        path: String,
    },
    /// Make git reach `from` by way of `to` (`url.<to>.insteadOf`).
    AddInsteadOf {
        /// The URL prefix that go asks for.
        from: String,
        /// The prefix to use in its place.
        to: String,
    },
    /// Ask somebody: there is no command for it. The situation's sentence says what to ask.
    Ask,
}

/// A way to mend a finding.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fix {
    /// What it comes to, for the sentence above the commands.
    pub advice: super::Advice,
    /// What is to be done, in order. Empty where only people can act.
    pub actions: Vec<Action>,
    /// Where it is to be made.
    pub place: Place,
    /// What it costs in protection.
    pub safety: Safety,
    /// The protection that it takes away.
    pub removes: Option<Protection>,
    /// Whether it fits depends on what nobody but the user knows: where the machine stands, or what a value was
    /// meant to be. It is never carried out unless its error type is named.
    #[serde(default)]
    pub is_guess: bool,
}

impl Fix {
    /// A safe fix.
    #[must_use]
    pub fn safe(advice: super::Advice, place: Place, actions: Vec<Action>) -> Self {
        Self { advice, actions, place, safety: Safety::Safe, removes: None, is_guess: false }
    }

    /// A fix that takes a protection away: the one that its variable stands for, or the one that
    /// [`Fix::removing`] names.
    #[must_use]
    pub fn weakening(advice: super::Advice, place: Place, actions: Vec<Action>) -> Self {
        let removes = actions.iter().find_map(|action| match action {
            Action::SetVariable { name, value } => Protection::of_variable(name, value),
            _ => None,
        });
        Self { advice, actions, place, safety: Safety::WeakensSecurity, removes, is_guess: false }
    }

    /// Names the protection that it takes away.
    #[must_use]
    pub fn removing(mut self, protection: Protection) -> Self {
        self.removes = Some(protection);
        self
    }

    /// Says that only the user knows whether it fits.
    #[must_use]
    pub fn guessed(mut self) -> Self {
        self.is_guess = true;
        self
    }

    /// A fix that deletes something.
    #[must_use]
    pub fn destructive(advice: super::Advice, place: Place, actions: Vec<Action>) -> Self {
        Self { advice, actions, place, safety: Safety::Destructive, removes: None, is_guess: false }
    }
}
