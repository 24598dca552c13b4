//! Home folders and user names.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde_json::Value;

use super::each_text;

/// The folders in which homes lie, and the name behind them.
static HOME: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?:/home/|/Users/|(?i:[a-z]:\\Users\\))([^/\\:\s"',;|]+)"#).ok());

/// The user names of a document and their pseudonyms.
pub(super) struct People {
    names: Vec<String>,
    home: Option<String>,
    /// A name between separators, or as the user of a host.
    places: Option<Regex>,
}

impl People {
    pub(super) fn of(document: &Value, home: Option<&str>) -> Self {
        let home = home.map(|home| home.trim_end_matches(['/', '\\'])).filter(|home| home.len() > 1);
        let mut names: Vec<String> = Vec::new();
        let mut add = |name: &str| {
            // These are everywhere, and nobody's.
            let nobody = matches!(name, "" | "." | ".." | "git" | "root");
            if !nobody && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        };
        home.and_then(|home| home.rsplit(['/', '\\']).next()).into_iter().for_each(&mut add);
        each_text(None, document, None, &mut |key, text, _| {
            if key == Some("user") {
                add(text);
            }
            if let Some(regex) = HOME.as_ref() {
                regex.captures_iter(text).filter_map(|found| found.get(1)).for_each(|name| add(name.as_str()));
            }
        });
        let any = names.iter().map(|name| regex::escape(name)).collect::<Vec<_>>().join("|");
        let places =
            (!names.is_empty()).then(|| Regex::new(&format!(r"(^|[/\\~\s:])({any})([/\\@]|$)")).ok()).flatten();
        Self { names, home: home.map(str::to_owned), places }
    }

    pub(super) fn replaced(&self, key: Option<&str>, text: &str) -> String {
        if key == Some("user") {
            return self.pseudonym(text).unwrap_or_else(|| text.to_owned());
        }
        let mut text = text.to_owned();
        if let Some(home) = self.home.as_ref().filter(|home| text.contains(home.as_str())) {
            let name = home.rsplit(['/', '\\']).next().and_then(|name| self.pseudonym(name));
            text = text.replace(home.as_str(), &format!("/home/{}", name.as_deref().unwrap_or("user")));
        }
        let Some(places) = &self.places else { return text };
        if !text.contains(['/', '\\', '@', '~']) {
            return text;
        }
        // Two names in a row share the separator between them: once more finds the second.
        let once = |text: &str| {
            places
                .replace_all(text, |found: &Captures<'_>| {
                    let name = self.pseudonym(&found[2]).unwrap_or_else(|| found[2].to_owned());
                    format!("{}{name}{}", &found[1], &found[3])
                })
                .into_owned()
        };
        once(&once(&text))
    }

    fn pseudonym(&self, name: &str) -> Option<String> {
        self.names.iter().position(|known| known == name).map(|at| format!("user-{}", at + 1))
    }
}
