//! A module proxy that wants a login.

use super::FEW;
use crate::catalog::Code;
use crate::lab::LabError;
use crate::lab::faults::{BasicLogin, Faults, On};
use crate::lab::scenario::{Go, Scenario, Sentence};
use crate::lab::stage::Stage;
use crate::lab::tls::{Authority, Flaw};

/// A module proxy over TLS that lets `dev` in with a password, and a netrc file of the form `machine HOST login
/// dev password PASSWORD`.
fn netrc(stage: &mut Stage, host: impl Fn(u16) -> String, password: &str) -> Result<(), LabError> {
    let authority = Authority::new()?;
    let faults = Faults::new().add(On::all(), BasicLogin::new("dev", "s3cret-word"));
    let plan = stage.plan().tls(authority.server(Flaw::None)?).faults(faults);
    let port = stage.proxy(plan)?;
    stage.trust(&authority)?;
    stage.write("netrc", format!("machine {} login dev password {password}\n", host(port)))
}

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "status-401",
        code: Some(Code::ProxyUnauthorized),
        go: Go::Fails,
        sentence: Sentence {
            en: "The module proxy wants a login, and there is none.",
            zh: "模块代理要求登录，而没有任何登录信息。",
        },
        modules: FEW,
        set_up: |stage| stage.fault(On::all(), BasicLogin::new("dev", "s3cret-word")),
    },
    Scenario {
        name: "netrc-fits",
        code: None,
        go: Go::Passes,
        sentence: Sentence {
            en: "The module proxy wants a login over TLS, and the netrc file has it.",
            zh: "模块代理通过 TLS 要求登录，netrc 文件中有正确的登录信息。",
        },
        modules: FEW,
        set_up: |stage| netrc(stage, |port| format!("127.0.0.1:{port}"), "s3cret-word"),
    },
    Scenario {
        name: "netrc-wrong-password",
        code: Some(Code::ProxyUnauthorized),
        go: Go::Fails,
        sentence: Sentence {
            en: "The module proxy wants a login over TLS, and the netrc file has another password.",
            zh: "模块代理通过 TLS 要求登录，netrc 文件中的密码不对。",
        },
        modules: FEW,
        set_up: |stage| netrc(stage, |port| format!("127.0.0.1:{port}"), "wr0ng-w0rd"),
    },
    Scenario {
        name: "netrc-without-port",
        code: Some(Code::NetrcIneffective),
        go: Go::Fails,
        sentence: Sentence {
            en: "The netrc file has the login, but leaves out the port, with which go compares it.",
            zh: "netrc 文件中有登录信息，但缺少 go 用来比较的端口。",
        },
        modules: FEW,
        set_up: |stage| netrc(stage, |_| "127.0.0.1".to_owned(), "s3cret-word"),
    },
];
