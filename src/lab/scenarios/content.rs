//! A module proxy whose content is not that of the module.

use super::FEW;
use crate::catalog::Code;
use crate::lab::faults::{Content, Corrupt, Faults, Html, On};
use crate::lab::scenario::{Go, Scenario, Sentence};

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "html-login",
        code: Some(Code::ProxyBadResponse),
        go: Go::Fails,
        sentence: Sentence {
            en: "A sign-in page with status 200 comes in place of everything.",
            zh: "所有请求都得到状态为 200 的登录页面。",
        },
        modules: FEW,
        set_up: |stage| stage.fault(On::all(), Html),
    },
    Scenario {
        name: "wrong-content",
        code: Some(Code::ProxyBadResponse),
        go: Go::Fails,
        sentence: Sentence {
            en: "An error message with status 200 comes in place of each zip.",
            zh: "每个 zip 都变成了状态为 200 的错误信息。",
        },
        modules: FEW,
        set_up: |stage| stage.fault(On::ending(".zip"), Content(b"{\"error\": \"artifact not found\"}\n".to_vec())),
    },
    Scenario {
        name: "corrupt-zip",
        code: Some(Code::ProxyBadResponse),
        go: Go::Fails,
        sentence: Sentence { en: "Of each zip only the first half is there.", zh: "每个 zip 只有前一半。" },
        modules: FEW,
        set_up: |stage| stage.fault(On::ending(".zip"), Corrupt::Cut),
    },
    Scenario {
        name: "checksum-mismatch",
        code: Some(Code::ChecksumMismatch),
        go: Go::Fails,
        sentence: Sentence {
            en: "The content of one module has changed since go.sum was written.",
            zh: "自 go.sum 写入以来，其中一个模块的内容已改变。",
        },
        modules: FEW,
        set_up: |stage| {
            let first = stage.house.first().to_owned();
            let go_sum: String = stage.house.records_lying_about(&first).into_iter().map(|(_, lines)| lines).collect();
            stage.write("repo/go.sum", go_sum)?;
            stage.faulty(Faults::new())
        },
    },
];
