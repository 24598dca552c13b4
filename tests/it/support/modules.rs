//! The lab's modules.

use std::path::Path;

use gomoddoc::lab::modules;
pub use gomoddoc::lab::modules::{Module, go_sum};

/// Writes modules as a folder that `GOPROXY=file://…` can serve.
pub fn write_file_proxy<'a>(folder: &Path, of: impl IntoIterator<Item = &'a Module>) {
    modules::write_file_proxy(folder, of).expect("write the modules");
}
