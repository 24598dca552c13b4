//! What is wrong with the modules that are required: their go.mod files, and what their authors say.

use super::command;
use crate::catalog::{Code, Mender};
use crate::facts::Facts;
use crate::facts::module_proxy::{Answer, Body, FileAnswer, Misnamed, Want};
use crate::facts::repository::{GraphTrouble, GraphTroubleKind, MissingImport, NeededUpdate, Notice, RepositoryFacts};
use crate::golang::modfile::{Problem, ProblemKind};
use crate::golang::module_path::{ModuleVersion, has_path_prefix};
use crate::model::situation::module::{Advice, Situation};
use crate::model::{Confidence, Finding, Fix, Foreign, Place, Seen, Subject};

/// Looks at both.
pub(super) fn rules(facts: &Facts, repository: &RepositoryFacts, findings: &mut Vec<Finding>) {
    let troubles = repository.graph_troubles.iter().filter(|trouble| !is_bad_answer(facts, &trouble.module));
    findings.extend(troubles.map(|seen| trouble(seen).explaining(explained(repository, &seen.module))));
    findings.extend(repository.notices.iter().map(notice));
    findings.extend(facts.module_proxy.get().into_iter().flat_map(|proxies| &proxies.misnamed).map(misnamed));
}

/// A module that an import or a person asks for by another path than it declares.
fn misnamed(misnamed: &Misnamed) -> Finding {
    let Misnamed { module, declared, import } = misnamed;
    let situation = Situation::OtherModule { module: module.clone(), declared: declared.clone(), required_by: None };
    let finding = Finding::new(Code::ModulePathMismatch, Subject::module(module.to_string()), situation.into())
        .with("module", &*module.path)
        .with("version", &*module.version)
        .seen("go.mod", None, format!("module {declared}"));
    let finding = match import {
        Some(import) => finding.about(format!("repository/import/{import}")),
        None => finding,
    };
    let get = format!("{declared}@latest");
    finding.fix(command(Advice::RequireAs { declared: declared.clone() }, &["go", "get", &get]))
}

/// A server that answers something else than a go.mod is told of by the family `module-proxy`.
fn is_bad_answer(facts: &Facts, module: &ModuleVersion) -> bool {
    let walks = facts.module_proxy.get().into_iter().flat_map(|proxies| &proxies.walks);
    let hops = walks.filter(|walk| walk.want == Want::Mod && walk.module == *module).flat_map(|walk| &walk.hops);
    let mut bodies = hops.filter_map(|hop| match &hop.answer {
        Answer::Http { http, body } if http.status == 200 => Some(body),
        Answer::File { file: FileAnswer::Found { body } } => Some(body),
        _ => None,
    });
    bodies.any(|body| !matches!(body, Body::Good | Body::NotRead))
}

fn trouble(trouble: &GraphTrouble) -> Finding {
    let module = &trouble.module;
    // The chain begins with a main module, which has no version, and ends with the module itself.
    let requirer = trouble.chain.iter().rev().skip(1).find(|link| !link.version.is_empty());
    let (code, situation) = match &trouble.kind {
        GraphTroubleKind::OtherModule { declared } => (
            Code::ModulePathMismatch,
            Situation::OtherModule {
                module: module.clone(),
                declared: declared.clone(),
                required_by: requirer.cloned(),
            },
        ),
        GraphTroubleKind::NoModuleLine | GraphTroubleKind::Broken => (
            trouble.problem.as_ref().map_or(Code::GoModMalformed, of_line),
            Situation::DependencyBroken {
                module: module.clone(),
                no_module_line: trouble.kind == GraphTroubleKind::NoModuleLine,
                words: trouble.problem.as_ref().map(|problem| Foreign::new(&problem.go_line("go.mod"))),
            },
        ),
    };
    let chain: Vec<String> = trouble.chain.iter().map(ToString::to_string).collect();
    let finding = Finding::new(code, Subject::module(module.to_string()), situation.into())
        .about(&trouble.observation.id)
        .with("module", &*module.path)
        .with("version", &*module.version)
        .seen(&trouble.observation.id, None, Seen::Chain(chain));
    let by_author = |advice: Advice| Fix::safe(advice.into(), Place::Elsewhere, Vec::new());
    match (&trouble.kind, requirer) {
        (GraphTroubleKind::OtherModule { declared }, None) => {
            let drop = format!("-droprequire={}", module.path);
            let replace = format!("-replace={declared}={module}");
            // The imports are to be changed too, or the fork is meant: only people know.
            let require = Advice::RequireAs { declared: declared.clone() };
            let fork = Advice::ReplaceByFork { declared: declared.clone(), fork: module.clone() };
            finding
                .fix(command(require, &["go", "mod", "edit", &drop]).guessed())
                .fix(command(fork, &["go", "mod", "edit", &drop, &replace]).guessed())
        }
        (GraphTroubleKind::OtherModule { .. }, Some(requirer)) => {
            let get = format!("{}@latest", requirer.path);
            finding
                .mended_by(Mender::ModuleAuthor)
                .fix(command(Advice::RaiseRequirer { module: requirer.clone() }, &["go", "get", &get]))
        }
        _ => finding.mended_by(Mender::ModuleAuthor).fix(by_author(Advice::TellAuthor { module: module.clone() })),
    }
}

/// What a line that go does not accept is called.
fn of_line(problem: &Problem) -> Code {
    match problem.kind {
        ProblemKind::InvalidVersion { .. } => Code::InvalidVersion,
        ProblemKind::InvalidModulePath { .. } => Code::InvalidModulePath,
        _ => Code::GoModMalformed,
    }
}

/// What follows from a go.mod file that go refuses: that its module cannot be listed, and that nothing provides
/// what its sources import.
fn explained(repository: &RepositoryFacts, module: &ModuleVersion) -> Vec<String> {
    let unlisted = repository
        .needs_update
        .iter()
        .any(|update| matches!(update, NeededUpdate::NotListed { module: of } if of == module));
    let mains = repository.main_modules.iter().filter(|_| unlisted).map(|main| &main.observation.id);
    let inside = |import: &&MissingImport| has_path_prefix(import.file.as_str(), &module.path);
    let imports = repository.missing_imports.iter().filter(inside).map(|import| &import.observation.id);
    mains.chain(imports).cloned().collect()
}

fn notice(notice: &Notice) -> Finding {
    let (code, module, situation) = match notice {
        Notice::Retracted { module, rationale } => (
            Code::ModuleRetracted,
            module,
            Situation::Retracted { module: module.clone(), rationale: rationale.clone() },
        ),
        Notice::Deprecated { module, message } => {
            (Code::ModuleDeprecated, module, Situation::Deprecated { module: module.clone(), message: message.clone() })
        }
    };
    let finding = Finding::new(code, Subject::module(module.to_string()), situation.into())
        .about("repository/build-list")
        // A later version that is not at hand may say otherwise.
        .confidence(Confidence::Likely)
        .with("module", &*module.path)
        .with("version", &*module.version);
    if code == Code::ModuleRetracted {
        let get = format!("{}@latest", module.path);
        let advice = Advice::Upgrade { path: Foreign::new(&module.path) };
        finding.warning().fix(command(advice, &["go", "get", &get]))
    } else {
        finding.note().fix(Fix::safe(Advice::MoveOn.into(), Place::Elsewhere, Vec::new()))
    }
}
