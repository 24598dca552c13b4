//! A module proxy that is there and answers, but not with what was asked for.

use super::FEW;
use crate::catalog::Code;
use crate::lab::LabError;
use crate::lab::faults::{Fault, On, RateLimit, Redirect, Status};
use crate::lab::scenario::{Go, Scenario, Sentence};
use crate::lab::stage::Stage;
use std::time::Duration;

/// More than a burst: the go command asks for a go.mod of each at once.
const MANY: usize = 120;

fn first(stage: &mut Stage, fault: impl Fault) -> Result<(), LabError> {
    let on = On::module(stage.house.first());
    stage.fault(on, fault)
}

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "rate-limit",
        code: Some(Code::ProxyRateLimited),
        go: Go::Fails,
        sentence: Sentence {
            en: "The module proxy lets 10 requests a second through, 50 at once; whoever asks for more gets 429 for 10 seconds.",
            zh: "模块代理每秒放行 10 个请求，一次最多 50 个；超出者在 10 秒内一律得到 429。",
        },
        modules: MANY,
        set_up: |stage| stage.limited(RateLimit::new(10.0, 50.0).penalty(Duration::from_secs(10))),
    },
    Scenario {
        name: "status-404",
        code: Some(Code::ModuleNotOnProxy),
        go: Go::Fails,
        sentence: Sentence {
            en: "The module proxy has one of the modules not: 404.",
            zh: "模块代理没有其中一个模块：404。",
        },
        modules: FEW,
        set_up: |stage| first(stage, Status::text(404, "not found: no such module\n")),
    },
    Scenario {
        name: "status-410",
        code: Some(Code::ModuleNotOnProxy),
        go: Go::Fails,
        sentence: Sentence {
            en: "The module proxy says of one module that it is gone: 410 without a word.",
            zh: "模块代理表示其中一个模块已不存在：410，没有正文。",
        },
        modules: FEW,
        set_up: |stage| first(stage, Status::new(410)),
    },
    Scenario {
        name: "status-403",
        code: Some(Code::ProxyForbidden),
        go: Go::Fails,
        sentence: Sentence {
            en: "The module proxy forbids one module, and says by which policy.",
            zh: "模块代理禁止其中一个模块，并说明依据哪条策略。",
        },
        modules: FEW,
        set_up: |stage| first(stage, Status::text(403, "blocked by policy: licence not approved\n")),
    },
    Scenario {
        name: "comma-blocks",
        code: Some(Code::ProxyForbidden),
        go: Go::Fails,
        sentence: Sentence {
            en: "The first of two module proxies answers 403, and the comma after it keeps go from asking the second.",
            zh: "两个模块代理中的第一个返回 403，其后的逗号使 go 不再询问第二个。",
        },
        modules: FEW,
        set_up: |stage| stage.first_of_two(Status::text(403, "blocked\n")),
    },
    Scenario {
        name: "status-500",
        code: Some(Code::ProxyServerError),
        go: Go::Fails,
        sentence: Sentence {
            en: "The module proxy fails: 500 without a word.", zh: "模块代理出错：500，没有正文。"
        },
        modules: FEW,
        set_up: |stage| stage.fault(On::all(), Status::new(500)),
    },
    Scenario {
        name: "status-502",
        code: Some(Code::ProxyServerError),
        go: Go::Fails,
        sentence: Sentence {
            en: "A gateway before the module proxy answers 502 with a page of HTML.",
            zh: "模块代理前面的网关返回 502 和一个 HTML 页面。",
        },
        modules: FEW,
        set_up: |stage| {
            stage.fault(
                On::all(),
                Status::text(502, "<html><body><h1>502 Bad Gateway</h1></body></html>\n")
                    .header("content-type", "text/html"),
            )
        },
    },
    Scenario {
        name: "status-503",
        code: Some(Code::ProxyServerError),
        go: Go::Fails,
        sentence: Sentence {
            en: "The module proxy is in maintenance: 503, to be tried again after 120 seconds.",
            zh: "模块代理在维护中：503，请在 120 秒后重试。",
        },
        modules: FEW,
        set_up: |stage| stage.fault(On::all(), Status::text(503, "maintenance\n").header("retry-after", "120")),
    },
    Scenario {
        name: "redirect-loop",
        code: Some(Code::ProxyBadResponse),
        go: Go::Fails,
        sentence: Sentence {
            en: "The module proxy sends every request back to where it came from.",
            zh: "模块代理把每个请求都重定向回原处。",
        },
        modules: FEW,
        set_up: |stage| stage.fault(On::all(), Redirect::Loop),
    },
];
