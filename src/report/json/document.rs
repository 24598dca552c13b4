//! The document for programs, version 1. These types are its own: the inner ones may change without
//! it. Its schema, made from them, lies in `docs/schema/diagnosis-v1.json`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::catalog::{Code, Lang, Location, Mender, Severity};
use crate::model::{
    Action, CheckStatus, Confidence, Coverage, GoCommand, Place, Protection, Role, Safety, Subject, Summary, Verdict,
    Verified,
};

/// What a run of gomoddoc comes to.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Document {
    /// The version of this document: 1.
    pub schema_version: u32,
    /// The program that wrote it.
    pub tool: Tool,
    /// The subcommand: `check`, `triage`, `cache verify` and others.
    pub command: &'static str,
    /// The log that it is about, where there are several (`ndjson`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The language of the sentences: English unless another was asked for.
    pub lang: Lang,
    /// The go command.
    pub go: GoCommand,
    /// The answer in one word.
    pub verdict: Verdict,
    /// How much was asked.
    pub coverage: Coverage,
    /// How much was verified, of `cache verify`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified: Option<Verified>,
    /// What was found: causes first, the most likely first.
    pub findings: Vec<FindingDocument>,
    /// The first lines of a log that tell of a failure which no error type covers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unexplained: Vec<EvidenceDocument>,
    /// What was looked at.
    pub checks: Vec<CheckDocument>,
    /// The counts.
    pub summary: Summary,
}

/// The program that wrote a document.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Tool {
    /// Its name: `gomoddoc`.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

/// One thing that is wrong, or worth knowing.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FindingDocument {
    /// A fingerprint over code and subject that stays the same from run to run.
    pub id: String,
    /// The error type.
    pub code: Code,
    /// The family of the error type.
    pub family: &'static str,
    /// Its part in the diagnosis.
    pub role: Role,
    /// How bad it is.
    pub severity: Severity,
    /// How sure gomoddoc is.
    pub confidence: Confidence,
    /// On whose side the trouble sits.
    pub r#where: Location,
    /// Who can mend it.
    pub who: Mender,
    /// Whether another try may help.
    pub retryable: bool,
    /// What it is about.
    pub subject: Subject,
    /// What was seen, for programs: `module`, `version`, `host`, `url`, `status`, `path`, `line`
    /// and others, each only where it is known.
    pub data: BTreeMap<String, serde_json::Value>,
    /// How many times it was seen.
    pub count: usize,
    /// The error type in words.
    pub title: &'static str,
    /// What is wrong here and why that fails, in sentences.
    pub summary: String,
    /// What was seen, as text, without secrets.
    pub evidence: Vec<EvidenceDocument>,
    /// The ids of the findings that it follows from.
    pub caused_by: Vec<String>,
    /// How to mend it, the safest way first.
    pub fixes: Vec<FixDocument>,
    /// The page about the error type, from the root of gomoddoc's repository.
    pub docs: String,
}

/// Something that was seen, and where.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EvidenceDocument {
    /// A check id, a file, or the name of a log.
    pub source: String,
    /// The line in that file or log, from 1.
    pub line: Option<usize>,
    /// What was seen.
    pub text: String,
}

/// A way to mend a finding.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FixDocument {
    /// What it comes to, in a sentence.
    pub summary: String,
    /// The commands to paste, quoted for the usual shell of the system. Empty where a file is to
    /// be edited by hand, where only other people can act, or where a value cannot be quoted safely.
    pub commands: Vec<String>,
    /// The same as data.
    pub action: ActionDocument,
    /// Where it is to be made.
    pub place: Place,
    /// What it costs in protection.
    pub safety: Safety,
    /// The protection that it takes away.
    pub removes: Option<Protection>,
}

/// What is to be done.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ActionDocument {
    /// One thing.
    One(Action),
    /// Several things, one after the other.
    Several {
        /// That it is a sequence.
        r#do: Sequence,
        /// The things to do, in order.
        actions: Vec<Action>,
    },
}

/// The word for a sequence of actions.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sequence {
    /// One after the other.
    Sequence,
}

/// Something that was looked at.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CheckDocument {
    /// `probe/what`.
    pub id: String,
    /// A host, a file, a module.
    pub subject: String,
    /// What came of it.
    pub status: CheckStatus,
    /// Why it was left out or does not tell.
    pub reason: Option<String>,
    /// How long it took, in milliseconds.
    pub elapsed_ms: u64,
}
