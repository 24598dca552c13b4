//! The pages of the knowledge base: one for each error type, in each language.
//!
//! A page is Markdown under a front matter of `key: value` lines. The front matter is the one
//! place where title, default severity, who can mend it and whether a retry helps are written.

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use super::Code;
use super::classes::{Lang, Location, Mender, Retry, Severity};

/// One page of the knowledge base.
#[derive(Debug, Clone)]
pub struct Page {
    /// The error type that it explains.
    pub code: Code,
    /// The family, such as `module-proxy`.
    pub family: &'static str,
    /// The error type in the reader's words, at most 70 columns.
    pub title: &'static str,
    /// How bad it is where nothing more is known.
    pub severity: Severity,
    /// Who usually can mend it.
    pub who: Mender,
    /// Whether another try helps.
    pub retryable: Retry,
    /// Where it usually sits.
    pub location: Location,
    /// The ids of the message formats that the page explains.
    pub messages: Vec<&'static str>,
    /// The Markdown below the front matter.
    pub body: &'static str,
}

/// A page that breaks the fixed form. Only a page edited wrongly can cause it, and a test reads all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// The page does not begin with a block between two `---` lines.
    #[error("no front matter")]
    NoFrontMatter,
    /// A key of the front matter is absent.
    #[error("the front matter lacks {0:?}")]
    Missing(&'static str),
    /// A key of the front matter has a value that is none of the known ones.
    #[error("{key}: unknown value {value:?}")]
    Value {
        /// The key.
        key: &'static str,
        /// What stands there.
        value: String,
    },
}

impl Page {
    /// Reads the page of `code` in `lang`.
    ///
    /// # Errors
    /// When the page breaks the fixed form.
    pub fn read(code: Code, lang: Lang) -> Result<Self, PageError> {
        let (en, zh) = code.sources();
        let text = match lang {
            Lang::En => en,
            Lang::Zh => zh,
        };
        let (head, body) =
            text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).ok_or(PageError::NoFrontMatter)?;
        let keys: HashMap<&str, &'static str> = head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .map(|(k, v)| (k.trim(), v.split(" #").next().unwrap_or(v).trim()))
            .collect();
        let get = |key: &'static str| keys.get(key).copied().ok_or(PageError::Missing(key));
        let messages = get("messages")?;
        let listed = get("code")?;
        if listed != code.as_str() {
            return Err(PageError::Value { key: "code", value: listed.to_owned() });
        }
        Ok(Self {
            code,
            family: get("family")?,
            title: get("title")?,
            severity: word("severity", get("severity")?)?,
            who: word("who", get("who")?)?,
            retryable: word("retryable", get("retryable")?)?,
            location: word("where", get("where")?)?,
            messages: messages.trim_matches(['[', ']']).split(',').map(str::trim).filter(|id| !id.is_empty()).collect(),
            body: body.trim_start(),
        })
    }
}

impl Page {
    /// The first paragraph of the page, on one line: what happens, for somebody who meets it for the first time.
    #[must_use]
    pub fn what_happens(&self) -> String {
        let text = self.body.split_once('\n').map_or("", |(_, rest)| rest).trim_start();
        let paragraph = text.split("\n\n").next().unwrap_or_default();
        let chinese = paragraph.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        let lines: Vec<&str> = paragraph.lines().map(str::trim).collect();
        lines.join(if chinese { "" } else { " " }).replace('`', "")
    }
}

fn word<T: serde::de::DeserializeOwned>(key: &'static str, value: &str) -> Result<T, PageError> {
    serde_json::from_value(serde_json::Value::String(value.to_owned()))
        .map_err(|_| PageError::Value { key, value: value.to_owned() })
}

/// Each is read when it is first asked for: most runs need one or two.
type Pages = HashMap<(Code, Lang), OnceLock<Option<Page>>>;

static PAGES: LazyLock<Pages> = LazyLock::new(|| {
    let both = |code: &Code| [(*code, Lang::En), (*code, Lang::Zh)];
    Code::ALL.iter().flat_map(both).map(|key| (key, OnceLock::new())).collect()
});

impl Code {
    /// The page of this error type. `None` only for a page that breaks the fixed form, which a
    /// test forbids.
    #[must_use]
    pub fn page(self, lang: Lang) -> Option<&'static Page> {
        PAGES.get(&(self, lang))?.get_or_init(|| Page::read(self, lang).ok()).as_ref()
    }

    /// The family, such as `module-proxy`.
    #[must_use]
    pub fn family(self) -> &'static str {
        self.page(Lang::En).map_or("", |page| page.family)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_keeps_the_fixed_form_and_both_languages_agree() {
        for code in Code::ALL {
            let en = Page::read(*code, Lang::En).unwrap_or_else(|e| panic!("docs/errors/{code}.md: {e}"));
            let zh = Page::read(*code, Lang::Zh).unwrap_or_else(|e| panic!("docs/zh/errors/{code}.md: {e}"));
            let facts = |p: &Page| (p.family, p.severity, p.who, p.retryable, p.location, p.messages.clone());
            assert_eq!(facts(&en), facts(&zh), "{code}");
            assert!(unicode_width::UnicodeWidthStr::width(en.title) <= 70, "{code}: the title is too long");
            assert!(!en.title.ends_with('.'), "{code}: a title has no full stop");
        }
    }

    const SECTIONS_EN: [&str; 6] =
        ["What happened", "Causes", "How gomoddoc knows", "Fix", "What not to do", "Examples"];
    const SECTIONS_ZH: [&str; 6] = ["发生了什么", "原因", "gomoddoc 如何判断", "修复", "不要这样做", "示例"];

    /// A page's second-level headings, and its fenced blocks as info string and content.
    fn outline(body: &str) -> (Vec<&str>, Vec<(&str, Vec<&str>)>) {
        let (mut headings, mut blocks, mut open) = (Vec::new(), Vec::new(), None);
        for line in body.lines() {
            match (line.strip_prefix("```"), &mut open) {
                (Some(info), None) => open = Some((info, Vec::new())),
                (Some(rest), Some(_)) => {
                    assert_eq!(rest, "", "a fence must be closed before the next one");
                    blocks.extend(open.take());
                }
                (None, Some((_, lines))) => lines.push(line),
                (None, None) => headings.extend(line.strip_prefix("## ")),
            }
        }
        assert!(open.is_none(), "a fence stays open");
        (headings, blocks)
    }

    fn both(code: Code) -> (&'static Page, &'static Page) {
        (code.page(Lang::En).unwrap(), code.page(Lang::Zh).unwrap())
    }

    #[test]
    fn the_six_sections_stand_in_order_in_both_languages() {
        for code in Code::ALL {
            let (en, zh) = both(*code);
            assert_eq!(outline(en.body).0, SECTIONS_EN, "docs/errors/{code}.md");
            assert_eq!(outline(zh.body).0, SECTIONS_ZH, "docs/zh/errors/{code}.md");
        }
    }

    #[test]
    fn no_section_is_empty() {
        for code in Code::ALL {
            let (en, zh) = both(*code);
            for page in [en, zh] {
                for section in page.body.split("\n## ") {
                    let (heading, text) = section.split_once('\n').unwrap_or((section, ""));
                    assert!(!text.trim().is_empty(), "{code}: nothing below {heading:?}");
                }
            }
        }
    }

    #[test]
    fn both_languages_give_the_same_commands_and_examples() {
        for code in Code::ALL {
            let (en, zh) = both(*code);
            let blocks = outline(en.body).1;
            assert_eq!(blocks, outline(zh.body).1, "{code}");
            assert!(blocks.iter().any(|(info, _)| *info == "sh"), "{code}: no command at all");
            for (info, lines) in blocks {
                assert!(matches!(info, "sh" | "log") || info.starts_with("log "), "{code}: a block of {info:?}");
                assert!(lines.iter().any(|line| !line.trim().is_empty()), "{code}: an empty block");
                if info == "sh" {
                    assert!(lines.iter().all(|line| !line.trim().is_empty()), "{code}: a command is an empty line");
                }
            }
        }
    }

    #[test]
    fn an_example_is_a_log_or_says_that_no_log_shows_it() {
        for code in Code::ALL {
            let (en, zh) = both(*code);
            for (page, heading) in [(en, "## Examples"), (zh, "## 示例")] {
                let (_, examples) = page.body.split_once(heading).unwrap();
                assert!(examples.contains("```log") || examples.contains("`gomoddoc check`"), "{code}");
            }
        }
    }

    /// The products that a page tells apart, as its list names them, and whether it has such a list at all.
    fn products(body: &str, intro: &str, between: char, after: char) -> Option<Vec<String>> {
        let (_, rest) = body.split_once(intro)?;
        let list = rest.split("\n## ").next()?;
        let heads = list.lines().filter_map(|line| line.strip_prefix("- ")?.split_once(after));
        Some(heads.flat_map(|(names, _)| names.split(between).map(|name| bare(name).to_owned())).collect())
    }

    /// A product's name without what stands in brackets behind it.
    fn bare(name: &str) -> &str {
        name.split(['(', '（']).next().unwrap_or(name).trim()
    }

    fn english_and_chinese(code: Code) -> Option<(Vec<String>, Vec<String>)> {
        let (en, zh) = both(code);
        let english = products(en.body, "\nWhere products differ:\n", ',', ':');
        let chinese = products(zh.body, "\n各产品的差别：\n", '、', '：');
        assert_eq!(english.is_some(), chinese.is_some(), "{code}: only one language tells products apart");
        english.zip(chinese)
    }

    #[test]
    fn what_products_do_differently_is_said_in_both_languages() {
        for code in Code::ALL {
            let Some((english, chinese)) = english_and_chinese(*code) else { continue };
            assert!(!english.is_empty(), "{code}: an empty list");
            for product in english {
                assert!(chinese.contains(&product), "docs/zh/errors/{code}.md does not speak of {product}");
            }
        }
    }

    #[test]
    fn the_pages_of_module_proxies_and_logins_name_the_products() {
        let of = |code| english_and_chinese(code).map(|(english, _)| english).unwrap_or_default();
        for code in [
            Code::ModuleNotOnProxy,
            Code::ProxyBadResponse,
            Code::ProxyForbidden,
            Code::ProxyServerError,
            Code::ProxyUnauthorized,
            Code::SumdbUnreachable,
        ] {
            for product in ["Artifactory", "Nexus", "Athens"] {
                assert!(of(code).iter().any(|name| name == product), "{code}: nothing of {product}");
            }
        }
        for code in [Code::GitAuthFailed, Code::GitAuthRequired, Code::RepositoryNotFound] {
            for product in ["GitHub", "GitLab", "Azure DevOps"] {
                assert!(of(code).iter().any(|name| name == product), "{code}: nothing of {product}");
            }
        }
    }

    #[test]
    fn every_page_names_wrong_advice() {
        for code in Code::ALL {
            let (en, zh) = both(*code);
            for (page, heading) in [(en, "\n## What not to do\n"), (zh, "\n## 不要这样做\n")] {
                let (_, rest) = page.body.split_once(heading).unwrap();
                let bullets = rest.split("\n## ").next().unwrap().lines().filter(|line| line.starts_with("- ")).count();
                assert!(bullets >= 2, "{code}: {bullets} under {heading:?}");
            }
        }
    }

    #[test]
    fn no_page_is_left_to_be_written() {
        for code in Code::ALL {
            let (en, zh) = both(*code);
            assert!(!en.body.contains("TODO") && !zh.body.contains("TODO"), "{code}");
            assert_ne!(en.title, zh.title, "{code}: the title is not translated");
            assert!(zh.title.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{code}: no Chinese title");
        }
    }

    #[test]
    fn codes_are_unique_and_kebab_case() {
        let mut seen = std::collections::HashSet::new();
        for code in Code::ALL {
            assert!(seen.insert(code.as_str()), "{code} twice");
            assert!(code.as_str().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{code}");
        }
    }
}
