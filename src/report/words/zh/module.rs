//! Chinese sentences of the family `module`.

use crate::model::situation::module::{Advice, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::NoGoMod { directory } => Said::new(format!("{directory} 及其上级目录中没有 go.mod。"))
            .because("没有 go.mod，go 命令就不知道这次构建用到哪些模块。"),
    }
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::InitModule => "切换到 go.mod 所在的目录，或在这里新建一个。".into(),
    }
}
