use std::path::{Path, PathBuf};

use serde_json::Value;

use super::*;
use crate::catalog::Lang;
use crate::golang::module_cache::Piece;
use crate::golang::module_path::ModuleVersion;
use crate::model::situation::{cache, environment};
use crate::model::{Action, Place, SubjectKind};
use crate::remedy::plan::{Lines, Why};
use crate::remedy::{Edit, Entry};
use crate::report::json::tests::fits;
use crate::report::text::width;
use crate::report::{Shell, Verbosity};

fn options(lang: Lang, width: usize) -> Options {
    Options { lang, width, color: false, ascii: false, verbosity: Verbosity::Normal, shell: Shell::Sh, elapsed: None }
}

fn planned(code: Code, value: &str, safety: Safety, steps: Vec<Step>) -> Planned {
    Planned {
        code,
        subject: Subject::new(SubjectKind::Variable, value),
        situation: environment::Situation::ModulesOff.into(),
        advice: environment::Advice::Correct { variable: Foreign::new(value) }.into(),
        safety,
        removes: (safety == Safety::WeakensSecurity).then_some(Protection::ChecksumDatabase),
        steps,
    }
}

/// A plan with each kind of step.
fn whole() -> Plan {
    let (env, cache) = (Path::new("/home/dev/.config/go/env"), PathBuf::from("/home/dev/go/pkg/mod"));
    let (old, new) = ("GOPROXY=\n", "GOPROXY=https://goproxy.example,direct\n");
    let lines = Lines { first: 1, old: vec!["GOPROXY=".into()], new: vec![Foreign::new(new.trim_end())] };
    let module = ModuleVersion::new("example.com/a", "v1.2.3");
    let key = PathBuf::from("/home/dev/.ssh/id_ed25519");
    let go = ["mod", "tidy"].map(str::to_owned).to_vec();
    let refetch = Step::Refetch { cache: cache.clone(), module, pieces: vec![Piece::Zip, Piece::Folder] };
    let away = cache.join("cache/vcs/0a1b");
    Plan {
        todo: vec![
            planned(
                Code::ProxyMisconfigured,
                "GOPROXY",
                Safety::Safe,
                vec![
                    Step::Change(Change::Folder { path: "/home/dev/.config/go".into() }),
                    Step::Edit { edit: Edit::between(env, Some(old), new).unwrap(), lines },
                ],
            ),
            planned(
                Code::SshHostKey,
                "GONOSUMDB",
                Safety::WeakensSecurity,
                vec![Step::Change(Change::Mode { path: key, from: 0o644, to: 0o600 })],
            ),
            planned(
                Code::CacheCorrupt,
                "example.com/a@v1.2.3",
                Safety::Safe,
                vec![refetch, Step::Remove { entry: Entry::new(&cache, None), path: away }],
            ),
            planned(
                Code::GoSumMissing,
                "go.sum",
                Safety::Destructive,
                vec![Step::Go { args: go, folder: "/home/dev/app".into(), writes: Vec::new() }],
            ),
        ],
        manual: vec![manual(&all_reasons()), manual(&[])],
        when_named: vec![Code::GoprivatePattern, Code::EnvShadowed],
    }
}

fn all_reasons() -> [Why; 7] {
    [Why::NotAllowed, Why::Place, Why::People, Why::Guess, Why::Secret, Why::Changed, Why::Unreadable]
}

fn manual(reasons: &[Why]) -> Manual {
    let set = Action::SetVariable { name: "GOPROXY".into(), value: "direct".into() };
    let advice = cache::Advice::Refetch { module: ModuleVersion::new("example.com/a", "v1.2.3") };
    let fix = |why: &Why| match why {
        Why::NotAllowed => {
            Fix::weakening(advice.clone().into(), Place::Shell, vec![set.clone()]).removing(Protection::Transport)
        }
        _ => Fix::safe(advice.clone().into(), Place::Shell, vec![set.clone()]),
    };
    let fixes = reasons.iter().map(|why| (fix(why), *why)).collect();
    let situation = environment::Situation::ModulesOff.into();
    Manual { code: Code::EnvShadowed, subject: Subject::new(SubjectKind::Variable, "GOPROXY"), situation, fixes }
}

fn came_of(error: Option<&str>) -> Outcome {
    let subject = Subject::new(SubjectKind::Variable, "GOPROXY");
    Outcome { code: Code::ProxyMisconfigured, subject, error: error.map(Foreign::new) }
}

#[test]
fn a_plan_says_what_where_from_what_to_what() {
    insta::assert_snapshot!(plan(&whole(), &options(Lang::En, 80)), @r#"
    4 fixes can be made here:

    proxy-misconfigured  GOPROXY
      GO111MODULE=off switches modules off.
      Correct GOPROXY, or unset it.
        /home/dev/.config/go: new folder
        /home/dev/.config/go/env:1
        - GOPROXY=
        + GOPROXY=https://goproxy.example,direct

    ssh-host-key  GONOSUMDB
      GO111MODULE=off switches modules off.
      Correct GONOSUMDB, or unset it.
      Weakens security: the checksum database no longer vouches for these modules.
        /home/dev/.ssh/id_ed25519: mode 0644 becomes 0600

    cache-corrupt  example.com/a@v1.2.3
      GO111MODULE=off switches modules off.
        example.com/a@v1.2.3: go fetches again: .zip, extracted files
        /home/dev/go/pkg/mod/cache/vcs/0a1b: moved out of the way

    go-sum-missing  go.sum
      GO111MODULE=off switches modules off.
      Correct go.sum, or unset it.
      Deletes what cannot simply be had again.
        go mod tidy (copies of what it may write are kept)

    Left to you: 2

    env-shadowed  GOPROXY
      GO111MODULE=off switches modules off.
      Remove example.com/a@v1.2.3 from the module cache and fetch it again.
      Weakens security: nobody checks which server answers.
      Not done without --allow weakens-security:
        export GOPROXY="direct"
      or
      Remove example.com/a@v1.2.3 from the module cache and fetch it again.
      It belongs where the environment is set, which is yours to change:
        export GOPROXY="direct"
      or
      Remove example.com/a@v1.2.3 from the module cache and fetch it again.
        export GOPROXY="direct"
      or
      Remove example.com/a@v1.2.3 from the module cache and fetch it again.
      Not done here, since only you know whether it fits:
        export GOPROXY="direct"
      or
      Remove example.com/a@v1.2.3 from the module cache and fetch it again.
      Not done here, since the change would pass over a secret:
        export GOPROXY="direct"
      or
      Remove example.com/a@v1.2.3 from the module cache and fetch it again.
      Not done here, since what stands there is not what was found:
        export GOPROXY="direct"
      or
      Remove example.com/a@v1.2.3 from the module cache and fetch it again.
      Not done here, since the file cannot be read as text:
        export GOPROXY="direct"

    env-shadowed  GOPROXY
      GO111MODULE=off switches modules off.
      No fix is known.

    Warnings and notes are left as they are; by name they can be mended too:
      gomoddoc fix goprivate-pattern env-shadowed
    "#);
}

#[test]
fn no_line_is_wider_than_asked_but_for_paths_and_commands() {
    for lang in [Lang::En, Lang::Zh] {
        for columns in [60, 80, 120] {
            let text = plan(&whole(), &options(lang, columns));
            for line in text.lines().filter(|line| !line.starts_with("    ")) {
                assert!(width(line) <= columns, "{line}");
            }
        }
    }
    let plain = Options { ascii: true, ..options(Lang::En, 80) };
    let text =
        plan(&whole(), &plain) + &outcomes(&[came_of(None), came_of(Some("x"))], Some(&[Code::EnvShadowed]), &plain);
    assert!(text.is_ascii(), "{text}");
}

#[test]
fn the_schema_in_docs_is_that_of_the_types() {
    crate::report::schema::assert_kept("remedy-v1.json", &schema());
}

#[test]
fn every_document_fits_the_schema_and_no_other_does() {
    let schema = schema();
    let of = |plan: &Plan, outcomes: &[Outcome], journal| -> Value {
        serde_json::from_str(&json("fix", plan, outcomes, Some(&[Code::EnvShadowed]), journal, &options(Lang::En, 80)))
            .unwrap()
    };
    let done = of(&whole(), &[came_of(None), came_of(Some("it is busy"))], Some("20261126T010203.004Z-5"));
    let undone = serde_json::from_str(&undone_json("fix", "20261126T010203.004Z-5", &options(Lang::Zh, 80))).unwrap();
    for document in [&done, &of(&Plan::default(), &[], None), &undone] {
        fits(&schema, &schema, document, "document").unwrap();
    }
    let spoil = |change: fn(&mut Value)| {
        let mut document = done.clone();
        change(&mut document);
        fits(&schema, &schema, &document, "document")
    };
    assert!(spoil(|_| ()).is_ok());
    assert!(spoil(|d| d["plan"][0]["steps"][1]["do"] = "nothing".into()).is_err());
    assert!(spoil(|d| d["manual"][0]["fixes"][0]["why"] = "whim".into()).is_err());
    assert!(spoil(|d| drop(d.as_object_mut().unwrap().remove("journal"))).is_err());
}
