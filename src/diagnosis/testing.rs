//! Facts for the tests of the rules: a machine of which nothing is known, to be added to.

use crate::facts::environment::EnvironmentFacts;
use crate::facts::version_control::{GitTrouble, Remote, RemoteResult};
use crate::facts::{Facts, Observation, Section, Wishes};
use crate::golang::env::{Environment, Inputs, Text};
use crate::golang::go_version::GoVersion;
use crate::golang::module_path::ModuleVersion;
use crate::golang::platform::Os;
use crate::model::Action;
use crate::model::Finding;
use crate::model::transport::{BodyEnd, HttpAnswer, HttpVersion};

/// What `$GOROOT/go.env` of every release since Go 1.21 says.
const GO_ENV: &str = "GOPROXY=https://proxy.golang.org,direct\nGOSUMDB=sum.golang.org\nGOTOOLCHAIN=auto\n";

/// Facts of a Linux machine, in which no section was collected.
pub fn nothing() -> Facts {
    let facts = Facts::begin(Os::Linux, "amd64", "2025-01-01T00:00:00Z".into(), Wishes::default());
    Facts { tool_version: "0".into(), ..facts }
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
        goroot_file: Text::Read(GO_ENV),
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

/// An answer without headers.
pub fn http(url: &str, status: u16) -> HttpAnswer {
    HttpAnswer {
        url: url.into(),
        status,
        version: HttpVersion::V1_1,
        headers: Vec::new(),
        auth_schemes: Vec::new(),
        redirects: Vec::new(),
        first: "".into(),
        body_bytes: 0,
        body_end: BodyEnd::Complete,
        login_sent: false,
        first_byte_ms: 1,
        elapsed_ms: 1,
    }
}

/// A repository of `git.corp.example/team/kit`, which was not asked.
pub fn remote(url: &str) -> Remote {
    Remote {
        observation: Observation::seen("version-control/remote", url),
        modules: vec![ModuleVersion { path: "git.corp.example/team/kit".into(), version: "v1.2.0".into() }],
        url: url.into(),
        effective_url: None,
        rewritten_by: None,
        result: RemoteResult::NotAsked,
        lacks: Vec::new(),
        has: Vec::new(),
    }
}

/// One that git could not ask.
pub fn failed_remote(url: &str, trouble: GitTrouble, stderr: &str) -> Remote {
    Remote { result: RemoteResult::Failed { exit: Some(128), trouble, stderr: stderr.into() }, ..remote(url) }
}

/// The actions of all fixes.
pub fn actions(finding: &Finding) -> Vec<&Action> {
    finding.fixes.iter().flat_map(|fix| &fix.actions).collect()
}

/// A module of the build list that the cache lacks.
pub fn lacking(path: &str, version: &str) -> crate::facts::repository::BuildModule {
    crate::facts::repository::BuildModule {
        module: ModuleVersion::new(path, version),
        direct: true,
        required_at: Some(("go.mod".into(), 5)),
        replaced_by: None,
        needed: true,
        mod_in_cache: false,
        source_in_cache: false,
    }
}

/// One question to one entry of GOPROXY, for the sake of the build list.
pub fn walk(
    module: &ModuleVersion,
    host: &str,
    answer: crate::facts::module_proxy::Answer,
    end: crate::facts::module_proxy::WalkEnd,
) -> crate::facts::module_proxy::Walk {
    use crate::facts::endpoint::{Step, step_id};
    use crate::facts::module_proxy::{Hop, Walk, Want, WhyAsked};
    let (name, port) = host.rsplit_once(':').map_or((host, 443), |(name, port)| (name, port.parse().unwrap()));
    let hop = Hop {
        observation: Observation::seen(format!("module-proxy/{host}/{module}.mod"), module.to_string())
            .needing([step_id(name, port, Step::Tls), format!("credentials/{host}")]),
        entry: 0,
        url: format!("https://{host}/{}/@v/{}.mod", module.path, module.version).into(),
        credentials_sent: false,
        answer,
    };
    Walk { module: module.clone(), want: Want::Mod, why: WhyAsked::BuildList, hops: vec![hop], end }
}

/// What a module proxy at `host`, the first entry, answered.
pub fn proxies(
    host: &str,
    walks: Vec<crate::facts::module_proxy::Walk>,
) -> Section<crate::facts::module_proxy::ModuleProxyFacts> {
    use crate::facts::module_proxy::{Entry, ModuleProxyFacts};
    let entry = Entry { index: 0, url: format!("https://{host}").into(), host: host.into(), product: None };
    Section::of(ModuleProxyFacts { entries: vec![entry], walks, ..ModuleProxyFacts::default() })
}
