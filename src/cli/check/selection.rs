//! `--only` and `--skip`: which probes look, and which checks are told.

use crate::model::{Diagnosis, Topic};

/// What is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Ids of checks or names of probes; everything where there are none.
    pub only: Vec<String>,
    /// Ids of checks or names of probes to leave out.
    pub skip: Vec<String>,
}

impl Selection {
    /// Whether a probe has anything to do.
    #[must_use]
    pub fn wants(&self, topic: Topic) -> bool {
        let name = topic.name();
        let of_probe = |id: &String| id.split('/').next() == Some(name);
        (self.only.is_empty() || self.only.iter().any(of_probe)) && !self.skip.iter().any(|id| id == name)
    }

    /// Whether a check is told.
    #[must_use]
    pub fn keeps(&self, id: &str) -> bool {
        let names = |wanted: &String| {
            id.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        (self.only.is_empty() || self.only.iter().any(names)) && !self.skip.iter().any(names)
    }

    /// Leaves out what is not wanted: checks, and findings that are about nothing else.
    pub fn apply(&self, diagnosis: &mut Diagnosis) {
        diagnosis.checks.retain(|check| self.keeps(&check.id));
        diagnosis.findings.retain(|finding| finding.about.is_empty() || finding.about.iter().any(|id| self.keeps(id)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probe_or_one_check_can_be_named() {
        let only = Selection { only: vec!["module-proxy".into(), "endpoint/h:443/tls".into()], skip: vec![] };
        assert!(only.wants(Topic::ModuleProxy) && only.wants(Topic::Endpoint) && !only.wants(Topic::Cache));
        assert!(only.keeps("module-proxy/h/mod") && only.keeps("endpoint/h:443/tls"));
        assert!(!only.keeps("endpoint/h:443/tcp") && !only.keeps("module-proxyish/x"));
        let skip = Selection { only: vec![], skip: vec!["cache".into(), "endpoint/h:443/tls".into()] };
        assert!(!skip.wants(Topic::Cache) && skip.wants(Topic::Endpoint));
        assert!(!skip.keeps("cache/modules") && !skip.keeps("endpoint/h:443/tls") && skip.keeps("endpoint/h:443/tcp"));
    }
}
