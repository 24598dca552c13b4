//! Faults: each spoils one answer of a server, knows nothing of the site behind it, and can be
//! joined with others. One file per kind.

mod body;
mod login;
mod rate_limit;
mod redirect;
mod status;
mod timing;

pub use body::{Content, Corrupt, Html};
pub use login::BasicLogin;
pub use rate_limit::{Account, RateLimit};
pub use redirect::Redirect;
pub use status::Status;
pub use timing::{Broken, Latency};

use std::sync::Arc;

use super::server::{Answer, Asked};
use crate::golang::module_path::escape;

/// Something that goes wrong with an answer.
pub trait Fault: Send + Sync + 'static {
    /// The answer as it leaves the house.
    fn spoil(&self, asked: &Asked, answer: Answer) -> Answer;
}

impl<F: Fn(&Asked, Answer) -> Answer + Send + Sync + 'static> Fault for F {
    fn spoil(&self, asked: &Asked, answer: Answer) -> Answer {
        self(asked, answer)
    }
}

type Condition = Arc<dyn Fn(&Asked) -> bool + Send + Sync>;

/// Which requests a fault meets.
#[derive(Clone)]
pub struct On(Condition);

impl On {
    /// All.
    #[must_use]
    pub fn all() -> Self {
        Self(Arc::new(|_| true))
    }

    /// Those whose path ends so, such as `.zip` or `/@v/list`.
    #[must_use]
    pub fn ending(end: &str) -> Self {
        let end = end.to_owned();
        Self(Arc::new(move |asked| asked.path.ends_with(&end)))
    }

    /// Those whose path begins so, such as `/sumdb/`.
    #[must_use]
    pub fn beginning(start: &str) -> Self {
        let start = start.to_owned();
        Self(Arc::new(move |asked| asked.path.starts_with(&start)))
    }

    /// Those of one module's own files, whatever stands before the path on the server.
    #[must_use]
    pub fn module(path: &str) -> Self {
        let path = format!("/{}/@", escape(path));
        Self(Arc::new(move |asked| asked.path.contains(&path) && !asked.path.starts_with("/sumdb/")))
    }

    /// The first so many requests of each path.
    #[must_use]
    pub fn first(times: usize) -> Self {
        Self(Arc::new(move |asked| asked.before < times))
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(Arc::new(move |asked| (self.0)(asked) && (other.0)(asked)))
    }
}

/// The faults of a server, in order.
#[derive(Clone, Default)]
pub struct Faults(Vec<(On, Arc<dyn Fault>)>);

impl Faults {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one for the requests that it meets.
    #[must_use]
    pub fn add(mut self, on: On, fault: impl Fault) -> Self {
        self.0.push((on, Arc::new(fault)));
        self
    }

    /// The answer after all faults that meet the request.
    #[must_use]
    pub fn spoil(&self, asked: &Asked, answer: Answer) -> Answer {
        self.0.iter().filter(|(on, _)| (on.0)(asked)).fold(answer, |answer, (_, fault)| fault.spoil(asked, answer))
    }
}
