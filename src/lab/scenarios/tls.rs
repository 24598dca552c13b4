//! A module proxy over TLS that is not to be trusted.

use super::FEW;
use crate::catalog::Code;
use crate::lab::LabError;
use crate::lab::scenario::{Go, Scenario, Sentence};
use crate::lab::stage::Stage;
use crate::lab::tls::{Authority, Flaw};

/// A certificate with this flaw, of an authority that the machine trusts.
fn certificate(stage: &mut Stage, flaw: Flaw) -> Result<(), LabError> {
    let authority = Authority::new()?;
    let plan = stage.plan().tls(authority.server(flaw)?);
    stage.proxy(plan)?;
    stage.trust(&authority)
}

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "tls-healthy",
        code: None,
        go: Go::Passes,
        sentence: Sentence {
            en: "The module proxy speaks TLS, with an authority that SSL_CERT_FILE names.",
            zh: "模块代理使用 TLS，其证书颁发机构由 SSL_CERT_FILE 指定。",
        },
        modules: FEW,
        set_up: |stage| certificate(stage, Flaw::None),
    },
    Scenario {
        name: "tls-untrusted",
        code: Some(Code::TlsUntrusted),
        go: Go::Fails,
        sentence: Sentence {
            en: "An authority that this machine does not know has signed the certificate of the module proxy.",
            zh: "模块代理的证书由本机不认识的颁发机构签发。",
        },
        modules: FEW,
        set_up: |stage| {
            certificate(stage, Flaw::None)?;
            stage.trust(&Authority::new()?)
        },
    },
    Scenario {
        name: "tls-self-signed",
        code: Some(Code::TlsUntrusted),
        go: Go::Fails,
        sentence: Sentence {
            en: "Nobody but itself has signed the certificate of the module proxy.",
            zh: "模块代理的证书是自签名的。",
        },
        modules: FEW,
        set_up: |stage| certificate(stage, Flaw::SelfSigned),
    },
    Scenario {
        name: "tls-expired",
        code: Some(Code::TlsInvalid),
        go: Go::Fails,
        sentence: Sentence {
            en: "The certificate of the module proxy has expired.", zh: "模块代理的证书已过期。"
        },
        modules: FEW,
        set_up: |stage| certificate(stage, Flaw::Expired),
    },
    Scenario {
        name: "tls-wrong-name",
        code: Some(Code::TlsInvalid),
        go: Go::Fails,
        sentence: Sentence {
            en: "The certificate of the module proxy is for another host.",
            zh: "模块代理的证书属于另一台主机。",
        },
        modules: FEW,
        set_up: |stage| certificate(stage, Flaw::WrongName),
    },
    Scenario {
        name: "tls-plain-text",
        code: Some(Code::TlsProtocol),
        go: Go::Fails,
        sentence: Sentence {
            en: "The module proxy speaks plain HTTP where GOPROXY says https.",
            zh: "GOPROXY 写的是 https，而模块代理使用明文 HTTP。",
        },
        modules: FEW,
        set_up: |stage| {
            let plan = stage.plan();
            let (url, _) = stage.server(plan)?;
            stage.set("GOPROXY", url.replace("http://", "https://"));
            Ok(())
        },
    },
];
