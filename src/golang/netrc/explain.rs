//! Why an entry that somebody meant is not what Go reads.

use std::collections::HashMap;

use super::curl::{Meant, Pair};
use super::go::{Reading, fields};
use super::{MachineLine, Rules, Trouble};

/// The entries that were meant, and those that Go reads though nobody meant them, by line.
pub(super) fn machines(data: &[u8], rules: Rules, by_go: &Reading, meant: &[Meant]) -> Vec<MachineLine> {
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
                trouble: if read.is_some() { misread(entry, &name, rules) } else { Some(missed(data, entry, by_go)) },
                machine: name,
            }
        })
        .collect();
    for read in &by_go.entries {
        if !meant.iter().any(|entry| entry.machine.start == read.start) {
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
fn missed(data: &[u8], entry: &Meant, by_go: &Reading) -> Trouble {
    let line = entry.machine.line;
    if entry.default {
        return Trouble::Default;
    }
    if let Some(stopped) = by_go.stopped.filter(|stopped| line > *stopped) {
        return Trouble::AfterDefault { line: stopped };
    }
    if let Some((since, _)) = by_go.macros.iter().find(|(_, skipped)| skipped.contains(&line)) {
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
    if quoted && !odd_before_quotes(data, entry) { Trouble::Quotes } else { Trouble::OddToken }
}

/// Whether a key stands where Go expects a value although no quoted value stands before it.
fn odd_before_quotes(data: &[u8], entry: &Meant) -> bool {
    let start = entry.machine.start;
    let begin =
        data.get(..start).and_then(|before| before.iter().rposition(|byte| *byte == b'\n')).map_or(0, |at| at + 1);
    let line = data.get(begin..).and_then(|rest| rest.split(|byte| *byte == b'\n').next()).unwrap_or_default();
    fields(line, begin).iter().position(|field| field.start == start).is_some_and(|index| index % 2 == 1)
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
