//! Why an entry that somebody meant is not what Go reads.

use std::collections::{HashMap, HashSet};

use super::curl::{Meant, Pair};
use super::go::Reading;
use super::{MachineLine, Rules, Trouble};

/// The entries that were meant, and those that Go reads though nobody meant them, by line.
pub(super) fn machines(rules: Rules, by_go: &Reading, meant: &[Meant]) -> Vec<MachineLine> {
    let recorded: HashMap<usize, &str> =
        by_go.entries.iter().map(|read| (read.start, read.entry.machine.as_str())).collect();
    let mut lines: Vec<MachineLine> = meant
        .iter()
        .map(|entry| {
            let read = recorded.get(&entry.machine.start);
            let name = read.map_or_else(|| entry.name(), |machine| (*machine).to_owned());
            MachineLine {
                line: entry.machine.line,
                login: has_value(entry.login.as_ref()),
                password: has_value(entry.password.as_ref()),
                read_by_go: read.is_some(),
                trouble: if read.is_some() { misread(entry, &name, rules) } else { Some(missed(entry, by_go)) },
                machine: name,
            }
        })
        .collect();
    let starts: HashSet<usize> = meant.iter().map(|entry| entry.machine.start).collect();
    for read in &by_go.entries {
        if !starts.contains(&read.start) {
            lines.push(MachineLine {
                line: read.entry.line,
                machine: read.entry.machine.clone(),
                login: true,
                password: true,
                read_by_go: true,
                trouble: Some(Trouble::Commented),
            });
        }
    }
    lines.sort_by_key(|line| line.line);
    mark_shadowed(&mut lines);
    lines
}

fn has_value(pair: Option<&Pair>) -> bool {
    pair.is_some_and(|pair| pair.value.is_some())
}

/// What may be wrong with an entry that Go has read.
fn misread(entry: &Meant, machine: &str, rules: Rules) -> Option<Trouble> {
    if entry.pairs().any(|pair| pair.value.as_ref().is_some_and(|token| token.quoted)) {
        return Some(Trouble::Quotes);
    }
    let rest = machine.split_once("://").map(|(_, rest)| rest);
    if rest.is_some() && (rules == Rules::UpTo1_23 || !machine.starts_with("https://")) {
        return Some(Trouble::Scheme);
    }
    let host = rest.unwrap_or(machine);
    match host.split_once('/') {
        Some(_) if rules < Rules::From1_25 => return Some(Trouble::Path),
        _ => {}
    }
    let host = host.split('/').next().unwrap_or(host);
    if host.rsplit_once(':').is_some_and(|(_, port)| !port.ends_with(']')) {
        return Some(Trouble::Port);
    }
    host.bytes().any(|byte| byte.is_ascii_uppercase()).then_some(Trouble::MachineCase)
}

/// Why Go has not read an entry. The first that applies is what to mend first.
fn missed(entry: &Meant, by_go: &Reading) -> Trouble {
    let line = entry.machine.line;
    if entry.default {
        return Trouble::Default;
    }
    if let Some(stopped) = by_go.stopped.filter(|stopped| line > *stopped) {
        return Trouble::AfterDefault { line: stopped };
    }
    let next = by_go.macros.partition_point(|(since, _)| *since < line);
    let before = next.checked_sub(1).and_then(|index| by_go.macros.get(index));
    if let Some((since, _)) = before.filter(|(_, skipped)| skipped.contains(&line)) {
        return Trouble::InMacro { line: *since };
    }
    if entry.after_mark {
        return Trouble::ByteOrderMark;
    }
    if entry.pairs().any(|pair| !pair.lower_case) {
        return Trouble::UpperCaseKey;
    }
    if entry.pairs().any(|pair| pair.value.as_ref().is_some_and(|value| value.line > pair.line)) {
        return Trouble::ValueOnNextLine;
    }
    if entry.machine.value.is_none() {
        return Trouble::NoMachine;
    }
    if !has_value(entry.login.as_ref()) {
        return Trouble::NoLogin;
    }
    if !has_value(entry.password.as_ref()) {
        return Trouble::NoPassword;
    }
    let quoted = entry.pairs().any(|pair| pair.value.as_ref().is_some_and(|token| token.quoted));
    // With the machine in its place it is the blank in the quotes that shifts the rest.
    if quoted && !by_go.values.contains(&entry.machine.start) { Trouble::Quotes } else { Trouble::OddToken }
}

/// Go keeps the first entry of a machine.
fn mark_shadowed(lines: &mut [MachineLine]) {
    let mut first: HashMap<String, usize> = HashMap::new();
    for line in lines.iter_mut().filter(|line| line.read_by_go) {
        match first.get(&line.machine) {
            Some(earlier) => line.trouble = line.trouble.or(Some(Trouble::Shadowed { line: *earlier })),
            None => {
                first.insert(line.machine.clone(), line.line);
            }
        }
    }
}
