//! Git servers on loopback, and the pages that lead to them.

mod repository;
mod ssh;

pub use gomoddoc::lab::git::{GitHttp, Vanity};
pub use repository::Repositories;
pub use ssh::{SshClient, SshServer, available as ssh_available, make_room as make_room_for_ssh, private_key};
