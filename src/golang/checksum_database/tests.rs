use base64::Engine as _;
use ed25519_dalek::{Signer as _, SigningKey};
use sha2::{Digest as _, Sha256};

use super::note::BASE64;
use super::*;
use crate::golang::module_path::ModuleVersion;

const NAME: &str = "sum.example.com";

fn signing_key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn encoded_key() -> Vec<u8> {
    [&[1][..], signing_key().verifying_key().as_bytes()].concat()
}

fn key_hash() -> [u8; 4] {
    let digest = Sha256::digest([NAME.as_bytes(), b"\n", &encoded_key()].concat());
    digest[..4].try_into().unwrap()
}

fn key_text() -> String {
    format!("{NAME}+{:08x}+{}", u32::from_be_bytes(key_hash()), BASE64.encode(encoded_key()))
}

fn sign(text: &str) -> Vec<u8> {
    let signature = signing_key().sign(text.as_bytes()).to_bytes();
    format!("{text}\n— {NAME} {}\n", BASE64.encode([&key_hash()[..], &signature].concat())).into_bytes()
}

/// A tree with all its hashes, computed as RFC 6962 defines it.
struct Log {
    records: Vec<Vec<u8>>,
}

impl Log {
    fn new(size: usize) -> Self {
        Self { records: (0..size).map(|n| format!("record {n}\n").into_bytes()).collect() }
    }

    fn tree(&self, size: usize) -> TreeHead {
        fn hash(records: &[Vec<u8>]) -> Hash {
            match records {
                [] => TreeHead::empty().hash,
                [one] => record_hash(one),
                _ => {
                    let half = records.len().next_power_of_two() / 2;
                    node_hash(&hash(&records[..half]), &hash(&records[half..]))
                }
            }
        }
        TreeHead { size: size as u64, hash: hash(&self.records[..size]) }
    }

    fn tile(&self, tile: Tile) -> Vec<u8> {
        let Level::Hashes(level) = tile.level else { panic!("no data tiles are asked for") };
        let span = 256_usize.pow(level);
        let mut data = Vec::new();
        for n in 0..usize::from(tile.width) {
            let start = (tile.number as usize * 256 + n) * span;
            let part = Log { records: self.records[start..start + span].to_vec() };
            data.extend(part.tree(span).hash.0);
        }
        data
    }

    fn tiles(&self, plan: &Plan) -> Vec<Vec<u8>> {
        plan.tiles().iter().map(|tile| self.tile(*tile)).collect()
    }
}

#[test]
fn records_of_trees_of_all_shapes_are_proved() {
    let log = Log::new(1300);
    for size in [1, 2, 3, 255, 256, 257, 511, 512, 513, 768, 1023, 1300] {
        let tree = log.tree(size);
        for id in [0, 1, 127, 255, 256, 511, 512, 700, 1022, 1299].into_iter().filter(|id| *id < size) {
            let plan = Plan::for_record(tree, id as u64).unwrap();
            let tiles = log.tiles(&plan);
            assert_eq!(plan.check_record(&tiles, &log.records[id]), Ok(()), "{id} in {size}");
            assert_eq!(plan.check_record(&tiles, b"other"), Err(ProofError::RecordDiffers));
        }
        let beyond = Plan::for_record(tree, size as u64);
        assert_eq!(beyond, Err(ProofError::NotInTree { id: size as u64, size: size as u64 }));
    }
}

#[test]
fn older_trees_are_proved_and_forks_found() {
    let log = Log::new(700);
    let tree = log.tree(700);
    for older in [0, 1, 255, 256, 300, 512, 700] {
        let plan = Plan::for_older(tree, older as u64).unwrap();
        let tiles = log.tiles(&plan);
        assert_eq!(plan.check_older(&tiles, &log.tree(older)), Ok(()), "{older}");
        let forked = TreeHead { size: older as u64, hash: record_hash(b"fork") };
        assert_eq!(plan.check_older(&tiles, &forked), Err(ProofError::Fork));
    }
}

#[test]
fn damaged_tiles_are_found() {
    let log = Log::new(70_000);
    let tree = log.tree(70_000);
    let plan = Plan::for_record(tree, 300).unwrap();
    let paths: Vec<String> = plan.tiles().iter().map(Tile::to_string).collect();
    assert_eq!(paths, ["tile/8/2/000.p/1", "tile/8/1/001.p/17", "tile/8/0/273.p/112", "tile/8/1/000", "tile/8/0/001"]);
    let good = log.tiles(&plan);
    assert_eq!(plan.check_record(&good, &log.records[300]), Ok(()));
    for index in 0..good.len() {
        let mut tiles = good.clone();
        let last = tiles[index].len() - 1;
        tiles[index][last] ^= 1;
        assert_eq!(plan.check_record(&tiles, &log.records[300]), Err(ProofError::InconsistentTile), "{index}");
        tiles[index].pop();
        let error = plan.check_record(&tiles, &log.records[300]).unwrap_err();
        assert!(matches!(error, ProofError::TileLength { .. }), "{error}");
    }
    let short = plan.check_record(&good[1..], &log.records[300]).unwrap_err();
    assert_eq!(short.to_string(), "TileReader returned bad result slice (len=4, want 5)");
}

#[test]
fn a_tile_is_proved_by_those_above_it() {
    let log = Log::new(70_000);
    let tree = log.tree(70_000);
    for path in ["tile/8/2/000.p/1", "tile/8/1/001.p/17", "tile/8/0/273.p/112", "tile/8/1/000", "tile/8/0/001"] {
        let tile = Tile::parse_path(path).unwrap();
        let plan = Plan::for_tile(tree, tile).unwrap();
        let at = plan.tiles().iter().position(|planned| *planned == tile).unwrap();
        let mut tiles = log.tiles(&plan);
        assert_eq!(plan.check_tiles(&tiles), Ok(()), "{path}");
        tiles[at][0] ^= 1;
        assert_eq!(plan.check_tiles(&tiles), Err(ProofError::InconsistentTile), "{path}");
    }
    for path in
        ["tile/8/0/273.p/111", "tile/8/0/274", "tile/8/2/000", "tile/8/3/000.p/1", "tile/8/63/000", "tile/8/data/000"]
    {
        assert_eq!(Plan::for_tile(tree, Tile::parse_path(path).unwrap()), None, "{path}");
    }
}

#[test]
fn a_tile_of_the_wrong_length_is_reported_in_gos_words() {
    let log = Log::new(2);
    let plan = Plan::for_record(log.tree(2), 0).unwrap();
    let error = plan.check_record(&[b"<html>....".to_vec()], b"").unwrap_err();
    assert_eq!(error.to_string(), "TileReader returned bad result slice (tile/8/0/000.p/2 len=10, want 64)");
}

#[test]
fn tile_paths_go_both_ways() {
    for path in ["tile/8/0/000", "tile/8/0/x001/x234/067.p/255", "tile/8/3/000.p/1", "tile/8/data/x012/345"] {
        assert_eq!(Tile::parse_path(path).unwrap().to_string(), path);
    }
    for path in [
        "",
        "tile/3/0/000",
        "tile/8/0/0",
        "tile/8/0/000.p/256",
        "tile/8/0/000.p/0",
        "tile/8/0/x000/001",
        "tile/8/64/000",
        "tile/8/0/+01",
    ] {
        assert_eq!(Tile::parse_path(path), None, "{path}");
    }
}

#[test]
fn keys_are_parsed_as_go_does() {
    let key = VerifierKey::parse(DEFAULT_KEY).unwrap();
    assert_eq!((key.name(), key.hash()), (DEFAULT_NAME, 0x033d_e0ae));
    for (text, error) in [
        ("sum.example.com", KeyError::Malformed),
        ("OFF", KeyError::Malformed),
        ("sum.golang.org+033de0a+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8", KeyError::Malformed),
        ("sum.golang.org+033de0ae+Ac4zctda0e5eza", KeyError::Malformed),
        ("sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8", KeyError::Hash),
        ("sum.example.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8", KeyError::Hash),
    ] {
        assert_eq!(VerifierKey::parse(text), Err(error), "{text}");
    }
    let other = [2; 33];
    let hash = Sha256::digest([b"n\n", &other[..]].concat());
    let hash = u32::from_be_bytes(hash[..4].try_into().unwrap());
    assert_eq!(VerifierKey::parse(&format!("n+{hash:08x}+{}", BASE64.encode(other))), Err(KeyError::Algorithm));
}

#[test]
fn values_of_gosumdb() {
    let own = key_text();
    let database = |value: &str| match parse_gosumdb(value) {
        Ok(Setting::Database(database)) => database,
        other => panic!("{value}: {other:?}"),
    };
    assert_eq!(parse_gosumdb("off"), Ok(Setting::Off));
    assert!(database("sum.golang.org").is_default() && database("sum.golang.org").url.is_none());
    assert!(database(" sum.golang.org ").is_default());
    assert_eq!(database(CHINA_ALIAS).url.unwrap().host, CHINA_ALIAS);
    assert_eq!(database(&own).direct_url(), "https://sum.example.com");
    assert_eq!(database(&format!("{own} http://127.0.0.1:8080/db")).url.unwrap().host, "127.0.0.1:8080");
    for (value, text) in [
        ("", "missing GOSUMDB"),
        (" \t", "missing GOSUMDB"),
        ("OFF", "invalid GOSUMDB: malformed verifier id"),
        (" sum.golang.google.cn", "invalid GOSUMDB: malformed verifier id"),
        ("off off off", "invalid GOSUMDB: too many fields"),
        ("sum.example.com", "invalid GOSUMDB: malformed verifier id"),
        ("sum.golang.org https://a b", "invalid GOSUMDB: too many fields"),
        ("sum.golang.org :8080", "invalid GOSUMDB URL: missing protocol scheme"),
    ] {
        assert_eq!(parse_gosumdb(value).unwrap_err().to_string(), text, "{value:?}");
    }
    for name in ["h/", "h?x", "u@h", "h#f", "h/%41", "/x"] {
        let encoded = encoded_key();
        let hash = Sha256::digest([name.as_bytes(), b"\n", &encoded].concat());
        let hash = u32::from_be_bytes(hash[..4].try_into().unwrap());
        let value = format!("{name}+{hash:08x}+{}", BASE64.encode(encoded));
        assert_eq!(parse_gosumdb(&value), Err(GosumdbError::Name { name: name.to_owned() }));
    }
}

/// The example of the note package's documentation.
#[test]
fn a_note_signed_by_go_is_opened() {
    let key = VerifierKey::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").unwrap();
    let message = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n\
        — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    let note = Note::open(message.as_bytes(), &key).unwrap();
    assert!(note.text.ends_with("problem is.\n"));
    let changed = message.replace("answer", "Answer");
    let error = Note::open(changed.as_bytes(), &key).unwrap_err();
    assert_eq!(error.to_string(), "invalid signature for key PeterNeumann+c74f20a3");
}

#[test]
fn tree_heads_are_verified() {
    let key = VerifierKey::parse(&key_text()).unwrap();
    let hash = record_hash(b"x");
    let text = format!("go.sum database tree\n42\n{hash}\n");
    let message = sign(&text);
    assert_eq!(TreeHead::verify(&message, &key), Ok(TreeHead { size: 42, hash }));
    let more = sign(&format!("{text}a later line\n"));
    assert_eq!(TreeHead::verify(&more, &key).unwrap().size, 42);
    let other = VerifierKey::parse(DEFAULT_KEY).unwrap();
    let error = TreeHead::verify(&message, &other).unwrap_err();
    assert_eq!(error.to_string(), "reading tree note: note has no verifiable signatures");
    for broken in [&b""[..], b"<html>", &message[..message.len() - 1], &message[1..message.len() / 2], b"a\n\n\n"] {
        let error = TreeHead::verify(broken, &key).unwrap_err();
        assert_eq!(error.to_string(), "reading tree note: malformed note", "{broken:?}");
    }
    for text in ["go.sum database tree\n042\nx\n", "go.sum database tree v2\n1\nx\n", "go.sum database tree\n-1\nx\n"] {
        assert_eq!(TreeHead::verify(&sign(text), &key), Err(TreeError::Malformed));
    }
}

#[test]
fn answers_are_taken_apart() {
    let module = ModuleVersion::new("example.com/M", "v1.0.0");
    assert_eq!(lookup_path(&module).unwrap(), "lookup/example.com/!m@v1.0.0");
    assert_eq!(lookup_path(&module.go_mod_key()).unwrap(), "lookup/example.com/!m@v1.0.0");
    let lookup = Lookup::parse(b"17\nexample.com/M v1.0.0 h1:a\nexample.com/M v1.0.0/go.mod h1:b\n\nnote\n").unwrap();
    assert_eq!(lookup.id, 17);
    assert_eq!(lookup.hashes(&module), ["h1:a"]);
    assert_eq!(lookup.hashes(&module.go_mod_key()), ["h1:b"]);
    assert_eq!(lookup.tree_note, b"note\n");
    for answer in
        [&b""[..], b"<!DOCTYPE html>\n<html>\n\n", b"-1\nx\n\n", b"1\n\n\n", b"1\nx\ty\n\n", b"1\n\xff\n\n", b"1\nx\n"]
    {
        assert_eq!(Lookup::parse(answer), Err(LookupError), "{answer:?}");
    }
}

#[test]
fn when_the_database_is_asked() {
    let module = |gosumdb, excluded| consultation("example.com/m", gosumdb, excluded, "https://p,direct", "");
    assert_eq!(module(DEFAULT_NAME, false), Consultation::Asked);
    assert_eq!(module(DEFAULT_NAME, true), Consultation::Excluded);
    assert_eq!(module("off", false), Consultation::Off);
    assert_eq!(module("OFF", false), Consultation::Asked);
    let toolchain = |gosumdb, goproxy| consultation("golang.org/toolchain", gosumdb, true, goproxy, "");
    assert_eq!(toolchain("off", "https://p"), Consultation::Required);
    assert_eq!(toolchain("off", "file:///p"), Consultation::ToolchainExempt);
    assert_eq!(toolchain("off", "file:///p,direct"), Consultation::Required);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(100))]

    #[test]
    fn no_text_makes_it_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200), text in "(tile/8/)?[a-z0-9/x.+]{0,20}|\\PC{0,40}", size in 0_u64..=i64::MAX as u64, id in proptest::prelude::any::<u64>()) {
        let key = VerifierKey::parse(&key_text()).unwrap();
        let _ = (Lookup::parse(&bytes), TreeHead::verify(&bytes, &key), parse_gosumdb(&text), Tile::parse_path(&text));
        let tree = TreeHead { size, hash: record_hash(b"") };
        let _ = Tile::parse_path(&text).and_then(|tile| Plan::for_tile(tree, tile));
        for plan in [Plan::for_record(tree, id % size.max(1)), Plan::for_older(tree, id % size.max(1))].into_iter().flatten() {
            proptest::prop_assert!(plan.tiles().len() < 140);
            let _ = plan.check_record(&plan.tiles().iter().map(|tile| vec![0; tile.len()]).collect::<Vec<_>>(), b"");
        }
    }
}
