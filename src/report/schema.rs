//! The JSON schemas of documents for programs, which lie in `docs/schema/`.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

/// The schema of a document as it is written.
pub(super) fn of<D: JsonSchema>(title: &str) -> Value {
    let mut schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<D>();
    schema.insert("title".to_owned(), title.into());
    schema.to_value()
}

/// Panics where the file of that name in `docs/schema/` is another one; writes it with `GOMODDOC_BLESS=1`.
#[cfg(test)]
pub(super) fn assert_kept(name: &str, schema: &Value) {
    let path = format!("{}/docs/schema/{name}", env!("CARGO_MANIFEST_DIR"));
    let made = serde_json::to_string_pretty(schema).unwrap() + "\n";
    if std::env::var_os("GOMODDOC_BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(kept == made, "docs/schema/{name} is out of date: GOMODDOC_BLESS=1 cargo test --lib schema");
}
