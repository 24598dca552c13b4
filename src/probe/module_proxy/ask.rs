//! One file of one module, asked of one entry of GOPROXY.

use std::path::Path;
use std::time::Instant;

use url::Url;

use super::body::{classify, cut_short};
use super::names::long_name;
use crate::disk::{Follow, ReadError, read_capped};
use crate::facts::module_proxy::{Answer, Body, FileAnswer, Hop, Want};
use crate::facts::{Observation, Reason, State, endpoint};
use crate::golang::goproxy::{ProxyUrl, RequestRefusal};
use crate::golang::module_path::{ModuleVersion, escape_path, escape_version};
use crate::golang::module_zip::MAX_GO_MOD;
use crate::golang::route::is_public_proxy;
use crate::golang::secret::Secret;
use crate::golang::semver;
use crate::model::Foreign;
use crate::model::transport::{NotAsked, TransportError};
use crate::net::{Get, Login};
use crate::probe::World;

/// The head of a zip that is looked at where it is not read whole: enough to see that it is one.
const ZIP_HEAD: usize = 64 << 10;
/// The most of a zip that is fetched.
const ZIP_WHOLE: usize = 64 << 20;
/// The most of a list or an info that is read.
const MAX_TEXT: usize = 4 << 20;

/// What one entry answered, and what there was.
pub struct Asked {
    /// For the facts.
    pub hop: Hop,
    /// The body; empty where none came.
    pub body: Vec<u8>,
}

/// A file of a module.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// The module, and the version where one is asked for.
    pub module: &'a ModuleVersion,
    /// Which file.
    pub want: Want,
    /// Whether a zip is read to its end.
    pub whole: bool,
}

impl File<'_> {
    /// What follows the escaped module path in a URL.
    pub(in crate::probe) fn tail(self) -> Option<String> {
        // The name of a branch may hold what a file name may not; go then escapes it for the URL.
        let version = || {
            escape_version(&self.module.version)
                .ok()
                .or_else(|| (!semver::is_valid(&self.module.version)).then(|| self.module.version.replace('/', "%2F")))
        };
        Some(match self.want {
            Want::List => "@v/list".to_owned(),
            Want::Latest => "@latest".to_owned(),
            Want::Info => format!("@v/{}.info", version()?),
            Want::Mod => format!("@v/{}.mod", version()?),
            Want::Zip => format!("@v/{}.zip", version()?),
        })
    }

    /// The most bytes of it that are read.
    pub(in crate::probe) fn cap(self) -> usize {
        match (self.want, self.whole) {
            (Want::Zip, true) => ZIP_WHOLE,
            (Want::Zip, false) => ZIP_HEAD,
            (Want::Mod, _) => usize::try_from(MAX_GO_MOD).unwrap_or(MAX_TEXT) + 1,
            (Want::List | Want::Info | Want::Latest, _) => MAX_TEXT,
        }
    }

    /// The word for it in names of observations.
    pub fn word(self) -> &'static str {
        match self.want {
            Want::List => "list",
            Want::Latest => "latest",
            Want::Info => "info",
            Want::Mod => "mod",
            Want::Zip => "zip",
        }
    }
}

/// Host and port of an entry as they stand in ids and subjects; the folder of a file URL.
#[must_use]
pub fn entry_host(proxy: &ProxyUrl) -> String {
    match proxy.port() {
        Some(port) => format!("{}:{port}", proxy.host()),
        None if proxy.is_file() => proxy.redacted(),
        None => proxy.host().to_owned(),
    }
}

/// Asks one entry as go would: with the login that go would send, and no other.
pub async fn ask(world: &World, index: usize, proxy: &ProxyUrl, file: File<'_>) -> Asked {
    let id = format!("module-proxy/{}/{}.{}", entry_host(proxy), file.module, file.word());
    let observation = Observation::seen(id, file.module.to_string());
    let module = escape_path(&file.module.path).ok();
    let (Some(module), Some(tail)) = (module, file.tail()) else {
        return unasked(observation, index, proxy.redacted(), Reason::NotNeeded);
    };
    if let Some(folder) = proxy.file_path(world.os) {
        return from_folder(world, index, Path::new(&folder), &format!("{module}/{tail}"), file, observation);
    }
    let shown = proxy.request(&module, &tail);
    let observation = observation.needing(needs(proxy));
    if proxy.refusal() == Some(RequestRefusal::CredentialsOverHttp) {
        let error = TransportError::Request { reason: NotAsked::CredentialsOverHttp };
        return failed(observation, index, shown, error);
    }
    let Ok(url) = Url::parse(&shown) else {
        let error = TransportError::Request { reason: NotAsked::InvalidUrl };
        return failed(observation, index, shown, error);
    };
    from_host(world, index, proxy, url, file, observation).await
}

/// What a request needs: the last step of the way to the host, and the credential.
fn needs(proxy: &ProxyUrl) -> Vec<String> {
    let Some(port) = proxy.port() else { return Vec::new() };
    let last = if proxy.url().scheme == "https" { endpoint::Step::Tls } else { endpoint::Step::Tcp };
    vec![endpoint::step_id(proxy.host(), port, last), crate::probe::credentials::host_id(&proxy.url().host)]
}

async fn from_host(
    world: &World,
    index: usize,
    proxy: &ProxyUrl,
    url: Url,
    file: File<'_>,
    observation: Observation,
) -> Asked {
    let shown = url.to_string();
    let mut get = Get::new(url.clone(), file.cap());
    if let Some(login) = login(world, proxy, &shown) {
        get = get.login(login);
    }
    // The public mirror fetches what it lacks when it is asked; it need not for our sake.
    let sparing = is_public_proxy(proxy.host()) && file.want != Want::List && file.want != Want::Latest;
    let started = Instant::now();
    let first = if sparing { get.clone().header("disable-module-fetch", "true") } else { get.clone() };
    let mut result = world.client.get(&first).await;
    if sparing && result.as_ref().is_ok_and(|answer| matches!(answer.told.status, 404 | 410)) {
        result = world.client.get(&get).await;
    }
    let observation = observation.took(started.elapsed());
    match result {
        Err(failure) => failed(observation, index, shown, failure.error),
        Ok(answer) => {
            let whole = answer.told.body_end == crate::model::transport::BodyEnd::Complete;
            let body = match answer.told.status {
                200 => cut_short(&answer.told).unwrap_or_else(|| judged(world, file, &answer.body, whole)),
                _ => Body::NotRead,
            };
            let credentials_sent = answer.told.login_sent;
            let hop = Hop {
                observation,
                entry: index,
                url: Foreign::new(&shown),
                credentials_sent,
                answer: Answer::Http { http: answer.told, body },
            };
            Asked { hop, body: answer.body }
        }
    }
}

/// What a body is, and whether what it holds can be unpacked here.
fn judged(world: &World, file: File<'_>, bytes: &[u8], whole: bool) -> Body {
    let body = classify(file.want, file.module, bytes, whole, &world.recorded(file.module), world.os);
    if body == Body::Good && file.want == Want::Zip && whole {
        return long_name(world, file.module, bytes).unwrap_or(body);
    }
    body
}

/// The login that go sends to an entry: from netrc, else from the URL itself.
pub(in crate::probe) fn login(world: &World, proxy: &ProxyUrl, url: &str) -> Option<Login> {
    let of_url = || {
        let user = proxy.user()?;
        Some(Login::basic(&Secret::new(user.name()), &Secret::new(user.password()?)))
    };
    world.netrc_login(url).or_else(of_url)
}

fn from_folder(
    world: &World,
    index: usize,
    folder: &Path,
    name: &str,
    file: File<'_>,
    observation: Observation,
) -> Asked {
    let path = folder.join(name);
    let started = Instant::now();
    let (answer, body) = match read_capped(&path, file.cap() as u64, Follow::Yes) {
        Ok(bytes) => {
            let body = judged(world, file, &bytes, true);
            (FileAnswer::Found { body }, bytes)
        }
        Err(ReadError::NotFound { .. }) => (FileAnswer::Missing, Vec::new()),
        Err(ReadError::TooLarge { .. }) if file.want == Want::Zip => {
            (FileAnswer::Found { body: Body::NotRead }, Vec::new())
        }
        Err(error) => (FileAnswer::Unreadable { error: Foreign::new(&error.to_string()) }, Vec::new()),
    };
    let hop = Hop {
        observation: observation.took(started.elapsed()),
        entry: index,
        url: Foreign::new(&format!("file://{}", path.display())),
        credentials_sent: false,
        answer: Answer::File { file: answer },
    };
    Asked { hop, body }
}

fn failed(mut observation: Observation, index: usize, url: String, error: TransportError) -> Asked {
    observation.state = State::after(&error);
    let answer = match observation.state {
        State::Skipped(_) => Answer::NotAsked,
        _ => Answer::Failed { error },
    };
    Asked {
        hop: Hop { observation, entry: index, url: Foreign::new(&url), credentials_sent: false, answer },
        body: Vec::new(),
    }
}

/// A hop that was not made, for a reason of ours.
#[must_use]
pub fn unasked(mut observation: Observation, index: usize, url: String, reason: Reason) -> Asked {
    observation.state = State::Skipped(reason);
    let hop =
        Hop { observation, entry: index, url: Foreign::new(&url), credentials_sent: false, answer: Answer::NotAsked };
    Asked { hop, body: Vec::new() }
}
