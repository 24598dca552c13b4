//! What messages name, without what is secret.
//!
//! A name may be cut out of a secret: a line that is damaged can have the part of a URL before its host where a
//! module should stand. In the line without secrets such a name does not stand.

use std::collections::BTreeMap;

use crate::catalog::messages::Message;
use crate::foreign::redact;
use crate::model::Foreign;

/// The most characters of a name.
const MAX_NAME: usize = 400;

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

fn is_shown(value: &str, shown: &str) -> bool {
    shown.contains(&*redact(value))
}
