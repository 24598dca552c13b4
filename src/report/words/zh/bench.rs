//! Measurements, in Chinese.

use super::Chinese;
use crate::diagnosis::bench::{Line, Note, OtherWay};
use crate::model::bench::{Outcome, Stopped};
use crate::report::words::bench::BenchWords;

impl BenchWords for Chinese {
    fn heads(&self) -> [&'static str; 5] {
        ["模块代理", "成功", "平均", "首字节", "缓存"]
    }
    fn direct(&self) -> &'static str {
        "直连"
    }
    fn through(&self, http_proxy: &str) -> String {
        format!("经 {http_proxy}")
    }
    fn today(&self) -> &'static str {
        "go 目前的方式"
    }
    fn unit(&self) -> &'static str {
        "时间单位：毫秒"
    }
    fn rate(&self, planned: f64, burst: u32, kept: Option<f64>) -> String {
        match kept {
            Some(kept) => format!("计划 {planned:.1}/秒，突发 {burst} 个之后实际 {kept:.1}/秒"),
            None => format!("计划 {planned:.1}/秒，全部在 {burst} 个的突发之内"),
        }
    }
    fn each(&self, requests: usize) -> String {
        format!("每个 {requests} 次请求")
    }
    fn asked_for(&self, modules: usize, of_repository: bool) -> String {
        if of_repository {
            format!("本仓库 {modules} 个模块的文件")
        } else {
            format!("{modules} 个知名公开模块的文件")
        }
    }
    fn left_out(&self, modules: usize) -> String {
        format!("本仓库有 {modules} 个模块可能是私有的，没有向任何服务器查询。")
    }
    fn stopped(&self, stopped: Stopped, asked: usize, planned: usize) -> String {
        let why = match stopped {
            Stopped::RateLimited { pauses } => format!("暂停 {pauses} 次后仍返回 429"),
            Stopped::PauseTooLong { seconds } => format!("返回 429，并要求暂停 {seconds} 秒"),
            Stopped::Failing { in_a_row } => format!("连续 {in_a_row} 次请求失败"),
            Stopped::TimeOver => "时间已到".to_owned(),
            Stopped::Interrupted => "运行被中断".to_owned(),
        };
        format!("计划 {planned} 次，只请求了 {asked} 次：{why}")
    }
    fn outcome(&self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Good => "成功",
            Outcome::RateLimited => "请求过多",
            Outcome::NotFound => "不存在",
            Outcome::Refused => "被拒绝",
            Outcome::ServerError => "服务器错误",
            Outcome::OtherStatus => "其他状态",
            Outcome::BadContent => "内容不对",
            Outcome::NoAnswer => "没有应答",
        }
    }
    fn trouble(&self, count: usize, outcome: Outcome, detail: Option<&str>) -> String {
        let detail = detail.map(|detail| format!("（{detail}）")).unwrap_or_default();
        format!("{count} 次{}{detail}", self.outcome(outcome))
    }
    fn about(&self, module_proxy: &str, said: &[String]) -> String {
        format!("{module_proxy}：{}", said.join("；"))
    }
    fn cold(&self, ms: &str) -> String {
        format!("首次连接并请求 {ms} 毫秒")
    }
    fn age(&self, seconds: u64) -> String {
        format!("缓存内容的存放时间中位数 {seconds} 秒")
    }
    fn line(&self, line: &Line) -> String {
        match line {
            Line::Nobody => "没有可推荐的模块代理：没有一个能成功应答九成的请求。".to_owned(),
            Line::HouseFails { url } => {
                format!("不建议更改 GOPROXY：其中的 {url} 失败了，而私有模块可能只有它才有。请联系其运维人员。")
            }
            Line::Keep { first } => format!("GOPROXY 无需更改：没有明显优于 {first} 的模块代理。"),
            Line::Change { first, .. } => format!("在测量过的模块代理中，先查询 {first}。"),
        }
    }
    fn other_way(&self, way: &OtherWay) -> String {
        match &way.through {
            Some(http_proxy) => format!("经 HTTP 代理 {http_proxy} 的路径优于 go 目前的路径。"),
            None => "直连优于 go 目前的路径：可把该主机加入 NO_PROXY。".to_owned(),
        }
    }
    fn note(&self, note: &Note) -> String {
        match note {
            Note::NotMeasured { url } => format!("{url} 没有测量，保留在原位。"),
            Note::LeftOut { url, failed: true } => format!("去掉了 {url}：它失败了。"),
            Note::LeftOut { url, failed: false } => format!("去掉了 {url}：没有测量它。"),
            Note::Learns { url } => format!("{url} 是新加的：其运营者会看到所查询的模块。"),
            Note::HouseFirst { url } => format!("{url} 虽然较慢，仍排在前面：私有模块不能先向外部查询。"),
            Note::HouseOrder { url } => {
                format!("{url} 更快，但排在另一个内部模块代理之后；顺序是否重要，由其运维人员判断。")
            }
            Note::Bar => "“|” 表示出现任何错误都查询下一个。".to_owned(),
            Note::CommaBeforeDirect => {
                "direct 之前用逗号：只有模块代理都没有的模块才从源站获取，模块代理故障时不会直接去源站。".to_owned()
            }
        }
    }
    fn hint(&self) -> &'static str {
        "建议："
    }
    fn scale(&self) -> &'static str {
        "毫秒"
    }
}
