//! Connections that do not come about, stand still, or break.

use super::FEW;
use crate::catalog::Code;
use crate::lab::LabError;
use crate::lab::faults::{Broken, Latency, On};
use crate::lab::ports::{BlackHole, ClosedPort};
use crate::lab::scenario::{Go, Scenario, Sentence};
use crate::lab::server::{Delivery, OnAccept};
use crate::lab::stage::Stage;
use std::time::Duration;

fn zips(stage: &mut Stage, delivery: Delivery) -> Result<(), LabError> {
    stage.fault(On::ending(".zip"), Broken(delivery))
}

fn accept(stage: &mut Stage, on_accept: OnAccept) -> Result<(), LabError> {
    let plan = stage.plan().on_accept(on_accept);
    stage.proxy(plan).map(drop)
}

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "connect-refused",
        code: Some(Code::ConnectRefused),
        go: Go::Fails,
        sentence: Sentence {
            en: "Nobody listens on the port of the module proxy.",
            zh: "模块代理的端口上没有程序监听。",
        },
        modules: FEW,
        set_up: |stage| {
            let port = ClosedPort::new()?;
            stage.set("GOPROXY", format!("http://{}", port.addr()));
            stage.hold(port);
            Ok(())
        },
    },
    Scenario {
        name: "connect-dropped",
        code: Some(Code::ConnectTimeout),
        go: Go::Waits,
        sentence: Sentence {
            en: "Packets to the module proxy vanish, as behind a firewall that discards them.",
            zh: "发往模块代理的数据包消失，如同被防火墙丢弃。",
        },
        modules: FEW,
        set_up: |stage| {
            let hole = BlackHole::new()?;
            stage.set("GOPROXY", format!("http://{}", hole.addr()));
            stage.hold(hole);
            Ok(())
        },
    },
    Scenario {
        name: "hang-accept",
        code: Some(Code::ConnectTimeout),
        go: Go::Waits,
        sentence: Sentence {
            en: "The module proxy takes connections and never reads them.",
            zh: "模块代理接受连接，但从不读取。",
        },
        modules: FEW,
        set_up: |stage| accept(stage, OnAccept::Silence),
    },
    Scenario {
        name: "hang-headers",
        code: Some(Code::ConnectTimeout),
        go: Go::Waits,
        sentence: Sentence {
            en: "The module proxy reads a request and never answers.",
            zh: "模块代理读取请求，但从不回答。",
        },
        modules: FEW,
        set_up: |stage| stage.fault(On::all(), Broken(Delivery::Silence)),
    },
    Scenario {
        name: "hang-body",
        code: Some(Code::ConnectTimeout),
        go: Go::Waits,
        sentence: Sentence {
            en: "Each zip stops in the middle and never goes on.",
            zh: "每个 zip 都在中途停住，不再继续。",
        },
        modules: FEW,
        set_up: |stage| zips(stage, Delivery::Stall(40)),
    },
    Scenario {
        name: "late",
        code: Some(Code::ConnectTimeout),
        go: Go::Waits,
        sentence: Sentence {
            en: "Every answer of the module proxy takes two minutes.",
            zh: "模块代理的每个回答都要两分钟。",
        },
        modules: FEW,
        set_up: |stage| stage.fault(On::all(), Latency(Duration::from_secs(120))),
    },
    Scenario {
        name: "slow-drip",
        code: Some(Code::ConnectTimeout),
        go: Go::Waits,
        sentence: Sentence {
            en: "Each zip comes a byte at a time, one every second.",
            zh: "每个 zip 一次只来一个字节，每秒一个。",
        },
        modules: FEW,
        set_up: |stage| zips(stage, Delivery::Drip { bytes: 1, pause: Duration::from_secs(1) }),
    },
    Scenario {
        name: "reset-accept",
        code: Some(Code::ConnectionReset),
        go: Go::Fails,
        sentence: Sentence {
            en: "The module proxy resets every connection once something is said.",
            zh: "一旦有数据发来，模块代理就重置连接。",
        },
        modules: FEW,
        set_up: |stage| accept(stage, OnAccept::Reset),
    },
    Scenario {
        name: "reset-body",
        code: Some(Code::ConnectionReset),
        go: Go::Fails,
        sentence: Sentence {
            en: "The connection is reset in the middle of each zip.",
            zh: "连接在每个 zip 中途被重置。",
        },
        modules: FEW,
        set_up: |stage| zips(stage, Delivery::ResetAfter(40)),
    },
    Scenario {
        name: "truncated",
        code: Some(Code::ConnectionReset),
        go: Go::Fails,
        sentence: Sentence {
            en: "Each zip ends earlier than its length says.", zh: "每个 zip 都比声明的长度短。"
        },
        modules: FEW,
        set_up: |stage| zips(stage, Delivery::Truncate(40)),
    },
];
