//! Chinese phrases.

use std::time::Duration;

use crate::catalog::{Location, Mender, Retry, Severity};
use crate::inquiry::contacts::{Wanted, Why};
use crate::model::supply::{Checksums, Source};
use crate::model::{CheckStatus, Confidence, Coverage, Foreign, Protection, Reason, Summary, Topic, Verified};
use crate::process::Wait;
use crate::report::words::phrases::{Headings, Label, Phrases, Rest};

/// Simplified Chinese.
#[derive(Debug, Clone, Copy)]
pub struct Chinese;

impl Phrases for Chinese {
    fn healthy(&self, coverage: Coverage, go_sum_complete: bool) -> String {
        let sums = if go_sum_complete { "，go.sum 完整" } else { "" };
        match coverage.modules {
            0 => "未发现问题。".to_owned(),
            modules => format!("未发现问题：本次构建的 {modules} 个模块全部可以获取{sums}。"),
        }
    }

    fn verified(&self, verified: Verified, whole: bool) -> String {
        let Verified { modules, looked_at, quick, .. } = verified;
        let quick = if quick { "没有读取 zip 的内容（--quick）。" } else { "" };
        match (looked_at, whole) {
            (0, true) => "缓存中没有可核实的模块。".to_owned(),
            (all, true) => format!("缓存中的 {all} 个模块都与下载时一致。{quick}"),
            (some, false) if some < modules => {
                format!("目前没有发现损坏：{modules} 个模块中核实了 {some} 个。{quick}")
            }
            (_, false) => format!("没有发现损坏，但并非所有内容都能查看。{quick}"),
        }
    }

    fn hashed(&self, verified: Verified) -> String {
        let Verified { modules, looked_at, without_content, unchanged, bytes, .. } = verified;
        let mut parts = vec![format!("{modules} 个模块")];
        if looked_at < modules {
            parts.push(format!("核实了 {looked_at} 个"));
        }
        if unchanged > 0 {
            parts.push(format!("{unchanged} 个自上次以来没有变化"));
        }
        if without_content > 0 {
            parts.push(format!("{without_content} 个没有 zip 和目录"));
        }
        parts.push(format!("计算了 {} 的哈希", indicatif::HumanBytes(bytes)));
        parts.join("，")
    }

    fn verifying(&self) -> &'static str {
        "核实中"
    }

    fn sources(&self, sources: &[Source]) -> String {
        let one = |source: &Source| match source {
            Source::ModuleProxy { host, answered_ms: Some(ms) } => {
                format!("{host} {}", self.elapsed(Duration::from_millis(*ms)))
            }
            Source::ModuleProxy { host, answered_ms: None } => host.clone(),
            Source::Direct => "direct".to_owned(),
            Source::Off => "到此为止（off）".to_owned(),
        };
        sources.iter().map(one).collect::<Vec<_>>().join("，其次 ")
    }

    fn checksums(&self, checksums: &Checksums) -> String {
        match checksums {
            Checksums::ThroughModuleProxy => "校验和经由模块代理".to_owned(),
            Checksums::Directly { name } => format!("校验和直接来自 {name}"),
        }
    }

    fn degraded(&self, warnings: usize, headline: &str) -> String {
        match warnings {
            0 | 1 => format!("没有失败，但有一条警告：{headline}"),
            _ => format!("没有失败，但有 {warnings} 条警告。第一条：{headline}"),
        }
    }

    fn nothing_found_yet(&self, coverage: Coverage, untold: usize) -> String {
        let Coverage { modules, asked, in_cache } = coverage;
        if coverage.complete() {
            return format!("目前未发现问题，但有 {untold} 项检查无法进行或无法得出结论。");
        }
        match (asked, in_cache) {
            (0, 0) => format!("目前未发现问题，但 {modules} 个模块都没能查询。"),
            (asked, 0) => format!("目前未发现问题，但 {modules} 个模块中只查询了 {asked} 个。"),
            (0, cached) => format!("目前未发现问题，但 {modules} 个模块中只有 {cached} 个在缓存里，其余没有查询。"),
            (asked, cached) => {
                format!("目前未发现问题，但 {modules} 个模块中只有 {} 个在缓存里或查询过。", asked + cached)
            }
        }
    }

    fn out_of_time(&self) -> &'static str {
        "本次运行的期限已到；用 --deadline 可以给更多时间。"
    }

    fn unexplained(&self) -> &'static str {
        "这里确有失败，但不属于任何已知的错误类型。"
    }

    fn unexplained_advice(&self) -> &'static str {
        "对原因不作断言。要了解更多：给失败的 go 命令加上 -x 再运行一次，并查看 gomoddoc check --verbose 的输出。"
    }

    fn nothing_in_log(&self) -> &'static str {
        "这份日志里没有 Go 模块同步的失败。"
    }

    fn unexplained_in_log(&self) -> &'static str {
        "某个 go 命令失败了，但不属于任何已知的错误类型。"
    }

    fn unexplained_in_log_advice(&self) -> &'static str {
        "对原因不作断言。要了解更多：在那台机器上运行 gomoddoc check，或者索取 go env 的输出以及失败的 go 命令加 -x 后的输出。"
    }

    fn tickets(&self, all: usize, unexplained: usize, without: usize) -> String {
        format!("共 {all} 个工单：{unexplained} 个无法解释，{without} 个没有模块同步失败。")
    }

    fn ticket_headings(&self) -> [&'static str; 3] {
        ["错误类型", "主机", "模块"]
    }

    fn line(&self, line: usize) -> String {
        format!("第 {line} 行")
    }

    fn who(&self, who: Mender) -> &'static str {
        match who {
            Mender::Developer => "你自己",
            Mender::Platform => "平台团队",
            Mender::ProxyOperator => "模块代理运维",
            Mender::ModuleAuthor => "模块作者",
        }
    }

    fn can_be_mended_by(&self, who: Mender) -> &'static str {
        match who {
            Mender::Developer => "可自行修复",
            Mender::Platform => "由平台团队修复",
            Mender::ProxyOperator => "由模块代理的运维者修复",
            Mender::ModuleAuthor => "由模块作者修复",
        }
    }

    fn location(&self, location: Location) -> &'static str {
        match location {
            Location::Local => "本机",
            Location::Network => "网络",
            Location::HttpProxy => "HTTP 代理",
            Location::ModuleProxy => "模块代理",
            Location::BehindModuleProxy => "模块代理的上游",
            Location::ChecksumDatabase => "校验和数据库",
            Location::VersionControl => "版本控制",
            Location::VanityHost => "导入路径主机",
        }
    }

    fn confidence(&self, confidence: Confidence) -> &'static str {
        match confidence {
            Confidence::Confirmed => "已确认",
            Confidence::Likely => "很可能",
            Confidence::Possible => "有可能",
        }
    }

    fn severity(&self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => "错误",
            Severity::Warning => "警告",
            Severity::Note => "提示",
        }
    }

    fn retry(&self, helps: bool) -> &'static str {
        match helps {
            true => "值得重试",
            false => "重试无效",
        }
    }

    fn retries(&self, retry: Retry) -> &'static str {
        match retry {
            Retry::No => "重试无效",
            Retry::Yes => "再试一次往往就好",
            Retry::Sometimes => "有些原因下重试有效",
        }
    }

    fn removes(&self, protection: Protection) -> &'static str {
        match protection {
            Protection::ChecksumDatabase => "会降低安全性：校验和数据库不再为这些模块作保。",
            Protection::RecordedChecksums => "会降低安全性：以前构建所用内容的哈希会丢失。",
            Protection::Transport => "会降低安全性：不再核实应答的是哪台服务器。",
            Protection::HostKey => "会降低安全性：不再核实 ssh 服务器的密钥。",
            Protection::Confidentiality => "会降低保密性：另一家运营者会知道你请求了什么。",
            Protection::VersionControlLimit => "会降低安全性：会对这些模块运行 GOVCS 所禁止的版本控制程序。",
            Protection::Ownership => "会降低安全性：git 会信任属于他人的文件夹。",
        }
    }

    fn weakens_security(&self) -> &'static str {
        "会降低安全性。"
    }

    fn destructive(&self) -> &'static str {
        "会删除难以重新获得的内容。"
    }

    fn reason(&self, reason: &Reason) -> String {
        match reason {
            Reason::Offline => "指定了 --offline".to_owned(),
            Reason::NotWanted => "被 --only 或 --skip 排除".to_owned(),
            Reason::Deadline => "本次运行的期限先到了".to_owned(),
            Reason::CutOff { after_ms } => {
                let after = self.elapsed(std::time::Duration::from_millis(*after_ms));
                format!("{after} 内没有结束；go 会等得更久")
            }
            Reason::MaxModules => "模块数超过 --max-modules".to_owned(),
            Reason::RateLimited => "服务器暂时拒绝更多请求".to_owned(),
            Reason::NotReached => "go 不会走到这一步".to_owned(),
            Reason::NeedFailed => "所依赖的一步失败了".to_owned(),
            Reason::HelperNotRun => "需要运行凭据助手；加上 --run-helpers 即允许".to_owned(),
            Reason::Private => "私有名称不会发给公共主机".to_owned(),
            Reason::OnlyInLog => "只有日志提到它；用 --module 指定后才会询问".to_owned(),
            Reason::ProgramMissing { program } => format!("没有安装 {program}"),
            Reason::OnlyFromStore => "只向镜像询问了它已有的内容；它可能会为 go 再去获取".to_owned(),
            Reason::Unreadable { path, error } => format!("无法读取 {path}：{error}"),
            Reason::TooLarge { limit } => format!("超过 {limit} 字节"),
            Reason::Platform => "本系统没有办法判断".to_owned(),
            Reason::ProbeBroke { error } => format!("检查本身出错：{error}"),
            Reason::Interrupted => "运行被中断".to_owned(),
            Reason::Quick => "--quick 不检查它".to_owned(),
            Reason::GraphLacks { go_mods } => {
                format!("缓存中缺少构建列表所需的 {go_mods} 个 go.mod 文件：可能还有更多模块")
            }
            Reason::OtherOwner => "它属于另一个用户".to_owned(),
            Reason::NotNeeded => "这里用不到".to_owned(),
        }
    }

    fn status(&self, status: CheckStatus) -> &'static str {
        match status {
            CheckStatus::Passed => "通过",
            CheckStatus::Failed => "失败",
            CheckStatus::Warned => "警告",
            CheckStatus::Skipped => "跳过",
            CheckStatus::Inconclusive => "无法判断",
        }
    }

    fn topic(&self, topic: Topic) -> &'static str {
        match topic {
            Topic::Environment => "环境",
            Topic::Repository => "仓库",
            Topic::Endpoint => "主机",
            Topic::ModuleProxy => "模块代理",
            Topic::ChecksumDatabase => "校验和数据库",
            Topic::VersionControl => "版本控制",
            Topic::Credentials => "凭据",
            Topic::Cache => "模块缓存",
            Topic::Toolchain => "工具链",
        }
    }

    fn label(&self, label: Label) -> &'static str {
        match label {
            Label::What => "问题",
            Label::Seen => "现象",
            Label::Why => "原因",
            Label::Fix => "修复",
            Label::Or => "或者",
            Label::More => "详情",
        }
    }

    fn headings(&self) -> Headings {
        Headings { code: "错误类型", location: "位置", subject: "对象", who: "谁能修复" }
    }

    fn follows(&self) -> &'static str {
        "（随之而来）"
    }

    fn times(&self, count: usize) -> String {
        format!("{count} 次")
    }

    fn rest(&self, rest: Rest, count: usize) -> String {
        match rest {
            Rest::Evidence => format!("还有 {count} 条"),
            Rest::Symptoms => format!("还有 {count} 个后果"),
            Rest::Fixes => format!("还有 {count} 种办法"),
        }
    }

    fn checks(&self, count: usize, reason: &str) -> String {
        format!("{count} 项检查：{reason}")
    }

    fn summary(&self, summary: &Summary, more: bool) -> String {
        let mut parts = vec![format!("{} 项检查通过", summary.passed)];
        let mut add = |count: usize, text: String| {
            if count > 0 {
                parts.push(text);
            }
        };
        add(summary.failed, format!("{} 项失败", summary.failed));
        add(summary.warned, format!("{} 项警告", summary.warned));
        let untold = summary.skipped + summary.inconclusive;
        let how = if more { "（--verbose）" } else { "" };
        add(untold, format!("{untold} 项在此无法进行{how}"));
        parts.join("，")
    }

    fn done_of(&self, done: usize, all: usize) -> String {
        format!("{done} / {all}")
    }

    fn coverage(&self, coverage: Coverage) -> String {
        let Coverage { modules, asked, in_cache } = coverage;
        format!("{modules} 个模块：{in_cache} 个在缓存里，查询了 {asked} 个")
    }

    fn edit_line(&self, path: &str, line: usize, from: &str, to: &str) -> String {
        match (from, to) {
            ("", to) => format!("手动修改：把 {path} 第 {line} 行改为 \"{to}\"。"),
            (from, "") => format!("手动修改：在 {path} 第 {line} 行删除 \"{from}\"。"),
            (from, to) => format!("手动修改：在 {path} 第 {line} 行把 \"{from}\" 换成 \"{to}\"。"),
        }
    }

    fn set_variable(&self, place: &str, name: &str, value: &str) -> String {
        format!("手动修改：在 {place} 里把 {name} 设为 \"{value}\"。")
    }

    fn unset_variable(&self, place: &str, name: &str) -> String {
        format!("手动修改：在 {place} 里去掉 {name}。")
    }

    fn no_command(&self) -> &'static str {
        "不显示命令：其中的值含有机密，或含有可能危害终端的字符。"
    }

    fn contacts(&self, hosts: usize) -> String {
        match hosts {
            0 => "不会联系任何主机。".to_owned(),
            hosts => format!("将会联系以下 {hosts} 个主机，以及它们的应答所指向的主机："),
        }
    }

    fn wanted(&self, wanted: Wanted) -> &'static str {
        match wanted {
            Wanted::HttpProxy => "HTTP 代理",
            Wanted::ModuleProxy => "模块代理",
            Wanted::ChecksumDatabase => "校验和数据库",
            Wanted::VanityHost => "导入路径主机",
            Wanted::VersionControl => "版本控制",
        }
    }

    fn contact(&self, why: &Why, through: Option<&Foreign>) -> String {
        let why = match why {
            Why::Setting { variable } => format!("{variable} 指定了它"),
            Why::Modules { module, count: 1 } => format!("{module} 直接从那里获取"),
            Why::Modules { module, count } => format!("{module} 等 {count} 个模块直接从那里获取"),
        };
        match through {
            Some(proxy) => format!("{why}；经由 HTTP 代理 {proxy}"),
            None => why,
        }
    }

    fn retrying(&self, cause: Option<(&str, &str)>, more: usize, nth: u32, of: u32, wait: Duration) -> String {
        let what = match (cause, more) {
            (None, _) => "对方没有应答".to_owned(),
            (Some((code, subject)), 0) => format!("{subject} 出现 {code}"),
            (Some((code, subject)), more) => format!("{subject} 出现 {code}，另有 {more} 个原因"),
        };
        format!("{what}，值得重试：{} 后第 {nth} 次，共 {of} 次", self.seconds(wait))
    }

    fn stalled(&self, limit: Duration, waits: &[Wait]) -> String {
        let limit = self.seconds(limit);
        let mut text = format!("已结束该命令：{limit} 内没有输出，也没有占用 CPU 或网络");
        for wait in waits {
            text.push_str("\n  ");
            text.push_str(&match wait {
                Wait::Lock { program, path, holder: Some((pid, holder)) } => {
                    format!("{program} 在等待 {path} 上的锁，持有者是 {holder}（进程 {pid}）")
                }
                Wait::Lock { program, path, holder: None } => {
                    format!("{program} 在等待 {path} 上的锁，由另一个进程持有")
                }
                Wait::Question { program } => format!("{program} 在等待终端上的回答"),
                Wait::Connection { program, peer, established: true } => {
                    format!("{program} 已连接 {peer}，在等待其应答")
                }
                Wait::Connection { program, peer, established: false } => {
                    format!("{program} 在等待与 {peer} 建立连接")
                }
            });
        }
        text
    }

    fn no_module_failure(&self) -> &'static str {
        "这段输出里没有获取模块失败的内容"
    }
}
