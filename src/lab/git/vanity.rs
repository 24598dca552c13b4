//! A host whose pages say where the source of an import path lies.

use crate::lab::server::{Answer, Asked, Site};

/// Pages with `go-import` tags.
#[derive(Debug, Clone, Default)]
pub struct Vanity {
    tags: Vec<(String, String)>,
}

impl Vanity {
    /// No tags: every page is 404.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Every path at or below `prefix` (host and path, such as `go.corp.example/lib`) names this
    /// kind (`git`, `mod`) and root.
    #[must_use]
    pub fn tag(mut self, prefix: &str, kind: &str, root: &str) -> Self {
        self.tags.push((prefix.to_owned(), format!("{prefix} {kind} {root}")));
        self
    }
}

impl Site for Vanity {
    fn answer(&self, asked: &Asked) -> Answer {
        // HTTP/2 has the host in the URL, which the server here does not keep; the path decides.
        let fits = |prefix: &str| {
            let path = prefix.find('/').and_then(|slash| prefix.get(slash..)).unwrap_or_default();
            asked.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let tags: String = self
            .tags
            .iter()
            .filter(|(prefix, _)| fits(prefix))
            .map(|(_, content)| format!("<meta name=\"go-import\" content=\"{content}\">\n"))
            .collect();
        if tags.is_empty() {
            return Answer::new(404, "<html><body>no such page</body></html>").header("content-type", "text/html");
        }
        Answer::ok("text/html; charset=utf-8", format!("<!DOCTYPE html>\n<html><head>\n{tags}</head></html>\n"))
    }
}
