//! git over HTTP, and the pages that lead to repositories.

mod https;
mod repository;
mod vanity;

pub use https::GitHttp;
pub use repository::Repositories;
pub use vanity::Vanity;
