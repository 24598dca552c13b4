//! English sentences of a log.

use crate::catalog::Lang;
use crate::model::situation::log::{Advice, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::Told { code, named, on_server } => {
            let page = code.page(Lang::En);
            let title = page.map_or(code.as_str(), |page| page.title);
            let said = Said::new(if named.is_empty() { format!("{title}.") } else { format!("{title}: {named}.") });
            let why = page.map(crate::catalog::Page::what_happens).unwrap_or_default();
            said.because(if *on_server { format!("It happened on the server, which told of it. {why}") } else { why })
        }
    }
}

/// What to do about it.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::CheckThere => "Look on the machine where the command failed.".into(),
    }
}
