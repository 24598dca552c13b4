use super::*;
use crate::diagnosis::testing;
use crate::golang::platform::Os;
use crate::model::bench::{Outcome, Sample, Stopped, Trial, Way};

/// Who is measured, and in how many milliseconds it answers; none where it does not.
struct Bench {
    facts: Facts,
    candidates: Vec<Candidate>,
    measured: Measured,
}

fn bench(goproxy: &str, of: &[(&str, Option<u64>)]) -> Bench {
    let mut facts = testing::nothing();
    facts.environment = testing::environment("go1.26.1", &[]);
    if let Some(settings) = facts.environment.get_mut() {
        let process = [("GOPROXY", goproxy)];
        settings.environment = testing::environment("go1.26.1", &process).get().unwrap().environment.clone();
    }
    let present = Candidate::present(goproxy, Os::Linux).unwrap_or_default();
    let mut bench = Bench { facts, candidates: Vec::new(), measured: Measured::default() };
    for (url, ms) in of {
        let named = Candidate::named(url, Os::Linux).unwrap().remove(0);
        let candidate = present.iter().find(|present| present.is_same(&named)).cloned().unwrap_or(named);
        let index = bench.candidates.len();
        bench.candidates.push(candidate);
        let way = Way { through: None, login: false, present: true };
        bench.measured.trials.push(trial(index, url, way, *ms));
    }
    bench
}

fn trial(proxy: usize, url: &str, way: Way, ms: Option<u64>) -> Trial {
    let outcome = if ms.is_some() { Outcome::Good } else { Outcome::NoAnswer };
    let total = std::time::Duration::from_millis(ms.unwrap_or(1));
    let sample =
        Sample { outcome, first_byte: None, total, status: None, error: None, version: None, cache: None, age: None };
    let stopped = ms.is_none().then_some(Stopped::Failing { in_a_row: 5 });
    Trial { proxy, url: url.into(), way, planned: 10, cold: None, samples: vec![sample; 10], stopped }
}

impl Bench {
    fn advice(&self) -> Advice {
        advise(&self.facts, &self.candidates, &self.measured)
    }

    fn value(&self) -> String {
        match self.advice().line {
            Line::Change { value, actions, .. } => {
                let set = Action::SetVariable { name: "GOPROXY".into(), value: value.to_string() };
                assert_eq!(actions, [set]);
                value.to_string()
            }
            Line::Keep { first } => format!("keep {first}"),
            Line::Nobody => "nobody".to_owned(),
            Line::HouseFails { url } => format!("fails {url}"),
        }
    }
}

const GO: &str = "https://proxy.golang.org,direct";

#[test]
fn the_faster_comes_first_and_an_outage_is_covered() {
    let (a, b) = ("https://a.example.com", "https://b.example.com");
    let both = [(a, Some(48)), (b, Some(210))];
    assert_eq!(bench(GO, &both).value(), "https://a.example.com|https://b.example.com,direct");
    let [first, second] = both;
    assert_eq!(bench(GO, &[second, first]).value(), "https://a.example.com|https://b.example.com,direct");
    let notes = bench(GO, &both).advice().notes;
    let left_out = Note::LeftOut { url: "https://proxy.golang.org".into(), failed: false };
    for note in [left_out, Note::Bar, Note::CommaBeforeDirect, Note::Learns { url: a.into() }] {
        assert!(notes.contains(&note), "{note:?} is not among {notes:?}");
    }
}

#[test]
fn the_present_one_stays_where_none_clearly_beats_it() {
    let present = "https://proxy.golang.org";
    for (own, other, expected) in [
        (50, 49, "keep https://proxy.golang.org"),
        (50, 40, "keep https://proxy.golang.org"),
        (3, 1, "keep https://proxy.golang.org"),
        (10, 200, "keep https://proxy.golang.org"),
        (200, 10, "https://goproxy.cn|https://proxy.golang.org,direct"),
    ] {
        let bench = bench(GO, &[(present, Some(own)), ("https://goproxy.cn", Some(other))]);
        assert_eq!(bench.value(), expected, "{own} {other}");
    }
}

#[test]
fn who_failed_is_not_recommended() {
    let bench = |own, other| bench(GO, &[("https://proxy.golang.org", own), ("https://goproxy.cn", other)]);
    assert_eq!(bench(None, Some(900)).value(), "https://goproxy.cn,direct");
    assert_eq!(bench(Some(900), None).value(), "keep https://proxy.golang.org");
    assert_eq!(bench(None, None).value(), "nobody");
    let dropped = Note::LeftOut { url: "https://proxy.golang.org".into(), failed: true };
    assert!(bench(None, Some(900)).advice().notes.contains(&dropped));
}

#[test]
fn a_fallback_that_failed_leaves_the_list() {
    let of = [("https://goproxy.cn", Some(20)), ("https://goproxy.io", None)];
    assert_eq!(bench("https://goproxy.cn|https://goproxy.io|direct", &of).value(), "https://goproxy.cn|direct");
}

#[test]
fn a_module_proxy_of_the_house_stays_in_front() {
    let house = "https://goproxy.team.corp";
    let present = "https://goproxy.team.corp,https://proxy.golang.org,direct";
    let of = |own, public, mirror| [(house, own), ("https://proxy.golang.org", public), ("https://goproxy.cn", mirror)];
    let slow = bench(present, &of(Some(500), Some(20), Some(20)));
    assert_eq!(slow.value(), format!("keep {house}"));
    assert_eq!(slow.advice().notes, [Note::HouseFirst { url: house.into() }]);
    let fails = bench(present, &of(None, Some(20), Some(20)));
    assert_eq!(fails.value(), format!("fails {house}"));
    let other_falls = bench(present, &of(Some(5), None, Some(20)));
    assert_eq!(other_falls.value(), format!("{house},https://goproxy.cn,direct"));
    let unmeasured = bench(present, &[("https://goproxy.cn", Some(20))]);
    assert_eq!(unmeasured.value(), format!("{house},https://goproxy.cn,direct"));
    assert!(unmeasured.advice().notes.contains(&Note::NotMeasured { url: house.into() }));
}

#[test]
fn those_of_the_house_keep_their_order_and_their_commas() {
    let present = "http://10.0.0.1,http://10.0.0.2|direct";
    let two = bench(present, &[("http://10.0.0.1", Some(300)), ("http://10.0.0.2", Some(10))]);
    assert_eq!(two.value(), "keep http://10.0.0.1");
    assert_eq!(two.advice().notes, [Note::HouseOrder { url: "http://10.0.0.2".into() }]);
    let new = bench(present, &[("http://10.0.0.1", Some(300)), ("http://10.0.0.3", Some(10))]);
    assert_eq!(new.value(), "http://10.0.0.3|http://10.0.0.1,http://10.0.0.2|direct");
}

#[test]
fn a_folder_stays_and_a_broken_goproxy_is_replaced() {
    let folder = bench("file:///srv/m,https://goproxy.io", &[("https://goproxy.cn", Some(5))]);
    assert_eq!(folder.value(), "file:///srv/m,https://goproxy.cn");
    for present in ["ftp://broken", "direct"] {
        assert_eq!(bench(present, &[("https://goproxy.cn", Some(5))]).value(), "https://goproxy.cn,direct");
    }
    assert_eq!(bench("off", &[("https://goproxy.cn", Some(5))]).value(), "https://goproxy.cn,off");
}

#[test]
fn no_command_shows_a_login() {
    let present = "https://u:S3cr3t@goproxy.team.corp,https://proxy.golang.org,direct";
    let bench = bench(present, &[("https://goproxy.cn", Some(5))]);
    let advice = bench.advice();
    assert!(!format!("{advice:?}").contains("S3cr3t"), "{advice:?}");
    let Line::Change { value, actions, .. } = advice.line else { panic!("{advice:?}") };
    assert!(actions.is_empty() && value.as_str().contains("https://goproxy.cn,direct"), "{value}");
}

#[test]
fn another_way_is_named_where_it_is_better() {
    let through = |ms| {
        let mut bench = bench(GO, &[("https://proxy.golang.org", ms)]);
        let way = Way { through: Some("http://proxy.corp:3128".into()), login: false, present: false };
        bench.measured.trials.push(trial(0, "https://proxy.golang.org", way, Some(30)));
        bench
    };
    assert_eq!(through(Some(31)).advice().way, None);
    for ms in [None, Some(300)] {
        let bench = through(ms);
        let set = Action::SetVariable { name: "HTTPS_PROXY".into(), value: "http://proxy.corp:3128".into() };
        let way = OtherWay { through: Some("http://proxy.corp:3128".into()), actions: vec![set] };
        assert_eq!(bench.advice().way, Some(way));
        assert_eq!(bench.value(), "keep https://proxy.golang.org");
    }
}
