//! What a diagnosis is made of: findings, the situations that they tell, actions and fixes.
//!
//! `model` stands above `catalog` and `golang` on the first floor: it names their types.

pub mod action;
pub mod bench;
pub mod check;
pub mod damage;
pub mod diagnosis;
pub mod finding;
pub mod pieces;
pub mod progress;
pub mod reason;
pub mod seen;
pub mod situation;
pub mod supply;
pub mod transport;

pub use crate::foreign::Foreign;
pub use action::{Action, Fix, Place, Protection, Safety};
pub use check::{Check, CheckStatus};
pub use damage::{CloneTrouble, Damage};
pub use diagnosis::{Coverage, Diagnosis, GoCommand, Summary, Verdict, Verified};
pub use finding::{Confidence, Evidence, Finding, Role, Subject, SubjectKind};
pub use progress::{Progress, Silent, Step, Topic};
pub use reason::Reason;
pub use seen::Seen;
pub use situation::{Advice, Situation};
pub use supply::Supply;
