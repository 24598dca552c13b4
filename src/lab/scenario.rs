//! What a scenario is.

use serde::Serialize;

use super::house::House;
use super::stage::{Options, Stage};
use super::{LabError, scenarios};
use crate::catalog::{Code, Lang};

/// A failure (or good health) that the lab can make: one row of the table.
pub struct Scenario {
    /// Its name, such as `rate-limit`.
    pub name: &'static str,
    /// What `check` names in it; none where nothing is wrong.
    pub code: Option<Code>,
    /// What `go mod download` does in it.
    pub go: Go,
    /// What is set up, in a sentence.
    pub sentence: Sentence,
    /// How many modules are made for it.
    pub(super) modules: usize,
    /// What is put on the stage.
    pub(super) set_up: fn(&mut Stage) -> Result<(), LabError>,
}

/// What the go command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Go {
    /// It succeeds.
    Passes,
    /// It fails.
    Fails,
    /// It waits longer than anybody has patience for.
    Waits,
}

/// A sentence in each language.
#[derive(Debug, Clone, Copy)]
pub struct Sentence {
    /// English.
    pub en: &'static str,
    /// Chinese.
    pub zh: &'static str,
}

impl Sentence {
    /// In one of them.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }
}

impl Scenario {
    /// All, in the order in which they are listed.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        scenarios::ALL.iter().copied().flatten()
    }

    /// The one of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::all().find(|scenario| scenario.name == name)
    }

    /// Sets it up. It is taken down when the stage is dropped. Not to be called from a task of tokio.
    ///
    /// # Errors
    ///
    /// [`LabError`].
    pub fn set_up(&self, options: &Options) -> Result<Stage, LabError> {
        let house = match &options.modules {
            Some(folder) => House::of_folder(folder)?,
            None => House::made(self.modules),
        };
        let mut stage = Stage::new(house, options.port)?;
        (self.set_up)(&mut stage)?;
        Ok(stage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_there_once_and_in_kebab_case() {
        let mut names: Vec<_> = Scenario::all().map(|scenario| scenario.name).collect();
        assert!(names.len() >= 20, "{}", names.len());
        for scenario in Scenario::all() {
            assert!(scenario.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
            for text in [scenario.sentence.en, scenario.sentence.zh] {
                assert!(text.ends_with(['.', '。']), "{text}");
            }
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Scenario::all().count());
    }
}
