//! Reads that are capped in size and never open a FIFO or device, and facts about files, folders
//! and file systems that are learnt without writing anything; and the few ways in which files are changed.

mod access;
mod facts;
mod read;
mod replace;
mod space;
#[cfg(test)]
mod tests;
mod write;

pub use access::{Access, access, nearest_existing};
pub use facts::{FileFacts, Kind, facts, is_executable_file};
pub use read::{Follow, ReadError, open_regular, read_capped, read_text_capped};
pub use replace::{mode, move_to, replace, set_mode, sync};
pub use space::{Space, longest_name, space};
pub use write::{WriteError, write_private};
