//! `gomoddoc bench`.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use url::Url;

use super::check::{locally, rate};
use super::child::signalled;
use super::exit::Exit;
use super::global::Format;
use super::settings::Settings;
use super::{duration, output};
use crate::diagnosis::bench::advise;
use crate::facts::Facts;
use crate::golang::goproxy::{Candidate, Region, mirrors};
use crate::golang::http_proxy::ProxyAddress;
use crate::inquiry::bench::{Sequence, sequence, whom};
use crate::model::Foreign;
use crate::model::bench::{Measured, Outcome, Way};
use crate::model::transport::NotAsked;
use crate::net::{Deadline, HttpProxy, Limits, MAX_IN_FLIGHT, Pace};
use crate::probe::World;
use crate::probe::bench::{Course, Question, Terms, measure};
use crate::process::through::Signals;
use crate::report::bench::{Told, json, line, table};

/// The most requests to one module proxy by one way.
const MOST_REQUESTS: i64 = 10_000;
/// The most module proxies times ways.
const MOST_COURSES: usize = 64;

/// The flags of `bench`, as they were typed.
#[derive(Debug, Args)]
pub struct BenchArgs {
    /// Module proxies: URLs, or lists like GOPROXY's [default: those of GOPROXY]
    #[arg(value_name = "PROXY")]
    pub proxies: Vec<String>,
    /// How many requests each of them gets by each way
    #[arg(short = 'n', long = "requests", value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=MOST_REQUESTS))]
    pub requests: u32,
    /// How many requests are in flight at each of them
    #[arg(short, long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=MAX_IN_FLIGHT as i64))]
    pub concurrency: u8,
    /// Send at most this many requests a second to one host
    #[arg(long, value_name = "R", default_value = "10", value_parser = rate)]
    pub rate: f64,
    /// How many requests may go at once before the rate holds
    #[arg(long, value_name = "B", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    pub burst: u32,
    /// Compare the direct way with the way through this HTTP proxy; may be given several times
    #[arg(long, value_name = "HTTP-PROXY")]
    pub through: Vec<String>,
    /// Measure well-known public module proxies too
    #[arg(long, value_name = "WHERE")]
    pub mirrors: Option<Mirrors>,
    /// The most time for one step, such as a connection
    #[arg(long, value_name = "D", value_parser = duration::parse, default_value = "10s")]
    pub timeout: Duration,
    /// The most time for the whole run; what is known by then is told
    #[arg(long, value_name = "D", value_parser = duration::parse, default_value = "2m")]
    pub deadline: Duration,
}

/// Where the well-known module proxies are meant to be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Mirrors {
    /// In mainland China.
    Cn,
    /// Anywhere else.
    World,
}

/// Measures and reports.
///
/// # Errors
/// When there is no module proxy to measure, an argument names none, or the settings cannot be read.
pub async fn run(args: BenchArgs, settings: &Settings) -> anyhow::Result<Exit> {
    let through = args.through.iter().map(|text| http_proxy(text)).collect::<anyhow::Result<Vec<_>>>()?;
    let (world, facts) = locally(&[], settings).await?;
    // From here on a signal ends the measuring, and not the report.
    let mut signals = Signals::take().context("cannot take signals")?;
    let measured = measured(&args, &world, &facts, &through, settings, &mut signals).await;
    world.tidy_up();
    let Run { candidates, sequence, measured, signal } = measured?;
    let advice = advise(&facts, &candidates, &measured);
    let told = Told { sequence: &sequence, measured: &measured, advice: &advice };
    let options = settings.options(None);
    output::print(&match settings.format {
        Format::Table => table(told, &options, settings.terminal),
        Format::Json => json(told, settings.document_lang, options.shell),
        Format::Ndjson => line(told, settings.document_lang, options.shell),
    })?;
    let answered =
        measured.trials.iter().flat_map(|trial| &trial.samples).any(|sample| sample.outcome == Outcome::Good);
    Ok(match signal {
        // As a shell tells of a command that a signal has ended.
        Some(number) => Exit::Own(signalled(number)),
        None if answered => Exit::Fine,
        None => Exit::Found,
    })
}

struct Run {
    candidates: Vec<Candidate>,
    sequence: Sequence,
    measured: Measured,
    signal: Option<i32>,
}

async fn measured(
    args: &BenchArgs,
    world: &Arc<World>,
    facts: &Facts,
    through: &[HttpProxy],
    settings: &Settings,
    signals: &mut Signals,
) -> anyhow::Result<Run> {
    let candidates = candidates(args, world)?;
    let courses = courses(world, &candidates, through);
    if courses.len() > MOST_COURSES {
        bail!("{} module proxies and ways are more than can be compared at once ({MOST_COURSES})", courses.len());
    }
    let count = usize::try_from(args.requests)?;
    let sequence = sequence(facts, &candidates, |module| !world.recorded(module).zip.is_empty(), count);
    let questions: Vec<Question> =
        sequence.requests.iter().map(|request| (request.module.clone(), request.want)).collect();
    let terms = Terms {
        concurrency: usize::from(args.concurrency),
        pace: Pace { per_second: args.rate, burst: args.burst },
        limits: Limits::within(args.timeout),
        deadline: Deadline::after(args.deadline),
    };
    let watch = settings.watch();
    let measuring = measure(world, courses, &questions, &terms, &watch);
    tokio::pin!(measuring);
    let mut signal = None;
    let measured = tokio::select! {
        measured = &mut measuring => measured,
        number = signals.end() => {
            // What is in flight ends at once; what is known by then is told.
            signal = Some(number);
            terms.deadline.cancel();
            measuring.await
        }
    };
    watch.clear();
    Ok(Run { candidates, sequence, measured, signal })
}

/// What was named and what GOPROXY has; an unreadable GOPROXY matters only where nothing was named.
fn candidates(args: &BenchArgs, world: &World) -> anyhow::Result<Vec<Candidate>> {
    let goproxy = world.environment.value("GOPROXY");
    let present = Candidate::present(goproxy, world.os);
    let mut named = Vec::new();
    for text in &args.proxies {
        named.extend(Candidate::named(text, world.os)?);
    }
    let region = args.mirrors.map(|mirrors| match mirrors {
        Mirrors::Cn => Region::China,
        Mirrors::World => Region::World,
    });
    let mut mirrored = Vec::new();
    for text in region.into_iter().flat_map(mirrors) {
        mirrored.extend(Candidate::named(text, world.os)?);
    }
    let present = match present {
        Err(error) if named.is_empty() && mirrored.is_empty() => return Err(error).context("GOPROXY cannot be used"),
        present => present.unwrap_or_default(),
    };
    let all = whom(&present, named, mirrored);
    if all.is_empty() {
        let shown = Foreign::new(&crate::golang::goproxy::redacted(goproxy));
        bail!("GOPROXY={shown} has no module proxy that a server answers for: name some, or use --mirrors");
    }
    Ok(all)
}

fn http_proxy(text: &str) -> anyhow::Result<HttpProxy> {
    let address = ProxyAddress::parse_as_go(text).ok();
    let proxy = address.and_then(|address| HttpProxy::try_from(&address).ok());
    proxy.with_context(|| format!("--through {}: not the address of an HTTP proxy", Foreign::new(text)))
}

/// Each module proxy by each way: as go does; with `--through` also by none and by those that were named.
fn courses(world: &World, candidates: &[Candidate], through: &[HttpProxy]) -> Vec<Course> {
    let mut courses = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let url = Url::parse(&candidate.proxy.request("golang.org/x/text", "@v/list"));
        let present = match url {
            Ok(url) => world.http_proxy(&url).map(|way| way.map(|(proxy, _)| proxy)),
            Err(_) => Err(NotAsked::InvalidUrl),
        };
        let mut ways = Vec::new();
        if !through.is_empty() {
            ways.push(Ok(None));
            ways.extend(through.iter().cloned().map(|proxy| Ok(Some(proxy))));
        }
        if !ways.iter().any(|way| place(way) == place(&present)) {
            ways.push(present.clone());
        }
        courses.extend(ways.into_iter().map(|way| Course {
            index,
            proxy: candidate.proxy.clone(),
            way: Way {
                through: way.as_ref().ok().and_then(Option::as_ref).map(|proxy| Foreign::new(&proxy.url())),
                login: way.as_ref().is_ok_and(|way| way.as_ref().is_some_and(|proxy| proxy.login.is_some())),
                present: place(&way) == place(&present),
            },
            through: way,
        }));
    }
    courses
}

/// Where a way leads through; a way that cannot be gone leads nowhere.
fn place(way: &Result<Option<HttpProxy>, NotAsked>) -> Option<Option<String>> {
    way.as_ref().ok().map(|proxy| proxy.as_ref().map(HttpProxy::url))
}
