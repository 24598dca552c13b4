//! The integration tests, in one binary: linking it once is what keeps the suite fast.

mod build_list_differential;
mod cachescan;
mod env_differential;
mod modfile_parity;
mod module_hash_differential;
mod net_stages;
mod parsers_never_panic;
mod route_differential;
mod support;
mod transcript;
