//! Types of the first floor that the sections wait for.

use serde::{Deserialize, Serialize};

macro_rules! pending {
    ($($name:ident),*) => { $(
        /// Waits for its type of the first floor.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            /// A name.
            pub name: String,
        }
    )* };
}
pending!(Environment, Damage);

impl Environment {
    /// A value.
    pub fn value(&self, _name: &str) -> &str {
        ""
    }
}
