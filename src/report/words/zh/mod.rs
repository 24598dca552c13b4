//! Sentences in Chinese, one file per family: a headline and a why for each situation, a sentence for
//! each advice. The tone is set by `docs/style.md`.

mod bench;
pub mod cache;
pub mod checksum;
pub mod credentials;
pub mod environment;
mod lab;
pub mod log;
pub mod module;
pub mod module_proxy;
pub mod network;
mod phrases;
pub mod private;
mod remedy;
mod routes;
#[cfg(test)]
pub mod sample;
pub mod seen;
pub mod toolchain;
pub mod version_control;

pub use phrases::Chinese;

/// Several names in a row, the first five of them.
fn list(names: &[crate::model::Foreign]) -> String {
    let shown: Vec<&str> = names.iter().take(5).map(crate::model::Foreign::as_str).collect();
    let more = if names.len() > shown.len() { "、…" } else { "" };
    format!("{}{more}", shown.join("、"))
}

/// A time, in seconds where it is long.
fn duration(ms: u64) -> String {
    if ms > 0 && ms.is_multiple_of(1_000) { format!("{} 秒", ms / 1_000) } else { format!("{ms} 毫秒") }
}
