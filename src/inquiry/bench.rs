//! What `bench` asks, and whom: facts and arguments become module proxies and one sequence of requests.

use crate::facts::Facts;
use crate::facts::module_proxy::Want;
use crate::golang::goproxy::Candidate;
use crate::golang::module_path::{ModuleVersion, check};
use crate::golang::route::{ChecksumRoute, Recorded, route};

/// Public modules of which every public module proxy has these versions.
const WELL_KNOWN: [(&str, &str); 10] = [
    ("golang.org/x/text", "v0.14.0"),
    ("github.com/stretchr/testify", "v1.9.0"),
    ("golang.org/x/sys", "v0.17.0"),
    ("github.com/pkg/errors", "v0.9.1"),
    ("google.golang.org/protobuf", "v1.33.0"),
    ("github.com/google/uuid", "v1.6.0"),
    ("golang.org/x/net", "v0.21.0"),
    ("gopkg.in/yaml.v3", "v3.0.1"),
    ("github.com/spf13/cobra", "v1.8.0"),
    ("github.com/prometheus/client_golang", "v1.19.0"),
];

/// The files that are asked for in turn. They are small: what is compared is the way to an answer, not how fast
/// a large zip flows.
const WANTS: [Want; 3] = [Want::Info, Want::Mod, Want::List];

/// Whom to measure, each once: what was named, else what GOPROXY has, and the mirrors behind that. What GOPROXY
/// has too counts as its entry, whoever named it.
#[must_use]
pub fn whom(present: &[Candidate], named: Vec<Candidate>, mirrors: Vec<Candidate>) -> Vec<Candidate> {
    let first = if named.is_empty() { present.to_vec() } else { named };
    let mut all: Vec<Candidate> = Vec::new();
    for candidate in first.into_iter().chain(mirrors) {
        let candidate = present.iter().find(|present| present.is_same(&candidate)).cloned().unwrap_or(candidate);
        if !all.iter().any(|known| known.is_same(&candidate)) {
            all.push(candidate);
        }
    }
    all
}

/// One request of the sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The module and its version.
    pub module: ModuleVersion,
    /// Which file of it.
    pub want: Want,
}

/// From where the modules come that are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// From the build list of the repository.
    BuildList,
    /// From a list of well-known public modules.
    WellKnown,
}

/// What is asked of each module proxy, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// The requests.
    pub requests: Vec<Request>,
    /// How many modules they are about.
    pub modules: usize,
    /// From where these come.
    pub source: Source,
    /// How many modules of the build list are asked of nobody, because they are private or might be.
    pub left_out: usize,
}

/// `count` requests, the same for all `candidates`. `recorded` says whether go.sum has a module.
///
/// A module of the repository is asked for only where nothing hints at its being private. A module proxy of
/// somebody else that GOPROXY does not have is told no more than the public checksum database vouches for.
#[must_use]
pub fn sequence(
    facts: &Facts,
    candidates: &[Candidate],
    recorded: impl Fn(&ModuleVersion) -> bool,
    count: usize,
) -> Sequence {
    let strangers = candidates.iter().any(|candidate| !candidate.present && !candidate.is_of_the_house());
    let listed = facts.repository.get().into_iter().flat_map(|repository| &repository.build_list);
    let listed: Vec<&ModuleVersion> = listed.filter_map(|module| module.fetched()).collect();
    let all = listed.len();
    let open = listed.into_iter().filter(|module| check(&module.path, &module.version).is_ok());
    let open = open.filter(|module| is_open(facts, module));
    let open = open.filter(|module| !strangers || (recorded(module) && is_vouched_for(facts, module)));
    let open: Vec<ModuleVersion> = open.cloned().collect();
    let left_out = all - open.len();
    let (modules, source) = if open.is_empty() {
        let known = WELL_KNOWN.into_iter().map(|(path, version)| ModuleVersion::new(path, version));
        (known.collect(), Source::WellKnown)
    } else {
        (open, Source::BuildList)
    };
    let requests: Vec<Request> = mixed(&modules).take(count).collect();
    Sequence { modules: modules.len().min(count), requests, source, left_out }
}

/// Each module once, then each once more with the next file, without end.
fn mixed(modules: &[ModuleVersion]) -> impl Iterator<Item = Request> {
    let pass = |shift: usize| {
        modules.iter().enumerate().filter_map(move |(at, module)| {
            let want = *WANTS.get((at + shift) % WANTS.len())?;
            Some(Request { module: module.clone(), want })
        })
    };
    (0..).flat_map(pass)
}

/// Nothing hints at its being private, and no pattern keeps it from module proxies.
fn is_open(facts: &Facts, module: &ModuleVersion) -> bool {
    let no_reason = facts.privacy(&module.path).is_some_and(|privacy| privacy.reasons.is_empty());
    let bypass = facts.environment.get().is_none_or(|facts| facts.environment.gonoproxy().matches(&module.path));
    no_reason && !bypass
}

/// go has held what go.sum records against a checksum database that anybody may ask.
fn is_vouched_for(facts: &Facts, module: &ModuleVersion) -> bool {
    facts.environment.get().is_some_and(|settings| {
        let checksum = route(&settings.environment, &module.path, Recorded::No).checksum;
        matches!(checksum, ChecksumRoute::Database(source) if source.public)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::testing;
    use crate::facts::Section;
    use crate::facts::repository::{BuildModule, Mode, RepositoryFacts};
    use crate::golang::platform::Os;

    fn candidates(texts: &[&str]) -> Vec<Candidate> {
        texts.iter().flat_map(|text| Candidate::named(text, Os::Linux).unwrap()).collect()
    }

    fn facts(process: &[(&str, &str)], modules: &[&str]) -> Facts {
        let mut facts = testing::nothing();
        facts.environment = testing::environment("go1.26.1", process);
        let mut repository = RepositoryFacts::empty("/r".into(), Mode::Module);
        repository.build_list = modules
            .iter()
            .map(|path| BuildModule {
                module: ModuleVersion::new(*path, "v1.0.0"),
                direct: true,
                required_at: None,
                replaced_by: None,
                needed: true,
                mod_in_cache: false,
                source_in_cache: false,
            })
            .collect();
        repository.own_remotes = vec!["git@github.com:acme/app.git".into()];
        facts.repository = Section::of(repository);
        facts
    }

    fn paths(sequence: &Sequence) -> Vec<&str> {
        let mut paths: Vec<&str> = sequence.requests.iter().map(|request| request.module.path.as_str()).collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    const PUBLIC: [(&str, &str); 2] = [("GOPROXY", "https://proxy.golang.org,direct"), ("GOSUMDB", "sum.golang.org")];

    #[test]
    fn what_goproxy_has_counts_as_its_entry() {
        let present = Candidate::present("https://a.example,https://u:p@b.example", Os::Linux).unwrap();
        let named = candidates(&["a.example/", "https://c.example", "a.example"]);
        let all = whom(&present, named, candidates(&["https://c.example/", "https://goproxy.cn"]));
        let told: Vec<(String, bool)> =
            all.iter().map(|candidate| (candidate.proxy.redacted(), candidate.present)).collect();
        let told: Vec<(&str, bool)> = told.iter().map(|(url, present)| (url.as_str(), *present)).collect();
        assert_eq!(told, [("https://a.example", true), ("https://c.example", false), ("https://goproxy.cn", false)]);
        assert_eq!(whom(&present, Vec::new(), Vec::new()).len(), 2);
    }

    #[test]
    fn files_and_modules_take_turns() {
        let facts = facts(&PUBLIC, &["example.com/a", "example.com/b"]);
        let present = Candidate::present("https://proxy.golang.org", Os::Linux).unwrap();
        let sequence = sequence(&facts, &present, |_| false, 7);
        let asked: Vec<(&str, Want)> =
            sequence.requests.iter().map(|request| (request.module.path.as_str(), request.want)).collect();
        let (a, b) = ("example.com/a", "example.com/b");
        let turns = [
            (a, Want::Info),
            (b, Want::Mod),
            (a, Want::Mod),
            (b, Want::List),
            (a, Want::List),
            (b, Want::Info),
            (a, Want::Info),
        ];
        assert_eq!(asked, turns);
        assert_eq!((sequence.source, sequence.modules, sequence.left_out), (Source::BuildList, 2, 0));
    }

    #[test]
    fn what_might_be_private_is_asked_of_nobody() {
        let private = ["git.team.corp/x", "github.com/acme/lib", "github.com/secret/x", "example.com/open"];
        let [proxy, database] = PUBLIC;
        let facts = facts(&[proxy, database, ("GOPRIVATE", "github.com/secret")], &private);
        let present = Candidate::present("https://proxy.golang.org", Os::Linux).unwrap();
        let asked = sequence(&facts, &present, |_| true, 50);
        assert_eq!((paths(&asked), asked.left_out), (vec!["example.com/open"], 3));
    }

    #[test]
    fn a_stranger_is_told_only_what_the_checksum_database_vouches_for() {
        let facts = facts(&PUBLIC, &["example.com/known", "example.com/unknown"]);
        let stranger = candidates(&["https://goproxy.cn"]);
        let known = |module: &ModuleVersion| module.path.ends_with("/known");
        assert_eq!(paths(&sequence(&facts, &stranger, known, 50)), ["example.com/known"]);
        let none = sequence(&facts, &stranger, |_| false, 50);
        assert_eq!((none.source, none.left_out, none.modules), (Source::WellKnown, 2, WELL_KNOWN.len()));
        let of_the_house = candidates(&["http://127.0.0.1:8080", "https://goproxy.team.corp"]);
        assert_eq!(sequence(&facts, &of_the_house, |_| false, 50).modules, 2);
        let off = self::facts(&[PUBLIC[0], ("GOSUMDB", "off")], &["example.com/known"]);
        assert_eq!(sequence(&off, &stranger, known, 50).source, Source::WellKnown);
    }

    #[test]
    fn the_well_known_modules_are_well_formed() {
        for (path, version) in WELL_KNOWN {
            check(path, version).unwrap();
        }
        let few = sequence(&testing::nothing(), &candidates(&["https://goproxy.cn"]), |_| true, 3);
        assert_eq!((few.modules, few.requests.len()), (3, 3));
    }
}
