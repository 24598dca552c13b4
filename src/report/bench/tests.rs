use serde_json::Value;

use super::*;
use crate::catalog::Lang;
use crate::diagnosis::bench::{Line, Note, OtherWay};
use crate::inquiry::bench::{Request, Source};
use crate::model::bench::{CacheUse, Outcome, Rate, Sample, Stopped, Way};
use crate::model::transport::{HttpFailure, HttpVersion, TransportError};
use crate::model::{Action, Place};
use crate::report::json::tests::fits;
use crate::report::{Options, Shell, Verbosity};
use std::time::Duration;

fn sample(outcome: Outcome, ms: u64) -> Sample {
    let answered = outcome != Outcome::NoAnswer;
    Sample {
        outcome,
        first_byte: answered.then(|| Duration::from_millis(ms / 2)),
        total: Duration::from_millis(ms),
        status: answered.then_some(if outcome == Outcome::Good { 200 } else { 429 }),
        error: (!answered).then_some(TransportError::Http { failure: HttpFailure::Incomplete }),
        version: answered.then_some(HttpVersion::V2),
        cache: ms.is_multiple_of(3).then_some(CacheUse::Hit),
        age: Some(60),
    }
}

fn measured(ways: bool) -> Measured {
    let trial = |proxy, url: &str, through: Option<&str>, samples: Vec<Sample>| Trial {
        proxy,
        url: url.into(),
        way: Way { through: through.map(Foreign::new), login: false, present: through.is_none() },
        planned: 100,
        cold: Some(Duration::from_millis(180)),
        samples,
        stopped: None,
    };
    let quick: Vec<Sample> = (0..100).map(|at| sample(Outcome::Good, 30 + at)).collect();
    let slow: Vec<Sample> = (0..100)
        .map(|at| if at < 4 { sample(Outcome::RateLimited, 5) } else { sample(Outcome::Good, 150 + 7 * at) })
        .collect();
    let mut trials =
        vec![trial(0, "https://a.example", None, quick.clone()), trial(1, "https://b.example/", None, slow)];
    if ways {
        let long = "https://mirrors.somewhere.example/repository/goproxy/with/a/long/path";
        trials.push(trial(1, "https://b.example/", Some("http://proxy.corp:3128"), quick));
        trials.push(Trial {
            stopped: Some(Stopped::Failing { in_a_row: 5 }),
            ..trial(2, long, None, vec![sample(Outcome::NoAnswer, 10_000); 5])
        });
    }
    let rate = Rate {
        host: "a.example:443".into(),
        planned: 10.0,
        burst: 50,
        requests: 100,
        elapsed: Duration::from_millis(5_050),
    };
    Measured { trials, rates: vec![rate] }
}

fn sequence() -> Sequence {
    let module = crate::golang::module_path::ModuleVersion::new("example.com/a", "v1.0.0");
    let want = crate::facts::module_proxy::Want::Info;
    Sequence { requests: vec![Request { module, want }; 100], modules: 12, source: Source::BuildList, left_out: 3 }
}

fn change() -> Advice {
    let value = "https://a.example|https://b.example/,direct";
    Advice {
        line: Line::Change {
            first: "https://a.example".into(),
            value: value.into(),
            place: Place::UserEnvFile,
            actions: vec![Action::SetVariable { name: "GOPROXY".into(), value: value.into() }],
        },
        way: None,
        notes: vec![Note::Bar, Note::CommaBeforeDirect],
    }
}

fn options(lang: Lang, width: usize) -> Options {
    Options { lang, width, color: false, ascii: false, verbosity: Verbosity::Normal, shell: Shell::Sh, elapsed: None }
}

#[test]
fn a_table_with_what_to_do() {
    let (sequence, measured, advice) = (sequence(), measured(false), change());
    let told = Told { sequence: &sequence, measured: &measured, advice: &advice };
    insta::assert_snapshot!(table(told, &options(Lang::En, 80), false), @r#"
    MODULE PROXY    OK  MEAN  P50  P95  P99  FIRST BYTE  429  HTTP  CACHE
    a.example     100%    80   79  124  128          39    0  h2    100% HIT
    b.example      96%   510  507  815  843         253    4  h2    100% HIT
    rate planned 10.0/s, kept 9.9/s after a burst of 50 · 100 requests each
    times in ms · files of 12 modules of this repository
    3 modules of this repository may be private: nobody was asked for them.
    b.example: too many requests 4 times (HTTP 429)

    hint: Of those measured, ask https://a.example first.
      go env -w "GOPROXY=https://a.example|https://b.example/,direct"
      After | the next one is asked on any error.
      The comma before direct: only what no module proxy has is fetched from its own
      host, and an outage sends nobody there.
    "#);
    insta::assert_snapshot!(table(told, &options(Lang::Zh, 80), true), @r#"
    模块代理   成功  平均  P50  P95  P99  首字节  429  HTTP  缓存
    a.example  100%    80   79  124  128      39    0  h2    100% HIT
    b.example   96%   510  507  815  843     253    4  h2    100% HIT

      a.example  ▃▂▂▃▃▃▃▄▄▄▄▅▅▅▆▆▆▇███
      b.example                           ▁▂▂▂▃▂▃▃▃▃▃▄▄▅▄▅▅▆▆▇▇▇█
                 30                                      843 毫秒

    计划 10.0/秒，突发 50 个之后实际 9.9/秒 · 每个 100 次请求
    时间单位：毫秒 · 本仓库 12 个模块的文件
    本仓库有 3 个模块可能是私有的，没有向任何服务器查询。
    b.example：4 次请求过多（HTTP 429）

    建议：在测量过的模块代理中，先查询 https://a.example。
      go env -w "GOPROXY=https://a.example|https://b.example/,direct"
      “|” 表示出现任何错误都查询下一个。
      direct 之前用逗号：只有模块代理都没有的模块才从源站获取，模块代理故障时不会直
      接去源站。
    "#);
}

#[test]
fn the_page_shows_what_is_printed() {
    let (sequence, measured, advice) = (sequence(), measured(false), change());
    let told = Told { sequence: &sequence, measured: &measured, advice: &advice };
    let text = table(told, &options(Lang::En, 80), false);
    let indent = |line: &str| if line.is_empty() { String::new() } else { format!("    {line}") };
    let shown: Vec<String> = text.lines().map(indent).collect();
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/bench.md")).unwrap();
    assert!(page.contains(&shown.join("\n")), "docs/bench.md does not show:\n{}", shown.join("\n"));
}

#[test]
fn ways_stand_below_their_module_proxy() {
    let (sequence, measured) = (sequence(), measured(true));
    let way = OtherWay { through: Some("http://proxy.corp:3128".into()), actions: Vec::new() };
    let advice = Advice { line: Line::Keep { first: "https://a.example".into() }, way: Some(way), notes: Vec::new() };
    let told = Told { sequence: &sequence, measured: &measured, advice: &advice };
    insta::assert_snapshot!(table(told, &options(Lang::En, 80), true), @r#"
    MODULE PROXY            OK  MEAN  P50  P95  P99  FIRST BYTE  429  HTTP  CACHE
    a.example
      direct *            100%    80   79  124  128          39    0  h2    100% HIT
    b.example
      direct *             96%   510  507  815  843         253    4  h2    100% HIT
      through p…orp:3128  100%    80   79  124  128          39    0  h2    100% HIT
    mirrors.somewhere.example/repository/goproxy/with/a/long/path
      direct *              0%     –    –    –    –           –    0  –     –

      a.example direct            ▃▂▂▃▃▃▃▄▄▄▄▅▅▅▆▆▆▇███
      b.example direct                                     ▁▂▂▂▃▂▃▃▃▃▃▄▄▅▄▅▅▆▆▇▇▇█
      b.example thr…xy.corp:3128  ▃▂▂▃▃▃▃▄▄▄▄▅▅▅▆▆▆▇███
      mirrors.somew…/path direct
                                  30                                        843 ms

    rate planned 10.0/s, kept 9.9/s after a burst of 50 · 100 requests each
    times in ms · * as go does today · files of 12 modules of this repository
    3 modules of this repository may be private: nobody was asked for them.
    b.example direct: too many requests 4 times (HTTP 429)
    mirrors.somewhere.example/repository/goproxy/with/a/long/path direct: no answer
    5 times (HTTP: unexpected EOF); asked 5 of 100 times: 5 requests in a row failed

    hint: GOPROXY needs no change: nobody clearly beats https://a.example.
    hint: The way through http://proxy.corp:3128 is better than the one that go
    takes today.
    "#);
}

#[test]
fn no_line_is_too_wide_and_ascii_is_ascii() {
    for (ways, lang, width) in
        [(true, Lang::En, 80), (true, Lang::Zh, 80), (false, Lang::En, 120), (true, Lang::Zh, 97)]
    {
        for line in all_lines() {
            let (sequence, measured) = (sequence(), measured(ways));
            let advice = Advice { line, ..change() };
            let told = Told { sequence: &sequence, measured: &measured, advice: &advice };
            let verbose = Options { verbosity: Verbosity::Verbose, ..options(lang, width) };
            for row in table(told, &verbose, true).lines() {
                assert!(crate::report::text::width(row) <= width, "{row}");
            }
            let plain = Options { ascii: true, ..options(Lang::En, width) };
            let text = table(told, &plain, true);
            assert!(text.is_ascii(), "{text}");
            let quiet = Options { verbosity: Verbosity::Quiet, ..options(lang, width) };
            assert!(!table(told, &quiet, true).contains("P95"));
        }
    }
}

fn all_lines() -> Vec<Line> {
    let url: Foreign = "https://a.example".into();
    vec![change().line, Line::Nobody, Line::HouseFails { url: url.clone() }, Line::Keep { first: url }]
}

#[test]
fn the_schema_in_docs_is_that_of_the_types() {
    crate::report::schema::assert_kept("bench-v1.json", &schema());
}

#[test]
fn every_document_fits_the_schema() {
    let schema = schema();
    for line in all_lines() {
        for lang in [Lang::En, Lang::Zh] {
            let (sequence, measured) = (sequence(), measured(true));
            let way = OtherWay { through: None, actions: Vec::new() };
            let advice = Advice { line: line.clone(), way: Some(way), ..change() };
            let told = Told { sequence: &sequence, measured: &measured, advice: &advice };
            let document: Value = serde_json::from_str(&json(told, lang, Shell::Sh)).unwrap();
            fits(&schema, &schema, &document, "document").unwrap();
            assert_eq!(super::line(told, lang, Shell::Sh).lines().count(), 1);
            let empty = Measured::default();
            let told = Told { measured: &empty, ..told };
            let document: Value = serde_json::from_str(&json(told, lang, Shell::Sh)).unwrap();
            fits(&schema, &schema, &document, "document").unwrap();
        }
    }
    let (sequence, measured, advice) = (sequence(), measured(false), change());
    let told = Told { sequence: &sequence, measured: &measured, advice: &advice };
    let document: Value = serde_json::from_str(&json(told, Lang::En, Shell::Sh)).unwrap();
    assert_eq!(document["advice"]["commands"][0], "go env -w \"GOPROXY=https://a.example|https://b.example/,direct\"");
    assert_eq!(document["results"][1]["outcomes"], serde_json::json!({"good": 96, "rate-limited": 4}));
    assert_eq!(document["rates"][0]["kept_per_second"], 9.901);
}
