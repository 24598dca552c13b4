//! The signing key of a checksum database, and signed notes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};

/// A name with an Ed25519 key.
#[derive(Clone)]
pub struct Key {
    name: String,
    secret: SigningKey,
}

impl Key {
    /// A key that the seed alone decides, so that a failing test can be repeated.
    #[must_use]
    pub fn new(name: &str, seed: u8) -> Self {
        Self { name: name.to_owned(), secret: SigningKey::from_bytes(&[seed; 32]) }
    }

    /// The algorithm byte (1 is Ed25519) and the public key.
    fn public(&self) -> Vec<u8> {
        [&[1], &self.secret.verifying_key().to_bytes()[..]].concat()
    }

    fn hash(&self) -> [u8; 4] {
        let digest = Sha256::new().chain_update(&self.name).chain_update("\n").chain_update(self.public()).finalize();
        digest.first_chunk().copied().unwrap_or_default()
    }

    /// The verifier key as GOSUMDB holds it: `name+hash+key`.
    #[must_use]
    pub fn verifier(&self) -> String {
        let hash = u32::from_be_bytes(self.hash());
        format!("{}+{hash:08x}+{}", self.name, STANDARD.encode(self.public()))
    }

    /// The text, which ends in a newline, with its signature below.
    #[must_use]
    pub fn sign(&self, text: &str) -> String {
        let signature = [&self.hash()[..], &self.secret.sign(text.as_bytes()).to_bytes()].concat();
        format!("{text}\n\u{2014} {} {}\n", self.name, STANDARD.encode(signature))
    }
}
