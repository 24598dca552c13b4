//! Sentences in English, one file per family: a headline and a why for each situation, a sentence for
//! each advice. The tone is set by `docs/style.md`.

pub mod cache;
pub mod checksum;
pub mod credentials;
pub mod environment;
pub mod module;
pub mod module_proxy;
pub mod network;
mod phrases;
pub mod private;
pub mod toolchain;
pub mod version_control;

pub use phrases::English;
