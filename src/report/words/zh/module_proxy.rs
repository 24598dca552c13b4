//! Chinese sentences of the family `module-proxy`.

use super::list;
use crate::model::situation::module_proxy::{Advice, Instead, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::Unparsable { value, error } => Said::new(format!("go 无法解析 GOPROXY：{error}。"))
            .because(format!("GOPROXY 的值是 “{value}”。go 在第一次需要查询模块时才解析它。")),
        Situation::OddHost { entry } => Said::new(format!("GOPROXY 中有一项不是模块代理：{entry}。"))
            .because("各项之间用逗号或竖线分隔，每项以 https:// 开头。"),
        Situation::Off { module, value } => Said::new(format!("GOPROXY 禁止查询 {module}，而模块缓存中没有它。"))
            .because(format!("GOPROXY 的值是 “{value}”：go 遇到 off 就停止。")),
        Situation::WantsLogin { host, login_sent: false } => {
            Said::new(format!("模块代理 {host} 要求登录，但请求没有带凭据。"))
                .because("它返回 401。go 从 netrc、GOAUTH 或 GOPROXY 的地址中取凭据。")
        }
        Situation::WantsLogin { host, login_sent: true } => {
            Said::new(format!("模块代理 {host} 拒绝了 go 发送的凭据。"))
                .because("已发送凭据，仍返回 401：密码或令牌有误，或者已过期。")
        }
        Situation::RefusesModule { host, module } => {
            Said::new(format!("模块代理 {host} 拒绝提供 {module}，其他模块正常。"))
                .because("它返回 403：那里的规则禁止该模块，或者你的账号无权读取。")
        }
        Situation::RefusesAll { host, login_sent } => {
            let login = if *login_sent { "所发送的凭据可能无权读取" } else { "请求没有带凭据" };
            Said::new(format!("模块代理 {host} 拒绝所有请求（403）。"))
                .because(format!("那里或途中的规则禁止访问；{login}。"))
        }
        Situation::TooMany { host, retry_after } => {
            let after = retry_after.as_ref().map_or_else(
                || "它没有说明要等多久。".to_owned(),
                |after| format!("它要求等待：Retry-After {after}。"),
            );
            Said::new(format!("模块代理 {host} 因请求过多而拒绝（429）。")).because(after)
        }
        Situation::Fault { host, status: 0, said } => {
            Said::new(format!("go 无法读取模块代理目录 {host}。")).because(said.to_string())
        }
        Situation::Fault { host, status, said } => {
            let said = if said.is_empty() { String::new() } else { format!("它的说明：{said}") };
            Said::new(format!("模块代理 {host} 自身出现故障（{status}）。")).because(format!("原因不在本机。{said}"))
        }
        Situation::NotTheProtocol { host, module, instead } => {
            Said::new(format!("{host} 的响应不是模块代理的响应：请求 {module} 时返回{}。", what(instead))).because(
                match instead {
                    Instead::Html => "响应来自登录页、门户认证或防火墙，或者 GOPROXY 中的地址有误。",
                    Instead::Status { .. } => "GOPROXY 协议只使用 200，以及表示不存在的 404 和 410。",
                    _ => "go 到此为止，不会再尝试 GOPROXY 中的后续项。",
                },
            )
        }
        Situation::NotThere { module, hosts } => Said::new(format!("没有哪个模块代理有 {module}。"))
            .because(format!("已询问：{}。都表示不存在，GOPROXY 中也没有其他可询问的项。", list(hosts))),
        Situation::Blocked { host, next } => {
            Said::new(format!("{host} 出错时，GOPROXY 中的逗号使 go 不会再尝试 {next}。"))
                .because("逗号之后只在 404 和 410 时继续，竖线之后在任何错误时都继续。")
        }
    }
}

fn what(instead: &Instead) -> String {
    match instead {
        Instead::Html => " HTML 页面".into(),
        Instead::Nothing => "空内容".into(),
        Instead::NotJson => "非 JSON 内容".into(),
        Instead::OtherVersion { got } => format!(" {got} 的信息"),
        Instead::NotGoMod => "非 go.mod 内容".into(),
        Instead::NotZip => "无效的 zip".into(),
        Instead::BadZip { problem } => format!(" go 不接受的 zip（{problem}）"),
        Instead::Status { status } => format!("状态码 {status}"),
    }
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::CorrectGoproxy => "GOPROXY 应写成以 https:// 开头的地址，用逗号分隔，最后是 direct。".into(),
        Advice::UseDefault => "恢复 Go 的默认值。".into(),
        Advice::AllowLookups => "允许 go 查询模块。".into(),
        Advice::AddLogin { host, netrc } => format!("在 {netrc} 中加一行：machine {host} login USER password TOKEN。"),
        Advice::RenewLogin { host } => format!("更新 {host} 的凭据；可先用 curl 试一下。"),
        Advice::AskToAllow { host, module: Some(module) } => format!("联系 {host} 的管理员放行 {}。", module.path),
        Advice::AskToAllow { host, module: None } => format!("联系 {host} 的管理员，询问为何拒绝请求。"),
        Advice::Wait => "稍后重试。".into(),
        Advice::TellOperator { host } => format!("把响应内容告诉 {host} 的管理员。"),
        Advice::CheckUrl { host } => format!("检查 GOPROXY 中 {host} 的地址是否是 Go 模块代理的地址。"),
        Advice::CheckVersion { module } => {
            format!("检查 {module} 是否存在。若标签刚推送几分钟，可改用提交号，或等待。")
        }
        Advice::AddDirect => "如果模块在版本控制系统中，让 go 回退到直连。".into(),
        Advice::UseBar { next } => format!("让 go 在任何错误时都回退；这样 {next} 会看到你请求了哪些模块。"),
    }
}
