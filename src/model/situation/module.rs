//! Situations of the family `module`.

use serde::{Deserialize, Serialize};

use crate::model::Foreign;

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Situation {
    /// No go.mod applies in the folder.
    NoGoMod {
        /// The folder.
        directory: Foreign,
    },
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Advice {
    /// Make a go.mod, or go to where one is.
    InitModule,
}
