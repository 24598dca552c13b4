//! Hosts, home folders and user names replaced by made-up ones (`--pseudonymise`).
//!
//! The same name gets the same pseudonym throughout, and what the diagnosis looks at survives: which
//! host lies below which, which name looks like a company's own, which letter is a capital. Hosts that
//! everybody uses keep their names, since they tell nothing about anybody. Module paths follow their
//! host; what stands behind the host in a path stays.

use serde_json::Value;

mod hosts;
mod people;

use hosts::Hosts;
use people::People;

/// Replaces the names in every text of the document. `home` is the user's home folder, where it is
/// known.
pub(super) fn pseudonymise(document: &mut Value, home: Option<&str>) {
    let hosts = Hosts::of(document);
    let people = People::of(document, home);
    replace(None, document, &hosts, &people);
}

fn replace(key: Option<&str>, value: &mut Value, hosts: &Hosts, people: &People) {
    match value {
        Value::String(text) => *text = people.replaced(key, &hosts.replaced(key, text)),
        Value::Array(items) => items.iter_mut().for_each(|item| replace(key, item, hosts, people)),
        Value::Object(fields) => {
            for (key, value) in fields.iter_mut() {
                replace(Some(key), value, hosts, people);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Hands every text of the document to `visit`, with the object and the key under which it stands.
fn each_text<'v>(
    key: Option<&'v str>,
    value: &'v Value,
    owner: Option<&'v serde_json::Map<String, Value>>,
    visit: &mut dyn FnMut(Option<&'v str>, &'v str, Option<&'v serde_json::Map<String, Value>>),
) {
    match value {
        Value::String(text) => visit(key, text, owner),
        Value::Array(items) => items.iter().for_each(|item| each_text(key, item, owner, visit)),
        Value::Object(fields) => {
            fields.iter().for_each(|(key, value)| each_text(Some(key), value, Some(fields), visit));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pseudonymised(mut document: Value) -> Value {
        pseudonymise(&mut document, Some("/srv/people/alice"));
        document
    }

    #[test]
    fn a_host_is_the_same_wherever_it_stands() {
        let document = pseudonymised(json!({
            "url": "https://goproxy.corp.internal:8443/git.corp.internal/team/lib/@v/list",
            "host": "goproxy.corp.internal:8443",
            "id": "endpoint/goproxy.corp.internal:8443/tls",
            "path": "git.corp.internal/team/lib",
            "remote": "git@git.corp.internal:team/lib.git",
            "text": "Get https://goproxy.corp.internal:8443/: see wiki.corp.internal.",
        }));
        assert_eq!(
            document,
            json!({
                "url": "https://host-1.example:8443/host-2.example/team/lib/@v/list",
                "host": "host-1.example:8443",
                "id": "endpoint/host-1.example:8443/tls",
                "path": "host-2.example/team/lib",
                "remote": "git@host-2.example:team/lib.git",
                "text": "Get https://host-1.example:8443/: see host-3.example.",
            })
        );
    }

    #[test]
    fn what_a_log_names_is_replaced() {
        use crate::facts::transcript::{
            Failure, Host, HostRole, Mention, Package, Said, Setting, Speaker, TranscriptFacts,
        };
        fn at<T>(what: T) -> Vec<Mention<T>> {
            vec![Mention { what, line: 1 }]
        }
        let log = TranscriptFacts {
            packages: at(Package { import: "git.corp.internal/team/lib".into() }),
            hosts: at(Host { host: "goproxy.acme.internal:8443".into(), role: HostRole::ModuleProxy }),
            variables: at(Setting { name: "GOPRIVATE".into(), value: "*.house.internal".into() }),
            failures: vec![Failure {
                line: 1,
                text: "go: git.corp.internal/team/lib: lookup goproxy.acme.internal: no such host".into(),
                package: Some("git.corp.internal/team/lib".into()),
                said: vec![Said {
                    format: "net/lookup".into(),
                    line: 1,
                    text: None,
                    at: Speaker::Here,
                    names: [("host".to_owned(), "goproxy.acme.internal".into())].into(),
                }],
                ..Failure::default()
            }],
            ..TranscriptFacts::default()
        };
        let text = pseudonymised(serde_json::to_value(log).unwrap()).to_string();
        assert!(!text.contains("internal"), "{text}");
    }

    #[test]
    fn what_everybody_uses_keeps_its_name() {
        let document = json!({
            "name": "GOPROXY",
            "value": "https://proxy.golang.org,direct",
            "path": "github.com/acme/x",
            "urls": ["https://sum.golang.org/x", "http://127.0.0.1:3000/", "http://localhost/"],
            "text": "go1.26.1 github.com/a/b@v1.2.3 0.0.0.0 10:20:30",
        });
        assert_eq!(pseudonymised(document.clone()), document);
    }

    #[test]
    fn patterns_still_match_what_they_matched() {
        let document = pseudonymised(json!({
            "variables": [{"name": "GOPRIVATE", "value": "*.corp.internal,Git.acme.io/team", "shadowed": [{"value": "old.internal"}]}],
            "path": "git.corp.internal/team/lib",
            "import": "git.acme.io/team/x",
            "other": [{"path": "gorm.io/gorm", "version": "v1.0.0"}],
        }));
        assert_eq!(document["variables"][0]["value"], "*.host-2.example,Git.host-3.example.edu/team");
        assert_eq!(document["variables"][0]["shadowed"][0]["value"], "host-1.example");
        assert_eq!(document["path"], "git.host-2.example/team/lib");
        assert_eq!(document["import"], "git.host-3.example.edu/team/x");
        // It looks public before, and after.
        assert_eq!(document["other"][0]["path"], "host-5.example.edu/gorm");
    }

    #[test]
    fn a_checksum_database_keeps_a_key_that_fits_its_name() {
        use crate::golang::checksum_database::{Setting, parse_gosumdb};
        let key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        assert!(parse_gosumdb(key).is_ok(), "the sample key is good");
        let renamed = crate::golang::checksum_database::VerifierKey::renamed(key, "sum.corp.internal").unwrap();
        let document =
            pseudonymised(json!({"name": "GOSUMDB", "value": format!("{renamed} https://sum.corp.internal")}));
        let value = document["value"].as_str().unwrap();
        assert!(value.starts_with("host-1.example+") && value.ends_with(" https://host-1.example"), "{value}");
        assert!(matches!(parse_gosumdb(value), Ok(Setting::Database(_))), "{value}");
    }

    #[test]
    fn people_are_replaced_and_single_words_are_not() {
        let document = pseudonymised(json!({
            "file": "/home/bob/.netrc",
            "cache": "/srv/people/alice/go/pkg/mod",
            "mac": "/Users/bob/Library",
            "windows": "C:\\Users\\carol\\AppData",
            "ssh": [{"user": "dave", "hostname": "10.1.2.3"}, {"user": "git"}],
            "login": "dave@athens: denied",
            "product": "athens",
            "url": "http://athens:3000/bob/x",
            "kind": "bob",
        }));
        assert_eq!(
            document,
            json!({
                "file": "/home/user-2/.netrc",
                "cache": "/home/user-1/go/pkg/mod",
                "mac": "/Users/user-2/Library",
                "windows": "C:\\Users\\user-3\\AppData",
                "ssh": [{"user": "user-4", "hostname": "192.0.2.1"}, {"user": "git"}],
                "login": "user-4@host-1: denied",
                "product": "athens",
                "url": "http://host-1:3000/user-2/x",
                "kind": "bob",
            })
        );
    }
}
