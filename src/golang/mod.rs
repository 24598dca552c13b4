//! How the go command decides, as pure functions.
//!
//! Nothing here does I/O: the operating system, the Go version, the environment and the contents
//! of files are arguments, so that every rule of every platform is tested on any machine.

pub mod build_cache;
pub mod build_list;
pub mod checksum_database;
pub mod env;
pub mod file_path;
pub mod go_url;
pub mod go_version;
pub mod goauth;
pub mod goflags;
pub mod goproxy;
pub mod govcs;
pub mod http_proxy;
pub mod imports;
pub mod modfile;
pub mod module_cache;
pub mod module_hash;
pub mod module_path;
pub mod module_zip;
pub mod netrc;
pub mod pattern;
pub mod platform;
pub mod pseudo_version;
pub mod quote;
pub mod repo_path;
pub mod request_url;
pub mod route;
pub mod secret;
pub mod semver;
pub mod side_by_side;
pub mod standard_library;
pub mod toolchain;
pub mod vanity;
