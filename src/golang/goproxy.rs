//! The GOPROXY list.
