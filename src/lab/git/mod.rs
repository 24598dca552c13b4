//! git over HTTP and ssh, and the pages that lead to repositories.

mod https;
mod repository;
#[cfg(unix)]
mod ssh;
mod vanity;

pub use https::GitHttp;
pub use repository::Repositories;
#[cfg(unix)]
pub use ssh::{EMPTY_FOLDER, SshServer, private_key};
pub use vanity::Vanity;
