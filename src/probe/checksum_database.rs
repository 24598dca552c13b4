//! The checksum database: where go turns for it, whether it answers and signs, what it records.

use std::path::Path;
use std::time::Instant;

use futures_util::future::join_all;
use url::Url;

mod stored;

pub use stored::everywhere as stored_everywhere;

use super::World;
use super::module_proxy::entry_host;
use crate::disk::{Follow, read_capped};
use crate::facts::checksum_database::{
    Base, ChecksumDatabaseFacts, HashOf, LatestAsk, Lookup, NoteState, RecordState, SupportedAsk,
};
use crate::facts::endpoint::{Step as Way, step_id};
use crate::facts::module_proxy::{Answer, Body, FileAnswer};
use crate::facts::{Observation, State};
use crate::golang::checksum_database::{
    self as database, Database, NoteError, Setting, TreeError, TreeHead, lookup_path,
};
use crate::golang::goproxy::{Fallback, Provider, ProxyUrl};
use crate::golang::module_cache::ModuleFiles;
use crate::golang::module_path::ModuleVersion;
use crate::model::transport::{NotAsked, TransportError};
use crate::model::{Foreign, Step, Topic};
use crate::net::Get;

/// The most of an answer that is read: a lookup is under 2 KiB.
const MAX_ANSWER: usize = 256 << 10;

/// Finds where go asks, whether it answers, and what it says of `lookups`.
pub async fn probe(world: &World, lookups: &[ModuleVersion]) -> ChecksumDatabaseFacts {
    let mut facts = ChecksumDatabaseFacts::default();
    let Ok(Setting::Database(database)) = database::parse_gosumdb(world.environment.value("GOSUMDB")) else {
        return facts;
    };
    world.progress.step(Topic::ChecksumDatabase, Step::about(database.key.name()));
    facts.name = Some(Foreign::new(database.key.name()));
    facts.stored = stored::of_lookups(world, &database, lookups);
    let Some(way) = base(world, &database, &mut facts).await else { return facts };
    let (latest, answers) = tokio::join!(
        latest(world, &database, &way),
        join_all(lookups.iter().map(|module| look_up(world, &database, &way, module)))
    );
    facts.latest = Some(latest);
    facts.lookups = answers;
    facts
}

/// How the database is reached.
struct Reached {
    url: String,
    needs: Vec<String>,
}

/// Where go asks, as `initBase` of cmd/go/internal/modfetch decides.
async fn base(world: &World, database: &Database, facts: &mut ChecksumDatabaseFacts) -> Option<Reached> {
    if let Some(url) = &database.url {
        let url = url.without_user();
        facts.base = Some(Base { url: Foreign::new(&url), through: None });
        return Some(Reached { needs: way_to(&url), url });
    }
    let entries = world.providers.as_ref().map(|list| list.entries.as_slice()).unwrap_or_default();
    for (index, entry) in entries.iter().enumerate() {
        let proxy = match &entry.provider {
            Provider::NoProxy => continue,
            Provider::Direct | Provider::Off => break,
            Provider::Proxy(proxy) => proxy,
        };
        let ask = supported(world, database, index, proxy).await;
        let status = match &ask.answer {
            Answer::Http { http, .. } => Some(http.status),
            Answer::File { file: FileAnswer::Found { .. } } => Some(200),
            Answer::File { file: FileAnswer::Missing } => Some(404),
            _ => None,
        };
        let needs = vec![ask.observation.id.clone()];
        facts.supported.push(ask);
        match status {
            Some(200) => {
                let url = proxy.checksum_database(database.key.name());
                facts.base = Some(Base { url: Foreign::new(&url), through: Some(index) });
                return Some(Reached { url, needs });
            }
            Some(404 | 410) => {}
            _ if entry.fallback == Fallback::AnyError => {}
            // go calls the database unavailable with this error, and asks nobody else.
            _ => return None,
        }
    }
    let url = database.direct_url();
    facts.base = Some(Base { url: Foreign::new(&url), through: None });
    Some(Reached { needs: way_to(&url), url })
}

/// The last step of the way to a host.
fn way_to(url: &str) -> Vec<String> {
    let Ok(url) = Url::parse(url) else { return Vec::new() };
    let step = if url.scheme() == "https" { Way::Tls } else { Way::Tcp };
    let host = url.host_str().map(|host| host.trim_matches(['[', ']']).to_owned());
    host.zip(url.port_or_known_default()).map(|(host, port)| step_id(&host, port, step)).into_iter().collect()
}

async fn supported(world: &World, database: &Database, index: usize, proxy: &ProxyUrl) -> SupportedAsk {
    let url = format!("{}/supported", proxy.checksum_database(database.key.name()));
    let id = format!("checksum-database/{}/supported", entry_host(proxy));
    let observation = Observation::seen(id, entry_host(proxy));
    if let Some(folder) = proxy.file_path(world.os) {
        let path = Path::new(&folder).join("sumdb").join(database.key.name()).join("supported");
        let file = if path.is_file() { FileAnswer::Found { body: Body::NotRead } } else { FileAnswer::Missing };
        return SupportedAsk { observation, entry: index, answer: Answer::File { file } };
    }
    let needs = way_to(&url).into_iter().chain([super::credentials::host_id(&proxy.url().host)]);
    let (observation, answer, _) = get(world, observation.needing(needs), &url).await;
    SupportedAsk { observation, entry: index, answer }
}

async fn latest(world: &World, database: &Database, way: &Reached) -> LatestAsk {
    let id = "checksum-database/latest";
    let observation = Observation::seen(id, database.key.name()).needing(way.needs.iter().map(String::as_str));
    let (observation, answer, body) = get(world, observation, &format!("{}/latest", way.url)).await;
    let note = is_200(&answer).then(|| match TreeHead::verify(&body, &database.key) {
        // Of two trees of one size one is a fork; whether a larger one goes on from it only its tiles tell.
        Ok(head) if stored::seen(world, &database.key).is_some_and(|seen| seen.size == head.size && seen != head) => {
            NoteState::OtherTree
        }
        Ok(_) => NoteState::Good,
        Err(error) => note_state(error),
    });
    LatestAsk { observation, answer, note }
}

async fn look_up(world: &World, database: &Database, way: &Reached, module: &ModuleVersion) -> Lookup {
    let id = format!("checksum-database/{module}");
    let observation = Observation::seen(id, module.to_string()).needing(way.needs.iter().map(String::as_str));
    let (observation, answer, body) = match lookup_path(module) {
        Ok(path) => get(world, observation, &format!("{}/{path}", way.url)).await,
        Err(_) => (observation, Answer::NotAsked, Vec::new()),
    };
    let mut hashes = Vec::new();
    let record = is_200(&answer).then(|| record(world, database, module, &body, &mut hashes));
    Lookup { observation, module: module.clone(), needed: true, answer, record, hashes }
}

/// What a record is worth, and what it says. The copy in the cache is held against it; downloads of this
/// run are for the rules to compare.
fn record(
    world: &World,
    database: &Database,
    module: &ModuleVersion,
    body: &[u8],
    hashes: &mut Vec<(HashOf, String)>,
) -> RecordState {
    let Ok(lookup) = database::Lookup::parse(body) else { return RecordState::Malformed };
    if let Err(error) = TreeHead::verify(&lookup.tree_note, &database.key) {
        return RecordState::Note(note_state(error));
    }
    let zip: Vec<String> = lookup.hashes(module).into_iter().map(str::to_owned).collect();
    let go_mod: Vec<String> = lookup.hashes(&module.go_mod_key()).into_iter().map(str::to_owned).collect();
    hashes.extend(zip.iter().map(|hash| (HashOf::Zip, hash.clone())));
    hashes.extend(go_mod.iter().map(|hash| (HashOf::GoMod, hash.clone())));
    if zip.is_empty() && go_mod.is_empty() {
        return RecordState::Malformed;
    }
    let cached = cached_ziphash(world, module);
    match (cached, zip.first()) {
        (Some(got), Some(first)) if !zip.contains(&got) => {
            RecordState::OtherHash { of: HashOf::Zip, recorded: first.clone(), got }
        }
        _ => RecordState::Good,
    }
}

fn cached_ziphash(world: &World, module: &ModuleVersion) -> Option<String> {
    let files = ModuleFiles::of(module).ok()?;
    let path = Path::new(world.environment.gomodcache()?).join(files.ziphash);
    let text = read_capped(&path, 1 << 10, Follow::No).ok()?;
    Some(String::from_utf8_lossy(&text).trim().to_owned()).filter(|hash| crate::golang::module_hash::is_h1(hash))
}

fn note_state(error: TreeError) -> NoteState {
    match error {
        TreeError::Malformed | TreeError::Note(NoteError::Malformed) => NoteState::Malformed,
        TreeError::Note(NoteError::InvalidSignature { .. }) => NoteState::BadSignature,
        TreeError::Note(NoteError::NotVerifiable { signers }) => {
            let signer = |(name, hash): (String, u32)| Foreign::capped(&format!("{name}+{hash:08x}"), 200);
            NoteState::OtherKey { signers: signers.into_iter().take(5).map(signer).collect() }
        }
    }
}

fn is_200(answer: &Answer) -> bool {
    matches!(answer, Answer::Http { http, .. } if http.status == 200)
}

async fn get(world: &World, mut observation: Observation, url: &str) -> (Observation, Answer, Vec<u8>) {
    let Ok(parsed) = Url::parse(url) else {
        let error = TransportError::Request { reason: NotAsked::InvalidUrl };
        return (observation, Answer::Failed { error }, Vec::new());
    };
    let mut get = Get::new(parsed, MAX_ANSWER);
    if let Some(login) = world.netrc_login(url) {
        get = get.login(login);
    }
    let started = Instant::now();
    let result = world.client.get(&get).await;
    observation = observation.took(started.elapsed());
    match result {
        Ok(answer) => (observation, Answer::Http { http: answer.told, body: Body::NotRead }, answer.body),
        Err(failed) => {
            observation.state = State::after(&failed.error);
            let answer = match observation.state {
                State::Skipped(_) => Answer::NotAsked,
                _ => Answer::Failed { error: failed.error },
            };
            (observation, answer, Vec::new())
        }
    }
}
