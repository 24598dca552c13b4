//! Redirects, as go follows and refuses them.

use gomoddoc::golang::secret::Secret;
use gomoddoc::model::transport::{RedirectRefusal, TransportError};
use gomoddoc::net::{Get, Login};

use super::{client, hello, prober};
use crate::support::faults::{Faults, On, Redirect};
use crate::support::server::{Answer, Asked, Plan};
use crate::support::tls::{Authority, Flaw};

fn login() -> Login {
    Login::basic(&Secret::new("user"), &Secret::new("S3cr3t"))
}

#[tokio::test]
async fn a_loop_ends_after_as_many_requests_as_go_s() {
    let server = Plan::new(hello).faults(Faults::new().add(On::all(), Redirect::Loop)).start();
    let failed = client(&prober(None)).get(&Get::new(server.url().parse().unwrap(), 100)).await.unwrap_err();
    assert_eq!(failed.error, TransportError::Redirect { refusal: RedirectRefusal::TooMany });
    assert_eq!((failed.redirects.len(), server.log.all().len()), (9, 10));
}

#[tokio::test]
async fn from_https_to_http_is_refused_without_asking() {
    let authority = Authority::new();
    let insecure = Plan::new(hello).start();
    let faults = Faults::new().add(On::all(), Redirect::Base(insecure.url()));
    let server = Plan::new(hello).tls(authority.server(Flaw::None)).faults(faults).start();
    let get = Get::new(format!("{}/m/@v/list", server.url()).parse().unwrap(), 100).login(login());
    let failed = client(&prober(Some(&authority))).get(&get).await.unwrap_err();
    assert!(
        matches!(failed.error, TransportError::Redirect { refusal: RedirectRefusal::ToInsecure { .. } }),
        "{failed:?}"
    );
    assert!(insecure.log.all().is_empty());
}

#[tokio::test]
async fn a_login_stays_behind_when_the_host_changes() {
    let authority = Authority::new();
    let storage = Plan::new(hello).tls(authority.server(Flaw::None)).start();
    // 127.0.0.1 and localhost are two hosts, whatever their addresses.
    let elsewhere = format!("https://localhost:{}", storage.port());
    let faults = Faults::new().add(On::all(), Redirect::Base(elsewhere));
    let server = Plan::new(hello).tls(authority.server(Flaw::None)).faults(faults).start();
    let get = Get::new(format!("{}/m/@v/v1.0.0.zip", server.url()).parse().unwrap(), 100).login(login());
    let answer = client(&prober(Some(&authority))).get(&get).await.unwrap();
    assert!(server.log.all()[0].header("authorization").starts_with("Basic "));
    assert_eq!(storage.log.all()[0].header("authorization"), "");
    assert_eq!(answer.told.redirects.len(), 1);
    assert!(answer.told.redirects[0].login_dropped && !answer.told.login_sent);
    assert!(answer.told.url.as_str().starts_with("https://localhost:"));
}

#[tokio::test]
async fn a_redirect_without_a_place_is_an_answer_and_one_to_nowhere_is_refused() {
    let bare = Plan::new(|_: &Asked| Answer::text(302, "moved")).start();
    let answer = client(&prober(None)).get(&Get::new(bare.url().parse().unwrap(), 100)).await.unwrap();
    assert_eq!(answer.told.status, 302);
    let server = Plan::new(hello).faults(Faults::new().add(On::all(), Redirect::Url("ftp://h/x".into()))).start();
    let failed = client(&prober(None)).get(&Get::new(server.url().parse().unwrap(), 100)).await.unwrap_err();
    let refusal = RedirectRefusal::NoLocation { to: "ftp://h/x".into() };
    assert_eq!(failed.error, TransportError::Redirect { refusal });
}
