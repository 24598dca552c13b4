//! The running release against files that it cannot read, and against what dependencies need.

use super::{allow_switch, install, running, value};
use crate::catalog::Code;
use crate::facts::Facts;
use crate::facts::module_proxy::{WalkEnd, WhyAsked};
use crate::facts::repository::{MainModule, NewerGo};
use crate::golang::go_version::GoVersion;
use crate::golang::toolchain::{Gotoolchain, MODULE_PATH, Mode};
use crate::model::situation::toolchain::{Advice, AskedBy, Situation};
use crate::model::{Action, Finding, Fix, Foreign, Place, Subject};

/// Looks at both.
pub(super) fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let (Some(repository), Some(running)) = (facts.repository.get(), running(facts)) else { return };
    if running.is_at_least(21) {
        findings.extend(dependencies(facts, &repository.newer_go, &running));
    } else {
        findings.extend(repository.main_modules.iter().filter_map(|main| before_selection(main, &running)));
    }
}

/// A Go before 1.21 selects nothing: it reads the file, or stops at it.
fn before_selection(main: &MainModule, running: &GoVersion) -> Option<Finding> {
    let go = main.go.as_ref().map(|go| go.as_str().to_owned()).unwrap_or_default();
    // Its pattern of a Go version is two numbers with a dot between them.
    let three_parts = go.split('.').count() > 2 || go.chars().any(|c| c.is_ascii_alphabetic());
    let line = match &main.toolchain {
        Some(name) => Some(format!("toolchain {name}")),
        None => three_parts.then(|| format!("go {go}")),
    };
    let shown = Foreign::new(&format!("go{running}"));
    let finding = |situation: Situation| {
        Finding::new(Code::GoTooOld, Subject::file(&main.file, None), situation.into())
            .about(&main.observation.id)
            .with("path", main.file.as_str())
            .with("running", shown.as_str())
    };
    let least = GoVersion::parse(&go);
    let wanted = least.as_ref().map_or_else(|| "go1.21.0".to_owned(), |go| format!("go{}", go.first_release()));
    if let Some(line) = line {
        let line = Foreign::new(&line);
        let situation = Situation::CannotRead { running: shown.clone(), file: main.file.clone(), line: line.clone() };
        return Some(finding(situation).seen(main.file.as_str(), None, line.as_str()).fix(install(&wanted)));
    }
    least.filter(|least| least > running).map(|least| {
        let wants = Foreign::new(least.as_str());
        let situation = Situation::MayFail { running: shown.clone(), file: main.file.clone(), wants };
        finding(situation).warning().fix(install(&wanted))
    })
}

/// The dependency that needs the newest Go decides.
fn dependencies(facts: &Facts, newer: &[NewerGo], running: &GoVersion) -> Option<Finding> {
    let parsed = newer.iter().filter_map(|needs| Some((GoVersion::parse(needs.wants.as_str())?, needs)));
    let (wants, needs) = parsed.filter(|(wants, _)| wants > running).max_by(|a, b| a.0.cmp(&b.0))?;
    let module = &needs.module;
    let (shown, least) = (Foreign::new(&format!("go{running}")), Foreign::new(wants.as_str()));
    let release = format!("go{}", wants.first_release());
    let by = AskedBy::Dependency { module: module.clone() };
    let setting = Gotoolchain::parse(value(facts)).ok().flatten().map(|setting| setting.mode);
    let may_switch = matches!(setting, Some(Mode::Auto | Mode::Path));
    let nowhere = setting == Some(Mode::Auto) && has_no_list(facts);
    let (code, situation) = if !may_switch {
        let value = Foreign::new(value(facts));
        (Code::GoTooOld, Situation::TooOld { running: shown.clone(), wants: least.clone(), by, value })
    } else if nowhere {
        (Code::ToolchainUnavailable, Situation::NotFetched { toolchain: Foreign::new(&release), by })
    } else {
        let module = module.clone();
        (Code::GoTooOld, Situation::WillSwitch { running: shown.clone(), wants: least.clone(), module })
    };
    let older = Advice::OlderDependency { path: Foreign::new(&module.path) };
    let finding = Finding::new(code, Subject::module(module.to_string()), situation.into())
        .about("repository/build-list")
        .with("module", &*module.path)
        .with("version", &*module.version)
        .with("running", shown.as_str())
        .with("count", newer.len())
        .seen("repository/build-list", None, format!("{module}: go {wants}"));
    // go.mod would have to name the newer release, which tidy writes.
    let tidy = || {
        let argv = ["go", "mod", "tidy"].map(str::to_owned).to_vec();
        Fix::safe(Advice::Tidy.into(), Place::Repository, vec![Action::Run { argv }])
    };
    Some(if !may_switch {
        finding.fix(allow_switch(facts)).fix(install(&release)).fix(by_people(older))
    } else if nowhere {
        finding.about("toolchain/selected").fix(install(&release)).fix(by_people(older))
    } else {
        finding.warning().fix(tidy())
    })
}

fn by_people(advice: Advice) -> Fix {
    Fix::safe(advice.into(), Place::Repository, Vec::new())
}

/// Whether every entry of GOPROXY was asked which releases there are, and none says.
fn has_no_list(facts: &Facts) -> bool {
    let walks = facts.module_proxy.get().into_iter().flat_map(|proxies| &proxies.walks);
    let mut lists = walks.filter(|walk| {
        walk.why == WhyAsked::Toolchain && walk.module.path == MODULE_PATH && walk.module.version.is_empty()
    });
    lists.any(|walk| matches!(walk.end, WalkEnd::Exhausted | WalkEnd::Stopped { .. }))
}
