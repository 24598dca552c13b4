//! Redirects by the rules of Go's net/http and of the go command (Go 1.21 to 1.27).

use url::Url;

use crate::model::Foreign;
use crate::model::transport::{Redirect, RedirectRefusal};

/// After so many requests go gives up.
const MAX_REQUESTS: usize = 10;

/// The redirects of one question.
#[derive(Debug)]
pub(super) struct Redirects {
    first: Url,
    followed: Vec<Redirect>,
    login_in_url: bool,
    login_dropped: bool,
}

impl Redirects {
    /// For a first request to `first`; `login_in_url`: whether that URL, rather than a netrc file or
    /// GOAUTH, held the login.
    pub(super) fn new(first: &Url, login_in_url: bool) -> Self {
        Self { first: first.clone(), followed: Vec::new(), login_in_url, login_dropped: false }
    }

    /// Whether the login of the first request still goes along.
    pub(super) fn keeps_login(&self) -> bool {
        !self.login_dropped
    }

    pub(super) fn followed(&self) -> &[Redirect] {
        &self.followed
    }

    pub(super) fn into_followed(self) -> Vec<Redirect> {
        self.followed
    }

    /// Where `location`, in an answer to `from`, leads.
    pub(super) fn next(
        &mut self,
        from: &Url,
        status: u16,
        location: &str,
        login_sent: bool,
    ) -> Result<Url, RedirectRefusal> {
        let to = Foreign::capped(location, 500);
        let target = from.join(location).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        let Some(mut target) = target else { return Err(RedirectRefusal::NoLocation { to }) };
        if self.first.scheme() == "https" && target.scheme() != "https" {
            return Err(RedirectRefusal::ToInsecure { to });
        }
        if self.followed.len() + 1 >= MAX_REQUESTS {
            return Err(RedirectRefusal::TooMany);
        }
        // A login that the server put into the URL is no login of this user's.
        let _ = target.set_username("").and_then(|()| target.set_password(None));
        // A login in a URL goes along only where that URL does: with a path alone as the target.
        let path_alone = !location.starts_with("//") && Url::parse(location).is_err();
        if !same_or_below(host(&target), host(&self.first)) || (self.login_in_url && !path_alone) {
            self.login_dropped = true;
        }
        let login_dropped = login_sent && self.login_dropped;
        self.followed.push(Redirect { status, to: Foreign::capped(target.as_str(), 500), login_dropped });
        Ok(target)
    }
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

/// Go lets a login go along to the same host, whatever its port, and to hosts below it. Once it was
/// left behind it does not come back.
fn same_or_below(host: &str, first: &str) -> bool {
    host == first
        || (!host.contains([':', '%']) && host.strip_suffix(first).is_some_and(|before| before.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn a_login_goes_along_to_the_host_and_below_and_never_returns() {
        let mut redirects = Redirects::new(&url("https://proxy.corp/a"), false);
        let mut at = url("https://proxy.corp/a");
        for (location, keeps) in [
            ("/b", true),
            ("https://proxy.corp:8443/c", true),
            ("https://eu.proxy.corp/d", true),
            ("https://notproxy.corp/e", false),
            ("https://proxy.corp/f", false),
        ] {
            at = redirects.next(&at, 302, location, true).unwrap();
            assert_eq!(redirects.keeps_login(), keeps, "{location}");
        }
        assert_eq!(redirects.followed().iter().filter(|redirect| redirect.login_dropped).count(), 2);
    }

    #[test]
    fn a_login_in_the_url_goes_along_with_a_path_only() {
        let start = url("https://h/a");
        let mut redirects = Redirects::new(&start, true);
        redirects.next(&start, 302, "/b", true).unwrap();
        assert!(redirects.keeps_login());
        redirects.next(&start, 302, "https://h/c", true).unwrap();
        assert!(!redirects.keeps_login());
    }

    #[test]
    fn the_tenth_redirect_is_refused_as_go_refuses_it() {
        let start = url("http://h/0");
        let mut redirects = Redirects::new(&start, false);
        for _ in 0..9 {
            redirects.next(&start, 301, "/next", false).unwrap();
        }
        assert_eq!(redirects.next(&start, 301, "/next", false), Err(RedirectRefusal::TooMany));
    }

    #[test]
    fn insecure_and_unusable_targets_are_refused() {
        let mut redirects = Redirects::new(&url("https://h/"), false);
        let mut next = |location: &str| redirects.next(&url("https://h/"), 302, location, false);
        assert!(matches!(next("http://h/"), Err(RedirectRefusal::ToInsecure { .. })));
        assert!(matches!(next("ftp://h/"), Err(RedirectRefusal::NoLocation { .. })));
        assert!(matches!(next("https://[bad"), Err(RedirectRefusal::NoLocation { .. })));
        assert_eq!(next("https://user:pw@h/x").unwrap().as_str(), "https://h/x");
    }
}
