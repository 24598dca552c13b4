//! The integration tests, in one binary: linking it once is what keeps the suite fast.

// Outside of test functions the lints do not know that this is a test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::print_stderr)]

mod bench;
mod build_list_differential;
mod cache_repair;
mod cache_verify;
mod check_live;
mod check_online;
mod env_differential;
mod facts_golden;
mod fix;
mod git_messages;
mod lab;
mod modfile_parity;
mod module_hash_differential;
mod net_stages;
mod parsers_never_panic;
mod report_cli;
mod report_docs;
mod route_command;
mod route_differential;
mod run;
mod support;
mod transcript;
mod vanity_differential;
