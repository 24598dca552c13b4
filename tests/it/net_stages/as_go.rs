//! The go command itself as the judge: does it get through where we do, and not where we do not?

use gomoddoc::golang::http_proxy::ProxyAddress;
use gomoddoc::golang::secret::Secret;
use gomoddoc::model::transport::TransportError;
use gomoddoc::net::{Client, Get, HttpProxy, Login, Prober};

use super::{client, client_through, prober, roots};
use crate::support::child::Output;
use crate::support::faults::{BasicLogin, Faults, On, Redirect};
use crate::support::http_proxy::{HttpProxyPlan, Manner};
use crate::support::module_proxy::ModuleProxy;
use crate::support::modules::Module;
use crate::support::sandbox::Sandbox;
use crate::support::server::{Asked, Plan, Server, Site};
use crate::support::tls::{Authority, Flaw};
use crate::support::tools;

const LIST: &str = "example.com/a/@v/list";

fn site() -> ModuleProxy {
    ModuleProxy::new(&[Module::new("example.com/a", "v1.0.0")])
}

fn go(bundle: &str, proxy: &str, more: &[(&str, &str)]) -> Output {
    let mut sandbox = Sandbox::new();
    sandbox.write("ca.pem", bundle);
    let (file, empty) = (sandbox.path("ca.pem"), sandbox.path("no-folder"));
    sandbox.set("SSL_CERT_FILE", file).set("SSL_CERT_DIR", empty).set("GOPROXY", proxy);
    for (name, value) in more {
        sandbox.set(name, value);
    }
    sandbox.go(&["list", "-m", "-versions", "example.com/a"])
}

async fn ask(client: &Client, base: &str, login: Option<Login>) -> Result<u16, TransportError> {
    let get = Get::new(format!("{base}/{LIST}").parse().unwrap(), 4096);
    let get = match login {
        Some(login) => get.login(login),
        None => get,
    };
    client.get(&get).await.map(|answer| answer.told.status).map_err(|failed| failed.error)
}

#[tokio::test]
async fn go_trusts_whom_we_trust() {
    if !tools::have(&["go"]) {
        return;
    }
    let authority = Authority::new();
    let namesake = Authority::new();
    let mut params = rcgen::CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let (own, own_server) = super::tls::self_signed(&params);
    let mut leaf = rcgen::CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    leaf.is_ca = rcgen::IsCa::NoCa;
    let (plain, plain_server) = super::tls::self_signed(&leaf);
    let with = |config| Plan::new(site()).tls(config).start();
    let cases: Vec<(&str, Server, String, &str, bool)> = vec![
        ("trusted", with(authority.server(Flaw::None)), authority.pem(), "", true),
        ("unknown", with(authority.server(Flaw::None)), own.clone(), "unknown authority", false),
        ("namesake", with(authority.server(Flaw::None)), namesake.pem(), "unknown authority", false),
        ("no roots", with(authority.server(Flaw::None)), String::new(), "unknown authority", false),
        ("expired", with(authority.server(Flaw::Expired)), authority.pem(), "expired", false),
        ("expired, unknown", with(authority.server(Flaw::Expired)), own.clone(), "expired", false),
        ("early", with(authority.server(Flaw::NotYetValid)), authority.pem(), "not yet valid", false),
        ("wrong name", with(authority.server(Flaw::WrongName)), authority.pem(), "127.0.0.1", false),
        ("own, unknown", with(own_server.clone()), authority.pem(), "unknown authority", false),
        ("own authority as a root", with(own_server), own, "", true),
        ("own leaf as a root", with(plain_server), plain, "", true),
    ];
    for (name, server, bundle, words, trusted) in cases {
        let mut prober: Prober = prober(None);
        prober.roots = roots(Some(bundle.clone()));
        let ours = ask(&client(&prober), &server.url(), None).await;
        let gos = tokio::task::spawn_blocking(move || go(&bundle, &server.url(), &[])).await.unwrap();
        assert_eq!(gos.ok(), trusted, "{name}: {}", gos.stderr);
        assert!(gos.stderr.contains(words), "{name}: {}", gos.stderr);
        assert_eq!(ours.is_ok(), trusted, "{name}: {ours:?}");
    }
}

/// Sends by a login in the URL and by netrc, over a redirect to the same host by path, to the same
/// host by URL, and to another host.
#[tokio::test]
async fn go_carries_its_login_where_we_do() {
    if !tools::have(&["go"]) {
        return;
    }
    let authority = Authority::new();
    for (to, in_url) in ["path", "127.0.0.1", "localhost"].into_iter().flat_map(|to| [(to, true), (to, false)]) {
        let storage = Plan::new(site()).tls(authority.server(Flaw::None)).start();
        let redirect = match to {
            "path" => Redirect::Base("/moved".to_owned()),
            host => Redirect::Base(format!("https://{host}:{}", storage.port())),
        };
        let faults = Faults::new()
            .add(On::beginning("/example.com/"), redirect)
            .add(On::beginning("/example.com/"), BasicLogin::new("user", "right"));
        let moved = |asked: &Asked| site().answer(&Asked { path: asked.path.replace("/moved", ""), ..asked.clone() });
        let server = Plan::new(moved).tls(authority.server(Flaw::None)).faults(faults).start();
        let arrived = |server: &Server| -> Vec<bool> {
            let all = if to == "path" { server.log.all() } else { storage.log.all() };
            let after = all.iter().filter(|asked| to != "path" || asked.path.starts_with("/moved"));
            after.map(|asked| !asked.header("authorization").is_empty()).collect()
        };

        let bare = server.url();
        let with_login = bare.replace("https://", "https://user:right@");
        let base = if in_url { &with_login } else { &bare };
        let login = Login::basic(&Secret::new("user"), &Secret::new("right"));
        let ours = ask(&client(&prober(Some(&authority))), base, Some(login).filter(|_| !in_url)).await;
        assert_eq!(ours, Ok(200));
        let of_ours = arrived(&server);
        let (pem, base) = (authority.pem(), base.clone());
        let netrc = format!("machine {} login user password right\n", server.addr());
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("netrc");
        std::fs::write(&file, netrc).unwrap();
        let gos = tokio::task::spawn_blocking(move || go(&pem, &base, &[("NETRC", &file.to_string_lossy())]));
        let gos = gos.await.unwrap();
        assert!(gos.ok(), "{to}: {}", gos.stderr);
        let mut of_gos = arrived(&server).split_off(of_ours.len());
        assert_eq!((of_ours.len(), !of_gos.is_empty()), (1, true), "{to} {in_url}");
        of_gos.dedup();
        assert_eq!(of_ours, of_gos, "redirect to {to}, login in the URL: {in_url}");
    }
}

#[tokio::test]
async fn go_gets_through_the_http_proxies_that_we_get_through() {
    if !tools::have(&["go"]) {
        return;
    }
    const BASE: &str = "https://modules.corp.test";
    let authority = Authority::new();
    let server = Plan::new(site()).tls(authority.server_for(&["modules.corp.test"], Flaw::None)).start();
    let wants = |expected: &str| Manner::WantsLogin {
        schemes: vec!["Basic realm=\"x\"".to_owned()],
        expected: Some(expected.to_owned()),
    };
    for (manner, user, words) in [
        (Manner::Works, "", ""),
        (wants("Basic dXNlcjpyaWdodA=="), "user:right@", ""),
        (wants("Basic dXNlcjpyaWdodA=="), "user:wrong@", "Proxy Authentication Required"),
        (Manner::Refuses("403 Forbidden".to_owned()), "", "Forbidden"),
        (Manner::Refuses("204 No Content".to_owned()), "", "No Content"),
    ] {
        let between = HttpProxyPlan::new(manner.clone()).host("modules.corp.test:443", server.addr()).start();
        let address = between.url().replace("http://", &format!("http://{user}"));
        let proxy = HttpProxy::try_from(&ProxyAddress::parse_as_go(&address).unwrap()).unwrap();
        let ours = ask(&client_through(&prober(Some(&authority)), &proxy), BASE, None).await;
        let pem = authority.pem();
        let gos = tokio::task::spawn_blocking(move || go(&pem, BASE, &[("HTTPS_PROXY", &address)])).await.unwrap();
        assert_eq!(gos.ok(), words.is_empty(), "{manner:?}: {}", gos.stderr);
        assert!(gos.stderr.contains(words), "{manner:?}: {}", gos.stderr);
        assert_eq!(ours.is_ok(), words.is_empty(), "{manner:?}: {ours:?}");
    }
}
