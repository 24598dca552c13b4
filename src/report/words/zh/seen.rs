//! Evidence in Chinese.

use crate::model::Seen;
use crate::model::seen::Part;

/// What was seen.
#[must_use]
pub fn seen(seen: &Seen) -> String {
    match seen {
        Seen::Text(text) => text.clone(),
        Seen::Refused { url, status, login_sent: true } => format!("GET {url} 返回 {status}，已携带凭据"),
        Seen::Refused { url, status, login_sent: false } => format!("GET {url} 返回 {status}，未携带凭据"),
        Seen::Tries { failed, asked } => format!("{asked} 次尝试中失败 {failed} 次"),
        Seen::Free { bytes, files } => format!("剩余 {} 字节，还能创建 {} 个文件", number(*bytes), number(*files)),
        Seen::Shadowed { variable, value, hidden } => {
            format!("{variable}={value}（进程环境），{variable}={hidden}（go env 文件）")
        }
        Seen::NoSumLine(of) => format!("没有 {of} 的条目"),
        Seen::NoReference { url, references, version } => {
            format!("git ls-remote {url}：共 {references} 个引用，没有 {version}")
        }
        Seen::Provides { module, package } => format!("{module} 中有 {package}"),
        Seen::Chain(modules) => modules.join(" 依赖 "),
        Seen::Files { count, first } => format!("{count} 个文件：{}", first.join("、")),
        Seen::Part { part, text } => format!("{}：{text}", name(*part)),
    }
}

fn number(count: Option<u64>) -> String {
    count.map_or_else(|| "?".to_owned(), |count| count.to_string())
}

fn name(part: Part) -> &'static str {
    match part {
        Part::Zip => "zip",
        Part::ZipEntry => "zip 中的文件",
        Part::Folder => "目录",
    }
}
