//! The go command, and the toolchain that it selects for this repository.

use serde::{Deserialize, Serialize};

use super::{Observation, Observed};
use crate::golang::toolchain::{Selection, Switch};
use crate::model::Foreign;

/// The go command.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToolchainFacts {
    /// `toolchain/go`; skipped where no go command is on PATH.
    pub observation: Observation,
    /// Where the go command lies.
    pub path: Option<Foreign>,
    /// Its own release, such as `go1.26.8`.
    pub version: Option<Foreign>,
    /// Its GOROOT.
    pub goroot: Option<Foreign>,
    /// What it selects for this repository, or why it cannot.
    pub selection: Option<SelectionFacts>,
}

/// The choice of a toolchain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SelectionFacts {
    /// `toolchain/selected`.
    pub observation: Observation,
    /// The file whose `go` or `toolchain` line was looked at.
    pub file: Option<Foreign>,
    /// The choice, or Go's words for why there is none.
    pub choice: Result<Selection, Foreign>,
    /// Whether an executable of the selected name is on PATH.
    pub on_path: bool,
    /// Whether the module cache already holds the toolchain.
    pub in_cache: bool,
}

impl SelectionFacts {
    /// Whether go has to fetch the toolchain: it may, and has it neither on PATH nor in the module cache.
    #[must_use]
    pub fn must_be_fetched(&self) -> bool {
        let may = self.choice.as_ref().is_ok_and(|choice| matches!(choice.switch, Switch::PathOrDownload { .. }));
        may && !self.on_path && !self.in_cache
    }
}

impl Observed for ToolchainFacts {
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Observation)) {
        visit(&self.observation);
        self.selection.iter().for_each(|selection| visit(&selection.observation));
    }
}
