//! Sentences for people, made from situations in the reader's language.
//!
//! Every match here and below is exhaustive over a closed set (situations, reasons, verdicts), and
//! the fixed phrases are methods of one trait that each language implements: a missing
//! translation does not compile. How a sentence should sound is written in `docs/style.md`.

use crate::catalog::Lang;
use crate::model::{Advice, Seen, Situation};

pub mod bench;
pub mod en;
pub mod lab;
pub mod phrases;
pub mod remedy;
pub mod routes;
pub mod zh;

pub use phrases::{Phrases, of as phrases};

/// What is said about a situation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// One sentence for a tired person: what is wrong, where. It may be the first line of a report,
    /// so it stands alone, and ends with a full stop.
    pub headline: String,
    /// Why that fails: one to three full sentences. `None` where the headline says all.
    pub why: Option<String>,
}

impl Said {
    /// Only a headline.
    pub fn new(headline: impl Into<String>) -> Self {
        Self { headline: headline.into(), why: None }
    }

    /// Headline and why as one text.
    #[must_use]
    pub fn in_one(self, lang: Lang) -> String {
        match (self.why, lang) {
            (None, _) => self.headline,
            (Some(why), Lang::En) => format!("{} {why}", self.headline),
            // A Chinese full stop brings its own room.
            (Some(why), Lang::Zh) => format!("{}{why}", self.headline),
        }
    }

    /// Adds why.
    #[must_use]
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }
}

/// What was seen, as evidence.
#[must_use]
pub fn seen(lang: Lang, seen: &Seen) -> String {
    match lang {
        Lang::En => en::seen::seen(seen),
        Lang::Zh => zh::seen::seen(seen),
    }
}

macro_rules! families {
    ($( $(#[$only:meta])* $variant:ident = $module:ident ),* $(,)?) => {
        /// What is said about a situation.
        #[must_use]
        pub fn situation(lang: Lang, situation: &Situation) -> Said {
            match (lang, situation) {
                $(
                    $(#[$only])*
                    (Lang::En, Situation::$variant(situation)) => en::$module::situation(situation),
                    $(#[$only])*
                    (Lang::Zh, Situation::$variant(situation)) => zh::$module::situation(situation),
                )*
            }
        }

        /// What a fix comes to: one sentence that stands above its commands.
        #[must_use]
        pub fn advice(lang: Lang, advice: &Advice) -> String {
            match (lang, advice) {
                $(
                    $(#[$only])*
                    (Lang::En, Advice::$variant(advice)) => en::$module::advice(advice),
                    $(#[$only])*
                    (Lang::Zh, Advice::$variant(advice)) => zh::$module::advice(advice),
                )*
            }
        }
    };
}

families! {
    Environment = environment,
    Private = private,
    Network = network,
    ModuleProxy = module_proxy,
    Checksum = checksum,
    Credentials = credentials,
    VersionControl = version_control,
    Module = module,
    Toolchain = toolchain,
    Cache = cache,
    Log = log,
    #[cfg(test)]
    Sample = sample,
}
