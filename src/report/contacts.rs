//! Who would be contacted (`--contacts`), for people and for programs.

use serde::Serialize;

use super::Options;
use super::json::SCHEMA_VERSION;
use super::text::{pad, width, wrap};
use super::words;
use crate::catalog::Lang;
use crate::inquiry::contacts::Contact;

/// One line a host, below a sentence.
#[must_use]
pub fn table(contacts: &[Contact], options: &Options) -> String {
    let words = words::phrases(options.lang);
    let mut lines = wrap(&words.contacts(contacts.len()), options.width);
    let rows: Vec<[String; 3]> = contacts
        .iter()
        .map(|contact| [address(contact), words.wanted(contact.purpose).to_owned(), why(contact, options.lang)])
        .collect();
    let column = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).max().unwrap_or(0);
    let (first, second) = (column(0), column(1));
    if !rows.is_empty() {
        lines.push(String::new());
    }
    for [host, purpose, why] in &rows {
        let head = format!("  {}  {}  ", pad(host, first), pad(purpose, second));
        let indent = width(&head);
        // Where there is no room beside, the reason stands below.
        if indent + 20 > options.width {
            lines.push(head.trim_end().to_owned());
            lines.extend(wrap(why, options.width.saturating_sub(4)).iter().map(|line| format!("    {line}")));
            continue;
        }
        for (at, line) in wrap(why, options.width - indent).iter().enumerate() {
            lines.push(if at == 0 { format!("{head}{line}") } else { format!("{}{line}", " ".repeat(indent)) });
        }
    }
    lines.join("\n") + "\n"
}

fn address(contact: &Contact) -> String {
    match contact.host.as_str() {
        host if host.contains(':') => format!("[{host}]:{}", contact.port),
        host => format!("{host}:{}", contact.port),
    }
}

fn why(contact: &Contact, lang: Lang) -> String {
    words::phrases(lang).contact(&contact.why, contact.through.as_ref())
}

/// A document like that of a diagnosis, with the hosts in place of the findings.
#[must_use]
pub fn json(contacts: &[Contact], lang: Lang) -> String {
    let contacts = contacts.iter().map(|contact| ContactDocument { contact, summary: why(contact, lang) }).collect();
    let document = Document {
        schema_version: SCHEMA_VERSION,
        tool: super::json::document::Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        command: "check",
        lang,
        contacts,
    };
    serde_json::to_string_pretty(&document).map(|text| text + "\n").unwrap_or_default()
}

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    tool: super::json::document::Tool,
    command: &'static str,
    lang: Lang,
    contacts: Vec<ContactDocument<'a>>,
}

#[derive(Serialize)]
struct ContactDocument<'a> {
    #[serde(flatten)]
    contact: &'a Contact,
    summary: String,
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::inquiry::contacts::{Wanted, Why};
    use crate::report::{Shell, Verbosity};

    fn contacts() -> Vec<Contact> {
        vec![
            Contact {
                host: "goproxy.corp.example".into(),
                port: 443,
                purpose: Wanted::ModuleProxy,
                through: Some("proxy.corp.example:3128".into()),
                why: Why::Setting { variable: "GOPROXY".into() },
            },
            Contact {
                host: "git.corp.example".into(),
                port: 22,
                purpose: Wanted::VersionControl,
                through: None,
                why: Why::Modules { module: "git.corp.example/team/lib".into(), count: 3 },
            },
        ]
    }

    #[test]
    fn each_host_is_told_in_80_columns() {
        for lang in [Lang::En, Lang::Zh] {
            let options = Options {
                lang,
                width: 80,
                color: false,
                ascii: true,
                verbosity: Verbosity::Normal,
                shell: Shell::Sh,
                elapsed: Some(Duration::ZERO),
            };
            let text = table(&contacts(), &options);
            assert!(text.contains("goproxy.corp.example:443") && text.contains("git.corp.example:22"), "{text}");
            assert!(text.lines().all(|line| width(line) <= 80), "{text}");
            assert_eq!(table(&[], &options).lines().count(), 1);
        }
    }

    #[test]
    fn programs_get_the_same() {
        let document: serde_json::Value = serde_json::from_str(&json(&contacts(), Lang::En)).unwrap();
        let first = &document["contacts"][0];
        assert_eq!(first["host"], "goproxy.corp.example");
        assert_eq!(first["purpose"], "module-proxy");
        assert_eq!(first["why"], serde_json::json!({"because": "setting", "variable": "GOPROXY"}));
        assert_eq!(document["contacts"][1]["why"]["count"], 3);
    }
}
