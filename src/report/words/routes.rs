//! What is said of routes. Each language implements the whole trait.

use super::Lang;
use crate::facts::credentials::{AgentState, CredentialSource, HostKeyState};
use crate::golang::goproxy::Fallback;
use crate::golang::route::{PrivateReason, VcsDecision};

/// How ssh gets in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SshWay {
    /// The key files, and whether others can read them.
    pub keys: Vec<(String, bool)>,
    /// The agent.
    pub agent: AgentState,
    /// Whether the host's key is known.
    pub host_key: HostKeyState,
}

/// The words of routes.
pub trait RouteWords: Sync {
    /// How many modules share a route.
    fn modules(&self, count: usize) -> String;
    /// That so many more were left out.
    fn more(&self, count: usize) -> String;
    /// Where a value comes from that is the go command's own.
    fn built_in(&self) -> &'static str;
    /// Where a value comes from that is go's default and stands at a place.
    fn default(&self, place: &str) -> String;
    /// Where a value comes from that the process environment holds; `place` may have set it there.
    fn process(&self, place: Option<&str>) -> String;
    /// What decided: the value of a variable, and where it is set.
    fn named(&self, variable: &str, origin: &str) -> String;
    /// What decided: a variable, where it is set, and the item of its list.
    fn decided(&self, variable: &str, origin: &str, item: &str) -> String;
    /// When the next step follows; nothing after the last. `direct` says that no module proxy is asked.
    fn fallback(&self, fallback: Fallback, direct: bool) -> Option<&'static str>;
    /// Which credential is sent, to a host where it is not the one that the row is about.
    fn credential(&self, host: Option<&str>, source: &CredentialSource) -> String;
    /// That a pattern keeps a module from the module proxies.
    fn no_proxy(&self) -> &'static str;
    /// That GOPROXY ends the search.
    fn off(&self) -> &'static str;
    /// That go refuses GOPROXY, and what it says for each module.
    fn malformed(&self, problem: &str) -> String;
    /// That nobody is asked, and why.
    fn nobody(&self, problem: &str) -> String;
    /// That a page is asked first which names the repository.
    fn page(&self, url: &str) -> String;
    /// The repository, and the version control system that fetches it.
    fn repository(&self, vcs: &str, url: &str) -> String;
    /// That git rewrites the URL, perhaps to one of ssh, and which line says so.
    fn rewritten(&self, place: &str, from: &str, to: &str, over_ssh: bool) -> String;
    /// Which keys ssh offers, and whether it knows the host's.
    fn ssh(&self, way: &SshWay) -> String;
    /// That GOVCS or a malformed one stops the fetch; nothing where it does not.
    fn govcs(&self, decision: &VcsDecision) -> Option<String>;
    /// What GOINSECURE allows.
    fn insecure(&self) -> &'static str;
    /// The label of the line about checksums.
    fn checksum(&self) -> &'static str;
    /// That go.sum has the checksum.
    fn in_go_sum(&self) -> &'static str;
    /// That the vendor folder is taken.
    fn vendored(&self) -> &'static str;
    /// That no checksum database is asked.
    fn no_database(&self) -> &'static str;
    /// That no checksum database is asked, by the pattern that was told.
    fn same_pattern(&self) -> &'static str;
    /// That GOSUMDB is unusable.
    fn unusable(&self, problem: &str) -> String;
    /// An address of the checksum database: through a module proxy.
    fn through(&self, host: &str) -> String;
    /// An address of the checksum database: its own.
    fn directly(&self) -> &'static str;
    /// The checksum database, and the addresses at which it is asked, in order.
    fn database(&self, name: &str, bases: &[String]) -> String;
    /// That GOFLAGS makes most commands take the vendor folder.
    fn mod_vendor(&self) -> &'static str;
    /// The label of the line about a path that looks private.
    fn private(&self) -> &'static str;
    /// That a path looks private, why, and that it is told to public servers.
    fn leaves(&self, hosts: &[&str], reasons: &[PrivateReason]) -> String;
}

/// The words of `lang`.
#[must_use]
pub fn of(lang: Lang) -> &'static dyn RouteWords {
    match lang {
        Lang::En => &super::en::English,
        Lang::Zh => &super::zh::Chinese,
    }
}
