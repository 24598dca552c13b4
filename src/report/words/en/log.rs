//! English sentences of a log.

use crate::catalog::Lang;
use crate::model::situation::log::{Advice, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::Told { code, named, on_server } => {
            let title = code.page(Lang::En).map_or(code.as_str(), |page| page.title);
            let said = Said::new(format!("{title}: {named}."));
            if *on_server { said.because("It happened on the server, which told of it.") } else { said }
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
