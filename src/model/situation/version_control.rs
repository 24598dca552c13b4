//! Situations of the family `version-control`.

use serde::{Deserialize, Serialize};

use crate::model::Foreign;

/// A rule `url.<to>.insteadOf <from>` of git's settings.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rule {
    /// What is replaced.
    pub from: Foreign,
    /// What stands in its place.
    pub to: Foreign,
    /// The file, or `GIT_CONFIG_COUNT` and the like.
    pub file: Foreign,
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Situation {
    /// A program that go or git runs is not installed.
    ProgramMissing {
        /// Its name.
        program: Foreign,
        /// A module for which it is needed.
        module: Option<Foreign>,
    },
    /// git does not know an option that this go passes.
    GitTooOld {
        /// Its version.
        version: Option<Foreign>,
        /// The version of the go command.
        go: Option<Foreign>,
    },
    /// GOVCS forbids the version control system.
    Disallowed {
        /// The version control system.
        vcs: Foreign,
        /// The path of the repository.
        root: Foreign,
        /// Whether go counts the path as private.
        private: bool,
    },
    /// GOVCS cannot be read.
    GovcsMalformed {
        /// In Go's words.
        error: Foreign,
    },
    /// git's own settings forbid the protocol.
    ProtocolForbidden {
        /// The protocol.
        scheme: Foreign,
        /// The repository.
        url: Foreign,
        /// The variable that decides, where one is set.
        variable: Option<Foreign>,
    },
    /// git has no program for the kind of URL.
    ProtocolUnknown {
        /// The protocol.
        scheme: Foreign,
        /// The repository.
        url: Foreign,
    },
    /// The server says that there is no such repository.
    NotFound {
        /// The URL at which git asked.
        url: Foreign,
        /// Whether a login was sent.
        login: bool,
        /// The rule that made the URL.
        rule: Option<Rule>,
    },
    /// A public forge asks for a login, as it does for a repository that does not exist.
    PerhapsAbsent {
        /// The host.
        host: Foreign,
        /// The path of the module.
        path: Foreign,
    },
    /// A page read without a login named only the first part of the path.
    SubgroupCut {
        /// The URL that the page named.
        url: Foreign,
        /// The path of the module.
        path: Foreign,
    },
    /// The page of an import path names no repository.
    NoTag {
        /// The import path.
        path: Foreign,
        /// The status.
        status: u16,
        /// In Go's words, with the URL.
        error: Foreign,
    },
    /// The host of an import path wants a login before it shows the page.
    PageWantsLogin {
        /// The import path.
        path: Foreign,
        /// The host.
        host: Foreign,
        /// The status.
        status: u16,
        /// Whether a login was sent.
        sent: bool,
    },
    /// The git server has an internal fault.
    ServerFault {
        /// The host.
        host: Foreign,
        /// The status, where it is told.
        status: Option<u16>,
    },
    /// The host of an import path has an internal fault.
    PageFault {
        /// The host.
        host: Foreign,
        /// The status.
        status: u16,
    },
    /// The git server refuses because of too many requests.
    TooManyRequests {
        /// The host.
        host: Foreign,
    },
    /// A rewrite leads to where nothing answers.
    RuleLeadsNowhere {
        /// The rule.
        rule: Rule,
        /// The URL that go asked for.
        url: Foreign,
        /// The host to which it leads.
        host: Foreign,
    },
    /// A rewrite carries a login that the server refuses.
    RuleLoginRefused {
        /// The rule; its login is not shown.
        rule: Rule,
        /// The host to which it leads.
        host: Foreign,
    },
    /// What a rewrite leads to is no git server.
    RuleLeadsToNoGit {
        /// The rule.
        rule: Rule,
        /// The URL to which it leads.
        url: Foreign,
    },
    /// A rewrite stands in the settings of a repository, which go's git does not read.
    RuleNotSeen {
        /// The rule.
        rule: Rule,
        /// The URL that go asked for.
        url: Foreign,
    },
    /// A login stands in the settings of a repository, which go's git does not read.
    HeaderNotSeen {
        /// The file.
        file: Foreign,
        /// The host that wants a login.
        host: Foreign,
    },
    /// A login of git's settings cannot see the repository.
    HeaderCannotSee {
        /// The file.
        file: Foreign,
        /// The repository.
        url: Foreign,
    },
    /// git refuses a folder that somebody else owns.
    UnsafeRepository {
        /// The folder.
        path: Foreign,
    },
    /// git cannot read its settings.
    BrokenConfig {
        /// The file, and its line, where git names them.
        place: Option<(Foreign, usize)>,
        /// What git said.
        error: Foreign,
    },
    /// What answers is no git server.
    NotGit {
        /// The URL.
        url: Foreign,
    },
    /// git failed for another reason.
    GitFails {
        /// The URL.
        url: Foreign,
        /// What it said.
        line: Foreign,
    },
    /// git trusts fewer authorities than go.
    GitDistrusts {
        /// The host.
        host: Foreign,
        /// The file with authorities that git's settings name.
        roots: Option<Foreign>,
        /// The variable that tells go, and not git, what to trust.
        variable: Option<Foreign>,
    },
    /// The file with authorities that git's settings name cannot be read.
    NoAuthorities {
        /// The host.
        host: Foreign,
        /// The file.
        file: Foreign,
    },
    /// The HTTP proxy that git uses fails.
    GitProxyFails {
        /// The host that was to be reached.
        host: Foreign,
        /// The setting or variable that names the HTTP proxy.
        setting: Option<Foreign>,
        /// What git said.
        line: Foreign,
    },
    /// The repository has no such version.
    NoSuchVersion {
        /// The module path.
        path: Foreign,
        /// The version.
        version: Foreign,
        /// The repository.
        url: Foreign,
        /// Versions that it has, the newest first.
        has: Vec<Foreign>,
    },
    /// The server shows no branch and no tag at all.
    NoReferences {
        /// The module path.
        path: Foreign,
        /// The version.
        version: Foreign,
        /// The repository.
        url: Foreign,
    },
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Advice {
    /// Install a program.
    Install {
        /// Its name.
        program: Foreign,
    },
    /// Install a newer git.
    UpgradeGit,
    /// Let a module proxy fetch public modules.
    UseModuleProxy,
    /// Allow the version control system for this path.
    AllowVcs {
        /// The version control system.
        vcs: Foreign,
        /// The path of the repository.
        root: Foreign,
    },
    /// Write GOVCS as go reads it.
    MendGovcs,
    /// Take the variable away, or add the protocol to it.
    AllowProtocol {
        /// The protocol.
        scheme: Foreign,
        /// The variable.
        variable: Option<Foreign>,
    },
    /// See whether the path is spelt right where it is required.
    CheckPath {
        /// The path.
        path: Foreign,
    },
    /// If the repository is private, give git a login.
    LogInIfPrivate {
        /// The host.
        host: Foreign,
    },
    /// Ask for the right to read the repository.
    AskForAccess {
        /// The host.
        host: Foreign,
    },
    /// Store a login for the host of import paths, which go then sends.
    LogInToPage {
        /// The host.
        host: Foreign,
    },
    /// Use the path with `.git`, which needs no page.
    UsePathWithGit,
    /// Tell the owner of the import path what its page lacks.
    TellPageOwner {
        /// The path.
        path: Foreign,
        /// The host.
        host: Foreign,
    },
    /// Try again after a pause.
    RetryLater,
    /// Tell whoever runs the host.
    TellOperator {
        /// The host.
        host: Foreign,
    },
    /// Remove a rule, or correct it.
    RemoveRule {
        /// The rule.
        rule: Rule,
    },
    /// Take the login out of a rule and store a valid one elsewhere.
    RenewRuleLogin {
        /// The rule; its login is not shown.
        rule: Rule,
    },
    /// Write the rule into the settings of the user.
    MoveRule,
    /// Give go's git the login of the repository's settings.
    GiveHeaderToGit {
        /// The host.
        host: Foreign,
    },
    /// Use a token that may read the other repository too.
    WidenHeader {
        /// The repository.
        url: Foreign,
    },
    /// Remove the login from git's settings.
    RemoveHeader {
        /// The file.
        file: Foreign,
    },
    /// Make the folder yours.
    OwnRepository {
        /// The folder.
        path: Foreign,
    },
    /// Trust this one folder.
    TrustRepository {
        /// The folder.
        path: Foreign,
    },
    /// Correct git's settings.
    MendConfig {
        /// The file.
        file: Option<Foreign>,
    },
    /// Ask the server by hand.
    AskByHand,
    /// Let git trust what go trusts.
    ShareRoots {
        /// The file.
        file: Foreign,
    },
    /// Add the authority to what git trusts.
    TrustForGit {
        /// The host.
        host: Foreign,
    },
    /// Correct or remove the setting that names the file with authorities.
    MendRootsSetting {
        /// The file.
        file: Foreign,
    },
    /// Correct or unset what names git's HTTP proxy.
    MendGitProxy {
        /// The setting or variable.
        setting: Option<Foreign>,
    },
    /// Require a version that exists.
    UseVersion {
        /// The version.
        version: Foreign,
    },
    /// Push the tag, if it is yours.
    PushTag {
        /// The version.
        version: Foreign,
    },
}
