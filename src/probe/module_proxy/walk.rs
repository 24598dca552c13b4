//! A question, from entry to entry of GOPROXY, as the go command goes.

use std::collections::HashSet;
use std::sync::PoisonError;

use super::ask::{Asked, File, ask, entry_host, unasked};
use crate::facts::checksum_database::HashOf;
use crate::facts::module_proxy::{
    Answer, Body, Download, Entry, FileAnswer, LookedInto, Misnamed, ModuleProxyFacts, Served, Walk, WalkEnd, Want,
    WhyAsked,
};
use crate::facts::{Observation, Reason, State};
use crate::golang::goproxy::{Fallback, Provider, ProxyUrl};
use crate::golang::modfile::{GoMod, ReadAs};
use crate::golang::module_hash::{hash_go_mod, hash_zip};
use crate::golang::module_path::{ModuleVersion, has_path_prefix};
use crate::golang::module_zip::{Archive, MAX_TOTAL};
use crate::golang::pseudo_version::is_pseudo_version;
use crate::golang::route::is_public_proxy;
use crate::golang::semver;
use crate::model::Foreign;
use crate::probe::World;

use super::product::product;

/// What a walk brought.
pub struct Walked {
    /// For the facts.
    pub facts: ModuleProxyFacts,
    /// The body of the good answer; none where there was no good one.
    pub body: Option<Vec<u8>>,
}

/// What an answer means for the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// The entry has it.
    Found,
    /// The entry says that it does not exist.
    NotExist,
    /// Anything else.
    Error,
    /// It was not asked: nobody knows what go would do next.
    Unknown,
}

/// Walks GOPROXY for one file of one module.
pub async fn walk(world: &World, file: File<'_>, why: WhyAsked) -> Walked {
    let mut walk =
        Walk { module: file.module.clone(), want: file.want, why, hops: Vec::new(), end: WalkEnd::Exhausted };
    let mut facts = ModuleProxyFacts::default();
    let mut body = None;
    let Ok(providers) = &world.providers else {
        walk.end = WalkEnd::Unfinished;
        return finish(walk, facts, body);
    };
    let direct = world.environment.gonoproxy().matches(&file.module.path);
    for (index, entry) in providers.entries.iter().enumerate() {
        let proxy = match &entry.provider {
            Provider::NoProxy if direct => {
                walk.end = WalkEnd::Direct;
                return finish(walk, facts, body);
            }
            Provider::NoProxy => continue,
            Provider::Direct => {
                walk.end = WalkEnd::Direct;
                return finish(walk, facts, body);
            }
            Provider::Off => {
                walk.end = WalkEnd::Off;
                return finish(walk, facts, body);
            }
            Provider::Proxy(proxy) => proxy,
        };
        let asked = if stays_in_the_house(world, proxy, file) {
            let id = format!("module-proxy/{}/{}.{}", entry_host(proxy), file.module, file.word());
            let observation = Observation::seen(id, file.module.to_string());
            unasked(observation, index, proxy.redacted(), Reason::Private)
        } else {
            ask(world, index, proxy, file).await
        };
        facts.entries.push(described(index, proxy, &asked));
        let meaning = meaning(&asked, file);
        if meaning == Meaning::Found {
            walk.end = WalkEnd::Found { entry: index };
            facts.downloads.extend(download(world, file, &asked));
            facts.listed.extend(highest(file, &asked));
            facts.misnamed.extend(misnamed(world, file, &walk.why, &asked));
            facts.looked_into.extend(looked_into(world, file, &walk.why, &asked));
            body = Some(asked.body);
            walk.hops.push(asked.hop);
            return finish(walk, facts, body);
        }
        walk.hops.push(asked.hop);
        let goes_on = match (meaning, entry.fallback) {
            (Meaning::Unknown, _) => {
                walk.end = WalkEnd::Unfinished;
                return finish(walk, facts, body);
            }
            (_, Fallback::AnyError) | (Meaning::NotExist, Fallback::NotExist) => true,
            (_, Fallback::NotExist | Fallback::None) => false,
        };
        if !goes_on {
            walk.end =
                if meaning == Meaning::NotExist { WalkEnd::Exhausted } else { WalkEnd::Stopped { entry: index } };
            return finish(walk, facts, body);
        }
    }
    finish(walk, facts, body)
}

/// A private-looking path is sent to no public host; that go would send it there is what the rules tell.
fn stays_in_the_house(world: &World, proxy: &ProxyUrl, file: File<'_>) -> bool {
    is_public_proxy(proxy.host()) && world.privacy(&file.module.path).keep_in_house
}

fn described(index: usize, proxy: &ProxyUrl, asked: &Asked) -> Entry {
    let product = match &asked.hop.answer {
        Answer::Http { http, .. } => product(http, &proxy.url().path),
        _ => None,
    };
    let public = is_public_proxy(proxy.host()).then_some(crate::facts::module_proxy::Product::PublicMirror);
    Entry {
        index,
        url: Foreign::new(&proxy.redacted()),
        host: Foreign::new(&entry_host(proxy)),
        product: product.or(public),
    }
}

fn meaning(asked: &Asked, file: File<'_>) -> Meaning {
    // What stands in a .mod or a zip is looked at when the walk is over; an info is read on the way.
    let read_on_the_way = matches!(file.want, Want::Info | Want::Latest);
    let of_body = |body: &Body| match body {
        Body::CutShort { .. } => Meaning::Error,
        Body::Good | Body::NotRead => Meaning::Found,
        _ if read_on_the_way => Meaning::Error,
        _ => Meaning::Found,
    };
    match &asked.hop.answer {
        Answer::Http { http, body } => match http.status {
            200 => of_body(body),
            404 | 410 => Meaning::NotExist,
            _ => Meaning::Error,
        },
        Answer::Failed { .. } => Meaning::Error,
        Answer::File { file } => match file {
            FileAnswer::Found { body } => of_body(body),
            FileAnswer::Missing => Meaning::NotExist,
            FileAnswer::Unreadable { .. } => Meaning::Error,
        },
        // A public server does not have what nobody published; it is not for us to tell it the name.
        Answer::NotAsked if asked.hop.observation.state == State::Skipped(Reason::Private) => Meaning::NotExist,
        Answer::NotAsked => Meaning::Unknown,
    }
}

/// The hash of a download that go.sum has no line for: the checksum database may have another.
fn download(world: &World, file: File<'_>, asked: &Asked) -> Option<Download> {
    let recorded = world.recorded(file.module);
    let (of, h1) = match file.want {
        Want::Mod if recorded.go_mod.is_empty() => (HashOf::GoMod, hash_go_mod(&asked.body)),
        Want::Zip if recorded.zip.is_empty() && file.whole => {
            (HashOf::Zip, hash_zip(&Archive::read(asked.body.as_slice()).ok()?, MAX_TOTAL).ok()?)
        }
        _ => return None,
    };
    Some(Download { module: file.module.clone(), of, h1 })
}

/// The version that `latest` means by a list: the highest release, else the highest pre-release.
fn highest(file: File<'_>, asked: &Asked) -> Option<ModuleVersion> {
    if file.want != Want::List {
        return None;
    }
    let text = String::from_utf8_lossy(&asked.body);
    let versions = text.lines().filter_map(|line| line.split_whitespace().next());
    let versions = versions.filter(|version| semver::is_valid(version) && !is_pseudo_version(version));
    let highest = versions.max_by(|a, b| {
        let release = |version: &str| semver::prerelease(version).is_none_or(str::is_empty);
        release(a).cmp(&release(b)).then_with(|| semver::compare(a, b))
    });
    highest.map(|version| ModuleVersion::new(&*file.module.path, version))
}

/// The go.mod file of a module that nothing requires yet is read for its own path: go refuses another.
fn misnamed(world: &World, file: File<'_>, why: &WhyAsked, asked: &Asked) -> Option<Misnamed> {
    let import = match why {
        WhyAsked::Import { import, .. } => Some(import.clone()),
        WhyAsked::Culprit => None,
        WhyAsked::BuildList | WhyAsked::Toolchain | WhyAsked::Sample => return None,
    };
    if file.want != Want::Mod {
        return None;
    }
    let read = GoMod::parse(&asked.body, ReadAs::Dependency, world.os);
    let declared = read.module_path();
    let differs = !declared.is_empty() && declared != file.module.path;
    differs.then(|| Misnamed { module: file.module.clone(), declared: Foreign::new(declared), import })
}

/// Whether the zip of a module that imports may want has their packages: a folder with Go files, whatever
/// their constraints (modload.dirInModule).
fn looked_into(world: &World, file: File<'_>, why: &WhyAsked, asked: &Asked) -> Option<LookedInto> {
    if file.want != Want::Zip || !matches!(why, WhyAsked::Import { .. }) {
        return None;
    }
    let archive = Archive::read(asked.body.as_slice()).ok()?;
    let root = file.module.to_string();
    let folders: HashSet<String> = archive.entries.iter().filter_map(|entry| go_folder(&entry.name_text())).collect();
    let wanted = world.wanted_packages.lock().unwrap_or_else(PoisonError::into_inner);
    let below = |import: &&String| has_path_prefix(import, &file.module.path);
    let has = |import: &str| {
        let within = import.get(file.module.path.len()..).unwrap_or_default();
        folders.contains(&format!("{root}{within}"))
    };
    let lacks = wanted.iter().filter(below).filter(|import| !has(import)).map(|import| Foreign::new(import)).collect();
    Some(LookedInto { module: file.module.clone(), lacks })
}

/// The folder of a Go file.
fn go_folder(name: &str) -> Option<String> {
    let (folder, file) = name.rsplit_once('/')?;
    file.ends_with(".go").then(|| folder.to_owned())
}

/// A walk that ended well at its first hop is only counted.
fn finish(walk: Walk, mut facts: ModuleProxyFacts, body: Option<Vec<u8>>) -> Walked {
    let good = |answer: &Answer| match answer {
        Answer::Http { http, body } => http.status == 200 && matches!(body, Body::Good | Body::NotRead),
        Answer::File { file: FileAnswer::Found { body } } => matches!(body, Body::Good | Body::NotRead),
        _ => false,
    };
    match (walk.hops.as_slice(), &walk.end) {
        ([hop], WalkEnd::Found { .. }) if good(&hop.answer) => {
            let host = facts.entries.first().map_or_else(String::new, |entry| entry.host.to_string());
            let file = File { module: &walk.module, want: walk.want, whole: false };
            let id = format!("module-proxy/{host}/{}", file.word());
            let mut observation = Observation::seen(id, host).needing(hop.observation.needs.iter().map(String::as_str));
            observation.elapsed_ms = hop.observation.elapsed_ms;
            facts.served.push(Served {
                observation,
                entry: hop.entry,
                want: walk.want,
                count: 1,
                slowest_ms: hop.observation.elapsed_ms,
            });
            facts.served_versions.push(walk.module);
        }
        _ => facts.walks.push(walk),
    }
    Walked { facts, body }
}
