//! Child processes with a deadline, an output cap and a group kill.
