//! What is said of routes. Each language implements the whole trait.

use super::Lang;
use crate::facts::credentials::{CredentialSource, HostKeyState};
use crate::golang::goproxy::Fallback;
use crate::golang::route::VcsDecision;

/// The words of routes.
pub trait RouteWords: Sync {
    /// How many modules share a route.
    fn modules(&self, count: usize) -> String;
    /// That so many more were left out.
    fn more(&self, count: usize) -> String;
    /// Where a value comes from that is the go command's own.
    fn built_in(&self) -> &'static str;
    /// Where a value comes from that the process environment holds.
    fn process(&self) -> &'static str;
    /// What decided: a variable, where it is set, and the item of its list.
    fn decided(&self, variable: &str, origin: &str, item: &str) -> String;
    /// When the next step follows; nothing after the last.
    fn fallback(&self, fallback: Fallback) -> Option<&'static str>;
    /// Which credential is sent to a host.
    fn credential(&self, host: &str, source: &CredentialSource) -> String;
    /// That a pattern keeps a module from the module proxies.
    fn no_proxy(&self) -> &'static str;
    /// That GOPROXY ends the search.
    fn off(&self) -> &'static str;
    /// That nobody is asked, and why.
    fn nobody(&self, problem: &str) -> String;
    /// That a page is asked first which names the repository.
    fn page(&self, url: &str) -> String;
    /// The repository, and the version control system that fetches it.
    fn repository(&self, vcs: &str, url: &str) -> String;
    /// That git rewrites the URL, and which file says so.
    fn rewritten(&self, to: &str, file: &str) -> String;
    /// Which keys ssh offers, and whether it knows the host's.
    fn ssh(&self, keys: &[&str], host_key: HostKeyState) -> String;
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
    /// That GOSUMDB is unusable.
    fn unusable(&self, problem: &str) -> String;
    /// The checksum database, and the addresses at which it is asked, in order.
    fn database(&self, name: &str, bases: &[&str]) -> String;
    /// That GOFLAGS makes most commands take the vendor folder.
    fn mod_vendor(&self) -> &'static str;
    /// That a private-looking path is told to public servers.
    fn leaves(&self, hosts: &str) -> String;
}

/// The words of `lang`.
#[must_use]
pub fn of(lang: Lang) -> &'static dyn RouteWords {
    match lang {
        Lang::En => &super::en::English,
        Lang::Zh => &super::zh::Chinese,
    }
}
