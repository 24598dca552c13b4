//! Reading variables back: the name decides what of a value may be kept.

use serde::Deserialize;

use super::{Origin, Setting, Value};

/// A variable as a facts file holds it.
#[derive(Deserialize)]
pub(super) struct Variable {
    name: String,
    value: String,
    origin: Origin,
    #[serde(default)]
    shadowed: Vec<StoredSetting>,
    #[serde(default)]
    empty_in_process: bool,
}

#[derive(Deserialize)]
struct StoredSetting {
    origin: Origin,
    value: String,
}

impl From<Variable> for super::Variable {
    fn from(stored: Variable) -> Self {
        let Variable { name, value, origin, shadowed, empty_in_process } = stored;
        let value = Value::stored(&name, &value);
        let shadowed = shadowed
            .into_iter()
            .map(|setting| Setting { origin: setting.origin, value: Value::stored(&name, &setting.value) })
            .collect();
        Self { name, value, origin, shadowed, empty_in_process }
    }
}
