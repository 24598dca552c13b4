//! A log of any bytes, as the whole of triage reads it: no panic, no more findings than anybody reads, nothing
//! that drives a terminal, and no secret.

#![no_main]

use gomoddoc::catalog::Lang;
use gomoddoc::facts::save::{self, Names};
use gomoddoc::foreign::is_dangerous;
use gomoddoc::report::options::{Options, Verbosity};
use gomoddoc::report::{Shell, json, table};
use gomoddoc_fuzz::{copies, knobs, triage};
use libfuzzer_sys::{Corpus, fuzz_target};

const MAX_FINDINGS: usize = 1_000;
const SECRET: &str = "S3cr3t";
/// How a log holds a secret, as issue trackers show them.
const HOLDERS: &[&str] = &[
    "https://u:S3cr3t@h/",
    "https://S3cr3t@git.corp.example/team/kit",
    "https://u:pw/S3cr3t@h/x",
    "Authorization: Bearer S3cr3t",
    "authorization: Basic S3cr3t",
    "password S3cr3t",
    "machine h login u password S3cr3t",
    "https://h/x?access_token=S3cr3t",
    "https://h/x.zip?X-Amz-Signature=S3cr3t&y=1",
    "PRIVATE-TOKEN: S3cr3t",
    "GITHUB_TOKEN=S3cr3t",
    "GOPROXY=https://u:S3cr3t@h/goproxy,direct",
    "go: a.example/b@v1.0.0: Get \"https://u:S3cr3t@h/a.example/b/@v/v1.0.0.mod\": EOF",
    "fatal: unable to access 'https://u:S3cr3t@h/team/kit/': The requested URL returned error: 403",
    "fatal: could not read Password for 'https://S3cr3t@h': terminal prompts disabled",
    "-----BEGIN OPENSSH PRIVATE KEY-----\nS3cr3t\n-----END OPENSSH PRIVATE KEY-----",
];
/// What stands around it.
const AROUND: &[&str] = &[" ", "\n", "\t", "\"", "'", "\r\n", "\n\t", " | "];
const PLAIN: &str = "ok  \tcorp.example/build/step\t0.017s\n";
/// More than is read at a time.
const LONG: usize = 300 << 10;
/// More failures than are kept.
const MANY: usize = 1_400;

fuzz_target!(|input: &[u8]| -> Corpus {
    let Some((log, [size, holder, around, high, low, form])) = knobs(input) else { return Corpus::Reject };
    if log.windows(SECRET.len()).any(|found| found == SECRET.as_bytes()) {
        return Corpus::Reject;
    }
    let mut log = log.to_vec();
    let secret = HOLDERS.get(usize::from(holder) % (HOLDERS.len() * 2));
    if let Some(secret) = secret {
        let around = AROUND[usize::from(around) % AROUND.len()];
        let at = usize::from(u16::from_be_bytes([high, low])) % (log.len() + 1);
        log.splice(at..at, [around, secret, around].concat().into_bytes());
    }
    let plain = || PLAIN.bytes().cycle().take(LONG / PLAIN.len() * PLAIN.len());
    match size % 64 {
        1 => log.extend(plain()),
        2 => log = plain().chain(log).collect(),
        3 => log = plain().chain(log).chain(plain()).collect(),
        4 if log.len() < 400 => log = copies(&log, 0..MANY, b"\n"),
        _ => {}
    }
    let (facts, diagnosis) = triage(&log);
    assert!(diagnosis.findings.len() <= MAX_FINDINGS, "{} findings", diagnosis.findings.len());
    let lang = if form & 1 == 0 { Lang::En } else { Lang::Zh };
    let shell = [Shell::Sh, Shell::PowerShell, Shell::Cmd][usize::from(form >> 1) % 3];
    let options = Options {
        lang,
        width: 20 + usize::from(form),
        color: false,
        ascii: form & 2 == 0,
        verbosity: Verbosity::Verbose,
        shell,
        elapsed: None,
    };
    let shown = table::render(&diagnosis, &options);
    assert!(!shown.contains(|c| c != '\n' && is_dangerous(c)), "it drives a terminal:\n{shown:?}");
    if secret.is_some() {
        let saved = save::text(&facts, &Names::Real).expect("facts are data");
        for (what, text) in
            [("table", shown), ("document", json::render(&diagnosis, "triage", lang, shell)), ("facts", saved)]
        {
            assert!(!text.contains(SECRET), "the {what} shows a secret:\n{text}");
        }
    }
    Corpus::Keep
});
