//! Lines of a module proxy's own log, which an operator put into the ticket.
//!
//! Sources: Athens (logrus and slog, as JSON, as logfmt and for a terminal) and goproxy (slog).

use std::sync::LazyLock;

use crate::ascii::Regex;
use crate::golang::module_path::ModuleVersion;
use crate::golang::request_url::{Asked, asked};

/// A line of such a log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Served {
    /// The module for which the server was asked.
    pub module: Option<ModuleVersion>,
}

/// One of these stands in each such line: the fields of a request, the folder in which Athens runs go.
pub(super) const SIGNS: &[&str] = &["http-path", "operation=download.", "/tmp/athens", "target="];

/// The path that was asked for.
static PATH: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"\b(?:http-path|target)"?[=:] ?"?/?(?P<path>[^\s"]+)"#).ok());

/// What a line of a server's log tells of itself; `None` for any other.
pub(super) fn served(line: &str) -> Option<Served> {
    let sign = SIGNS.iter().find(|sign| line.contains(**sign))?;
    // What a server said to a client is quoted there.
    if line.contains("server response:") || (*sign == "target=" && !line.contains("error=")) {
        return None;
    }
    let path = PATH.as_ref().and_then(|path| path.captures(line)?.name("path")).map(|path| path.as_str());
    let module = path.and_then(|path| match asked(&format!("https://localhost/{path}"))? {
        Asked::ModuleProxy(module) | Asked::ChecksumDatabase(module) => module,
        Asked::VanityPage(_) => None,
    });
    // Many programs have a target.
    (*sign != "target=" || module.is_some()).then_some(Served { module })
}

/// What stands before the fields of a line for a terminal.
pub(super) fn without_fields(text: &str) -> &str {
    let fields = ["http-method=", "http-path=", "kind=", "module=", "operation="];
    let ends = fields.iter().filter_map(|field| text.find(field)).filter(|at| text[..*at].ends_with([' ', '\t']));
    ends.min().map_or(text, |at| text[..at].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_names_its_module() {
        let module = Some(ModuleVersion::new("a.example/b", "v1.0.0"));
        for line in [
            r#"{"http-method":"GET","http-path":"/a.example/b/@v/v1.0.0.info","level":"error","msg":"x"}"#,
            r#"time="2024-05-01T12:34:56Z" level=error msg=x http-path=/a.example/b/@v/v1.0.0.info kind="Not Found""#,
            "ERROR[2:39PM]: x\thttp-method=GET http-path=/a.example/b/@v/v1.0.0.info",
            r#"time=x level=ERROR msg="failed to query module version" error="x" target=a.example/b/@v/v1.0.0.info"#,
        ] {
            assert_eq!(served(line), Some(Served { module: module.clone() }), "{line}");
        }
        assert_eq!(served("go: git fetch in /tmp/athens12/pkg/mod/cache/vcs/0f: x"), Some(Served::default()));
    }

    #[test]
    fn other_lines_are_none() {
        for line in [
            "rustc --target=x86_64-unknown-linux-gnu error=1",
            "go: a.example/b@v1: reading http://h/a.example/b/@v/list: 404 Not Found server response: /tmp/athens1/x",
            "go: x",
        ] {
            assert_eq!(served(line), None, "{line}");
        }
    }

    #[test]
    fn the_words_end_where_the_fields_begin() {
        assert_eq!(without_fields("go: x: y\thttp-method=GET http-path=/z"), "go: x: y");
        assert_eq!(without_fields("go: x?module=y"), "go: x?module=y");
    }
}
