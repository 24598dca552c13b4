//! Chinese sentences of the family `private`.

use super::list;
use crate::golang::pattern::Suspicion;
use crate::golang::route::{HostKind, PrivateReason};
use crate::model::situation::private::{Advice, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::NotConfigured { path, hosts, because, imported_at, only_gonoproxy } => {
            let who = if hosts.is_empty() { "不认识它的服务器".into() } else { list(hosts) };
            let headline = match imported_at {
                Some((file, line)) => {
                    format!("{path} 看起来是私有模块，go.mod 没有列出它（{file}:{line}），go 却向 {who} 查询它。")
                }
                None => format!("{path} 看起来是私有模块，go 却向 {who} 查询它。"),
            };
            let why = because.as_ref().map_or_else(String::new, |because| format!("判断依据：{}。", reason(because)));
            let lacks = if *only_gonoproxy {
                "GONOPROXY 匹配它，GONOSUMDB 却没有，它的名称因此会发给校验和数据库。"
            } else {
                "GOPRIVATE 没有匹配它，go 把它当作公开模块。"
            };
            Said::new(headline).because(format!("{lacks}{why}"))
        }
        Situation::BadPattern { variable, item, suspicion, never_matches } => {
            let end =
                if *never_matches { "不可能匹配任何模块路径" } else { "可能匹配不到想要的模块" };
            Said::new(format!("{variable} 中有一项写错了：“{item}”。"))
                .because(format!("{}，{end}。", what(*suspicion)))
        }
        Situation::NearMiss { variable, item, path } => {
            Said::new(format!("{variable} 中的 “{item}” 匹配不到 {path}。"))
                .because("相差一两个字母，go 因此把该模块当作公开模块。")
        }
        Situation::MatchesNothing { variable, list } => {
            Said::new(format!("{variable}={list} 匹配不到本仓库的任何模块。"))
        }
    }
}

pub(super) fn reason(reason: &PrivateReason) -> String {
    match reason {
        PrivateReason::Listed { variable, item } => format!("{variable} 列出了 {item}"),
        PrivateReason::NearMiss { variable, item } => format!("{variable} 中的 “{item}” 与它相近"),
        PrivateReason::PartlyListed { variable, item } => format!("{variable} 列出了其中一部分 {item}"),
        PrivateReason::HostOfPattern { variable, item } => format!("{variable} 列出了同一主机上的 {item}"),
        PrivateReason::Host(HostKind::Address) => "主机是 IP 地址".into(),
        PrivateReason::Host(HostKind::NotPublic) => "主机不是公网名称".into(),
        PrivateReason::Host(HostKind::Internal { suffix }) => format!("主机名以 .{suffix} 结尾"),
        PrivateReason::Host(HostKind::GitServer { label }) => format!("主机名以 {label}. 开头"),
        PrivateReason::SameHost => "本仓库也在该主机上".into(),
        PrivateReason::SameOrganisation { prefix } => format!("本仓库同属 {prefix}"),
    }
}

fn what(suspicion: Suspicion) -> String {
    match suspicion {
        Suspicion::CarriageReturn => "末尾有回车符".into(),
        Suspicion::Quotes => "引号成了值的一部分".into(),
        Suspicion::LeadingSpace => "开头有空格，go 不会去掉".into(),
        Suspicion::TrailingSpace => "末尾有空格，go 不会去掉".into(),
        Suspicion::WrongSeparator { separator } => format!("各项用逗号分隔，而不是 “{separator}”"),
        Suspicion::Braces => "模式不支持花括号".into(),
        Suspicion::Negation => "模式不支持取反".into(),
        Suspicion::Scheme => "模块路径不带协议前缀".into(),
        Suspicion::UserPart => "模块路径不带用户名".into(),
        Suspicion::Port => "模块路径不带端口".into(),
        Suspicion::Version => "模块路径不带版本".into(),
        Suspicion::TrailingEllipsis => "模式不支持 “...”；前缀已包含其下所有路径".into(),
        Suspicion::GitSuffix => "模块路径末尾没有 .git".into(),
        Suspicion::DoubleSlash => "模块路径没有双斜杠".into(),
        Suspicion::LeadingSlash => "模块路径不以斜杠开头".into(),
        Suspicion::LeadingDot => "开头的点不是通配符，应写成 *.".into(),
        Suspicion::RegularExpression => "模式是 glob，不是正则表达式".into(),
        Suspicion::UpperCaseHost => "区分大小写，而主机名是小写".into(),
        Suspicion::NoDot => "模块路径以主机名开头，主机名含有点".into(),
        Suspicion::IllegalCharacter { character } => format!("模块路径中不会有 “{character}”"),
        Suspicion::Malformed => "不是合法的模式".into(),
        Suspicion::MatchesEverything => "匹配所有模块".into(),
    }
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::AddPattern { variable, pattern } => {
            let what = match variable.as_str() {
                "GONOPROXY" => "go 将直接获取这些模块",
                "GONOSUMDB" => "go 不再向校验和数据库查询这些模块",
                _ => "go 将直接获取这些模块，也不再查询校验和数据库",
            };
            format!("把 {pattern} 加入 {variable}：{what}。")
        }
        Advice::KeepInHouse { variable, patterns } => {
            let what = if variable.as_str() == "GONOSUMDB" {
                "go 不再向校验和数据库查询这些模块"
            } else {
                "go 将直接获取这些模块"
            };
            format!("如需避免外传，把 {patterns} 加入 {variable}：{what}。")
        }
        Advice::CorrectList { variable } => format!("改正 {variable}。"),
        Advice::CheckPath { path } => format!("如果 {path} 是公开模块，检查拼写是否正确。"),
    }
}
