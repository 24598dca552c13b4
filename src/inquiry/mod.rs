//! Facts become questions: what to ask next.
