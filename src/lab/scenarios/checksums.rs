//! A checksum database that does not vouch for the modules. go.sum is empty, so that it is asked.

use super::FEW;
use crate::catalog::Code;
use crate::golang::module_cache::sumdb_latest;
use crate::lab::faults::{Broken, Faults, Html, On, Status};
use crate::lab::scenario::{Go, Scenario, Sentence};
use crate::lab::server::{Delivery, Plan};
use crate::lab::stage::{SUMDB, Stage, key};
use crate::lab::sumdb::{Key, Sumdb};

fn honest(stage: &Stage) -> Plan {
    Plan::new(Sumdb::with_records(&key(), stage.house.records.clone()))
}

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "sumdb-mismatch",
        code: Some(Code::SumdbMismatch),
        go: Go::Fails,
        sentence: Sentence {
            en: "The checksum database has another hash for one module than the module proxy serves.",
            zh: "校验和数据库中一个模块的哈希与模块代理提供的内容不符。",
        },
        modules: FEW,
        set_up: |stage| {
            let records = stage.house.records_lying_about(stage.house.first());
            stage.only_sumdb(Plan::new(Sumdb::with_records(&key(), records)))
        },
    },
    Scenario {
        name: "sumdb-fork",
        code: Some(Code::SumdbBadResponse),
        go: Go::Fails,
        sentence: Sentence {
            en: "The checksum database shows another history than the one that go has seen before.",
            zh: "校验和数据库给出的历史与 go 之前看到的不同。",
        },
        modules: FEW,
        set_up: |stage| {
            let before = stage.house.records_lying_about(stage.house.first());
            let seen = Sumdb::with_records(&key(), before).head();
            stage.write(&format!("gopath/{}", sumdb_latest(SUMDB)), seen)?;
            let plan = honest(stage);
            stage.only_sumdb(plan)
        },
    },
    Scenario {
        name: "sumdb-unsigned",
        code: Some(Code::SumdbBadResponse),
        go: Go::Fails,
        sentence: Sentence {
            en: "The checksum database signs with another key than the one in GOSUMDB.",
            zh: "校验和数据库使用的签名密钥与 GOSUMDB 中的不同。",
        },
        modules: FEW,
        set_up: |stage| {
            let records = stage.house.records.clone();
            stage.only_sumdb(Plan::new(Sumdb::with_records(&Key::new(SUMDB, 8), records)))
        },
    },
    Scenario {
        name: "sumdb-html",
        code: Some(Code::SumdbBadResponse),
        go: Go::Fails,
        sentence: Sentence {
            en: "A sign-in page comes in place of every answer of the checksum database.",
            zh: "校验和数据库的所有回答都变成了登录页面。",
        },
        modules: FEW,
        set_up: |stage| {
            let plan = honest(stage).faults(Faults::new().add(On::all(), Html));
            stage.only_sumdb(plan)
        },
    },
    Scenario {
        name: "sumdb-404",
        code: Some(Code::SumdbNotFound),
        go: Go::Fails,
        sentence: Sentence {
            en: "The checksum database has never heard of the modules.",
            zh: "校验和数据库不知道这些模块。",
        },
        modules: FEW,
        set_up: |stage| stage.only_sumdb(Plan::new(Sumdb::with_records(&key(), Vec::new()))),
    },
    Scenario {
        name: "sumdb-403",
        code: Some(Code::SumdbUnreachable),
        go: Go::Fails,
        sentence: Sentence {
            en: "A firewall answers 403 in place of the checksum database.",
            zh: "防火墙代替校验和数据库返回 403。",
        },
        modules: FEW,
        set_up: |stage| {
            let plan = honest(stage).faults(Faults::new().add(On::all(), Status::text(403, "blocked\n")));
            stage.only_sumdb(plan)
        },
    },
    Scenario {
        name: "sumdb-silent",
        code: Some(Code::SumdbUnreachable),
        go: Go::Waits,
        sentence: Sentence { en: "The checksum database never answers.", zh: "校验和数据库从不回答。" },
        modules: FEW,
        set_up: |stage| {
            let plan = honest(stage).faults(Faults::new().add(On::all(), Broken(Delivery::Silence)));
            stage.only_sumdb(plan)
        },
    },
];
