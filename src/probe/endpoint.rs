//! How far one gets with a host: name, connection, HTTP proxy, TLS, one exchange.

use url::Url;

use super::World;
use crate::facts::endpoint::{Endpoint, Purpose, Step, step_id};
use crate::facts::environment::Clock;
use crate::facts::{Observation, Reason, State, Tries};
use crate::model::transport::{Stage, Stages, TransportError};
use crate::model::{Foreign, Step as Doing, Topic};
use crate::net::Target;

/// Goes to the host of `url`, step by step, as often as is wished; the first way that failed is told.
pub async fn probe(world: &World, url: &str, purpose: Purpose) -> Option<Endpoint> {
    let url = Url::parse(url).ok()?;
    let host = url.host_str()?.trim_matches(['[', ']']).to_owned();
    let port = url.port_or_known_default()?;
    world.progress.step(Topic::Endpoint, Doing::about(&host));
    let through = world.http_proxy(&url).ok().flatten();
    let (proxy, proxy_variable) = through.map_or((None, None), |(proxy, variable)| (Some(proxy), Some(variable)));
    let mut target = Target::new(url.clone());
    target.proxy = proxy;
    let mut stages = world.prober.probe(&target).await;
    let mut tries = Tries { asked: 1, failed: usize::from(stages.error.is_some()) };
    while tries.asked < world.wishes.repeat as usize && !world.deadline.is_over() {
        let again = world.prober.probe(&target).await;
        tries.asked += 1;
        tries.failed += usize::from(again.error.is_some());
        if stages.error.is_none() && again.error.is_some() {
            stages = again;
        }
    }
    let mut steps = steps(&host, port, &url, &stages);
    if let Some(error) = stages.error.as_ref().filter(|_| tries.asked > 1) {
        let failed = step_of(error);
        steps.iter_mut().filter(|(step, _)| *step == failed).for_each(|(_, seen)| seen.tries = Some(tries));
    }
    Some(Endpoint {
        steps,
        host: Foreign::new(&host),
        port,
        purposes: vec![purpose],
        proxy_variable,
        stages: Some(stages),
    })
}

/// The steps of the way, each needing the one before it.
fn steps(host: &str, port: u16, url: &Url, stages: &Stages) -> Vec<(Step, Observation)> {
    let mut expected = Vec::new();
    if stages.dns.is_some() || stages.dns_servers.is_some() {
        expected.push(Step::Dns);
    }
    expected.push(Step::Tcp);
    if stages.proxy.is_some() {
        expected.push(Step::HttpProxy);
    }
    if url.scheme() == "https" {
        expected.push(Step::Tls);
    }
    expected.push(Step::Http);
    let ended = stages.error.as_ref().map(|error| (step_of(error), error));
    let mut before: Option<String> = None;
    let mut made = Vec::new();
    for step in expected {
        let id = step_id(host, port, step);
        let mut observation = Observation::seen(id.clone(), format!("{host}:{port}")).needing(before.take());
        observation.elapsed_ms = elapsed(step, stages);
        observation.state = match ended {
            Some((at, _)) if step > at => State::Skipped(Reason::NeedFailed),
            Some((at, error)) if step == at => state(error),
            _ => State::Seen,
        };
        before = Some(id);
        made.push((step, observation));
    }
    made
}

/// The step at which an error ended the way.
fn step_of(error: &TransportError) -> Step {
    match error.stage() {
        Stage::Request | Stage::Dns => Step::Dns,
        Stage::Connect | Stage::Tcp => Step::Tcp,
        Stage::HttpProxy => Step::HttpProxy,
        Stage::Tls => Step::Tls,
        Stage::Http | Stage::Body => Step::Http,
    }
}

fn state(error: &TransportError) -> State {
    match error {
        TransportError::CutOff { after_ms, .. } => State::Inconclusive(Reason::CutOff { after_ms: *after_ms }),
        _ => State::Seen,
    }
}

fn elapsed(step: Step, stages: &Stages) -> u64 {
    match step {
        Step::Dns => {
            let system = stages.dns.as_ref().map_or(0, |dns| dns.elapsed_ms);
            system.max(stages.dns_servers.as_ref().map_or(0, |dns| dns.elapsed_ms))
        }
        Step::Tcp => stages.tcp.iter().map(|tcp| tcp.elapsed_ms).max().unwrap_or(0),
        Step::HttpProxy => {
            stages.proxy.as_ref().and_then(|proxy| proxy.connect.as_ref()).map_or(0, |connect| connect.elapsed_ms)
        }
        Step::Tls => stages.tls.as_ref().map_or(0, |tls| tls.elapsed_ms),
        Step::Http => stages.http.as_ref().map_or(0, |http| http.elapsed_ms),
    }
}

/// How far this machine's clock is from the Date that a server sent.
#[must_use]
pub fn clock(endpoint: &Endpoint) -> Option<Clock> {
    let http = endpoint.stages.as_ref()?.http.as_ref()?;
    // A cache's Date may be old: only an answer without Age tells the time.
    if http.header("age").is_some() {
        return None;
    }
    let date = httpdate::parse_http_date(http.header("date")?).ok()?;
    let seconds = |time: std::time::SystemTime| {
        time.duration_since(std::time::UNIX_EPOCH).ok().and_then(|since| i64::try_from(since.as_secs()).ok())
    };
    let ahead_seconds = seconds(std::time::SystemTime::now())? - seconds(date)?;
    let http_step = step_id(endpoint.host.as_str(), endpoint.port, Step::Http);
    let id = format!("environment/clock/{}", endpoint.host);
    Some(Clock {
        observation: Observation::seen(id, endpoint.host.as_str()).needing([http_step]),
        host: endpoint.host.clone(),
        ahead_seconds,
    })
}
