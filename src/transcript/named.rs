//! What messages name, without what is secret.
//!
//! A name may be cut out of a secret: a line that is damaged can have the part of a URL before its host where a
//! module should stand. In the line without secrets such a name does not stand.

use std::collections::BTreeMap;

use super::clean::HIDDEN;
use crate::catalog::messages::Message;
use crate::facts::transcript::{Said, Speaker};
use crate::foreign::redact;
use crate::golang::module_path::{ModuleVersion, check_path};
use crate::golang::semver;
use crate::model::Foreign;

/// The most characters of a name.
pub(super) const MAX_NAME: usize = 400;
/// The most characters of what belongs to a failure.
const MAX_SAID_TEXT: usize = 200;

/// What a message names as `group`, unless that is part of a secret.
pub(super) fn named<'t>(message: &Message<'t>, group: &str) -> Option<&'t str> {
    message.get(group).filter(|value| is_shown(value, &redact(message.text)))
}

/// All that a message names, without secrets.
pub(super) fn names(message: &Message<'_>) -> BTreeMap<String, Foreign> {
    let shown = redact(message.text);
    let names = message.names().filter(|(_, value)| is_shown(value, &shown));
    names.map(|(name, value)| (name.to_owned(), Foreign::capped(value, MAX_NAME))).collect()
}

/// The module as far as the log shows it: a page that hides mail addresses takes the last element with the version.
pub(super) fn shown(module: ModuleVersion) -> ModuleVersion {
    match module.to_string().strip_suffix(HIDDEN) {
        Some(path) => ModuleVersion::new(path.trim_end_matches('/'), ""),
        None => module,
    }
}

/// The module of a path that may be one, and of a version where it is one.
pub(super) fn module_named(path: &str, version: Option<&str>) -> Option<ModuleVersion> {
    let version = version.filter(|version| semver::is_valid(version)).unwrap_or_default();
    check_path(path).is_ok().then(|| ModuleVersion::new(path, version))
}

/// A message as it is kept with a failure.
pub(super) fn said(line: usize, message: &Message<'_>, at: Speaker) -> Said {
    let text = Some(Foreign::capped(message.text, MAX_SAID_TEXT));
    Said { format: message.format.id.to_owned(), line, text, at, names: names(message) }
}

fn is_shown(value: &str, shown: &str) -> bool {
    shown.contains(&*redact(value))
}
