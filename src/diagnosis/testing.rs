//! Facts for the tests of the rules: a machine of which nothing is known, to be added to.

use crate::facts::environment::EnvironmentFacts;
use crate::facts::{FACTS_VERSION, Facts, Section, Wishes};
use crate::golang::env::{Environment, Inputs, Text};
use crate::golang::go_version::GoVersion;
use crate::golang::platform::Os;

/// Facts of a Linux machine, in which no section was collected.
pub fn nothing() -> Facts {
    Facts {
        facts_version: FACTS_VERSION,
        tool_version: "0".into(),
        os: Os::Linux,
        arch: "amd64".into(),
        locale: None,
        unfinished: Vec::new(),
        collected_at: "2025-01-01T00:00:00Z".into(),
        wishes: Wishes::default(),
        environment: Section::default(),
        toolchain: Section::default(),
        repository: Section::default(),
        cache: Section::default(),
        credentials: Section::default(),
        endpoint: Section::default(),
        module_proxy: Section::default(),
        checksum_database: Section::default(),
        version_control: Section::default(),
        transcript: Section::default(),
    }
}

/// The settings of a process environment, for a go command of the version.
pub fn environment(version: &str, process: &[(&str, &str)]) -> Section<EnvironmentFacts> {
    let mut variables = vec![("HOME".to_owned(), "/home/dev".to_owned())];
    variables.extend(process.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let environment = Environment::resolve(&Inputs {
        os: Os::Linux,
        goos: "linux",
        goarch: "amd64",
        process: &variables,
        goroot: Some("/usr/local/go"),
        user_file: Text::Absent,
        goroot_file: Text::Absent,
        version: GoVersion::parse(version).as_ref(),
    });
    Section::of(EnvironmentFacts {
        observations: Vec::new(),
        environment,
        unreadable_file: None,
        candidates: Vec::new(),
        clocks: Vec::new(),
    })
}
