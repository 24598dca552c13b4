//! Logins: where they go, and that a refused one is tried once.

use futures_util::future::join_all;
use gomoddoc::golang::secret::Secret;
use gomoddoc::model::transport::{AuthScheme, NotAsked, TransportError};
use gomoddoc::net::{Get, Login};

use super::{client, hello, prober};
use crate::support::faults::{BasicLogin, Faults, On};
use crate::support::server::{Plan, Server};
use crate::support::tls::{Authority, Flaw};

fn guarded(authority: &Authority) -> Server {
    let faults = Faults::new().add(On::all(), BasicLogin::new("user", "right"));
    Plan::new(hello).tls(authority.server(Flaw::None)).faults(faults).start()
}

#[tokio::test]
async fn a_wrong_password_is_sent_once_however_many_ask() {
    let authority = Authority::new();
    let server = guarded(&authority);
    let client = client(&prober(Some(&authority)));
    let login = Login::basic(&Secret::new("user"), &Secret::new("wrong"));
    let gets: Vec<_> =
        (0..20).map(|n| Get::new(format!("{}/{n}", server.url()).parse().unwrap(), 100).login(login.clone())).collect();
    let results = join_all(gets.iter().map(|get| client.get(get))).await;
    let answered: Vec<_> = results.iter().filter_map(|result| result.as_ref().ok()).collect();
    assert_eq!(answered.len(), 1);
    assert_eq!((answered[0].told.status, &answered[0].told.auth_schemes[..]), (401, &[AuthScheme::Basic][..]));
    let refused = TransportError::Request { reason: NotAsked::LoginRefused };
    assert!(results.iter().filter_map(|result| result.as_ref().err()).all(|failed| failed.error == refused));
    assert_eq!(server.log.all().len(), 1);
    // Without that login the host can still be asked.
    let bare = client.get(&Get::new(server.url().parse().unwrap(), 100)).await.unwrap();
    assert_eq!(bare.told.status, 401);
}

#[tokio::test]
async fn a_right_password_serves_all_and_a_url_may_hold_it() {
    let authority = Authority::new();
    let server = guarded(&authority);
    let client = client(&prober(Some(&authority)));
    let url = format!("https://user:right@{}/x", server.addr());
    let get = Get::new(url.parse().unwrap(), 100);
    let results = join_all((0..20).map(|_| client.get(&get))).await;
    for result in results {
        let answer = result.unwrap();
        assert_eq!(answer.told.status, 200);
        assert!(!answer.told.url.as_str().contains("right"));
    }
}

#[tokio::test]
async fn no_login_goes_over_http() {
    let server = Plan::new(hello).start();
    let url = format!("http://user:right@{}/x", server.addr());
    let failed = client(&prober(None)).get(&Get::new(url.parse().unwrap(), 100)).await.unwrap_err();
    assert_eq!(failed.error, TransportError::Request { reason: NotAsked::CredentialsOverHttp });
    assert!(server.log.all().is_empty());
}
