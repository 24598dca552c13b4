//! Ask, merge, look again: from a folder to a facts document.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;

use super::selection::Selection;
use crate::facts::question::{Found, Question};
use crate::facts::{Facts, Observation, Reason, Section};
use crate::inquiry;
use crate::model::{Foreign, Step, Topic};
use crate::probe::{self, World};

/// How long an answer may still come after the deadline: the steps themselves end at it.
const GRACE: Duration = Duration::from_millis(300);

/// A document with nothing in it yet.
#[must_use]
pub fn begin(world: &World) -> Facts {
    let now = jiff::Timestamp::now().to_string();
    let facts = Facts::begin(world.os, &world.platform.1, now, world.wishes.clone());
    Facts { locale: sys_locale::get_locale(), ..facts }
}

/// Looks at this machine: everything that needs no network.
pub async fn local(world: &Arc<World>, facts: &mut Facts, selection: &Selection) {
    facts.environment = Section::of(probe::environment::probe(world));
    let reading = {
        let deadline = world.deadline.remaining();
        let world = Arc::clone(world);
        tokio::time::timeout(deadline, tokio::task::spawn_blocking(move || probe::repository::probe(&world)))
    };
    let version_control = async {
        if selection.wants(Topic::VersionControl) {
            Section::of(probe::version_control::probe(world).await)
        } else {
            Section::without(Reason::NotWanted)
        }
    };
    let (repository, version_control) = tokio::join!(reading, version_control);
    facts.version_control = version_control;
    match repository {
        Ok(Ok(repository)) => facts.repository = Section::of(repository),
        Ok(Err(broke)) => facts.unfinished.push(broken(Topic::Repository, &broke)),
        Err(_) => facts.unfinished.push(late(Topic::Repository)),
    }
    let chosen = |topic| selection.wants(topic);
    facts.toolchain = section(chosen(Topic::Toolchain), || probe::toolchain::probe(world, facts.repository.get()));
    facts.cache = section(chosen(Topic::Cache), || probe::cache::folders(world, facts.repository.get()));
    facts.credentials = section(chosen(Topic::Credentials), || probe::credentials::probe(world));
}

fn section<T>(wanted: bool, look: impl FnOnce() -> T) -> Section<T> {
    if wanted { Section::of(look()) } else { Section::without(Reason::NotWanted) }
}

/// Asks until there is no new question, the time is over, or the rounds are.
pub async fn ask(world: &Arc<World>, mut facts: Facts, selection: &Selection) -> Facts {
    let mut asked: HashSet<Question> = HashSet::new();
    for _ in 0..inquiry::ROUNDS {
        let mut questions = inquiry::next(&facts);
        questions.retain(|question| selection.wants(probe::topic(question)) && asked.insert(question.clone()));
        if questions.is_empty() {
            break;
        }
        if world.deadline.is_over() {
            facts.unfinished.extend(questions.iter().map(|question| late(probe::topic(question))));
            break;
        }
        facts = round(world, facts, questions).await;
    }
    facts.sort();
    facts
}

/// One round: all questions at once. A probe that breaks stops no other.
async fn round(world: &Arc<World>, facts: Facts, questions: Vec<Question>) -> Facts {
    let known = Arc::new(facts);
    let mut asking = JoinSet::new();
    let mut topics = std::collections::HashMap::new();
    for question in questions {
        let topic = probe::topic(&question);
        world.progress.began(topic);
        let (world, known) = (Arc::clone(world), Arc::clone(&known));
        let task = asking.spawn(async move { probe::answer(&world, &known, &question).await });
        topics.insert(task.id(), topic);
    }
    let mut found: Vec<Found> = Vec::new();
    let mut unfinished = Vec::new();
    let end = Instant::now() + world.deadline.remaining() + GRACE;
    loop {
        match tokio::time::timeout_at(end, asking.join_next_with_id()).await {
            Ok(None) => break,
            Ok(Some(Ok((id, answers)))) => {
                if let Some(topic) = topics.remove(&id) {
                    world.progress.done(topic, Step::default());
                }
                found.extend(answers);
            }
            Ok(Some(Err(broke))) => {
                let topic = topics.remove(&broke.id()).unwrap_or(Topic::Endpoint);
                unfinished.push(broken(topic, &broke));
            }
            Err(_) => {
                unfinished.extend(topics.values().map(|topic| late(*topic)));
                asking.abort_all();
                break;
            }
        }
    }
    drop(asking);
    let mut facts = Arc::unwrap_or_clone(known);
    for found in found {
        facts.add(found);
    }
    facts.unfinished.extend(unfinished);
    facts
}

/// Says what of a log was sent nowhere.
pub fn name_strangers(facts: &mut Facts) {
    let strangers = inquiry::strangers(facts);
    let Some(log) = facts.transcript.get_mut() else { return };
    let kept = strangers.iter().map(|name| Observation::skipped(format!("log/{name}"), name, Reason::OnlyInLog));
    log.observations.extend(kept);
}

fn late(topic: Topic) -> Observation {
    Observation::skipped(format!("{}/unfinished", topic.name()), topic.name(), Reason::Deadline)
}

fn broken(topic: Topic, broke: &tokio::task::JoinError) -> Observation {
    let error = Foreign::new(&broke.to_string());
    Observation::inconclusive(format!("{}/broke", topic.name()), topic.name(), Reason::ProbeBroke { error })
}
