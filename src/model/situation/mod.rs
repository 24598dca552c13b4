//! What was seen, as data: one variant per situation, gathered by family.
//!
//! A rule says *which* situation it met; the sentence for people is made at the report, in the
//! reader's language (`report/words/`), by an exhaustive match. So a missing translation does not
//! compile, and two formats cannot disagree. A family's file here bears the name of its rule file
//! in `diagnosis/` and of its words in `report/words/{en,zh}/`.

use serde::{Deserialize, Serialize};

pub mod cache;
pub mod checksum;
pub mod credentials;
pub mod environment;
pub mod log;
pub mod module;
pub mod module_proxy;
pub mod network;
pub mod private;
#[cfg(test)]
pub mod sample;
pub mod toolchain;
pub mod version_control;

macro_rules! families {
    ($( $(#[$only:meta])* $variant:ident = $module:ident ),* $(,)?) => {
        /// A situation that a rule met.
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(tag = "family", content = "situation", rename_all = "kebab-case")]
        pub enum Situation {
            $( $(#[$only])* #[doc = concat!("Of the family `", stringify!($module), "`.")] $variant($module::Situation), )*
        }

        /// What a fix comes to, as data; its sentence is made at the report too.
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(tag = "family", content = "advice", rename_all = "kebab-case")]
        pub enum Advice {
            $( $(#[$only])* #[doc = concat!("Of the family `", stringify!($module), "`.")] $variant($module::Advice), )*
        }

        $(
            $(#[$only])*
            impl From<$module::Situation> for Situation {
                fn from(situation: $module::Situation) -> Self {
                    Self::$variant(situation)
                }
            }

            $(#[$only])*
            impl From<$module::Advice> for Advice {
                fn from(advice: $module::Advice) -> Self {
                    Self::$variant(advice)
                }
            }
        )*
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
    // Tests of the formats need situations whose words do not change with the rules.
    #[cfg(test)]
    Sample = sample,
}
