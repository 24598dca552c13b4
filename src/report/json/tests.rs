use super::*;
use crate::model::{Place, Safety};
use crate::report::sample;

fn value(diagnosis: &Diagnosis, lang: Lang) -> Value {
    serde_json::from_str(&render(diagnosis, "check", lang, Shell::Sh)).unwrap()
}

#[test]
fn the_document_of_a_failing_run() {
    let mut document = value(&sample::failing(), Lang::En);
    // The words of the page and the version of the program change; the rest is a contract.
    for finding in document["findings"].as_array_mut().unwrap() {
        finding["title"] = "…".into();
        finding["family"] = "…".into();
    }
    document["tool"]["version"] = "…".into();
    document["findings"].as_array_mut().unwrap().truncate(2);
    document["checks"].as_array_mut().unwrap().drain(1..5);
    insta::assert_json_snapshot!(document, @r#"
    {
      "schema_version": 1,
      "tool": {
        "name": "gomoddoc",
        "version": "…"
      },
      "command": "check",
      "lang": "en",
      "go": {
        "version": "go1.26.8",
        "selected": "go1.26.8",
        "path": "/usr/local/go/bin/go"
      },
      "verdict": "failing",
      "coverage": {
        "modules": 212,
        "asked": 61,
        "in_cache": 151
      },
      "findings": [
        {
          "id": "c8a68a3a86b3",
          "code": "netrc-ineffective",
          "family": "…",
          "role": "cause",
          "severity": "error",
          "confidence": "confirmed",
          "where": "local",
          "who": "developer",
          "retryable": false,
          "subject": {
            "kind": "file",
            "value": "~/.netrc:3"
          },
          "data": {
            "host": "goproxy.corp.example",
            "status": 401
          },
          "count": 18,
          "title": "…",
          "summary": "The module proxy wants a login and got none: ~/.netrc line 3 does not match. Line 3 names goproxy.corp.example:8443, but the URL in GOPROXY has no port. go compares host and port as they are written.",
          "evidence": [
            {
              "source": "module-proxy/info",
              "line": null,
              "text": "GET https://goproxy.corp.example/git.corp.example/team/very-long-name-of-a-kit/v2/@v/v2.15.2.info: 401, no login sent"
            }
          ],
          "caused_by": [],
          "fixes": [
            {
              "summary": "Delete the port.",
              "commands": [],
              "action": {
                "do": "edit-line",
                "path": "~/.netrc",
                "line": 3,
                "from": ":8443",
                "to": ""
              },
              "place": {
                "kind": "file",
                "path": "~/.netrc",
                "line": 3
              },
              "safety": "safe",
              "removes": null
            },
            {
              "summary": "Ask the operator of goproxy.corp.example for a login.",
              "commands": [],
              "action": {
                "do": "ask"
              },
              "place": {
                "kind": "elsewhere"
              },
              "safety": "safe",
              "removes": null
            },
            {
              "summary": "Do without the checksum database.",
              "commands": [
                "go env -w \"GOSUMDB=off\""
              ],
              "action": {
                "do": "set-variable",
                "name": "GOSUMDB",
                "value": "off"
              },
              "place": {
                "kind": "user-env-file"
              },
              "safety": "weakens-security",
              "removes": "checksum-database"
            }
          ],
          "docs": "docs/errors/netrc-ineffective.md"
        },
        {
          "id": "023a98f007f8",
          "code": "proxy-unauthorized",
          "family": "…",
          "role": "symptom",
          "severity": "error",
          "confidence": "confirmed",
          "where": "module-proxy",
          "who": "proxy-operator",
          "retryable": false,
          "subject": {
            "kind": "host",
            "value": "goproxy.corp.example"
          },
          "data": {},
          "count": 1,
          "title": "…",
          "summary": "The module proxy goproxy.corp.example wants a login.",
          "evidence": [
            {
              "source": "module-proxy/info",
              "line": null,
              "text": "401 Unauthorized"
            }
          ],
          "caused_by": [
            "c8a68a3a86b3"
          ],
          "fixes": [],
          "docs": "docs/errors/proxy-unauthorized.md"
        }
      ],
      "checks": [
        {
          "id": "environment/GOPROXY",
          "subject": "https://goproxy.corp.example,direct",
          "status": "passed",
          "reason": null,
          "elapsed_ms": 38
        },
        {
          "id": "cache/integrity",
          "subject": "/home/lin/go/pkg/mod",
          "status": "inconclusive",
          "reason": "cannot read /home/lin/go/pkg/mod/cache/download: Permission denied (os error 13)",
          "elapsed_ms": 38
        }
      ],
      "summary": {
        "causes": 1,
        "symptoms": 1,
        "notes": 2,
        "passed": 1,
        "failed": 2,
        "warned": 1,
        "skipped": 1,
        "inconclusive": 1
      }
    }
    "#);
}

#[test]
fn the_sentences_follow_the_language_and_the_rest_does_not() {
    let (en, zh) = (value(&sample::failing(), Lang::En), value(&sample::failing(), Lang::Zh));
    assert_eq!(zh["lang"], "zh");
    assert_eq!(
        zh["findings"][0]["summary"],
        "模块代理要求登录，但请求没有带凭据：~/.netrc 第 3 行与主机不匹配。第 3 行写的是 goproxy.corp.example:8443，而 GOPROXY 的地址不含端口。go 按原样比较主机和端口。"
    );
    assert_eq!(zh["checks"][4]["reason"], "所依赖的一步失败了");
    for key in ["verdict", "coverage", "summary", "go", "command"] {
        assert_eq!(en[key], zh[key], "{key}");
    }
    for key in ["id", "code", "data", "evidence", "docs", "who"] {
        assert_eq!(en["findings"][0][key], zh["findings"][0][key], "{key}");
    }
}

#[test]
fn several_actions_are_a_sequence_and_none_is_asking() {
    let action = |name: &str| Action::UnsetVariable { name: name.into() };
    let advice = || crate::model::situation::sample::Advice::DropPort;
    let fix = |actions| Fix::safe(advice().into(), Place::Shell, actions);
    let several = serde_json::to_value(of_fix(&fix(vec![action("A"), action("B")]), Lang::En, Shell::Sh)).unwrap();
    assert_eq!(several["commands"], serde_json::json!(["unset A", "unset B"]));
    assert_eq!(several["action"]["do"], "sequence");
    assert_eq!(several["action"]["actions"][1]["name"], "B");
    let none = serde_json::to_value(of_fix(&fix(Vec::new()), Lang::En, Shell::Sh)).unwrap();
    assert_eq!(none["action"], serde_json::json!({ "do": "ask" }));
}

#[test]
fn no_secret_passes_by_way_of_a_rule() {
    let mut diagnosis = sample::failing();
    let url = "https://u:S3cr3t@goproxy.corp.example\u{202e}";
    let finding = &mut diagnosis.findings[0];
    finding.subject.value = url.into();
    finding.data.insert("url", serde_json::json!([{ "x": url }]));
    finding.evidence[0].seen = url.into();
    finding.fixes[0].actions = vec![Action::SetVariable { name: "GOPROXY".into(), value: url.into() }];
    finding.fixes[0].place = Place::UserEnvFile;
    finding.fixes[0].safety = Safety::Safe;
    diagnosis.checks[0].subject = url.into();
    let text = render(&diagnosis, "check", Lang::En, Shell::Sh);
    assert!(!text.contains("S3cr3t"), "{text}");
    assert!(!text.contains('\u{202e}'), "{text}");
}

#[test]
fn the_schema_in_docs_is_that_of_the_types() {
    crate::report::schema::assert_kept("diagnosis-v1.json", &schema());
}

#[test]
fn every_document_fits_the_schema() {
    let schema = schema();
    for diagnosis in sample::all() {
        for lang in [Lang::En, Lang::Zh] {
            fits(&schema, &schema, &value(&diagnosis, lang), "document").unwrap();
        }
    }
}

#[test]
fn what_is_no_document_does_not_fit_the_schema() {
    let schema = schema();
    let good = value(&sample::failing(), Lang::En);
    let spoil = |change: fn(&mut Value)| {
        let mut document = good.clone();
        change(&mut document);
        fits(&schema, &schema, &document, "document")
    };
    assert!(spoil(|_| ()).is_ok());
    assert!(spoil(|d| d["verdict"] = "sick".into()).is_err());
    assert!(spoil(|d| d["extra"] = 1.into()).is_err());
    assert!(spoil(|d| drop(d.as_object_mut().unwrap().remove("go"))).is_err());
    assert!(spoil(|d| d["findings"][0]["code"] = "no-such-code".into()).is_err());
    assert!(spoil(|d| d["findings"][0]["count"] = "18".into()).is_err());
    assert!(spoil(|d| d["findings"][0]["fixes"][0]["action"]["do"] = "format-disk".into()).is_err());
}

/// As much of JSON Schema as our schemas use. Stricter in one thing: an object may have no key that
/// the schema does not name.
pub(in crate::report) fn fits(root: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    fits_beside(root, schema, value, at, &[])
}

/// `beside` are the keys that stand beside this schema for the same object.
fn fits_beside(root: &Value, schema: &Value, value: &Value, at: &str, beside: &[String]) -> Result<(), String> {
    let Some(rules) = schema.as_object() else { return Ok(()) };
    let others = |rule: &str| {
        let rules = rules.iter().filter(|(name, _)| *name != rule);
        rules.flat_map(|(name, want)| keys_of(root, name, want)).chain(beside.iter().cloned()).collect::<Vec<_>>()
    };
    for (rule, want) in rules {
        let ok = match rule.as_str() {
            "$ref" => {
                fits_beside(root, referred(root, want), value, at, &others(rule))?;
                true
            }
            "type" => match want {
                Value::Array(any) => any.iter().any(|one| has_type(one, value)),
                one => has_type(one, value),
            },
            "enum" => want.as_array().unwrap().contains(value),
            "const" => want == value,
            "minimum" => value.as_f64().is_none_or(|number| number >= want.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|number| number <= want.as_f64().unwrap()),
            "anyOf" | "oneOf" => {
                let beside = others(rule);
                want.as_array().unwrap().iter().any(|one| fits_beside(root, one, value, at, &beside).is_ok())
            }
            "required" => want.as_array().unwrap().iter().all(|key| value.get(key.as_str().unwrap()).is_some()),
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    fits(root, want, item, &format!("{at}[{index}]"))?;
                }
                true
            }
            "properties" => {
                for (key, schema) in want.as_object().unwrap() {
                    if let Some(value) = value.get(key) {
                        fits(root, schema, value, &format!("{at}.{key}"))?;
                    }
                }
                true
            }
            "$schema" | "$defs" | "title" | "description" | "format" | "additionalProperties" => true,
            other => panic!("the test knows no rule {other:?}"),
        };
        if !ok {
            return Err(format!("{at}: {value} breaks {rule} {want}"));
        }
    }
    let named = others("");
    let open = rules.contains_key("additionalProperties") || !rules.contains_key("properties");
    match value.as_object().and_then(|object| object.keys().find(|key| !open && !named.contains(key))) {
        Some(key) => Err(format!("{at}: the schema does not name {key:?}")),
        None => Ok(()),
    }
}

fn referred<'a>(root: &'a Value, pointer: &Value) -> &'a Value {
    root.pointer(pointer.as_str().unwrap().trim_start_matches('#')).unwrap()
}

/// The keys of an object that a rule names.
fn keys_of(root: &Value, rule: &str, want: &Value) -> Vec<String> {
    let of = |schema: &Value| {
        let rules = schema.as_object().into_iter().flatten();
        rules.flat_map(|(rule, want)| keys_of(root, rule, want)).collect::<Vec<_>>()
    };
    match rule {
        "properties" => want.as_object().unwrap().keys().cloned().collect(),
        "$ref" => of(referred(root, want)),
        "anyOf" | "oneOf" => want.as_array().unwrap().iter().flat_map(of).collect(),
        _ => Vec::new(),
    }
}

fn has_type(name: &Value, value: &Value) -> bool {
    match name.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("the test knows no type {other:?}"),
    }
}
