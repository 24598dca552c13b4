//! The route of a module: where the go command looks, in which order.
