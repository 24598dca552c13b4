//! Chinese sentences of the family `environment`.

use crate::model::situation::environment::{Advice, ElsewhereKind, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::Stops { variable, value, error } => Said::new(format!("{variable} 的值 “{value}” 使 go 无法运行。"))
            .because(format!("go 的报错：{}。", error.as_str().trim_start_matches("go: ").trim_end_matches('.'))),
        Situation::ModulesOff => Said::new("GO111MODULE=off 关闭了模块模式。")
            .because("go mod 和 go get 需要模块模式；关闭后 go 只在 GOPATH 中查找。"),
        Situation::Shadowed { variable, value, hidden, would_work } => {
            let end = if *would_work { "被遮蔽的值在这里可以正常工作。" } else { "" };
            Said::new(format!("环境变量遮蔽了 go env -w 写入的 {variable}。"))
                .because(format!("进程环境中是 “{value}”，go env 文件中是 “{hidden}”；以进程环境为准。{end}"))
        }
        Situation::UnknownName { name, suggestion: Some(suggestion) } => {
            Said::new(format!("go 不认识变量 {name}，可能想写的是 {suggestion}。"))
        }
        Situation::UnknownName { name, suggestion: None } => Said::new(format!("go 不认识变量 {name}。")),
        Situation::OddLine { file, line, how } => {
            Said::new(format!("{file} 第 {line} 行可能没有起到预期的作用（{how}）。"))
                .because("go 按原样读取名称和值：不支持引号、export、空格和注释。")
        }
        Situation::Clock { host, ahead_seconds } => {
            let (way, by) = if *ahead_seconds > 0 {
                ("快", ahead_seconds.unsigned_abs())
            } else {
                ("慢", ahead_seconds.unsigned_abs())
            };
            Said::new(format!("与 {host} 相比，本机时钟{way}了 {by} 秒。")).because("证书因此看起来已过期或尚未生效。")
        }
        Situation::Elsewhere { named, what } => {
            let what = match what {
                ElsewhereKind::Host => "主机",
                ElsewhereKind::Folder => "目录",
                ElsewhereKind::Variable => "设置",
            };
            Said::new(format!("日志来自另一套设置：其中出现了{what} {named}。"))
                .because("编辑器、sudo、Docker 构建或服务会在各自的环境中运行 go。")
        }
    }
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::Correct { variable } => format!("修正 {variable}，或取消设置。"),
        Advice::ModulesOn => "重新启用模块模式。".into(),
        Advice::Unshadow { variable } => format!("在设置 {variable} 的地方把它去掉。"),
        Advice::UseName { name } => format!("改用 {name}。"),
        Advice::CorrectLine => "改正该行；go env -w 会写成正确的形式。".into(),
        Advice::SetClock => "校准本机时钟。".into(),
        Advice::RunThere => "在出错的地方、同样的环境中运行 gomoddoc check。".into(),
    }
}
