//! The processes that a child has started: whether they work, and what they wait for.
//!
//! As far as Linux's `/proc` tells a user without special rights (proc(5)). Other systems tell nothing here.

mod list;
mod locks;
mod sockets;
mod wait;
mod work;

pub(super) use list::below;
pub use wait::Wait;
pub(super) use wait::waits;
pub(super) use work::Work;

/// Whether this system tells what a process is at.
#[must_use]
pub fn can_see_work() -> bool {
    std::path::Path::new("/proc/self/stat").exists()
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests;
