//! What in a pattern list is probably not meant as it stands.

use serde::{Deserialize, Serialize};

use super::{BadPattern, Item, items, path_match};

/// Something about an item that its author probably did not mean. go says nothing about any of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Suspicion {
    /// A carriage return, left by a file with Windows line ends.
    CarriageReturn,
    /// Quotes, which go does not strip in its env file nor in the environment.
    Quotes,
    /// White space before the item.
    LeadingSpace,
    /// White space after the item.
    TrailingSpace,
    /// Something else than a comma between two items.
    WrongSeparator {
        /// What stands there.
        separator: char,
    },
    /// `{a,b}`: globs of go have no alternatives, and the comma ends the item.
    Braces,
    /// `!x`: a list cannot take back what another item matches.
    Negation,
    /// `https://…`: paths carry no scheme.
    Scheme,
    /// `git@host:…`: paths carry no user.
    UserPart,
    /// `host:8443`: module paths carry no port.
    Port,
    /// `…@v1.2.3`: paths carry no version.
    Version,
    /// `/...`, a pattern of packages; here a path covers what is below it by itself.
    TrailingEllipsis,
    /// `.git`, which the module path lacks on this host.
    GitSuffix,
    /// An empty element: `//`, or two slashes at the end.
    DoubleSlash,
    /// A slash at the beginning.
    LeadingSlash,
    /// `.example.com`, as in NO_PROXY; here it takes `*.example.com`.
    LeadingDot,
    /// A regular expression.
    RegularExpression,
    /// An upper case letter in the host: the first element of a module path has none.
    UpperCaseHost,
    /// A single word without a dot, which no downloadable module path begins with.
    NoDot,
    /// A character that no module path may hold.
    IllegalCharacter {
        /// The first one.
        character: char,
    },
    /// Not a well-formed glob.
    Malformed,
    /// It matches every module, or every module below a top-level domain.
    MatchesEverything,
}

/// An item about which something is suspicious.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ItemReport {
    /// Its place between the commas, from 0; empty items count.
    pub index: usize,
    /// The text between the commas, untouched.
    pub text: String,
    /// What is suspicious, at least one.
    pub suspicions: Vec<Suspicion>,
    /// Whether no module path can match the item as it stands.
    pub never_matches: bool,
    /// What was probably meant, where that is obvious. It may hold commas.
    pub corrected: Option<String>,
}

/// An item that would match a path if one thing about it were mended.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NearMiss {
    /// The item's place between the commas, from 0.
    pub index: usize,
    /// The text between the commas, untouched.
    pub text: String,
    /// The item that would match.
    pub corrected: String,
    /// Whether upper and lower case is all that differs.
    pub case_only: bool,
}

/// The suspicious items of a list. The words `none` and `off` alone are a usual way to match nothing
/// and are not reported.
#[must_use]
pub fn lint(globs: &str) -> Vec<ItemReport> {
    items(globs).filter_map(lint_item).collect()
}

/// The list with each correction made, or nothing if there is none to make.
#[must_use]
pub fn corrected_list(globs: &str) -> Option<String> {
    let mut changed = false;
    let kept: Vec<String> = items(globs)
        .map(|item| match lint_item(item).and_then(|report| report.corrected) {
            Some(corrected) => {
                changed = true;
                corrected
            }
            None => item.text.to_owned(),
        })
        .filter(|item| !item.is_empty())
        .collect();
    changed.then(|| kept.join(","))
}

/// The first item that does not match `target` but would if it were corrected or if case did not
/// count. Nothing if the list matches `target` already.
#[must_use]
pub fn near_miss(globs: &str, target: &str) -> Option<NearMiss> {
    if super::match_prefix_patterns(globs, target) {
        return None;
    }
    items(globs).find_map(|item| {
        let corrected = lint_item(item).and_then(|report| report.corrected);
        let written = corrected.as_deref().unwrap_or(item.text);
        let miss = |text: &str, case_only| NearMiss {
            index: item.index,
            text: item.text.to_owned(),
            corrected: text.to_owned(),
            case_only,
        };
        if let Some(hit) = items(written).find(|part| part.matches(target)) {
            return Some(miss(hit.text, false));
        }
        items(written)
            .find(|part| {
                let lower = part.text.to_lowercase();
                Item { index: part.index, text: &lower }.matches(&target.to_lowercase())
            })
            .map(|part| miss(&spelt_like(part.text, target), true))
    })
}

/// `glob` with the case of `target`, which it matches but for case. A glob with wildcards keeps
/// its shape and goes to lower case only where the target is lower case throughout.
fn spelt_like(glob: &str, target: &str) -> String {
    let glob = glob.strip_suffix('/').unwrap_or(glob);
    match target.get(..glob.len()) {
        Some(head) if head.eq_ignore_ascii_case(glob) => head.to_owned(),
        _ => glob.to_lowercase(),
    }
}

fn lint_item(item: Item<'_>) -> Option<ItemReport> {
    let mut suspicions = Vec::new();
    if item.text.is_empty() || matches!(item.text, "none" | "off") {
        return None;
    }
    let corrected = correct(item.text, &mut suspicions);
    if corrected.as_deref().is_none_or(|text| !text.is_empty()) {
        judge(corrected.as_deref().unwrap_or(item.text), &mut suspicions);
    }
    if suspicions.is_empty() {
        return None;
    }
    let never_matches = suspicions.iter().any(|suspicion| match suspicion {
        // The suffix is part of the path on hosts without a rule of their own.
        Suspicion::GitSuffix => has_static_rule(item.text),
        Suspicion::MatchesEverything => false,
        _ => true,
    });
    Some(ItemReport {
        index: item.index,
        text: item.text.to_owned(),
        suspicions,
        never_matches,
        corrected: corrected.filter(|text| text != item.text),
    })
}

/// Mends what can be mended and notes it. Nothing where the meaning cannot be guessed.
fn correct(written: &str, found: &mut Vec<Suspicion>) -> Option<String> {
    let mut text = written;
    if text.contains('\r') {
        found.push(Suspicion::CarriageReturn);
        text = text.trim_end_matches('\r');
    }
    let unquoted = text.trim_matches(|c: char| matches!(c, '"' | '\'' | '`' | '“' | '”' | '‘' | '’'));
    if unquoted.len() != text.len() {
        found.push(Suspicion::Quotes);
        text = unquoted;
    }
    if text.trim_start().len() != text.len() {
        found.push(Suspicion::LeadingSpace);
    }
    if text.trim_end().len() != text.len() {
        found.push(Suspicion::TrailingSpace);
    }
    text = text.trim();
    if text.contains(['{', '}']) {
        found.push(Suspicion::Braces);
        return None;
    }
    if text.starts_with('!') {
        found.push(Suspicion::Negation);
        return None;
    }
    if looks_like_a_regular_expression(text) {
        found.push(Suspicion::RegularExpression);
        return None;
    }
    let is_separator = |c: char| c.is_whitespace() || matches!(c, ';' | '|' | '，' | '、' | '；');
    if let Some(separator) = text.chars().find(|c| is_separator(*c)) {
        found.push(Suspicion::WrongSeparator { separator });
        let parts: Vec<String> =
            text.split(is_separator).filter(|part| !part.is_empty()).map(|part| correct_path(part, found)).collect();
        return Some(parts.join(","));
    }
    Some(correct_path(text, found))
}

fn looks_like_a_regular_expression(text: &str) -> bool {
    text.starts_with('^') || text.ends_with('$') || text.contains(".*") || text.contains("(?")
}

/// Mends one path of its scheme, user, port, version and decorations.
fn correct_path(written: &str, found: &mut Vec<Suspicion>) -> String {
    let mut note = |suspicion| {
        if !found.contains(&suspicion) {
            found.push(suspicion);
        }
    };
    let mut text = written.to_owned();
    if let Some((_, rest)) = text.split_once("://") {
        note(Suspicion::Scheme);
        text = rest.to_owned();
    }
    if let Some(rest) = text.strip_prefix('/') {
        note(Suspicion::LeadingSlash);
        text = rest.trim_start_matches('/').to_owned();
    }
    let host = text.split('/').next().unwrap_or_default().to_owned();
    if let Some((_, rest)) = host.rsplit_once('@').filter(|(_, rest)| rest.contains('.') && !is_version(rest)) {
        note(Suspicion::UserPart);
        text = rest.to_owned() + text.get(host.len()..).unwrap_or_default();
    }
    let host = text.split('/').next().unwrap_or_default().to_owned();
    if let Some((name, port)) = host.split_once(':') {
        let path = text.get(host.len()..).unwrap_or_default();
        if port.bytes().all(|byte| byte.is_ascii_digit()) {
            note(Suspicion::Port);
            text = format!("{name}{path}");
        } else {
            note(Suspicion::UserPart);
            text = format!("{name}/{port}{path}");
        }
    }
    if let Some((path, _)) = text.rsplit_once('@').filter(|(_, version)| is_version(version)) {
        note(Suspicion::Version);
        text = path.to_owned();
    }
    if let Some(path) = text.strip_suffix("/...") {
        note(Suspicion::TrailingEllipsis);
        text = path.to_owned();
    }
    if text.contains("//") {
        note(Suspicion::DoubleSlash);
        let elements: Vec<&str> = text.split('/').filter(|element| !element.is_empty()).collect();
        text = elements.join("/");
    }
    let trimmed = text.strip_suffix('/').unwrap_or(&text).to_owned();
    if let Some(path) = trimmed.strip_suffix(".git") {
        note(Suspicion::GitSuffix);
        if has_static_rule(&trimmed) {
            text = path.to_owned();
        }
    }
    if text.starts_with('.') && text.len() > 1 && !text.starts_with("..") {
        note(Suspicion::LeadingDot);
        text.insert(0, '*');
    }
    let host = text.split('/').next().unwrap_or_default().to_owned();
    if host.contains('.') && !host.contains('[') && host.bytes().any(|byte| byte.is_ascii_uppercase()) {
        note(Suspicion::UpperCaseHost);
        text = host.to_ascii_lowercase() + text.get(host.len()..).unwrap_or_default();
    }
    text
}

fn is_version(text: &str) -> bool {
    text == "latest" || text.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether the host's repositories are found without asking it, so that `.git` is refused there
/// (`vcs.go`: github.com and bitbucket.org).
fn has_static_rule(text: &str) -> bool {
    ["github.com/", "bitbucket.org/"].iter().any(|host| text.contains(host))
}

/// What is left after correction, and cannot be mended by rewriting.
fn judge(list: &str, found: &mut Vec<Suspicion>) {
    for item in items(list) {
        let text = item.text.strip_suffix('/').unwrap_or(item.text);
        if path_match(text.as_bytes(), b"") == Err(BadPattern) {
            found.push(Suspicion::Malformed);
            continue;
        }
        let first = text.split('/').next().unwrap_or_default();
        if matches!(text, "*" | "**") || text.strip_prefix("*.").is_some_and(is_plain_word) {
            found.push(Suspicion::MatchesEverything);
        } else if is_plain_word(first) && !matches!(text, "none" | "off") {
            found.push(Suspicion::NoDot);
        }
        if found
            .iter()
            .any(|known| matches!(known, Suspicion::Braces | Suspicion::Negation | Suspicion::RegularExpression))
        {
            continue;
        }
        if let Some(character) = illegal_character(text) {
            found.push(Suspicion::IllegalCharacter { character });
        }
    }
}

fn is_plain_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// The first literal character of a glob that no module path holds (`module.CheckPath`).
fn illegal_character(glob: &str) -> Option<char> {
    let mut in_class = false;
    let mut chars = glob.chars();
    while let Some(c) = chars.next() {
        let literal = match c {
            '\\' => chars.next()?,
            '[' => {
                in_class = true;
                continue;
            }
            ']' => {
                in_class = false;
                continue;
            }
            '*' | '?' | '/' => continue,
            c => c,
        };
        let legal = literal.is_ascii_alphanumeric() || matches!(literal, '-' | '.' | '_' | '~');
        if !in_class && !legal {
            return Some(literal);
        }
    }
    None
}

#[cfg(test)]
mod tests;
