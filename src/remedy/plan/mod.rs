//! What is to be done about a diagnosis, and what only people can do.

mod cache;
pub mod outlook;
mod settings;
mod texts;

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Serialize;

use super::change::{Change, Edit};
use super::entry::Entry;
use crate::catalog::{Code, Severity};
use crate::golang::module_cache::Piece;
use crate::golang::module_path::ModuleVersion;
use crate::model::{Action, Advice, Diagnosis, Finding, Fix, Foreign, Place, Protection, Safety, Situation, Subject};
use crate::probe::World;

use texts::Texts;

/// Which findings are to be mended, and at which price.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Those of these types; the errors where none is named.
    pub codes: Vec<Code>,
    /// Only what is in the module cache.
    pub cache_only: bool,
    /// Which fixes may be carried out beside safe ones.
    pub allow: Vec<Safety>,
}

/// What is to be done, and what is left to people.
#[derive(Debug, Default)]
pub struct Plan {
    /// In order.
    pub todo: Vec<Planned>,
    /// Findings with no fix that can be carried out here.
    pub manual: Vec<Manual>,
    /// Warnings and notes with a fix that can, where they are named.
    pub when_named: Vec<Code>,
}

/// A fix that can be carried out.
#[derive(Debug)]
pub struct Planned {
    /// The error type.
    pub code: Code,
    /// What it is about.
    pub subject: Subject,
    /// What is wrong.
    pub situation: Situation,
    /// What the fix comes to.
    pub advice: Advice,
    /// What it costs in protection.
    pub safety: Safety,
    /// The protection that it takes away.
    pub removes: Option<Protection>,
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// A finding that is left to people.
#[derive(Debug)]
pub struct Manual {
    /// The error type.
    pub code: Code,
    /// What it is about.
    pub subject: Subject,
    /// What is wrong.
    pub situation: Situation,
    /// Its fixes, and why each is not carried out.
    pub fixes: Vec<(Fix, Why)>,
}

/// Why a fix is not carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It has to be allowed first.
    NotAllowed,
    /// It is in a place that only people should change: a shell, a CI system, a file in version control.
    Place,
    /// Only people can do it.
    People,
    /// Only people know whether it fits; it is done where its error type is named.
    Guess,
    /// The change would pass over a secret.
    Secret,
    /// What stands there is not what was found.
    Changed,
    /// The file is none that can be read as text: too large, of another encoding, a device.
    Unreadable,
}

/// The lines of a file that an edit changes, without secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Lines {
    /// The number of the first one, from 1.
    pub first: usize,
    /// As they are.
    pub old: Vec<Foreign>,
    /// As they will be.
    pub new: Vec<Foreign>,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A change that is known beforehand.
    Change(Change),
    /// An edit of a file.
    Edit {
        /// It.
        edit: Edit,
        /// The lines that it changes.
        lines: Lines,
    },
    /// Bring pieces of a module anew.
    Refetch {
        /// The module cache.
        cache: PathBuf,
        /// The module.
        module: ModuleVersion,
        /// What is not as it should be.
        pieces: Vec<Piece>,
    },
    /// Move a file or folder of the module cache away.
    Remove {
        /// Where it belongs.
        entry: Entry,
        /// It.
        path: PathBuf,
    },
    /// Have the go command change go.mod and the files beside it.
    Go {
        /// Its arguments.
        args: Vec<String>,
        /// The folder in which it runs.
        folder: PathBuf,
        /// The files that it may write.
        writes: Vec<PathBuf>,
    },
}

impl Plan {
    /// What `choice` leaves of a diagnosis of `world`.
    pub async fn of(diagnosis: &Diagnosis, world: &World, choice: &Choice) -> Self {
        let mut planner = Planner { world, texts: Texts::default(), choice };
        let mut plan = Self::default();
        for finding in diagnosis.findings.iter().filter(|finding| choice.wants(finding)) {
            plan.add(planner.plan(finding).await);
        }
        // What cannot be mended here there may be a way around.
        if !plan.manual.is_empty() {
            for finding in diagnosis.findings.iter().filter(|finding| choice.wants_around(finding)) {
                plan.add(planner.plan(finding).await);
            }
        }
        for finding in diagnosis.findings.iter().filter(|finding| choice.wants_when_named(finding)) {
            let is_known = plan.codes().chain(plan.when_named.iter().copied()).any(|code| code == finding.code);
            if !is_known && planner.plan(finding).await.is_ok() {
                plan.when_named.push(finding.code);
            }
        }
        plan
    }
}

impl Plan {
    fn add(&mut self, planned: Result<Planned, Box<Manual>>) {
        match planned {
            // What was planned before does it already.
            Ok(planned) if planned.steps.is_empty() => {}
            Ok(planned) if self.todo.iter().any(|known| known.does_the_same(&planned)) => {}
            Ok(planned) => self.todo.push(planned),
            Err(manual) => self.manual.push(*manual),
        }
    }

    fn codes(&self) -> impl Iterator<Item = Code> {
        self.todo.iter().map(|planned| planned.code).chain(self.manual.iter().map(|manual| manual.code))
    }

    /// The modules that are fetched again.
    pub fn modules(&self) -> impl Iterator<Item = &ModuleVersion> {
        self.todo.iter().flat_map(|planned| &planned.steps).filter_map(|step| match step {
            Step::Refetch { module, .. } => Some(module),
            _ => None,
        })
    }
}

impl Choice {
    /// The error types of what is to be mended and is still there.
    #[must_use]
    pub fn left(&self, diagnosis: &Diagnosis) -> Vec<Code> {
        let mut codes: Vec<Code> = Vec::new();
        for finding in diagnosis.findings.iter().filter(|finding| self.wants(finding)) {
            if !codes.contains(&finding.code) {
                codes.push(finding.code);
            }
        }
        codes
    }

    fn wants(&self, finding: &Finding) -> bool {
        if self.cache_only {
            return finding.severity != Severity::Note || finding.fixes.iter().any(|fix| fix.place == Place::Cache);
        }
        match self.codes.as_slice() {
            [] => finding.severity == Severity::Error && finding.caused_by.is_empty(),
            codes => codes.contains(&finding.code),
        }
    }

    /// Notes that say how a failure of somebody else's can be passed by.
    fn wants_around(&self, finding: &Finding) -> bool {
        !self.cache_only && self.codes.is_empty() && finding.code == Code::FallbackBlocked
    }

    fn wants_when_named(&self, finding: &Finding) -> bool {
        !self.cache_only && self.codes.is_empty() && finding.severity != Severity::Error
    }

    fn allows(&self, fix: &Fix) -> bool {
        fix.safety == Safety::Safe || self.allow.contains(&fix.safety)
    }
}

impl Planned {
    /// Several findings may have one fix: damages of one module, hosts with one key.
    fn does_the_same(&self, other: &Self) -> bool {
        self.steps == other.steps
    }
}

struct Planner<'a> {
    world: &'a World,
    texts: Texts,
    choice: &'a Choice,
}

impl Planner<'_> {
    /// The first fix that can be carried out here; else why none can.
    async fn plan(&mut self, finding: &Finding) -> Result<Planned, Box<Manual>> {
        let mut fixes = Vec::new();
        for fix in &finding.fixes {
            match self.steps(finding, fix).await {
                Ok(steps) => {
                    return Ok(Planned {
                        code: finding.code,
                        subject: finding.subject.clone(),
                        situation: finding.situation.clone(),
                        advice: fix.advice.clone(),
                        safety: fix.safety,
                        removes: fix.removes,
                        steps,
                    });
                }
                Err(why) => fixes.push((fix.clone(), why)),
            }
        }
        let (code, subject, situation) = (finding.code, finding.subject.clone(), finding.situation.clone());
        Err(Box::new(Manual { code, subject, situation, fixes }))
    }

    async fn steps(&mut self, finding: &Finding, fix: &Fix) -> Result<Vec<Step>, Why> {
        if fix.is_guess && !self.choice.codes.contains(&finding.code) {
            return Err(Why::Guess);
        }
        if !self.choice.allows(fix) {
            return Err(Why::NotAllowed);
        }
        if self.choice.cache_only && fix.place != Place::Cache {
            return Err(Why::Place);
        }
        let texts = self.texts.clone();
        let mut steps = Vec::new();
        for action in &fix.actions {
            match self.step(action, &fix.place).await {
                Ok(more) => steps.extend(more),
                Err(why) => {
                    self.texts = texts;
                    return Err(why);
                }
            }
        }
        if fix.actions.is_empty() { Err(Why::People) } else { Ok(steps) }
    }

    async fn step(&mut self, action: &Action, place: &Place) -> Result<Vec<Step>, Why> {
        match action {
            Action::SetVariable { name, value } => match place {
                Place::UserEnvFile => self.env_file(name, Some(value)),
                Place::GitConfig => self.git_config(&["--replace-all", name, value]).await,
                // The cache is named for the go command that people run; ours knows it.
                Place::Cache if name == "GOMODCACHE" => Ok(Vec::new()),
                _ => Err(Why::Place),
            },
            Action::UnsetVariable { name } => match place {
                Place::UserEnvFile => self.env_file(name, None),
                Place::GitConfig => self.git_config(&["--unset-all", name]).await,
                _ => Err(Why::Place),
            },
            Action::EditLine { path, line, from, to } => self.edit_line(path, *line, from, to),
            Action::RestrictMode { path } => self.restrict(path),
            Action::AddInsteadOf { from, to } => {
                self.git_config(&["--add", &format!("url.{to}.insteadOf"), from]).await
            }
            Action::RefetchModule { cache, path, version, pieces } => {
                let (cache, module) = (PathBuf::from(cache), ModuleVersion::new(path, version));
                Ok(vec![Step::Refetch { cache, module, pieces: pieces.clone() }])
            }
            Action::RemoveFromCache { path } => {
                let database = self.world.environment.sumdb_dir().map(PathBuf::from);
                cache::removal(self.cache().as_deref(), database.as_deref(), Path::new(path))
            }
            Action::Run { argv } => self.run(argv),
            Action::Ask => Err(Why::People),
        }
    }

    fn cache(&self) -> Option<PathBuf> {
        self.world.environment.gomodcache().map(PathBuf::from)
    }
}
