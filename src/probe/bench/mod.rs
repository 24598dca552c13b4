//! The same requests, sent to several module proxies by several ways, and the time that each took.
//!
//! They go in rounds: in each round every module proxy gets its next few requests, and who is first changes from
//! round to round, so that the time of day favours nobody. Nothing is judged here.

mod ask;
mod lane;
mod pace;
mod pause;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use tokio::time::Instant;

use super::World;
use crate::facts::module_proxy::Want;
use crate::golang::goproxy::ProxyUrl;
use crate::golang::module_path::ModuleVersion;
use crate::model::bench::{Measured, Stopped, Way};
use crate::model::transport::NotAsked;
use crate::model::{Foreign, Progress, Step, Topic};
use crate::net::{Client, Deadline, HttpProxy, Limits, MAX_IN_FLIGHT, Pace, Prober, Resolver};

use super::module_proxy::entry_host;
use lane::{Asked, Lane};
use pace::Paced;

/// A module proxy and the way to it.
#[derive(Debug, Clone)]
pub struct Course {
    /// Which of the module proxies it is, from 0.
    pub index: usize,
    /// It.
    pub proxy: ProxyUrl,
    /// The way, as it is told.
    pub way: Way,
    /// The HTTP proxy in between, or why go could use none.
    pub through: Result<Option<HttpProxy>, NotAsked>,
}

/// How to measure.
#[derive(Debug, Clone)]
pub struct Terms {
    /// The requests that are in flight at one module proxy.
    pub concurrency: usize,
    /// How fast one host is asked.
    pub pace: Pace,
    /// The limits of each request.
    pub limits: Limits,
    /// The time for all of it. Cancelling it ends the measuring.
    pub deadline: Deadline,
}

/// One request: a file of a module.
pub type Question = (ModuleVersion, Want);

/// Sends `questions` along each course.
pub async fn measure(
    world: &World,
    courses: Vec<Course>,
    questions: &[Question],
    terms: &Terms,
    progress: &dyn Progress,
) -> Measured {
    let mut hosts: HashMap<String, Arc<Paced>> = HashMap::new();
    let mut sharing: HashMap<String, usize> = HashMap::new();
    let mut lanes: Vec<Lane> = Vec::new();
    for course in courses {
        let host = entry_host(&course.proxy);
        *sharing.entry(host.clone()).or_default() += 1;
        let paced = hosts.entry(host).or_insert_with(|| Arc::new(Paced::new(terms.pace)));
        lanes.push(Lane::new(client(world, &course, terms), Arc::clone(paced), course, questions.len()));
    }
    // Several ways lead to one host, and it is one host for all of them.
    let most = sharing.values().max().copied().unwrap_or(1);
    let width = terms.concurrency.min(MAX_IN_FLIGHT / most.min(MAX_IN_FLIGHT)).max(1);
    first_connections(world, &mut lanes, questions, terms).await;
    hosts.values().for_each(|paced| paced.recount());
    rounds(world, &mut lanes, questions, terms, width, progress).await;
    let mut rates: Vec<_> = hosts.iter().map(|(host, paced)| paced.rate(Foreign::new(host))).collect();
    rates.sort_by(|a, b| a.host.cmp(&b.host));
    Measured { trials: lanes.into_iter().map(Lane::into_trial).collect(), rates }
}

/// A client for each course: connections are not shared, and a pause is kept by the lane.
fn client(world: &World, course: &Course, terms: &Terms) -> Client {
    let prober = Prober {
        resolver: Arc::new(Resolver::of_this_machine(terms.deadline.clone(), terms.limits)),
        limits: terms.limits,
        deadline: terms.deadline.clone(),
        ..world.prober.clone()
    };
    let through = course.through.clone();
    Client::new(prober, move |_| through.clone()).pausing_elsewhere()
}

/// One request by each course before all others: what it takes to look a name up, to connect, to ask for a tunnel
/// and to log in is no part of the comparison. Where it fails, it is the first of the failures.
async fn first_connections(world: &World, lanes: &mut [Lane], questions: &[Question], terms: &Terms) {
    let Some(first) = questions.first() else { return };
    let mut asking: FuturesUnordered<_> = lanes
        .iter()
        .enumerate()
        .map(|(at, lane)| async move { (at, ask::ask(world, lane, first, terms).await) })
        .collect();
    let mut came = Vec::new();
    while let Some(one) = asking.next().await {
        came.push(one);
    }
    drop(asking);
    for (at, asked) in came {
        if let (Some(lane), Some(asked)) = (lanes.get_mut(at), asked) {
            lane.begin(asked, &terms.deadline);
        }
    }
}

async fn rounds(
    world: &World,
    lanes: &mut [Lane],
    questions: &[Question],
    terms: &Terms,
    width: usize,
    progress: &dyn Progress,
) {
    let all = questions.len() * lanes.len();
    for round in 0.. {
        if terms.deadline.is_over() {
            let why = if terms.deadline.remaining().is_zero() { Stopped::TimeOver } else { Stopped::Interrupted };
            lanes.iter_mut().for_each(|lane| lane.end(why));
            return;
        }
        let now = Instant::now();
        let asked = one_round(world, lanes, questions, terms, width, round).await;
        if asked.is_empty() {
            let Some(until) = lanes.iter().filter_map(|lane| lane.paused_until(now)).min() else { return };
            // The end of the deadline is seen above.
            let _ = terms.deadline.limit(Duration::MAX, tokio::time::sleep_until(until)).await;
            continue;
        }
        for (at, samples) in asked {
            if let Some(lane) = lanes.get_mut(at) {
                lane.take(samples, &terms.deadline);
                let done: usize = lanes.iter().map(Lane::done).sum();
                let about = lanes.get(at).map(Lane::host).unwrap_or_default();
                progress.step(Topic::ModuleProxy, Step::about(about).of(done, all));
            }
        }
    }
}

/// The next few requests of each lane, all at once. Nothing where all lanes are through or pause.
async fn one_round(
    world: &World,
    lanes: &[Lane],
    questions: &[Question],
    terms: &Terms,
    width: usize,
    round: usize,
) -> Vec<(usize, Vec<Asked>)> {
    let now = Instant::now();
    let mut asking = FuturesUnordered::new();
    for step in 0..width {
        for turn in 0..lanes.len() {
            let at = (turn + round) % lanes.len();
            let Some(lane) = lanes.get(at).filter(|lane| lane.is_ready(now)) else { continue };
            let Some(question) = questions.get(lane.done() + step) else { continue };
            asking.push(async move { (at, ask::ask(world, lane, question, terms).await) });
        }
    }
    let mut answers: HashMap<usize, Vec<Asked>> = HashMap::new();
    while let Some((at, sample)) = asking.next().await {
        answers.entry(at).or_default().extend(sample);
    }
    answers.into_iter().collect()
}
