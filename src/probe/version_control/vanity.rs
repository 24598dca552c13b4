//! `?go-get=1`: the page of an import path, and that of the prefix which it names.

use std::time::Instant;

use url::Url;

use crate::facts::endpoint::{Step, step_id};
use crate::facts::version_control::{VanityLookup, VanityResult};
use crate::facts::{Observation, Reason, State};
use crate::golang::go_version::GoVersion;
use crate::golang::vanity::{FirstStep, VanityError, VanityRepo, first_step, page_url, parse_page, second_step};
use crate::model::transport::{HttpAnswer, NotAsked, TransportError};
use crate::model::{Foreign, Step as Doing, Topic};
use crate::net::{Answer, Get};
use crate::probe::World;

/// The most of a page that is read: its head is what counts.
const MAX_PAGE: usize = 1 << 20;

/// Asks for the page of a custom import path as go does: whatever its status, and a second page
/// where the first one names a shorter prefix. A host is asked about its own paths only, so nothing
/// private leaves the house.
pub async fn vanity(world: &World, path: &str) -> VanityLookup {
    let id = format!("version-control/vanity/{path}");
    let Ok(url) = page_url(path) else {
        // go ends here too: there is no host to ask.
        return lookup(Observation::skipped(id, path, Reason::NotReached), path, "", VanityResult::NotAsked);
    };
    world.progress.step(Topic::VersionControl, Doing::about(&url));
    let observation = Observation::seen(id, path).needing(needs(&url));
    let started = Instant::now();
    let result = ask(world, path, &url).await;
    let mut observation = observation.took(started.elapsed());
    observation.state = state(&result);
    let result = if matches!(observation.state, State::Skipped(_)) { VanityResult::NotAsked } else { result };
    VanityLookup { insecure: world.environment.goinsecure().matches(path), ..lookup(observation, path, &url, result) }
}

fn lookup(observation: Observation, path: &str, url: &str, result: VanityResult) -> VanityLookup {
    VanityLookup { observation, path: Foreign::new(path), url: Foreign::new(url), insecure: false, result }
}

fn needs(url: &str) -> Vec<String> {
    let Ok(url) = Url::parse(url) else { return Vec::new() };
    let Some(host) = url.host_str() else { return Vec::new() };
    let port = url.port_or_known_default().unwrap_or(443);
    vec![step_id(host.trim_matches(['[', ']']), port, Step::Tls)]
}

fn state(result: &VanityResult) -> State {
    match result {
        VanityResult::Failed { error: TransportError::Request { reason: NotAsked::RateLimited } } => {
            State::Skipped(Reason::RateLimited)
        }
        VanityResult::Failed { error: TransportError::Request { reason: NotAsked::NoTime } } => {
            State::Skipped(Reason::Deadline)
        }
        VanityResult::Failed { error: TransportError::CutOff { after_ms, .. } } => {
            State::Inconclusive(Reason::CutOff { after_ms: *after_ms })
        }
        _ => State::Seen,
    }
}

async fn ask(world: &World, path: &str, url: &str) -> VanityResult {
    let go = world.environment.version.clone().unwrap_or_else(|| GoVersion::from_minor(27));
    let first = match page(world, url).await {
        Ok(answer) => answer,
        Err(error) => return VanityResult::Failed { error },
    };
    let first_url = first.told.url.to_string();
    match first_step(path, &first_url, &first.body, &go) {
        Ok(FirstStep::Found(repository)) => found(&repository),
        Ok(FirstStep::Confirm { import, url: second_url }) => match page(world, &second_url).await {
            Err(error) => VanityResult::Failed { error },
            Ok(second) => {
                let shown = second.told.url.to_string();
                match second_step(path, &import, &first_url, &shown, &second.body, &go) {
                    Ok(repository) => found(&repository),
                    Err(error) => no_tag(&second_url, second, &error, &go),
                }
            }
        },
        Err(error) => no_tag(url, first, &error, &go),
    }
}

async fn page(world: &World, url: &str) -> Result<Answer, TransportError> {
    let parsed = Url::parse(url).map_err(|_| TransportError::Request { reason: NotAsked::InvalidUrl })?;
    let mut get = Get::new(parsed, MAX_PAGE);
    if let Some(login) = world.netrc_login(url) {
        get = get.login(login);
    }
    world.client.get(&get).await.map_err(|failure| failure.error)
}

fn found(repository: &VanityRepo) -> VanityResult {
    VanityResult::Found {
        prefix: Foreign::new(&repository.root),
        vcs: Foreign::new(repository.vcs.name()),
        root: Foreign::new(&repository.url),
    }
}

/// A page without any tag that did not come with 200 is first of all a refused request: go says so
/// instead of what is wrong with the page.
fn no_tag(url: &str, answer: Answer, error: &VanityError, go: &GoVersion) -> VanityResult {
    let has_tags = parse_page(&answer.body, go).is_ok_and(|tags| !tags.is_empty());
    let error = if answer.told.status != 200 && !has_tags { refusal(url, &answer.told) } else { error.to_string() };
    VanityResult::NoTag { http: answer.told, error: Foreign::new(&error) }
}

fn refusal(url: &str, told: &HttpAnswer) -> String {
    let reason = hyper::StatusCode::from_u16(told.status).ok().and_then(|status| status.canonical_reason());
    format!("reading {url}: {} {}", told.status, reason.unwrap_or_default()).trim_end().to_owned()
}
