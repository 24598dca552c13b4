//! English sentences of the family `module`.

use super::list;
use crate::model::Foreign;
use crate::model::situation::module::{Advice, Line, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::NoGoMod { directory } => Said::new(format!("There is no go.mod in {directory} or above it."))
            .because("Without one the go command does not know which modules belong to this build."),
        Situation::Unreadable { file, error } => Said::new(format!("{file} cannot be read: {error}.")),
        Situation::MergeConflict { at, end, noticed } => {
            let said = Said::new(format!("{} has the marks of an unfinished merge, up to line {end}.", place(at)));
            if *noticed {
                said.because("go reads the marks as lines of the file, and gets no further.")
            } else {
                said.because("go takes the marks for lines of another module, and says nothing.")
            }
        }
        Situation::BadLine { at, problem } => Said::new(format!("{} cannot be read: {problem}.", place(at)))
            .because("go reads this file before anything else, so every command stops here."),
        Situation::BadVersion { at, path, version, problem } if path.is_empty() => {
            Said::new(format!("{} holds \"{version}\", which is no version.", place(at))).because(sentence(problem))
        }
        Situation::BadVersion { at, path, version, problem } => {
            Said::new(format!("{} asks for {path} \"{version}\", which is no version of it.", place(at)))
                .because(sentence(problem))
        }
        Situation::BadPath { at: Some(at), path, problem } => {
            Said::new(format!("{} has \"{path}\", which is no legal path.", place(at))).because(sentence(problem))
        }
        Situation::BadPath { at: None, path, problem } => {
            Said::new(format!("\"{path}\" is no legal module path.")).because(sentence(problem))
        }
        Situation::OtherMajor { module, expected } => {
            Said::new(format!("{} has no version {}: its path admits {expected} only.", module.path, module.version))
                .because("From v2 on the major version is part of the module path: /v2, /v3.")
        }
        Situation::SumLine { at, fields, stops } => {
            let said = Said::new(format!("{} has {} instead of 3.", place(at), counted(*fields, "field")));
            if *stops {
                said.because("Since Go 1.22 every command stops at such a line.")
            } else {
                said.because("This go reads no further, and says nothing; Go 1.22 and later stop with an error.")
            }
        }
        Situation::SumHash { at } => Said::new(format!("{} holds a hash that can never match.", place(at)))
            .because("After h1: there must be 44 characters in base64; go then reports a checksum mismatch."),
        Situation::Stale { file, higher, unlisted, unresolved } => {
            Said::new(format!("{file} must change before a build: {}.", stale(higher, unlisted, unresolved))).because(
                format!(
                    "go build, test and list may not change the file, so they stop with \"updates to go.mod needed\". \
                     {}",
                    stale_names(higher, unlisted, unresolved)
                ),
            )
        }
        Situation::NotYetRequired { import, at, found: true } => {
            Said::new(format!("{import} is imported, but its module is not in go.mod yet.")).because(format!(
                "It is imported in {}, so go build stops. A module for it was found: go mod tidy adds it.",
                place(at)
            ))
        }
        Situation::NotYetRequired { import, at, found: false } => {
            Said::new(format!("{import} is imported, but no module in go.mod has it."))
                .because(format!("It is imported in {}. Nobody was asked whether there is a module for it.", place(at)))
        }
        Situation::SameSource { source, path, other } => {
            Said::new(format!("{path} is replaced by {source}, which the build uses as {other} too."))
                .because("go takes no module under two paths, and stops.")
        }
        Situation::Excluded { module, line } => {
            Said::new(format!("{module} is required, and go.mod excludes it{}.", on_line(*line)))
                .because("go leaves the requirement out, and a build then stops with \"updates to go.mod needed\".")
        }
        Situation::ReplaceMissing { path, target, at, exists, required } => {
            let lacks = if *exists { "has no go.mod" } else { "does not exist" };
            let said = Said::new(format!("{path} is replaced by {target}, which {lacks}."));
            let at = place(at);
            if *required {
                said.because(format!("The line is {at}. A folder in place of a module must hold a go.mod."))
            } else {
                said.because(format!("The line is {at}. Nothing requires the module, so go does not look there."))
            }
        }
        Situation::WorkUnreadable { file, error } => Said::new(format!("{file} cannot be read: {error}."))
            .because("With a go.work in force, every command reads it first."),
        Situation::UseMissing { dir, at } => Said::new(format!("{} uses {dir}, where there is no go.mod.", place(at)))
            .because("Every folder of a use line must hold a module."),
        Situation::NotInWorkspace { dir, work } => {
            Said::new(format!("The module in {} is not one of those that {work} names.", here(dir)))
                .because("With a go.work in force, go builds only the modules of its use lines.")
        }
        Situation::WorkGoTooLow { dir, wants, has } => {
            Said::new(format!("The module in {} needs go {wants}, and go.work has go {has}.", here(dir)))
                .because("The go line of go.work must be at least that of each module in it.")
        }
        Situation::TwiceInWorkspace { path } => Said::new(format!("Two folders of go.work hold the module {path}.")),
        Situation::ReplacedDifferently { path } => {
            Said::new(format!("Two modules of go.work replace {path} by different things."))
                .because("go does not choose between them. A replace line in go.work overrides both.")
        }
        Situation::VendorDiffers { count, first, workspace } => {
            let with = if *workspace { "go.work and its modules" } else { "go.mod" };
            let (modules, differ) = (counted(*count, "module"), if *count == 1 { "differs" } else { "differ" });
            Said::new(format!("The vendor folder does not agree with {with}: {modules} {differ}."))
                .because(format!("go compares vendor/modules.txt before it builds from the folder. {first}."))
        }
        Situation::VendorLacks { count, import, at, named } => {
            let others =
                if *count > 1 { format!(" So do {} more.", counted(count - 1, "package")) } else { String::new() };
            let named = if *named { "vendor/modules.txt names it, but its Go files are not there." } else { "" };
            Said::new(format!("The vendor folder lacks {import}, which {} imports.", place(at)))
                .because(format!("go builds from the folder and asks nobody for the rest. {named}{others}").trim_end())
        }
        Situation::VendorAbsent => Said::new("GOFLAGS has -mod=vendor, but there is no vendor folder.")
            .because("go then takes every requirement for one that the folder lacks."),
        Situation::Ambiguous { import, at, modules } => {
            let names: Vec<Foreign> = modules.iter().map(|module| Foreign::new(&module.to_string())).collect();
            Said::new(format!("{import} is in several modules of the build.")).because(format!(
                "It is imported in {}, and found in {}. go does not choose between them.",
                place(at),
                list(&names)
            ))
        }
        Situation::NoModuleHas { import, at, own: true } => {
            Said::new(format!("{} imports {import}, which this module does not have.", place(at)))
                .because("There is no folder with Go files at that path. It may be generated, or not committed.")
        }
        Situation::NoModuleHas { import, at, own: false } => {
            Said::new(format!("{} imports {import}, which no module provides.", place(at)))
                .because("None of the module paths that could hold it exists at the servers of GOPROXY.")
        }
        Situation::NotInStd { import, at } => {
            Said::new(format!("{} imports {import}, which is not in the standard library.", place(at)))
                .because("A path whose first element has no dot is looked up in the standard library only.")
        }
        Situation::NotInModule { import, at, module } => {
            Said::new(format!("{} imports {import}, which {module} does not have.", place(at)))
                .because("The module is there, but this version has no Go files in that folder.")
        }
        Situation::OtherModule { module, declared, required_by } => {
            let by = required_by.as_ref().map_or_else(String::new, |by| format!(" {by} requires it."));
            Said::new(format!("{module} calls itself {declared}."))
                .because(format!("A module must be required by the path in its own go.mod.{by}"))
        }
        Situation::DependencyBroken { module, no_module_line: true, .. } => {
            Said::new(format!("The go.mod of {module} has no module line."))
        }
        Situation::DependencyBroken { module, no_module_line: false, words } => {
            let said = Said::new(format!("The go.mod of {module} cannot be read."));
            match words {
                Some(words) => said.because(format!("go says: {words}.")),
                None => said,
            }
        }
        Situation::NoRevision { module, repository: Some(repository) } => {
            Said::new(format!("{repository} has no revision for {module}."))
                .because("The repository answers, but has no such tag, branch or commit.")
        }
        Situation::NoRevision { module, repository: None } => {
            Said::new(format!("{} has no revision {}.", module.path, module.version))
                .because("The module is known to the module proxy, but not this branch, tag or commit.")
        }
        Situation::NoVersions { module, highest: Some(highest) } => {
            Said::new(format!("{} has no version for {}.", module.path, module.version))
                .because(format!("The highest version that it lists is {highest}."))
        }
        Situation::NoVersions { module, highest: None } => {
            Said::new(format!("{} exists, but has no version yet.", module.path))
                .because("There is no tag of the form v1.2.3 that fits its path.")
        }
        Situation::Retracted { module, rationale } => {
            let said = Said::new(format!("The author has taken {module} back."));
            if rationale.is_empty() { said } else { said.because(format!("The reason given: {rationale}.")) }
        }
        Situation::Deprecated { module, message } => {
            let said = Said::new(format!("{} is deprecated.", module.path));
            if message.is_empty() { said } else { said.because(format!("Its author says: {message}.")) }
        }
    }
}

/// `go.mod line 4`, or the file alone.
fn place(at: &Line) -> String {
    if at.line == 0 { at.file.to_string() } else { format!("{} line {}", at.file, at.line) }
}

fn on_line(line: usize) -> String {
    if line == 0 { String::new() } else { format!(" on line {line}") }
}

fn here(dir: &Foreign) -> String {
    if matches!(dir.as_str(), "" | ".") { "this folder".into() } else { dir.to_string() }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// Go's words as a sentence.
fn sentence(words: &Foreign) -> String {
    format!("go says: {words}.")
}

fn stale(higher: &[Foreign], unlisted: &[Foreign], unresolved: &[Foreign]) -> String {
    let mut parts = Vec::new();
    if !higher.is_empty() {
        parts.push(format!("{} too low", counted(higher.len(), "requirement")));
    }
    if !unlisted.is_empty() {
        parts.push(format!("{} not listed", counted(unlisted.len(), "module")));
    }
    if !unresolved.is_empty() {
        parts.push(format!("{} without a version", counted(unresolved.len(), "requirement")));
    }
    parts.join(", ")
}

fn stale_names(higher: &[Foreign], unlisted: &[Foreign], unresolved: &[Foreign]) -> String {
    let mut parts = Vec::new();
    if !higher.is_empty() {
        parts.push(format!("Selected is a higher version: {}.", list(higher)));
    }
    if !unlisted.is_empty() {
        parts.push(format!("Imported and not listed: {}.", list(unlisted)));
    }
    if !unresolved.is_empty() {
        parts.push(format!("To be resolved to a version: {}.", list(unresolved)));
    }
    parts.join(" ")
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::InitModule => "Go to the folder with go.mod, or make one here.".into(),
        Advice::MakeReadable { file } => format!("See whose {file} is, and let this user read it."),
        Advice::ResolveConflict { file } => format!("Take the marks out of {file}, and keep the lines that are right."),
        Advice::KeepBothSides => "Take the marks out and keep the lines of both sides; then let go sort them.".into(),
        Advice::CorrectLine { at } => format!("Correct {}.", place(at)),
        Advice::WriteVersion => "Write a whole version, such as v1.2.3.".into(),
        Advice::MatchMajor => {
            "Add the major version to the path (such as /v2), also in the imports, or take a version that fits it."
                .into()
        }
        Advice::Tidy => "Let go put go.mod and go.sum in order.".into(),
        Advice::GetImport { import } => format!("Let go add the module of {import} to go.mod."),
        Advice::CorrectImport { import } => format!("See whether {import} is spelt right, and whether it has moved."),
        Advice::MakePackage => "Generate the package or commit it, or correct the import.".into(),
        Advice::OtherVersion { path } => format!("Take a version of {path} that has the package."),
        Advice::DropExclude { module } => format!("Drop the exclusion of {module} if its reason is gone."),
        Advice::BringFolder { target } => {
            format!("Put the module into {target}: check it out beside this one, or update the git submodule.")
        }
        Advice::DropReplace { path } => format!("Drop the replace line, so that the published {path} is used."),
        Advice::DropUse { dir } => format!("Drop the use line of {dir} if the module is gone."),
        Advice::AddUse { dir } => format!("Add {} to the workspace.", here(dir)),
        Advice::LeaveWorkspace => "Leave the workspace out for this shell.".into(),
        Advice::RaiseWorkGo => "Raise the go line of go.work to what its modules need.".into(),
        Advice::UseOne => "Keep one of the two folders in go.work.".into(),
        Advice::SettleReplace { path } => format!("Write one replace line for {path} into go.work."),
        Advice::Vendor => "Write the vendor folder anew, and commit it.".into(),
        Advice::WithoutVendor => "Build without the vendor folder.".into(),
        Advice::RaiseOuter { path } => format!("Raise {path} to a version that no longer has the package."),
        Advice::RequireAs { declared } => format!("Require and import it as {declared}."),
        Advice::ReplaceByFork { declared, fork } => {
            format!("If {} is a fork, require {declared} and replace it by the fork.", fork.path)
        }
        Advice::RaiseRequirer { module } => {
            format!("Raise {} to a version that requires it by its right path.", module.path)
        }
        Advice::TellAuthor { module } => format!("Take another version of {}, and tell its author.", module.path),
        Advice::CheckRevision => "See how the branch, tag or commit is spelt, and whether it was pushed.".into(),
        Advice::NameRevision { path } => format!("Name a branch or a commit of {path}, or ask its author for a tag."),
        Advice::Upgrade { path } => format!("Take a newer version of {path}."),
        Advice::MoveOn => "Read what the author says, and plan the move.".into(),
    }
}
