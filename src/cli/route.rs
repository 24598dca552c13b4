//! `gomoddoc route`.

use anyhow::{Context, bail};
use clap::Args;

use super::check::locally;
use super::exit::Exit;
use super::global::Format;
use super::output;
use super::settings::Settings;
use crate::diagnosis::private::{Leaving, keep};
use crate::facts::Facts;
use crate::golang::module_path::ModuleVersion;
use crate::golang::route::{Recorded, Step, StepProvider};
use crate::inquiry::routes::{Told, tell};
use crate::model::Fix;
use crate::probe::{self, World};
use crate::report::Shell;
use crate::report::routes::{self, Routes};

/// The flags of `route`, as they were typed.
#[derive(Debug, Args)]
pub struct RouteArgs {
    /// Modules: path or path@version [default: the build list of the repository around this folder]
    #[arg(value_name = "MODULE[@V]")]
    pub modules: Vec<String>,
}

/// Looks and tells.
///
/// # Errors
/// When what is named is no module, there is none to tell of, or the settings cannot be read.
pub async fn run(args: RouteArgs, settings: &Settings) -> anyhow::Result<Exit> {
    let (world, mut facts) = locally(&args.modules, settings).await?;
    let modules = modules(&facts);
    if modules.is_empty() {
        world.tidy_up();
        bail!("no module was named, and no build list of a repository is at hand here");
    }
    look_at_credentials(&world, &mut facts, &modules).await;
    let told = told(&world, &facts, &modules);
    let home = world.home().map(|home| home.to_string_lossy().into_owned());
    world.tidy_up();
    let told = told.context("the settings of the go command are not known")?;
    let environment = facts.environment.get();
    let routes = |told| Routes {
        told,
        fixes: fixes(&facts, told),
        file: environment.map(|settings| &settings.environment.user_file),
        candidates: environment.map_or(&[], |settings| &settings.candidates),
        home: home.as_deref(),
    };
    let (lang, shell) = (settings.document_lang, Shell::of(facts.os));
    output::print(&match settings.format {
        Format::Table => routes::table(&routes(&told), &settings.options(None)),
        Format::Json => routes::json(&routes(&told), lang, shell),
        Format::Ndjson => told.chunks(1).map(|one| routes::line(&routes(one), lang, shell)).collect(),
    })?;
    Ok(if told.iter().any(|told| told.blocked) { Exit::Found } else { Exit::Fine })
}

/// What keeps those in the house that look private.
fn fixes(facts: &Facts, told: &[Told]) -> Vec<Fix> {
    let by_house = |told: &Told| {
        let served = |step: &Step| match &step.provider {
            StepProvider::Proxy { public, .. } => Some(!public),
            StepProvider::Folder { .. } => Some(true),
            StepProvider::Direct | StepProvider::Off => None,
        };
        let mut served = told.route.modules.steps.iter().filter_map(served).peekable();
        served.peek().is_some() && served.all(|ours| ours)
    };
    let leaving: Vec<Leaving<'_>> = told
        .iter()
        .filter(|told| !told.leaves_to.is_empty())
        .map(|told| Leaving { path: &told.module.path, by_house: by_house(told) })
        .collect();
    keep(facts, &leaving)
}

/// Those that were named, or what a sync of the repository would fetch.
fn modules(facts: &Facts) -> Vec<ModuleVersion> {
    if !facts.wishes.modules.is_empty() {
        return facts.wishes.modules.clone();
    }
    let listed = facts.repository.get().into_iter().flat_map(|repository| &repository.build_list);
    listed.filter_map(|module| module.fetched()).cloned().collect()
}

fn told(world: &World, facts: &Facts, modules: &[ModuleVersion]) -> Option<Vec<Told>> {
    modules.iter().map(|module| tell(facts, module, recorded(world, module))).collect()
}

/// A version whose zip go.sum has is compared with that, and nobody is asked.
fn recorded(world: &World, module: &ModuleVersion) -> Recorded {
    if world.recorded(module).zip.is_empty() { Recorded::No } else { Recorded::InGoSum }
}

/// Each host and each ssh target once.
async fn look_at_credentials(world: &World, facts: &mut Facts, modules: &[ModuleVersion]) {
    let told = told(world, facts, modules).unwrap_or_default();
    let mut hosts: Vec<&str> = told.iter().flat_map(|told| &told.credentials).map(|one| one.host.as_str()).collect();
    hosts.sort_unstable();
    hosts.dedup();
    let mut seen = std::collections::HashSet::new();
    let credentials = facts.credentials.begin();
    for host in hosts {
        credentials.hosts.push(probe::credentials::host(world, None, host).await);
    }
    for repository in told.iter().filter_map(|told| told.repository.as_ref()).filter(|way| way.over_ssh) {
        let url = repository.effective_url.as_str();
        let target = url.split_once("://").map_or(url, |(_, rest)| rest);
        if seen.insert(target.split(['/', ':']).next().unwrap_or(target).to_owned()) {
            credentials.add_ssh(probe::credentials::ssh(world, url).await);
        }
    }
}
