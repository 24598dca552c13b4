//! The world becomes facts; a probe observes and never judges.
