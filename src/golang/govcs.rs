//! GOVCS.
