//! An HTTP proxy (HTTPS_PROXY) before the module proxy.

use super::FEW;
use crate::catalog::Code;
use crate::lab::LabError;
use crate::lab::http_proxy::{HttpProxyPlan, Manner};
use crate::lab::scenario::{Go, Scenario, Sentence};
use crate::lab::server::{Server, listener};
use crate::lab::stage::Stage;
use crate::lab::tls::{Authority, Flaw};

const HOST: &str = "goproxy.lab.example";

/// The module proxy has a name that only the HTTP proxy knows.
fn behind(stage: &mut Stage, manner: Manner) -> Result<(), LabError> {
    let authority = Authority::new()?;
    let plan = stage.plan().tls(authority.server_for(&[HOST], Flaw::None)?);
    let server = Server::start(listener(0)?, plan)?;
    stage.http_proxy(HttpProxyPlan::new(manner).host(&format!("{HOST}:443"), server.addr()))?;
    stage.hold(server);
    stage.trust(&authority)?;
    stage.set("GOPROXY", format!("https://{HOST}"));
    Ok(())
}

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "http-proxy-healthy",
        code: None,
        go: Go::Passes,
        sentence: Sentence {
            en: "The module proxy is behind an HTTP proxy that is in order.",
            zh: "模块代理位于一个正常的 HTTP 代理之后。",
        },
        modules: FEW,
        set_up: |stage| behind(stage, Manner::Works),
    },
    Scenario {
        name: "http-proxy-407",
        code: Some(Code::HttpProxyError),
        go: Go::Fails,
        sentence: Sentence {
            en: "The HTTP proxy wants a login that go cannot give: 407 with Negotiate and NTLM.",
            zh: "HTTP 代理要求 go 无法提供的登录：407，Negotiate 和 NTLM。",
        },
        modules: FEW,
        set_up: |stage| {
            behind(
                stage,
                Manner::WantsLogin { schemes: vec!["Negotiate".to_owned(), "NTLM".to_owned()], expected: None },
            )
        },
    },
    Scenario {
        name: "http-proxy-403",
        code: Some(Code::HttpProxyError),
        go: Go::Fails,
        sentence: Sentence {
            en: "The HTTP proxy does not let go through to the module proxy: 403.",
            zh: "HTTP 代理不让 go 访问模块代理：403。",
        },
        modules: FEW,
        set_up: |stage| behind(stage, Manner::Refuses("403 Forbidden".to_owned())),
    },
];
