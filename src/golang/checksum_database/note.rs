//! Signed notes (golang.org/x/mod/sumdb/note): text, a blank line, signatures.

use base64::Engine as _;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};
use sha2::{Digest, Sha256};

/// Base64 as Go's StdEncoding decodes it: padded, stray bits at the end allowed.
pub(super) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &ALPHABET,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical),
);

const ED25519: u8 = 1;
/// Go reads no more signatures than that.
const MAX_SIGNATURES: usize = 100;

/// The public key of a database: `name+hash+key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    hash: u32,
    key: VerifyingKey,
}

/// Why a text is no verifier key. The text is go's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not of the form `name+hash+key`, such as a bare host name.
    #[error("malformed verifier id")]
    Malformed,
    /// The hash does not belong to name and key: something was cut or mixed up.
    #[error("invalid verifier hash")]
    Hash,
    /// A key for another algorithm than Ed25519.
    #[error("unknown verifier algorithm")]
    Algorithm,
}

impl VerifierKey {
    /// Parses `name+hash+key`.
    ///
    /// # Errors
    ///
    /// [`KeyError`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let (name, rest) = text.split_once('+').unwrap_or((text, ""));
        let (hash_text, key_text) = rest.split_once('+').unwrap_or((rest, ""));
        let hash = u32::from_str_radix(hash_text, 16).ok().filter(|_| hash_text.bytes().all(|b| b.is_ascii_hexdigit()));
        let encoded = BASE64.decode(key_text).unwrap_or_default();
        let (Some(hash), Some((algorithm, key))) = (hash, encoded.split_first()) else {
            return Err(KeyError::Malformed);
        };
        if hash_text.len() != 8 || !is_valid_name(name) {
            return Err(KeyError::Malformed);
        }
        if hash != key_hash(name, &encoded) {
            return Err(KeyError::Hash);
        }
        if *algorithm != ED25519 {
            return Err(KeyError::Algorithm);
        }
        let key: [u8; 32] = key.try_into().map_err(|_| KeyError::Malformed)?;
        // Bytes that are no point of the curve verify nothing; Go finds that out later.
        let key = VerifyingKey::from_bytes(&key).map_err(|_| KeyError::Malformed)?;
        Ok(Self { name: name.to_owned(), hash, key })
    }

    /// The name of the database.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key `text` of `name+hash+key` under another name, with the hash that belongs to it. `None`
    /// where the text has no such form.
    #[must_use]
    pub fn renamed(text: &str, name: &str) -> Option<String> {
        let key = text.splitn(3, '+').nth(2)?;
        let encoded = BASE64.decode(key).ok()?;
        is_valid_name(name).then(|| format!("{name}+{:08x}+{key}", key_hash(name, &encoded)))
    }

    /// The hash that stands in the key and in signatures.
    #[must_use]
    pub const fn hash(&self) -> u32 {
        self.hash
    }
}

/// The first four bytes of the SHA-256 over name, line end and encoded key.
fn key_hash(name: &str, encoded: &[u8]) -> u32 {
    let digest = Sha256::new().chain_update(name).chain_update(b"\n").chain_update(encoded).finalize();
    digest.iter().take(4).fold(0, |hash, byte| hash << 8 | u32::from(*byte))
}

fn is_valid_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(char::is_whitespace) && !name.contains('+')
}

/// A note whose signature by a known key was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What was signed, with the line end at its end.
    pub text: String,
}

/// Why a note is not to be trusted. The text is go's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// No note at all: an HTML page, a cut file.
    #[error("malformed note")]
    Malformed,
    /// Signed by other keys only: another database, or a mirror that signs by itself.
    #[error("note has no verifiable signatures")]
    NotVerifiable {
        /// The names and key hashes that did sign.
        signers: Vec<(String, u32)>,
    },
    /// The signature of the known key is wrong: the text was changed.
    #[error("invalid signature for key {name}+{hash:08x}")]
    InvalidSignature {
        /// The key's name.
        name: String,
        /// The key's hash.
        hash: u32,
    },
}

impl Note {
    /// Opens a note as go does: every signature line must be well formed, and one must be by `key`.
    ///
    /// # Errors
    ///
    /// [`NoteError`].
    pub fn open(message: &[u8], key: &VerifierKey) -> Result<Self, NoteError> {
        let message = std::str::from_utf8(message).map_err(|_| NoteError::Malformed)?;
        if message.chars().any(|c| c < ' ' && c != '\n') {
            return Err(NoteError::Malformed);
        }
        let blank = message.rfind("\n\n").ok_or(NoteError::Malformed)?;
        let (text, rest) = message.split_at(blank + 1);
        let signatures =
            rest.strip_prefix('\n').and_then(|rest| rest.strip_suffix('\n')).ok_or(NoteError::Malformed)?;
        let mut verified = false;
        let mut signers = Vec::new();
        for (index, line) in signatures.split('\n').enumerate() {
            let (name, hash, signature) = parse_signature(line).ok_or(NoteError::Malformed)?;
            if index >= MAX_SIGNATURES {
                return Err(NoteError::Malformed);
            }
            if (name, hash) != (key.name(), key.hash()) {
                signers.push((name.to_owned(), hash));
                continue;
            }
            if !verified {
                let good = Signature::from_slice(&signature).is_ok_and(|s| key.key.verify(text.as_bytes(), &s).is_ok());
                if !good {
                    return Err(NoteError::InvalidSignature { name: name.to_owned(), hash });
                }
                verified = true;
            }
        }
        if verified { Ok(Self { text: text.to_owned() }) } else { Err(NoteError::NotVerifiable { signers }) }
    }
}

/// `— name base64(hash, signature)`.
fn parse_signature(line: &str) -> Option<(&str, u32, Vec<u8>)> {
    let (name, encoded) = line.strip_prefix("— ")?.split_once(' ')?;
    let bytes = BASE64.decode(encoded).ok()?;
    let (hash, signature) = bytes.split_first_chunk::<4>()?;
    (is_valid_name(name) && !signature.is_empty()).then(|| (name, u32::from_be_bytes(*hash), signature.to_vec()))
}
