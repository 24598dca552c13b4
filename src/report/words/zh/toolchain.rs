//! Chinese sentences of the family `toolchain`.

use super::list;
use crate::model::situation::toolchain::{Advice, AskedBy, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::BadSetting { value, problem } => Said::new(format!("GOTOOLCHAIN 的值 \"{value}\" 无法识别。"))
            .because(format!(
                "所有命令都无法运行：{problem}。合法的值是 local、auto、path，或 go1.24.3 这样的版本（后面可加 +auto 或 \
                 +path）。"
            )),
        Situation::LanguageVersion { toolchain, by } => {
            Said::new(format!("{}要求 {toolchain}，但没有这个发行版。", asked(by)))
                .because("从 1.21 起，每个系列的第一个发行版以 .0 结尾；不带它的是语言版本。")
        }
        Situation::Nowhere { toolchain, by, hosts } => {
            Said::new(format!("{}要求 {toolchain}，但没有模块代理提供它。", asked(by))).because(format!(
                "go 以模块 golang.org/toolchain 的形式下载发行版。已询问 {}：要么没有适用于本系统的这个发行版，要么它们\
                 不提供工具链。",
                list(hosts)
            ))
        }
        Situation::NotFetched { toolchain, by } => {
            Said::new(format!("{}要求 {toolchain}，但无法下载。", asked(by)))
                .because("go 经由 GOPROXY 以模块 golang.org/toolchain 的形式下载发行版。")
        }
        Situation::NotAtHand { toolchain, by } => {
            Said::new(format!("{}要求 {toolchain}，go 还需要下载它。", asked(by)))
                .because("它不在 PATH 中，也不在模块缓存里。没有询问过任何服务器。")
        }
        Situation::LookupsOff { toolchain, by } => {
            Said::new(format!("{}要求 {toolchain}，但 GOPROXY=off 禁止下载。", asked(by)))
                .because("它不在 PATH 中，也不在模块缓存里。")
        }
        Situation::NotVerified { toolchain, by } => {
            Said::new(format!("{}要求 {toolchain}，但 GOSUMDB=off 时 go 不会使用它。", asked(by)))
                .because("只有经校验和数据库核实的工具链才会运行，即使它已在缓存里。")
        }
        Situation::NotOnPath { toolchain, by, value } => {
            Said::new(format!("{}要求 {toolchain}，但 PATH 中没有它。", asked(by)))
                .because(format!("GOTOOLCHAIN 是 {value}：此时 go 只在 PATH 中查找这个名称的程序。"))
        }
        Situation::TooOld { running, wants, by, value } => {
            let why = if value.is_empty() { "GOTOOLCHAIN 没有设置".into() } else { format!("GOTOOLCHAIN 是 {value}") };
            Said::new(format!("{}需要 go {wants}，而这里运行的是 {running}。", asked(by)))
                .because(format!("{why}，因此 go 不会切换到更新的发行版。"))
        }
        Situation::CannotRead { running, file, line } => {
            Said::new(format!("{running} 无法解析 {file} 中的 \"{line}\"。"))
                .because("1.21 之前的 Go 不认识 toolchain 行和三段式的 go 行，会报告文件格式错误。")
        }
        Situation::MayFail { running, file, wants } => {
            Said::new(format!("{file} 要求 go {wants}，而这里运行的是 {running}。"))
                .because("1.21 之前的 Go 仍会构建，只有构建失败时才会提示文件需要更新的版本。")
        }
        Situation::WillSwitch { running, wants, module } => {
            Said::new(format!("{module} 需要 go {wants}，而这里运行的是 {running}。"))
                .because("go mod tidy 会切换到更新的发行版并提高 go 行；go build 不会切换，因此会失败。")
        }
    }
}

/// Who asks for a release, at the beginning of a sentence.
fn asked(by: &AskedBy) -> String {
    match by {
        AskedBy::Variable => "GOTOOLCHAIN ".into(),
        AskedBy::GoLine { file } => format!("{file} 的 go 行"),
        AskedBy::ToolchainLine { file } => format!("{file} 的 toolchain 行"),
        AskedBy::Dependency { module } => format!("{module} "),
    }
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::UseDefault => "恢复 GOTOOLCHAIN 的默认值。".into(),
        Advice::NameRelease { name } => format!("写出发行版 {name}。"),
        Advice::AllowSwitch => "允许 go 下载更新的发行版；校验和数据库会核实它。".into(),
        Advice::Install { release } => {
            format!("安装 {release} 或更新的版本（https://go.dev/dl，国内用 https://golang.google.cn/dl）。")
        }
        Advice::CorrectLine { file } => format!("检查 {file} 中的发行版是否存在，并修正该行。"),
        Advice::AskOperator { host } => format!("联系 {host} 的管理员提供 golang.org/toolchain。"),
        Advice::UseDatabase => "重新启用校验和数据库的核实。".into(),
        Advice::AllowLookups => "允许 go 访问模块代理。".into(),
        Advice::OlderDependency { path } => format!("改用当前 go 能够构建的 {path} 旧版本。"),
        Advice::Tidy => "让 go 切换发行版并整理 go.mod。".into(),
    }
}
