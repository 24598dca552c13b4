//! The tables in `docs/accuracy.md`: what is tested of each error type and with each release of Go. That a
//! case is told right is what its own test shows; here the cases are counted.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use gomoddoc::catalog::{Code, Lang};

use super::cases;
use super::frame::{Case, Check, Go, Heal};
use super::from_the_log::{all_hidden, hidden};

/// The minor versions that `./test.sh --drift` fetches.
const RELEASES: std::ops::RangeInclusive<u32> = 21..=27;

fn in_the_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// What is counted of one error type.
#[derive(Clone, Copy, Default)]
struct Row {
    /// Live cases whose cause check names; of these:
    live: usize,
    /// a fix makes the go command pass,
    healed: usize,
    /// nothing on this machine does;
    not_here: usize,
    /// triage names the same cause from what go prints,
    told: usize,
    /// what go prints hides the cause, and triage names what it does tell,
    hidden: usize,
    /// go prints nothing, since it waits for ever or succeeds.
    silent: usize,
    examples: usize,
    traps: usize,
}

impl Row {
    fn of(code: Code, traps: &str) -> Self {
        let mut row = Self::default();
        for case in cases() {
            let named = match &case.check {
                Check::Healthy => None,
                Check::Warns(code) => Some(code),
                // The first is what check should say; the others are near enough.
                Check::Cause(codes) => codes.first(),
            };
            if named != Some(&code) {
                continue;
            }
            row.live += 1;
            row.healed += usize::from(case.heal.is_possible());
            row.not_here += usize::from(matches!(case.heal, Heal::NotHere(_)));
            match case.go {
                Go::Fails(..) if hidden(case.name).is_some() => row.hidden += 1,
                Go::Fails(..) => row.told += 1,
                Go::Passes(_) | Go::Hangs(_) => row.silent += 1,
            }
        }
        let page = code.page(Lang::En).expect("the page");
        row.examples = page.body.matches("```log\n").count();
        row.traps = traps.matches(&format!("Some(Code::{code:?})")).count();
        row
    }

    fn add(self, other: Self) -> Self {
        Self {
            live: self.live + other.live,
            healed: self.healed + other.healed,
            not_here: self.not_here + other.not_here,
            told: self.told + other.told,
            hidden: self.hidden + other.hidden,
            silent: self.silent + other.silent,
            examples: self.examples + other.examples,
            traps: self.traps + other.traps,
        }
    }

    fn line(self, name: &str) -> String {
        let Self { live, healed, not_here, told, hidden, silent, examples, traps } = self;
        format!("| {name} | {live} | {healed} | {not_here} | {told} | {hidden} | {silent} | {examples} | {traps} |\n")
    }
}

fn codes() -> String {
    let traps = std::fs::read_to_string(in_the_repository("src/diagnosis/log/traps.rs")).expect("the traps");
    let mut text = "| error type | live | healed | not here | triage too | hidden | silent | examples | traps |\n\
                    | --- | --: | --: | --: | --: | --: | --: | --: | --: |\n"
        .to_owned();
    let mut sum = Row::default();
    for code in Code::ALL {
        let row = Row::of(*code, &traps);
        sum = sum.add(row);
        text += &row.line(&format!("[{code}](errors/{code}.md)"));
    }
    text += &sum.line("all");
    let healthy = cases().filter(|case| matches!(case.check, Check::Healthy)).count();
    let no_cause = traps.lines().filter(|line| line.ends_with("None),") || line.trim() == "None,").count();
    text + &Row { live: healthy, silent: healthy, traps: no_cause, ..Row::default() }.line("no cause")
}

fn failures(minor: u32) -> impl Iterator<Item = &'static Case> {
    let there = move |case: &&Case| (case.since..case.before).contains(&minor);
    cases().filter(there).filter(|case| !matches!(case.go, Go::Passes(_)))
}

fn releases() -> String {
    let line = |minor| {
        let logs: Vec<_> = failures(minor).filter(|case| matches!(case.go, Go::Fails(..))).collect();
        let hidden = logs.iter().filter(|case| hidden(case.name).is_some()).count();
        format!("| 1.{minor} | {} | {} | {hidden} |\n", failures(minor).count(), logs.len())
    };
    let head = "| Go | failures | with words | of these hidden |\n| --- | --: | --: | --: |\n";
    head.to_owned() + &RELEASES.map(line).collect::<String>()
}

#[test]
fn the_tables_in_docs_count_what_is_tested() {
    let path = in_the_repository("docs/accuracy.md");
    let mut text = std::fs::read_to_string(&path).expect("the page");
    for (name, made) in [("releases", releases()), ("codes", codes())] {
        let (begin, end) = (format!("<!-- {name} -->"), format!("<!-- /{name} -->"));
        let kept = text.split_once(&begin).and_then(|(_, rest)| rest.split_once(&end)).expect("the table").0.to_owned();
        if std::env::var_os("GOMODDOC_BLESS").is_some() {
            println!("{made}");
            text = text.replace(&format!("{begin}{kept}{end}"), &format!("{begin}\n\n{made}\n{end}"));
        } else {
            assert!(kept.trim() == made.trim(), "docs/accuracy.md is out of date; the command stands there\n{made}");
        }
    }
    if std::env::var_os("GOMODDOC_BLESS").is_some() {
        std::fs::write(&path, text).expect("write the page");
    }
}

/// A failure whose cause check names, and of which nobody has said whether it can be mended here, is none
/// that the loop is closed for.
#[test]
fn of_each_cause_it_is_said_what_mends_it() {
    for case in cases() {
        let fails = matches!(case.check, Check::Cause(_));
        assert_eq!(fails, !matches!(case.heal, Heal::Well), "{}", case.name);
    }
}

#[test]
fn each_case_has_a_name_of_its_own() {
    let names: BTreeSet<_> = cases().map(|case| case.name).collect();
    assert_eq!(names.len(), cases().count());
    let strangers: Vec<_> = all_hidden().filter(|name| !names.contains(name)).collect();
    assert!(strangers.is_empty(), "no case has the name: {strangers:?}");
    assert_eq!(all_hidden().collect::<BTreeSet<_>>().len(), all_hidden().count(), "a case is hidden twice");
}

/// Messages change; what is shown of them with each release must stay enough.
#[test]
fn each_release_is_brought_to_at_least_40_failures() {
    for minor in RELEASES {
        let words = failures(minor).filter(|case| matches!(case.go, Go::Fails(..)));
        assert!(words.count() >= 40, "1.{minor}");
    }
}
