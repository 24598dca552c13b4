//! Git servers on loopback, and the pages that lead to them.

mod https;
mod repository;
mod ssh;
mod vanity;

pub use https::GitHttp;
pub use repository::Repositories;
pub use ssh::{SshClient, SshServer, available as ssh_available, private_key};
pub use vanity::Vanity;
