//! The same question once more (`--repeat`), for failures that come and go.

use super::ask::File;
use super::walk::walk;
use crate::facts::Tries;
use crate::facts::module_proxy::{Answer, Body, FileAnswer, Hop, ModuleProxyFacts, WhyAsked};
use crate::model::transport::{BodyEnd, TransportError};
use crate::probe::World;

/// Asks until the question was asked as often as is wished, and joins the answers. A host that wants to
/// be left alone is.
pub(super) async fn again(world: &World, file: File<'_>, why: &WhyAsked, first: ModuleProxyFacts) -> ModuleProxyFacts {
    let mut all = vec![first];
    for _ in 1..world.wishes.repeat {
        if world.deadline.is_over() || !all.last().is_some_and(was_asked) {
            break;
        }
        let facts = walk(world, file, why.clone()).await.facts;
        if was_asked(&facts) {
            all.push(facts);
        } else {
            break;
        }
    }
    joined(all)
}

/// One walk stays: the first that met a failure, with the count of failures at each of its hops.
fn joined(mut all: Vec<ModuleProxyFacts>) -> ModuleProxyFacts {
    let asked = all.len();
    if asked == 1 {
        return all.pop().unwrap_or_default();
    }
    let hops: Vec<(String, bool)> =
        all.iter().flat_map(hops).map(|hop| (hop.observation.id.clone(), failed(hop))).collect();
    let kept = all.iter().position(hops_fail).or_else(|| all.iter().position(|facts| !facts.walks.is_empty()));
    let mut joined = ModuleProxyFacts::default();
    for (at, mut facts) in all.into_iter().enumerate() {
        if Some(at) != kept {
            facts.walks.clear();
        }
        facts.served_versions.retain(|module| !joined.served_versions.contains(module));
        facts.downloads.retain(|download| !joined.downloads.contains(download));
        joined.add(facts);
    }
    for hop in joined.walks.iter_mut().flat_map(|walk| &mut walk.hops) {
        let failed = hops.iter().filter(|(id, failed)| *failed && *id == hop.observation.id).count();
        hop.observation.tries = Some(Tries { asked, failed });
    }
    joined
}

fn hops(facts: &ModuleProxyFacts) -> impl Iterator<Item = &Hop> {
    facts.walks.iter().flat_map(|walk| &walk.hops)
}

fn hops_fail(facts: &ModuleProxyFacts) -> bool {
    hops(facts).any(failed)
}

/// Whether each hop asked somebody.
fn was_asked(facts: &ModuleProxyFacts) -> bool {
    let asked =
        |hop: &Hop| !matches!(&hop.answer, Answer::NotAsked | Answer::Failed { error: TransportError::Request { .. } });
    hops(facts).all(asked)
}

/// Anything but an answer of the protocol: what is wanted, or that there is no such thing.
fn failed(hop: &Hop) -> bool {
    let good = |body: &Body| matches!(body, Body::Good | Body::NotRead);
    match &hop.answer {
        Answer::Http { http, body } => match http.status {
            200 => !good(body) || matches!(http.body_end, BodyEnd::Failed { .. }),
            404 | 410 => false,
            _ => true,
        },
        Answer::File { file: FileAnswer::Found { body } } => !good(body),
        Answer::File { file: FileAnswer::Missing } | Answer::NotAsked => false,
        Answer::File { file: FileAnswer::Unreadable { .. } } | Answer::Failed { .. } => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Observation;
    use crate::facts::module_proxy::{Walk, WalkEnd, Want};
    use crate::golang::module_path::ModuleVersion;

    fn walked(answer: Answer) -> ModuleProxyFacts {
        let observation = Observation::seen("module-proxy/h/m@v1.0.0.mod", "m");
        let hop = Hop { observation, entry: 0, url: "https://h".into(), credentials_sent: false, answer };
        let module = ModuleVersion::new("m", "v1.0.0");
        let walk = Walk {
            module,
            want: Want::Mod,
            why: WhyAsked::Culprit,
            hops: vec![hop],
            end: WalkEnd::Stopped { entry: 0 },
        };
        ModuleProxyFacts { walks: vec![walk], ..ModuleProxyFacts::default() }
    }

    fn served() -> ModuleProxyFacts {
        ModuleProxyFacts { served_versions: vec![ModuleVersion::new("m", "v1.0.0")], ..ModuleProxyFacts::default() }
    }

    #[test]
    fn failures_among_good_answers_stay_and_are_counted() {
        let cut = || walked(Answer::File { file: FileAnswer::Found { body: Body::NotZip } });
        let joined = joined(vec![served(), cut(), served(), cut(), served()]);
        assert_eq!(joined.walks.len(), 1);
        assert_eq!(joined.walks[0].hops[0].observation.tries, Some(Tries { asked: 5, failed: 2 }));
        assert_eq!(joined.served_versions.len(), 1);
    }

    #[test]
    fn no_such_module_is_no_failure() {
        let missing = || walked(Answer::File { file: FileAnswer::Missing });
        let joined = joined(vec![missing(), missing()]);
        assert_eq!(joined.walks[0].hops[0].observation.tries, Some(Tries { asked: 2, failed: 0 }));
    }
}
