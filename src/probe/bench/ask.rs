//! One request, and what came of it.

use std::time::Duration;

use tokio::time::Instant;
use url::Url;

use super::lane::{Asked, Lane};
use super::{Question, Terms};
use crate::facts::module_proxy::Body;
use crate::golang::module_path::escape_path;
use crate::model::bench::{CacheUse, Outcome, Sample, cache};
use crate::model::transport::{BodyEnd, NotAsked, TransportError};
use crate::net::{Answer, Failed, Get};
use crate::probe::World;
use crate::probe::module_proxy::body::{classify, cut_short};
use crate::probe::module_proxy::{File, login};

/// Asks as go would, once it is this request's turn. Nothing where the time was over before an answer came.
pub(super) async fn ask(world: &World, lane: &Lane, question: &Question, terms: &Terms) -> Option<Asked> {
    let (module, want) = question;
    let file = File { module, want: *want, whole: false };
    let url = escape_path(&module.path).ok().zip(file.tail()).map(|(path, tail)| lane.proxy.request(&path, &tail));
    let Some((text, url)) = url.and_then(|text| Url::parse(&text).ok().map(|url| (text, url))) else {
        return Some(unsent(NotAsked::InvalidUrl));
    };
    let mut get = Get::new(url, file.cap());
    if let Some(login) = login(world, &lane.proxy, &text) {
        get = get.login(login);
    }
    if !lane.paced.turn(&terms.deadline).await {
        return None;
    }
    let sent = Instant::now();
    let result = lane.client.get(&get).await;
    let total = sent.elapsed();
    match result {
        Ok(answer) => Some(answered(world, file, answer, total, terms)?),
        // What the end of the run cut off says nothing about the module proxy.
        Err(_) if terms.deadline.is_over() => None,
        Err(Failed { error, .. }) => Some(Asked { sample: failed(error, total), headers: Vec::new() }),
    }
}

fn answered(world: &World, file: File<'_>, answer: Answer, total: Duration, terms: &Terms) -> Option<Asked> {
    let Answer { told, body } = answer;
    let whole = told.body_end == BodyEnd::Complete;
    if !whole && terms.deadline.is_over() {
        return None;
    }
    let mut outcome = Outcome::of_status(told.status);
    if outcome == Outcome::Good {
        let judged = || classify(file.want, file.module, &body, whole, &world.recorded(file.module), world.os);
        if cut_short(&told).unwrap_or_else(judged) != Body::Good {
            outcome = Outcome::BadContent;
        }
    }
    // The wait for the body is known in whole milliseconds; all else is measured here.
    let after_headers = Duration::from_millis(told.elapsed_ms.saturating_sub(told.first_byte_ms));
    let error = match told.body_end {
        BodyEnd::Failed { error } => Some(error),
        BodyEnd::Complete | BodyEnd::Capped => None,
    };
    let sample = Sample {
        outcome,
        first_byte: Some(total.saturating_sub(after_headers)),
        total,
        status: Some(told.status),
        error,
        version: Some(told.version),
        cache: CacheUse::of(&told.headers),
        age: cache::age(&told.headers),
    };
    Some(Asked { sample, headers: told.headers })
}

fn failed(error: TransportError, total: Duration) -> Sample {
    // The first request was refused for its login; that this one was not sent is the same refusal.
    let refused = matches!(error, TransportError::Request { reason: NotAsked::LoginRefused });
    Sample {
        outcome: if refused { Outcome::Refused } else { Outcome::NoAnswer },
        first_byte: None,
        total,
        status: None,
        error: Some(error),
        version: None,
        cache: None,
        age: None,
    }
}

fn unsent(reason: NotAsked) -> Asked {
    Asked { sample: failed(TransportError::Request { reason }, Duration::ZERO), headers: Vec::new() }
}
