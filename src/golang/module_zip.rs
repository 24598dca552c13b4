//! What a module zip may contain.
