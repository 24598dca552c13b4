//! Which release of Go brought a package of the standard library.
//!
//! Source: the files api/go1.*.txt of the Go distribution, up to Go 1.26.

/// Packages that came after Go 1.4, with the minor release that brought them. What is older is not listed.
const SINCE: &[(&str, u32)] = &[
    ("cmp", 21),
    ("context", 7),
    ("crypto/ecdh", 20),
    ("crypto/ed25519", 13),
    ("crypto/fips140", 24),
    ("crypto/hkdf", 24),
    ("crypto/hpke", 26),
    ("crypto/mlkem", 24),
    ("crypto/mlkem/mlkemtest", 26),
    ("crypto/pbkdf2", 24),
    ("crypto/sha3", 24),
    ("debug/buildinfo", 18),
    ("embed", 16),
    ("go/build/constraint", 16),
    ("go/doc/comment", 19),
    ("go/version", 22),
    ("hash/maphash", 14),
    ("io/fs", 16),
    ("iter", 23),
    ("log/slog", 21),
    ("maps", 21),
    ("math/bits", 9),
    ("math/rand/v2", 22),
    ("net/http/httptrace", 7),
    ("net/netip", 18),
    ("plugin", 8),
    ("runtime/coverage", 20),
    ("runtime/metrics", 16),
    ("slices", 21),
    ("structs", 23),
    ("testing/cryptotest", 26),
    ("testing/fstest", 16),
    ("testing/slogtest", 21),
    ("testing/synctest", 25),
    ("unique", 23),
    ("weak", 24),
];

/// The minor release (21 for Go 1.21) that brought `package`; `None` for what is older or no package of the library.
#[must_use]
pub fn since(package: &str) -> Option<u32> {
    SINCE.iter().find(|(known, _)| *known == package).map(|(_, minor)| *minor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_packages_have_a_release() {
        assert_eq!(since("log/slog"), Some(21));
        assert_eq!(since("fmt"), None);
        assert_eq!(since("slices/x"), None);
    }

    #[test]
    fn the_list_is_in_order() {
        assert!(SINCE.is_sorted_by_key(|(package, _)| *package));
    }
}
