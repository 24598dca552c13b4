//! What go keeps in its build cache (GOCACHE) of a module in the module cache.

use sha2::{Digest, Sha256};

use super::module_hash::hex;

/// The version of the index, in all of Go 1.21 to 1.27 (cmd/go/internal/modindex).
const INDEX: &str = "go index v2";

/// The file in which the go command of `version` (its GOVERSION) keeps the index of the module that is extracted
/// at `folder`, relative to GOCACHE: which files and imports it has. Its key is the folder's name and never its
/// content, so that the index of a folder that was damaged stays.
#[must_use]
pub fn module_index(version: &str, folder: &str) -> String {
    let salt = version.split_once(" X:").map_or(version, |(version, _)| version);
    let key = Sha256::new().chain_update(salt).chain_update(format!("module index {version} {INDEX} {folder}\n"));
    let key = hex(&key.finalize());
    format!("{}/{key}-a", key.get(..2).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_experiment_is_no_part_of_the_salt() {
        let (plain, other) =
            (module_index("go1.26.8", "/m/a@v1.0.0"), module_index("go1.26.8 X:jsonv2", "/m/a@v1.0.0"));
        assert_ne!(plain, other);
        assert_eq!((plain.len(), plain.get(2..3)), (2 + 1 + 64 + 2, Some("/")));
    }
}
