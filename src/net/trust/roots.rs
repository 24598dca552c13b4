//! Go's trust roots (crypto/x509/root_unix.go and root_linux.go, Go 1.21 to 1.27).
//!
//! The first bundle that can be read, and every file of the folders; SSL_CERT_FILE replaces the list
//! of bundles, SSL_CERT_DIR that of folders. Go says nothing of a SSL_CERT_FILE that is missing.

use std::collections::HashSet;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use sha2::{Digest, Sha256};

use crate::model::Foreign;
use crate::model::transport::{RootSource, RootSourceError, TrustRoots};
use crate::net::read::read_capped;

/// More than this of one bundle is not read. The usual one has 220 KiB.
const MAX_BUNDLE: u64 = 16 << 20;
/// Of a folder no more files than this are read.
const MAX_FILES: usize = 4_000;
/// More roots than this are not taken.
const MAX_ROOTS: usize = 10_000;

const BUNDLES: [&str; 6] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/tls/cacert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
];
const FOLDERS: [&str; 2] = ["/etc/ssl/certs", "/etc/pki/tls/certs"];

/// The values of SSL_CERT_FILE and SSL_CERT_DIR, empty where unset.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RootPlaces {
    /// SSL_CERT_FILE.
    pub file: OsString,
    /// SSL_CERT_DIR, folders separated by colons.
    pub folders: OsString,
}

/// The trust roots.
#[derive(Debug, Clone)]
pub struct Roots {
    /// What rustls takes for anchors.
    pub(super) store: Arc<RootCertStore>,
    /// SHA-256 of each: go takes a server's certificate that is itself a root.
    pub(super) digests: Arc<HashSet<[u8; 32]>>,
    /// What was read, for the facts.
    pub told: TrustRoots,
}

impl Roots {
    /// Reads them where go would. On macOS and Windows go asks the platform, and since Go 1.27 also
    /// takes the two variables there (`override_platform`).
    #[must_use]
    pub fn read(places: &RootPlaces, override_platform: bool) -> Self {
        let named = !places.file.is_empty() || !places.folders.is_empty();
        if cfg!(any(target_os = "macos", windows)) && !(named && override_platform) {
            return Self::of_platform();
        }
        let mut reading = Reading::new();
        reading.told.file_replaced = !places.file.is_empty();
        reading.told.folder_replaced = !places.folders.is_empty();
        if places.file.is_empty() {
            // The first that can be read, and no other.
            let _ = BUNDLES.iter().find(|path| reading.bundle(Path::new(path), false));
        } else {
            reading.bundle(Path::new(&places.file), true);
        }
        if places.folders.is_empty() {
            FOLDERS.iter().for_each(|path| reading.folder(Path::new(path), false));
        } else {
            for path in std::env::split_paths(&places.folders).take(64) {
                reading.folder(&path, true);
            }
        }
        reading.done()
    }

    /// Only the given certificates.
    #[must_use]
    pub fn of(certificates: impl IntoIterator<Item = CertificateDer<'static>>) -> Self {
        let mut reading = Reading::new();
        for certificate in certificates {
            reading.take(certificate);
        }
        reading.done()
    }

    fn of_platform() -> Self {
        let found = rustls_native_certs::load_native_certs();
        let mut reading = Reading::new();
        reading.told.from_platform = true;
        for certificate in found.certs {
            reading.take(certificate);
        }
        reading.done()
    }
}

struct Reading {
    store: RootCertStore,
    digests: HashSet<[u8; 32]>,
    told: TrustRoots,
}

impl Reading {
    fn new() -> Self {
        Self { store: RootCertStore::empty(), digests: HashSet::new(), told: TrustRoots::default() }
    }

    /// Whether the file could be read. A usual place that does not exist is not worth a word.
    fn bundle(&mut self, path: &Path, named: bool) -> bool {
        match read_capped(path, MAX_BUNDLE) {
            Ok(text) => {
                let (certificates, unusable) = self.pem(&text);
                self.tell(path, certificates, unusable, None);
                true
            }
            Err(error) if named || error.kind() != io::ErrorKind::NotFound => {
                self.tell(path, 0, 0, Some(&error));
                false
            }
            Err(_) => false,
        }
    }

    fn folder(&mut self, path: &Path, named: bool) {
        let entries = match std::fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) => {
                if named || error.kind() != io::ErrorKind::NotFound {
                    self.tell(path, 0, 0, Some(&error));
                }
                return;
            }
        };
        let mut files: Vec<PathBuf> = entries
            .take(MAX_FILES)
            .filter_map(Result::ok)
            .filter(|entry| !is_link_within_folder(entry))
            .map(|entry| entry.path())
            .collect();
        files.sort();
        let (mut certificates, mut unusable) = (0, 0);
        for file in files {
            if let Ok(text) = read_capped(&file, MAX_BUNDLE) {
                let (more, bad) = self.pem(&text);
                certificates += more;
                unusable += bad;
            }
        }
        self.tell(path, certificates, unusable, None);
    }

    /// The certificates of a PEM text: how many can be used, and how many not.
    fn pem(&mut self, text: &[u8]) -> (usize, usize) {
        let (mut good, mut bad) = (0, 0);
        for certificate in CertificateDer::pem_slice_iter(text).take(MAX_ROOTS) {
            let taken = certificate.is_ok_and(|certificate| self.take(certificate));
            if taken { good += 1 } else { bad += 1 }
        }
        (good, bad)
    }

    fn take(&mut self, certificate: CertificateDer<'static>) -> bool {
        let digest: [u8; 32] = Sha256::digest(&certificate).into();
        if self.digests.contains(&digest) {
            return true;
        }
        let taken = self.digests.len() < MAX_ROOTS && self.store.add(certificate).is_ok();
        if taken {
            self.digests.insert(digest);
        }
        taken
    }

    fn tell(&mut self, path: &Path, certificates: usize, unusable: usize, error: Option<&io::Error>) {
        let error = error.map(|error| match error.kind() {
            io::ErrorKind::NotFound => RootSourceError::Missing,
            io::ErrorKind::PermissionDenied => RootSourceError::PermissionDenied,
            _ => RootSourceError::Unreadable,
        });
        let path = Foreign::new(&path.to_string_lossy());
        self.told.sources.push(RootSource { path, certificates, unusable, error });
    }

    fn done(mut self) -> Roots {
        self.told.count = self.digests.len();
        Roots { store: Arc::new(self.store), digests: Arc::new(self.digests), told: self.told }
    }
}

/// The usual folder names each certificate twice, once by a link named after its hash.
fn is_link_within_folder(entry: &std::fs::DirEntry) -> bool {
    entry.file_type().is_ok_and(|kind| kind.is_symlink())
        && std::fs::read_link(entry.path()).is_ok_and(|target| !target.to_string_lossy().contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authority() -> rcgen::Certificate {
        let mut params = rcgen::CertificateParams::default();
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        params.self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap()
    }

    #[test]
    fn named_places_replace_the_usual_ones_and_missing_ones_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let bundle = folder.path().join("ca.pem");
        let (one, two) = (authority(), authority());
        let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        std::fs::write(&bundle, format!("words\n{}{broken}{}", one.pem(), one.pem())).unwrap();
        let more = folder.path().join("more");
        std::fs::create_dir(&more).unwrap();
        std::fs::write(more.join("two.crt"), two.pem()).unwrap();
        std::fs::write(more.join("note"), "no certificate").unwrap();

        let folders = std::env::join_paths([&more, &folder.path().join("none")]).unwrap();
        let roots = Roots::read(&RootPlaces { file: bundle.clone().into(), folders }, true);
        assert_eq!(roots.told.count, 2);
        assert!(roots.told.file_replaced && roots.told.folder_replaced);
        let sources: Vec<_> = roots.told.sources.iter().map(|s| (s.certificates, s.unusable, s.error)).collect();
        assert_eq!(sources, [(2, 1, None), (1, 0, None), (0, 0, Some(RootSourceError::Missing))]);

        let places = RootPlaces { file: folder.path().join("none").into(), folders: more.into() };
        let roots = Roots::read(&places, true);
        assert_eq!(roots.told.count, 1);
        assert_eq!(roots.told.sources[0].error, Some(RootSourceError::Missing));
    }

    #[cfg(unix)]
    #[test]
    fn a_fifo_in_the_place_of_a_bundle_does_not_hold_us() {
        let folder = tempfile::tempdir().unwrap();
        let fifo = folder.path().join("fifo");
        let made = rustix::fs::mknodat(rustix::fs::CWD, &fifo, rustix::fs::FileType::Fifo, 0o600.into(), 0);
        assert!(made.is_ok());
        let roots = Roots::read(&RootPlaces { file: fifo.into(), folders: folder.path().into() }, true);
        assert_eq!(roots.told.sources[0].error, Some(RootSourceError::Unreadable));
    }
}
