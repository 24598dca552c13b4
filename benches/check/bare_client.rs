//! A client that only asks: what the same requests take without any diagnosis.

use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

/// As many as gomoddoc has in flight at one host.
const IN_FLIGHT: usize = 16;

/// Asks for all paths, 16 in flight, over a new connection.
pub fn all(base: &str, authority: &str, paths: &[String]) -> Duration {
    timed(authority, async |client| {
        let asking = paths.iter().map(|path| get(client, format!("{base}{path}")));
        futures_util::stream::iter(asking).buffer_unordered(IN_FLIGHT).collect::<Vec<_>>().await;
    })
}

/// Asks for the paths one after the other, over a new connection.
pub fn chain(base: &str, authority: &str, paths: &[String]) -> Duration {
    timed(authority, async |client| {
        for path in paths {
            get(client, format!("{base}{path}")).await;
        }
    })
}

fn timed(authority: &str, ask: impl AsyncFnOnce(&reqwest::Client)) -> Duration {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let started = Instant::now();
    let client = client(authority);
    runtime.block_on(ask(&client));
    started.elapsed()
}

async fn get(client: &reqwest::Client, url: String) {
    let answer = client.get(&url).send().await.unwrap_or_else(|error| panic!("{url}: {error}"));
    let _ = answer.bytes().await.expect("a body");
}

fn client(authority: &str) -> reqwest::Client {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(authority.as_bytes()).expect("a certificate")).expect("an authority");
    let provider = std::sync::Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the default protocol versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    reqwest::Client::builder().no_proxy().tls_backend_preconfigured(config).build().expect("a client")
}
