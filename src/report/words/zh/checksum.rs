//! Chinese sentences of the family `checksum`.

use crate::model::situation::checksum::{Advice, HashOf, NoteTrouble, Situation};
use crate::report::words::Said;

/// Whether anything is to be asked of the database.
fn why_asked(needed: bool) -> &'static str {
    if needed {
        "go.sum 缺少需要的条目，go 必须查询它。"
    } else {
        "现在这里用不到它：go.sum 条目齐全。添加新的依赖时才会用到。"
    }
}

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::Misconfigured { value, error } => Said::new(format!("go 无法使用 GOSUMDB：{error}。"))
            .because(format!("GOSUMDB 的值是 “{value}”。应写 go 认识的数据库，或者名称加公钥。")),
        Situation::Off { variable, value } => Said::new(format!("{variable}={value} 关闭了校验和数据库。"))
            .because("go.sum 中还没有的模块，其内容就没有任何担保。"),
        Situation::Unreachable { name, host, how, through_proxy, needed } => {
            let through = if *through_proxy { "（经由模块代理）" } else { "" };
            Said::new(format!("无法访问校验和数据库 {name}{through}，地址是 {host}。"))
                .because(format!("{how}。{}", why_asked(*needed)))
        }
        Situation::Refuses { name, host, status, needed } => {
            Said::new(format!("{host} 没有为校验和数据库 {name} 作出正常响应（{status}）。"))
                .because(why_asked(*needed))
        }
        Situation::NotFound { name, module } => Said::new(format!("校验和数据库 {name} 中没有 {module}。"))
            .because("它只收录公共模块代理上的版本。该模块是私有的、不存在，或者几分钟前才打标签。"),
        Situation::BadAnswer { name, host, trouble } => {
            let what = match trouble {
                NoteTrouble::Malformed => "的响应不是校验和数据库的响应",
                NoteTrouble::OtherKey => "使用的签名密钥与 GOSUMDB 中的不同",
                NoteTrouble::BadSignature => "返回的签名是错误的",
                NoteTrouble::OtherTree => "给出的历史与 go 之前看到的不同",
            };
            Said::new(format!("{host} {what}（{name}）。"))
                .because("可能是登录页、自行签名的镜像，或者 GOSUMDB 中的公钥写错了。")
        }
        Situation::Mismatch { module, of, recorded, got } => {
            Said::new(format!("{module} 的{}与校验和数据库的记录不一致。", what(*of)))
                .because(format!("记录：{recorded}。下载：{got}。该版本在发布后被改动，或在途中被改动。"))
        }
        Situation::SumMismatch { module, of, recorded, got, host } => {
            Said::new(format!("从 {host} 下载的 {module} 的{}与 go.sum 不一致。", what(*of)))
                .because(format!("go.sum 中是 {recorded}，下载到的是 {got}。go 拒绝使用。"))
        }
        Situation::SumMissing { no_file: true, count, .. } => {
            Said::new(format!("没有 go.sum，而构建需要其中 {count} 行。"))
                .because("go build 和 go list 不会写入 go.sum，go mod tidy 会。")
        }
        Situation::SumMissing { module, count: 1, .. } => Said::new(format!("go.sum 缺少 {module} 的条目。"))
            .because("go build 和 go list 不会写入 go.sum，go mod tidy 会。"),
        Situation::SumMissing { module, count, .. } => {
            Said::new(format!("go.sum 缺少 {count} 个条目，第一个是 {module}。"))
                .because("go build 和 go list 不会写入 go.sum，go mod tidy 会。")
        }
        Situation::StoredDamaged { path, how } => Said::new(format!("本地保存的校验和数据库文件已损坏：{path}。"))
            .because(format!("{how}。go 不会自行重新获取它。")),
    }
}

fn what(of: HashOf) -> &'static str {
    match of {
        HashOf::Zip => "内容",
        HashOf::GoMod => " go.mod 文件",
    }
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::UseDefault => "恢复使用 Go 默认的校验和数据库。".into(),
        Advice::SwitchOn => "重新启用它；私有模块用 GOPRIVATE 排除。".into(),
        Advice::UseChinaAddress => "在中国大陆，可使用同一数据库的国内地址。".into(),
        Advice::OpenTheWay { host } => format!("放行 {host}，或让模块代理转发这些请求。"),
        Advice::Retry => "稍后重试。".into(),
        Advice::ExcludePrivate { pattern } => format!("如果 {pattern} 是私有的，把它排除。"),
        Advice::CheckVersion { module } => format!("检查 {module} 是否存在且公开；若标签刚推送，请等几分钟。"),
        Advice::CheckKey => "检查 GOSUMDB 中的公钥是否属于该数据库。".into(),
        Advice::DoNotUse { module } => format!("不要使用它。向 {} 的作者确认改动，或换一个版本。", module.path),
        Advice::Refetch { module } => format!("重新获取 {module}。"),
        Advice::AcceptNew { module } => {
            format!("仅在作者确认新内容后：从 go.sum 中删去 {module} 的行，再运行 go mod tidy。")
        }
        Advice::AddLines => "让 go 补全条目，并提交 go.sum。".into(),
        Advice::RemoveStored => "删除该文件，go 会重新生成。".into(),
    }
}
