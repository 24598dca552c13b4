//! The public module proxy by this machine's own settings, only where asked for.

use std::sync::Arc;

use gomoddoc::golang::http_proxy::{Decision, ProxyVariables, Target as ProxyTarget, decide};
use gomoddoc::model::transport::{NotAsked, Trust};
use gomoddoc::net::{Client, Get, HttpProxy, Limits, Prober, Resolver, RootPlaces, Roots, Target};

use super::prober;
use crate::support::tools;

const LIST: &str = "https://proxy.golang.org/golang.org/x/text/@v/list";

fn of_this_machine() -> Prober {
    let var = |name: &str| std::env::var_os(name).unwrap_or_default();
    let mut prober = prober(None);
    prober.limits = Limits::default();
    prober.resolver = Arc::new(Resolver::of_this_machine(prober.deadline.clone(), prober.limits));
    prober.roots = Roots::read(&RootPlaces { file: var("SSL_CERT_FILE"), folders: var("SSL_CERT_DIR") }, true);
    prober
}

fn proxy_for(url: &url::Url) -> Result<Option<HttpProxy>, NotAsked> {
    let variables = ProxyVariables::read(|name| std::env::var(name).ok());
    let target = ProxyTarget::parse(url.as_str()).ok_or(NotAsked::InvalidUrl)?;
    match decide(&variables, &target) {
        Decision::Proxy { proxy, .. } => HttpProxy::try_from(&proxy).map(Some).map_err(|_| NotAsked::ClientSetup),
        _ => Ok(None),
    }
}

#[tokio::test]
async fn the_public_module_proxy_answers_in_stages_and_over_the_client() {
    if !tools::online() {
        return;
    }
    let prober = of_this_machine();
    let url: url::Url = LIST.parse().unwrap();
    let stages = prober.probe(&Target { proxy: proxy_for(&url).unwrap(), ..Target::new(url.clone()) }).await;
    assert_eq!(stages.error, None, "{stages:#?}");
    assert_eq!(stages.tls.and_then(|tls| tls.trust), Some(Trust::Trusted));
    let answer = Client::new(prober, proxy_for).get(&Get::new(url, 1 << 20)).await.unwrap();
    assert_eq!(answer.told.status, 200);
    assert!(String::from_utf8_lossy(&answer.body).lines().any(|line| line == "v0.3.8"));
}
