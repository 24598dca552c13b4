//! The error types, their pages and the message formats.

pub mod classes;
pub mod codes;
pub mod messages;
mod nearest;
pub mod pages;

pub use classes::{Lang, Location, Mender, Retry, Severity};
pub use codes::{Code, UnknownCode};
pub use pages::Page;
