//! Chinese sentences of the situations that only tests meet.

use crate::model::situation::sample::{Advice, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::NetrcPort => Said::new("模块代理要求登录，但请求没有带凭据：~/.netrc 第 3 行与主机不匹配。")
            .because("第 3 行写的是 goproxy.corp.example:8443，而 GOPROXY 的地址不含端口。go 按原样比较主机和端口。"),
        Situation::Unauthorized { host } => Said::new(format!("模块代理 {host} 要求登录。")),
        Situation::PatternScheme => {
            Said::new("GOPRIVATE 里写的是 URL，因此不匹配任何模块。").because("带协议的模式永远不会匹配模块路径。")
        }
        Situation::Comma => Said::new("只有当 goproxy.corp.example 返回 404 或 410 时，go 才会直连。"),
    }
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::DropPort => "删除端口。",
        Advice::DropScheme => "只写主机名，不带协议。",
        Advice::LogIn => "向 goproxy.corp.example 的运维者申请账号。",
        Advice::NoDatabase => "不使用校验和数据库。",
    }
    .to_owned()
}
