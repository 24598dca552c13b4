//! Names that no go command knows but somebody sets, thinking it does.

use serde::{Deserialize, Serialize};

use super::super::go_version::GoVersion;
use super::file::is_name;
use super::known::{GO, Source, known};
use super::location::ProcessEnv;

/// A name in the process environment that go ignores.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UnknownName {
    /// The name.
    pub name: String,
    /// The variable that was probably meant.
    pub suggestion: Option<String>,
    /// The N of the first Go 1.N that knows the name, if it is only too new.
    pub since: Option<u32>,
}

/// Names that were recommended here and there and never existed.
const NEVER_EXISTED: &[(&str, &str)] = &[
    ("GONOSUMCHECK", "GONOSUMDB"),
    ("GONOVERIFY", "GONOSUMDB"),
    ("GONOPRIVATE", "GOPRIVATE"),
    ("GOPRIVATEREPO", "GOPRIVATE"),
    ("GOSUMCHECK", "GOSUMDB"),
    ("GOMODPROXY", "GOPROXY"),
    ("GOMODULES", "GO111MODULE"),
    ("GO_MODULES", "GO111MODULE"),
    ("GOMODULE", "GO111MODULE"),
];

/// Names of other programs that look like a misspelt one.
const OF_OTHERS: &[&str] = &[
    "GOCOVERDIR",
    "GOGC",
    "GOLANG_VERSION",
    "GOMAXPROCS",
    "GOMEMLIMIT",
    "GOPACKAGESDRIVER",
    "GORACE",
    "GOROOT_BOOTSTRAP",
    "GOROOT_FINAL",
    "GOTRACEBACK",
    "GO_VERSION",
];

/// The names of the process environment that somebody probably took for a variable of go, and
/// those that the version in use does not know yet. Names that resemble none are left alone.
#[must_use]
pub fn unknown_names(process: &ProcessEnv<'_>, version: Option<&GoVersion>) -> Vec<UnknownName> {
    let mut found: Vec<UnknownName> = process
        .names()
        .filter_map(|name| {
            let (suggestion, since) = match GO.iter().find(|known| process.same_name(known.name, name)) {
                Some(known) if known.is_known_to(version) || !known.matters => return None,
                Some(known) => (None, Some(known.since)),
                None => (Some(suggestion(name)?.to_owned()), None),
            };
            Some(UnknownName { name: name.to_owned(), suggestion, since })
        })
        .take(50)
        .collect();
    found.sort_by(|x, y| x.name.cmp(&y.name));
    found.dedup();
    found
}

/// The variable of go that was probably meant by a name which go does not know.
#[must_use]
pub fn suggestion(name: &str) -> Option<&'static str> {
    let upper = name.to_ascii_uppercase();
    if name.len() > 32
        || !is_name(name)
        || !upper.starts_with("GO")
        || known(name).is_some()
        || OF_OTHERS.contains(&name)
    {
        return None;
    }
    if let Some((_, meant)) = NEVER_EXISTED.iter().find(|(never, _)| *never == upper) {
        return Some(meant);
    }
    let plain: String = upper.chars().filter(char::is_ascii_alphanumeric).collect();
    let candidates = || GO.iter().filter(|known| known.matters && known.source != Source::Computed);
    if let Some(same) = candidates().find(|known| known.name == plain) {
        return Some(same.name);
    }
    candidates()
        // GOOS and GOARCH are near to too much.
        .filter(|known| known.name.len() > 6 || known.name == "GOAUTH")
        .map(|known| (distance(&plain, known.name), known.name))
        .filter(|(distance, meant)| *distance <= if meant.len() > 6 { 2 } else { 1 })
        .min()
        .map(|(_, meant)| meant)
}

/// How many letters must be inserted, removed, replaced or swapped with their neighbour.
fn distance(x: &str, y: &str) -> usize {
    let (x, y) = (x.as_bytes(), y.as_bytes());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=y.len()).collect();
    for (i, a) in x.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in y.iter().enumerate() {
            let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (at(&last, j + 1) + 1).min(at(&row, j) + 1).min(at(&last, j) + usize::from(a != b));
            let swapped = i > 0 && j > 0 && x.get(i - 1) == Some(b) && y.get(j - 1) == Some(a);
            if swapped {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::golang::platform::Os;

    #[test]
    fn misspelt_names_are_recognised() {
        for (name, expected) in [
            ("GONOSUMCHECK", Some("GONOSUMDB")),
            ("GONOVERIFY", Some("GONOSUMDB")),
            ("GOPROXYS", Some("GOPROXY")),
            ("GOPRXOY", Some("GOPROXY")),
            ("GO_PROXY", Some("GOPROXY")),
            ("goproxy", Some("GOPROXY")),
            ("GOPRIVATES", Some("GOPRIVATE")),
            ("GOSUMSDB", Some("GOSUMDB")),
            ("GONOSUM", Some("GONOSUMDB")),
            ("GO11MODULE", Some("GO111MODULE")),
            ("GOFLAG", Some("GOFLAGS")),
            ("GOGC", None),
            ("GOPROXY", None),
            ("GOLANG_VERSION", None),
            ("GOOGLE_APPLICATION_CREDENTIALS", None),
            ("GOPHER", None),
            ("GO_VERSION", None),
            ("PROXY", None),
        ] {
            assert_eq!(suggestion(name), expected, "{name}");
        }
    }

    #[test]
    fn only_names_that_matter_are_reported() {
        let names = ["PATH", "GOPROXYS", "GOAUTH", "GOARM64", "GOPROXY", "GOBIN", "GOLAND_JDK"];
        let variables: Vec<_> = names.iter().map(|name| ((*name).to_owned(), "x".to_owned())).collect();
        let version = GoVersion::parse("1.22.3").unwrap();
        let process = ProcessEnv::new(Os::Linux, &variables);
        let found: Vec<_> =
            unknown_names(&process, Some(&version)).into_iter().map(|unknown| (unknown.name, unknown.since)).collect();
        assert_eq!(found, [("GOAUTH".to_owned(), Some(24)), ("GOPROXYS".to_owned(), None)]);
        assert_eq!(unknown_names(&process, None).len(), 1);
    }

    #[test]
    fn the_case_of_names_does_not_count_on_windows() {
        let variables = [("GoProxy".to_owned(), "x".to_owned())];
        assert_eq!(unknown_names(&ProcessEnv::new(Os::Windows, &variables), None), []);
        assert_eq!(unknown_names(&ProcessEnv::new(Os::Linux, &variables), None).len(), 1);
    }
}
