//! Facts as the text of a file.

use super::Facts;
use super::clean::clean;
use super::pseudonymise::pseudonymise;

/// What a facts file is to hide beyond secrets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Names {
    /// Nothing: hosts and folders are named.
    #[default]
    Real,
    /// Hosts, home folders and user names (`--pseudonymise`).
    Pseudonyms {
        /// The home folder of the user, where it is known: it need not lie where others do.
        home: Option<String>,
    },
}

/// The document, for people to read and for [`super::load`]: the same facts are the same text.
///
/// # Errors
/// If a value has no form in JSON, which is a fault of this program.
pub fn text(facts: &Facts, names: &Names) -> Result<String, serde_json::Error> {
    let mut document = serde_json::to_value(facts)?;
    clean(&mut document);
    if let Names::Pseudonyms { home } = names {
        pseudonymise(&mut document, home.as_deref());
    }
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

impl Facts {
    /// Puts what was asked at the same time into an order that does not tell who answered first.
    pub fn sort(&mut self) {
        if let Some(environment) = self.environment.get_mut() {
            environment.clocks.sort_by(|a, b| a.observation.id.cmp(&b.observation.id));
        }
        if let Some(endpoints) = self.endpoint.get_mut() {
            endpoints.endpoints.sort_by(|a, b| (&a.host, a.port).cmp(&(&b.host, b.port)));
        }
        if let Some(proxies) = self.module_proxy.get_mut() {
            proxies.served.sort_by(|a, b| a.observation.id.cmp(&b.observation.id));
            proxies.walks.sort_by(|a, b| (&a.module, a.want).cmp(&(&b.module, b.want)));
            proxies.served_versions.sort();
            proxies.downloads.sort_by(|a, b| (&a.module, &a.h1).cmp(&(&b.module, &b.h1)));
        }
        if let Some(database) = self.checksum_database.get_mut() {
            database.lookups.sort_by(|a, b| a.observation.id.cmp(&b.observation.id));
        }
        if let Some(version_control) = self.version_control.get_mut() {
            version_control.vanity.sort_by(|a, b| a.observation.id.cmp(&b.observation.id));
            version_control.remotes.sort_by(|a, b| a.observation.id.cmp(&b.observation.id));
        }
        if let Some(credentials) = self.credentials.get_mut() {
            credentials.hosts.sort_by(|a, b| a.observation.id.cmp(&b.observation.id));
            credentials.ssh.sort_by(|a, b| a.observation.id.cmp(&b.observation.id));
        }
        self.unfinished.sort_by(|a, b| a.id.cmp(&b.id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::testing;
    use crate::facts::Observation;
    use crate::facts::credentials::{NetrcFacts, NetrcMachine};
    use crate::facts::environment::{Candidate, CandidateKind};
    use crate::golang::module_path::ModuleVersion;

    /// Facts of a machine whose settings are full of secrets.
    fn facts() -> Facts {
        let mut facts = testing::nothing();
        facts.environment = testing::environment(
            "go1.26.1",
            &[
                ("GOPROXY", "https://S3cr3t@goproxy.corp.example|https://u:p/S3cr3t@h.corp.example,direct"),
                ("HTTPS_PROXY", "http://u:S3cr3t@proxy.corp.example:3128"),
                ("GOFLAGS", "-ldflags=-X=main.token=S3cr3t"),
                ("GOAUTH", "helper --token=S3cr3t"),
                ("GOPRIVATE", "https://u:S3cr3t@git.corp.example/x"),
                ("GOVCS", "S3cr3t.example:git"),
            ],
        );
        facts.wishes.modules.push(ModuleVersion::new("https://u:S3cr3t@git.corp.example/x", ""));
        if let Some(environment) = facts.environment.get_mut() {
            environment.candidates.push(Candidate {
                variable: "GOPROXY".into(),
                kind: CandidateKind::Shell,
                file: "/home/dev/.bashrc".into(),
                line: 3,
                value: "https://u:S3cr3t@h".into(),
            });
        }
        facts.credentials.begin().netrc = Some(NetrcFacts {
            observation: Observation::seen("credentials/netrc", "machine h login u password S3cr3t"),
            path: "/home/dev/.netrc".into(),
            from_variable: false,
            exists: true,
            machines: vec![NetrcMachine {
                line: 1,
                machine: "h".into(),
                login: true,
                password: true,
                read_by_go: true,
                trouble: None,
            }],
            elsewhere: Vec::new(),
        });
        facts
    }

    #[test]
    fn no_secret_gets_into_a_file() {
        for names in [Names::Real, Names::Pseudonyms { home: None }] {
            let text = text(&facts(), &names).unwrap();
            // A host that bears the word is none; it shows that the test would see one.
            let text = text.replace("S3cr3t.example:git", "");
            assert!(!text.contains("S3cr3t"), "{text}");
        }
        assert!(text(&facts(), &Names::Real).unwrap().contains("S3cr3t.example:git"));
    }

    #[test]
    fn what_is_saved_can_be_loaded() {
        let text = text(&facts(), &Names::Real).unwrap();
        let loaded = crate::facts::load(text.as_bytes()).unwrap();
        assert_eq!(super::text(&loaded, &Names::Real).unwrap(), text);
    }
}
