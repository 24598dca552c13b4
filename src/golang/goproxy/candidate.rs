//! Module proxies that are to be compared: those that somebody names, and those of GOPROXY.

use super::{GoproxyError, Provider, ProxyUrl, parse, redacted};
use crate::golang::platform::Os;
use crate::golang::route::{HostKind, host_kind, is_public_proxy};
use crate::golang::secret::Secret;

/// A module proxy that is to be measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its URL.
    pub proxy: ProxyUrl,
    /// The item of GOPROXY as it was written, perhaps with a login.
    pub item: Secret,
    /// Whether GOPROXY has it.
    pub present: bool,
}

/// An argument that names no module proxy that can be measured.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotMeasurable {
    /// go would not take it in GOPROXY.
    #[error("{0}")]
    Malformed(#[from] GoproxyError),
    /// `direct` or `off`.
    #[error("{0} names no module proxy")]
    NoProxy(String),
    /// A folder of this machine.
    #[error("{0} is a folder of this machine: no server is asked, so there is nothing to measure")]
    Folder(String),
}

impl Candidate {
    /// The module proxies of an argument: one URL, or a list like GOPROXY's.
    ///
    /// # Errors
    /// When it names none, or a folder.
    pub fn named(text: &str, os: Os) -> Result<Vec<Self>, NotMeasurable> {
        let all = Self::all(text, os, false)?;
        if let Some(folder) = all.iter().find(|candidate| candidate.proxy.is_file()) {
            return Err(NotMeasurable::Folder(folder.proxy.redacted()));
        }
        if all.is_empty() {
            return Err(NotMeasurable::NoProxy(redacted(text)));
        }
        Ok(all)
    }

    /// The module proxies of GOPROXY in their order, without folders.
    ///
    /// # Errors
    /// When go does not take the value either.
    pub fn present(goproxy: &str, os: Os) -> Result<Vec<Self>, GoproxyError> {
        let mut all = Self::all(goproxy, os, true)?;
        all.retain(|candidate| !candidate.proxy.is_file());
        Ok(all)
    }

    fn all(text: &str, os: Os, present: bool) -> Result<Vec<Self>, GoproxyError> {
        let items: Vec<&str> = text.split([',', '|']).map(str::trim).collect();
        let list = parse(text, "", os)?;
        let candidates = list.entries.into_iter().filter_map(|entry| match entry.provider {
            Provider::Proxy(proxy) => {
                let item = items.get(entry.position?)?;
                Some(Self { proxy, item: Secret::new(*item), present })
            }
            _ => None,
        });
        Ok(candidates.collect())
    }

    /// Whether both lead to the same place with the same login.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let place = |candidate: &Self| candidate.proxy.request("m", "f");
        place(self) == place(other) && self.proxy.user() == other.proxy.user()
    }

    /// Whether it is known or looks to be of the house: its name is none of the public internet, or GOPROXY has
    /// it and it is no public module proxy.
    #[must_use]
    pub fn is_of_the_house(&self) -> bool {
        let host = self.proxy.host();
        let internal = host_kind(host).is_some_and(|kind| !matches!(kind, HostKind::GitServer { .. }));
        !is_public_proxy(host) && (self.present || internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates(texts: &[&str]) -> Vec<Candidate> {
        texts.iter().flat_map(|text| Candidate::named(text, Os::Linux).unwrap()).collect()
    }

    #[test]
    fn a_list_names_its_module_proxies() {
        let of = |text| Candidate::named(text, Os::Linux);
        assert_eq!(candidates(&["https://a.example|goproxy.cn,direct"]).len(), 2);
        assert!(matches!(of("direct"), Err(NotMeasurable::NoProxy(_))));
        assert!(matches!(of("file:///srv/m"), Err(NotMeasurable::Folder(_))));
        assert!(matches!(of("ftp://a"), Err(NotMeasurable::Malformed(_))));
        let folder = Candidate::present("file:///srv/m,https://a.example", Os::Linux).unwrap();
        assert_eq!(folder.len(), 1, "a folder of GOPROXY is not measured, and does no harm");
        let secret = format!("{:?} {:?}", candidates(&["https://u:S3cr3t@a.example"]), of("u:S3cr3t@a.example;/"));
        assert!(!secret.contains("S3cr3t"), "{secret}");
    }

    #[test]
    fn the_same_place_is_measured_once() {
        let all = candidates(&["https://a.example/", "a.example", "https://u:p@a.example", "https://a.example/x"]);
        assert!(all[0].is_same(&all[1]) && !all[0].is_same(&all[2]) && !all[0].is_same(&all[3]));
    }

    #[test]
    fn whose_name_nobody_else_knows_is_of_the_house() {
        let house = |text: &str, present: bool| {
            let all = Candidate::all(text, Os::Linux, present).unwrap();
            all.iter().all(Candidate::is_of_the_house)
        };
        assert!(house("http://127.0.0.1:8080,https://goproxy.team.corp,goproxy:8081/x", false));
        assert!(house("https://go.acme.com", true) && !house("https://go.acme.com", false));
        assert!(!house("https://goproxy.cn", true) && !house("https://gitlab.acme.com", false));
    }
}
