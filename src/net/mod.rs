//! HTTP and staged dialling as the go command would do them, with limits.
//!
//! Two ways lead to a host. The staged prober goes step by step and tells what each step saw. The
//! client asks what go would ask, over many connections. Both take their proxies, trust roots and
//! addresses from the same place, so that they see the same network.

mod body;
pub mod client;
pub mod deadline;
pub mod dns;
mod exchange;
mod failure;
mod headers;
pub mod http_proxy;
pub mod limits;
pub mod login;
pub mod prober;
mod read;
mod stream;
mod tcp;
mod tls;
pub mod trust;
pub mod user_agent;

pub use client::{Answer, Bucket, Client, Failed, Get, MAX_IN_FLIGHT, Pace};
pub use deadline::Deadline;
pub use dns::Resolver;
pub use http_proxy::{HttpProxy, ProxyLogin};
pub use limits::Limits;
pub use login::{Login, Logins};
pub use prober::{Prober, Target, Until};
pub use trust::{RootPlaces, Roots};
pub use user_agent::UserAgent;
