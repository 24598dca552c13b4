//! Chinese sentences of a log.

use crate::catalog::Lang;
use crate::model::situation::log::{Advice, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::Told { code, named, on_server } => {
            let page = code.page(Lang::Zh);
            let title = page.map_or(code.as_str(), |page| page.title);
            let said =
                Said::new(if named.is_empty() { format!("{title}。") } else { format!("{title}：{named}。") });
            let why = page.map(crate::catalog::Page::what_happens).unwrap_or_default();
            said.because(if *on_server {
                format!("这发生在服务器上，由服务器转述。{why}")
            } else {
                why
            })
        }
    }
}

/// What to do about it.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::CheckThere => "请在命令失败的那台机器上检查。".into(),
    }
}
