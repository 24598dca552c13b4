//! Handshakes.

use std::sync::{Arc, Mutex};

use gomoddoc::model::transport::{
    HttpVersion, Stage, Stages, TcpFailure, TlsFailure, TlsVersion, TransportError, Trust,
};
use gomoddoc::net::{Get, Prober, Until};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use super::{client, heard, hello, impatient, peer, probe, probe_until, prober, roots};
use crate::support::server::{OnAccept, Plan, Server};
use crate::support::tls::{Authority, Flaw};

fn server(authority: &Authority, flaw: Flaw) -> Server {
    Plan::new(hello).tls(authority.server(flaw)).start()
}

fn tls_failure(stages: &Stages) -> TlsFailure {
    match &stages.error {
        Some(TransportError::Tls { failure, of_proxy: false }) => failure.clone(),
        other => panic!("{other:?}"),
    }
}

/// The prober's word and the client's, which must be one.
async fn trust(prober: &Prober, server: &Server) -> Trust {
    let stages = probe(prober, &server.url()).await;
    let tls = stages.tls.as_ref().unwrap();
    assert!(!tls.chain.is_empty(), "the chain is told although it is not trusted");
    assert!(stages.http.is_none(), "nothing is asked of whom go does not trust");
    let TlsFailure::Untrusted { trust } = tls_failure(&stages) else { panic!("{stages:?}") };
    assert_eq!(tls.trust.as_ref(), Some(&trust));
    let failed = client(prober).get(&Get::new(server.url().parse().unwrap(), 100)).await.unwrap_err();
    let of_client = TransportError::Tls { failure: TlsFailure::Untrusted { trust: trust.clone() }, of_proxy: false };
    assert_eq!(failed.error, of_client);
    trust
}

#[tokio::test]
async fn a_trusted_server_answers_over_http2() {
    let authority = Authority::new();
    let server = server(&authority, Flaw::None);
    let prober = prober(Some(&authority));
    let stages = probe(&prober, &server.url()).await;
    assert_eq!(stages.error, None);
    let (tls, http) = (stages.tls.unwrap(), stages.http.unwrap());
    assert_eq!((tls.trust, tls.version), (Some(Trust::Trusted), Some(TlsVersion::V1_3)));
    assert_eq!(tls.alpn.unwrap().as_str(), "h2");
    assert!(tls.chain[0].issuer.as_str().contains("gomoddoc lab authority"), "{:?}", tls.chain);
    assert_eq!((http.status, http.version, http.first.as_str()), (200, HttpVersion::V2, "hello"));
    let answer = client(&prober).get(&Get::new(server.url().parse().unwrap(), 100)).await.unwrap();
    assert_eq!((answer.told.status, answer.told.version), (200, HttpVersion::V2));
    assert_eq!(answer.body, b"hello");
    let agents: Vec<_> = server.log.all().iter().map(|asked| asked.header("user-agent").to_owned()).collect();
    assert_eq!(agents, ["GoCommand/1 (+https://go.dev/cmd/go)"; 2]);
}

#[tokio::test]
async fn who_does_not_trust_whom_is_told() {
    let authority = Authority::new();
    let server = server(&authority, Flaw::None);
    // Another authority of the same name, and one of another name.
    let namesake = prober(Some(&Authority::new()));
    let mut other = prober(None);
    let stranger = rcgen::generate_simple_self_signed(vec!["stranger.test".to_owned()]).unwrap();
    other.roots = roots(Some(stranger.cert.pem()));
    for (prober, same_name) in [(namesake, true), (other, false)] {
        let Trust::UnknownIssuer { issuer } = trust(&prober, &server).await else { panic!() };
        assert!(issuer.as_str().contains("gomoddoc lab authority"), "{issuer}");
        let tls = probe(&prober, &server.url()).await.tls.unwrap();
        assert_eq!(tls.root_has_other_key, same_name);
    }
    assert_eq!(trust(&prober(None), &server).await, Trust::NoRoots);
}

#[tokio::test]
async fn each_flaw_of_a_certificate_has_its_name() {
    let authority = Authority::new();
    let prober = prober(Some(&authority));
    let expired = trust(&prober, &server(&authority, Flaw::Expired)).await;
    assert_eq!(expired, Trust::Expired { at: "2021-01-01T00:00:00Z".into() });
    let early = trust(&prober, &server(&authority, Flaw::NotYetValid)).await;
    assert_eq!(early, Trust::NotYetValid { from: "2090-01-01T00:00:00Z".into() });
    let wrong = trust(&prober, &server(&authority, Flaw::WrongName)).await;
    assert_eq!(wrong, Trust::WrongName { presented: vec!["elsewhere.example".into()] });
    assert_eq!(trust(&prober, &server(&authority, Flaw::SelfSigned)).await, Trust::SelfSigned);
}

/// A certificate that signed itself, and a server that shows it.
pub fn self_signed(params: &rcgen::CertificateParams) -> (String, Arc<rustls::ServerConfig>) {
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der())),
        )
        .unwrap();
    (certificate.pem(), Arc::new(config))
}

/// What `openssl req -x509` makes: self-signed and marked as an authority. Go takes it where it is
/// itself a root, although webpki never would.
#[tokio::test]
async fn a_self_signed_authority_is_trusted_where_it_is_a_root() {
    let mut params = rcgen::CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let (pem, config) = self_signed(&params);
    let server = Plan::new(hello).tls(config).start();
    let mut prober = prober(Some(&Authority::new()));
    assert_eq!(trust(&prober, &server).await, Trust::SelfSigned);
    prober.roots = roots(Some(pem));
    let stages = probe(&prober, &server.url()).await;
    assert_eq!(stages.http.map(|http| http.status), Some(200));
    let answer = client(&prober).get(&Get::new(server.url().parse().unwrap(), 100)).await.unwrap();
    assert_eq!(answer.told.status, 200);
}

#[tokio::test]
async fn who_speaks_no_tls_is_told_by_the_first_bytes() {
    let plain = Plan::new(hello).start();
    let stages = probe(&prober(None), &format!("https://{}/", plain.addr())).await;
    let TlsFailure::NotTls { http: true, first } = tls_failure(&stages) else { panic!("{stages:?}") };
    assert!(first.as_str().starts_with("HTTP/1."), "{first}");
    let banner = peer(|mut stream| {
        let _ = std::io::Write::write_all(&mut stream, b"SSH-2.0-OpenSSH_9.2\r\n");
        heard(&mut stream);
    });
    let url = format!("https://{banner}/");
    let stages = probe(&prober(None), &url).await;
    assert!(matches!(tls_failure(&stages), TlsFailure::NotTls { http: false, .. }), "{stages:?}");
    let failed = client(&prober(None)).get(&Get::new(url.parse().unwrap(), 100)).await.unwrap_err();
    assert!(matches!(failed.error, TransportError::Tls { failure: TlsFailure::NotTls { .. }, .. }), "{failed:?}");
}

#[tokio::test]
async fn a_handshake_that_ends_early_is_told_by_how_it_ends() {
    // Fatal alerts: handshake_failure, protocol_version.
    for (alert, expected) in [(40, TlsFailure::Alert { code: 40 }), (70, TlsFailure::ProtocolVersion)] {
        let server = Plan::new(hello).on_accept(OnAccept::Say(vec![21, 3, 3, 0, 2, 2, alert])).start();
        let stages = probe(&prober(None), &format!("https://{}/", server.addr())).await;
        assert_eq!(tls_failure(&stages), expected);
    }
    let connection = |failure| TlsFailure::Connection { failure };
    for (how, expected) in
        [(OnAccept::Reset, connection(TcpFailure::Reset)), (OnAccept::Close, connection(TcpFailure::Closed))]
    {
        let server = Plan::new(hello).on_accept(how).start();
        let url = format!("https://{}/", server.addr());
        assert_eq!(tls_failure(&probe(&prober(None), &url).await), expected);
        let failed = client(&prober(None)).get(&Get::new(url.parse().unwrap(), 100)).await.unwrap_err();
        assert_eq!(failed.error, TransportError::Tls { failure: expected, of_proxy: false });
    }
    let silent = Plan::new(hello).on_accept(OnAccept::Silence).start();
    let url = format!("https://{}/", silent.addr());
    let error = probe(&impatient(), &url).await.error.unwrap();
    assert_eq!((error.stage(), error.is_cut_off()), (Stage::Tls, true), "{error:?}");
    let failed = client(&impatient()).get(&Get::new(url.parse().unwrap(), 100)).await.unwrap_err();
    assert_eq!((failed.error.stage(), failed.error.is_cut_off()), (Stage::Connect, true), "{failed:?}");
}

/// Some middleboxes cannot take a first flight that needs two segments, as go's does since 1.24.
#[tokio::test]
async fn the_first_flight_is_as_large_as_go_s() {
    let seen = Arc::new(Mutex::new(0));
    let size = Arc::clone(&seen);
    let addr = peer(move |mut stream| {
        let mut bytes = heard(&mut stream);
        let record = |bytes: &[u8]| bytes.get(3..5).map(|len| usize::from(u16::from_be_bytes([len[0], len[1]])) + 5);
        while record(&bytes).is_some_and(|len| bytes.len() < len) {
            bytes.extend(heard(&mut stream));
        }
        *size.lock().unwrap() = bytes.len();
    });
    probe_until(&prober(None), &format!("https://proxy.test@{addr}/"), Until::Secured).await;
    let size = *seen.lock().unwrap();
    assert!(size > 1460, "{size} bytes");
}

#[tokio::test]
async fn a_wish_for_a_client_certificate_is_noted() {
    let authority = Authority::new();
    let mut store = rustls::RootCertStore::empty();
    let pem = authority.pem();
    let der = rustls::pki_types::pem::PemObject::from_pem_slice(pem.as_bytes()).unwrap();
    store.add(der).unwrap();
    let verifier = rustls::server::WebPkiClientVerifier::builder_with_provider(
        Arc::new(store),
        Arc::new(rustls::crypto::aws_lc_rs::default_provider()),
    )
    .build()
    .unwrap();
    let good = authority.server(Flaw::None);
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier)
        .with_cert_resolver(Arc::clone(&good.cert_resolver));
    let server = Plan::new(hello).tls(Arc::new(config)).start();
    let stages = probe(&prober(Some(&authority)), &server.url()).await;
    assert!(stages.tls.as_ref().unwrap().client_certificate_asked, "{stages:?}");
    // In TLS 1.3 the refusal comes after our handshake is done.
    assert!(stages.error.is_some() && stages.http.is_none(), "{stages:?}");
}
