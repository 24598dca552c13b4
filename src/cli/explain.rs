//! `gomoddoc explain`.

use anyhow::bail;
use clap::Args;
use serde::Serialize;

use super::exit::Exit;
use super::global::Format;
use super::settings::Settings;
use super::{output, pager};
use crate::catalog::{Code, Lang, Location, Mender, Page, Retry, Severity};
use crate::report;
use crate::report::words::phrases;

/// The flags of `explain`, as they were typed.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The error type, such as netrc-ineffective
    #[arg(value_name = "CODE", required_unless_present = "list")]
    pub code: Option<String>,
    /// List all error types
    #[arg(long, conflicts_with = "code")]
    pub list: bool,
    /// Print all at once, and through no pager
    #[arg(long)]
    pub no_pager: bool,
}

/// Prints a page of the knowledge base, or the list of all.
///
/// # Errors
/// When there is no such error type, or stdout cannot be written.
pub fn run(args: &ExplainArgs, settings: &Settings) -> anyhow::Result<Exit> {
    let lang = match settings.format {
        Format::Table => settings.lang,
        Format::Json | Format::Ndjson => settings.document_lang,
    };
    let text = match &args.code {
        None => list(lang, settings.format)?,
        Some(text) => page(text.parse()?, lang, settings)?,
    };
    if settings.terminal && settings.format == Format::Table && !args.no_pager {
        pager::print(&text)?;
    } else {
        output::print(&text)?;
    }
    Ok(Exit::Fine)
}

/// A page as a document for programs.
#[derive(Serialize)]
struct Document {
    schema_version: u32,
    lang: Lang,
    code: Code,
    family: &'static str,
    title: &'static str,
    severity: Severity,
    who: Mender,
    retryable: Retry,
    r#where: Location,
    messages: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'static str>,
}

impl Document {
    fn new(page: &Page, lang: Lang, body: Option<&'static str>) -> Self {
        Self {
            schema_version: 1,
            lang,
            code: page.code,
            family: page.family,
            title: page.title,
            severity: page.severity,
            who: page.who,
            retryable: page.retryable,
            r#where: page.location,
            messages: page.messages.clone(),
            body,
        }
    }
}

fn list(lang: Lang, format: Format) -> anyhow::Result<String> {
    let pages = Code::ALL.iter().filter_map(|code| code.page(lang));
    if format != Format::Table {
        let all: Vec<Document> = pages.map(|page| Document::new(page, lang, None)).collect();
        return Ok(serde_json::to_string_pretty(&all)? + "\n");
    }
    let mut text = String::new();
    let mut family = "";
    for page in pages {
        if page.family != family {
            family = page.family;
            let gap = if text.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{gap}{family}\n"));
        }
        text.push_str(&format!("  {:<24} {}\n", page.code, page.title));
    }
    Ok(text)
}

fn page(code: Code, lang: Lang, settings: &Settings) -> anyhow::Result<String> {
    let Some(page) = code.page(lang) else { bail!("the page of {code} is broken") };
    if settings.format != Format::Table {
        return Ok(serde_json::to_string_pretty(&Document::new(page, lang, Some(page.body)))? + "\n");
    }
    let words = phrases(lang);
    let facts = [
        page.family,
        words.severity(page.severity),
        words.location(page.location),
        words.can_be_mended_by(page.who),
        words.retries(page.retryable),
    ];
    // What reads a pipe gets Markdown.
    let body = match settings.terminal {
        true => report::page::drawn(page.body.trim_end(), settings.color, settings.ascii),
        false => format!("{}\n", page.body.trim_end()),
    };
    let between = if settings.ascii { " - " } else { " · " };
    Ok(format!("{code}: {}\n{}\n\n{body}", page.title, facts.join(between)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::global::GlobalArgs;
    use crate::cli::settings::Surroundings;

    #[test]
    fn a_page_opens_with_what_the_code_means() {
        let mut settings = Settings::resolve(&GlobalArgs::default(), &Surroundings::default());
        let text = page(Code::ProxyRateLimited, Lang::En, &settings).unwrap();
        assert!(text.starts_with("proxy-rate-limited: "), "{text}");
        assert!(text.contains("module-proxy · error · "), "{text}");
        assert!(text.contains("```sh"), "a pipe gets Markdown");
        assert!(page(Code::ProxyRateLimited, Lang::Zh, &settings).unwrap().contains("错误"));
        settings.terminal = true;
        let drawn = page(Code::ProxyRateLimited, Lang::En, &settings).unwrap();
        assert!(!drawn.contains("```") && drawn.contains("\n\nFix\n"), "{drawn}");
    }

    #[test]
    fn the_list_holds_every_code_once_under_its_family() {
        let text = list(Lang::En, Format::Table).unwrap();
        for code in Code::ALL {
            assert_eq!(text.matches(&format!("\n  {code} ")).count(), 1, "{code}");
        }
        let json: serde_json::Value = serde_json::from_str(&list(Lang::En, Format::Json).unwrap()).unwrap();
        assert_eq!(json.as_array().map(Vec::len), Some(Code::ALL.len()));
    }
}
