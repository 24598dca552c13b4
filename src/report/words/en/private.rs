//! English sentences of the family `private`.

use super::list;
use crate::golang::pattern::Suspicion;
use crate::golang::route::{HostKind, PrivateReason};
use crate::model::situation::private::{Advice, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::NotConfigured { path, hosts, because, imported_at, only_gonoproxy } => {
            let who = if hosts.is_empty() { "servers that do not know it".into() } else { list(hosts) };
            let headline = match imported_at {
                Some((file, line)) => {
                    format!("{path} looks private, no requirement lists it ({file}:{line}), and go asks {who} for it.")
                }
                None => format!("{path} looks private, and go asks {who} for it."),
            };
            let why = because
                .as_ref()
                .map_or_else(String::new, |because| format!(" It looks private because {}.", reason(because)));
            let lacks = if *only_gonoproxy {
                "GONOPROXY matches it, GONOSUMDB does not, so its name goes to the checksum database."
            } else {
                "GOPRIVATE does not match it, so go takes it for public."
            };
            Said::new(headline).because(format!("{lacks}{why}"))
        }
        Situation::BadPattern { variable, item, suspicion, never_matches } => {
            let end =
                if *never_matches { "it can never match a module path" } else { "it may not match what was meant" };
            Said::new(format!("{variable} has an item that is wrong: \"{item}\"."))
                .because(format!("{}; {end}.", what(*suspicion)))
        }
        Situation::NearMiss { variable, item, path } => {
            Said::new(format!("{variable} has \"{item}\", which does not match {path}."))
                .because("It differs by a letter or two, so go takes the module for public.")
        }
        Situation::MatchesNothing { variable, list } => {
            Said::new(format!("{variable}={list} matches no module of this repository."))
        }
    }
}

pub(super) fn reason(reason: &PrivateReason) -> String {
    match reason {
        PrivateReason::Listed { variable, item } => format!("{variable} lists {item}"),
        PrivateReason::NearMiss { variable, item } => format!("{variable} has \"{item}\", which nearly matches"),
        PrivateReason::PartlyListed { variable, item } => format!("{variable} lists a part of it, {item}"),
        PrivateReason::HostOfPattern { variable, item } => format!("{variable} lists {item} on the same host"),
        PrivateReason::Host(HostKind::Address) => "its host is an address".into(),
        PrivateReason::Host(HostKind::NotPublic) => "its host is no public name".into(),
        PrivateReason::Host(HostKind::Internal { suffix }) => format!("its host ends in .{suffix}"),
        PrivateReason::Host(HostKind::GitServer { label }) => format!("its host begins with {label}."),
        PrivateReason::SameHost => "this repository lies on the same host".into(),
        PrivateReason::SameOrganisation { prefix } => format!("this repository belongs to {prefix} too"),
    }
}

fn what(suspicion: Suspicion) -> String {
    match suspicion {
        Suspicion::CarriageReturn => "It ends in a carriage return".into(),
        Suspicion::Quotes => "The quotation marks are part of it".into(),
        Suspicion::LeadingSpace => "It begins with a space, which go keeps".into(),
        Suspicion::TrailingSpace => "It ends in a space, which go keeps".into(),
        Suspicion::WrongSeparator { separator } => format!("Items are separated by commas, not by \"{separator}\""),
        Suspicion::Braces => "Patterns know no braces".into(),
        Suspicion::Negation => "Patterns know no negation".into(),
        Suspicion::Scheme => "A module path has no scheme".into(),
        Suspicion::UserPart => "A module path has no user name".into(),
        Suspicion::Port => "A module path has no port".into(),
        Suspicion::Version => "A module path has no version".into(),
        Suspicion::TrailingEllipsis => "Patterns know no \"...\"; a prefix matches all below it".into(),
        Suspicion::GitSuffix => "The module path has no .git at its end".into(),
        Suspicion::DoubleSlash => "A module path has no double slash".into(),
        Suspicion::LeadingSlash => "A module path does not begin with a slash".into(),
        Suspicion::LeadingDot => "A leading dot is no wildcard: write *.".into(),
        Suspicion::RegularExpression => "Patterns are globs, not regular expressions".into(),
        Suspicion::UpperCaseHost => "Upper and lower case differ, and hosts are lower case".into(),
        Suspicion::NoDot => "A module path begins with a host, which has a dot".into(),
        Suspicion::IllegalCharacter { character } => format!("No module path holds \"{character}\""),
        Suspicion::Malformed => "It is no valid pattern".into(),
        Suspicion::MatchesEverything => "It matches every module".into(),
    }
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::AddPattern { variable, pattern } => {
            let what = match variable.as_str() {
                "GONOPROXY" => "go then fetches such modules directly",
                "GONOSUMDB" => "go then asks no checksum database about such modules",
                _ => "go then fetches such modules directly, and asks no checksum database",
            };
            format!("Add {pattern} to {variable}: {what}.")
        }
        Advice::KeepInHouse { variable, patterns } => {
            let what = if variable.as_str() == "GONOSUMDB" {
                "go then asks no checksum database about such modules"
            } else {
                "go then fetches such modules directly"
            };
            format!("To keep what looks private in the house, add {patterns} to {variable}: {what}.")
        }
        Advice::CorrectList { variable } => format!("Correct {variable}."),
        Advice::CheckPath { path } => format!("If {path} is public, see whether it is spelt right."),
    }
}
