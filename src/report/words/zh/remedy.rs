//! Fixes that are carried out, in Chinese.

use super::Chinese;
use crate::golang::module_cache::Piece;
use crate::remedy::plan::Why;
use crate::report::words::remedy::RemedyWords;

impl RemedyWords for Chinese {
    fn plan(&self, count: usize) -> String {
        format!("这里可以执行 {count} 项修复：")
    }
    fn can_mend(&self) -> &'static str {
        "gomoddoc fix 会列出可在此处做的修改，并先征求同意"
    }
    fn nothing(&self) -> &'static str {
        "这里没有需要修复的内容。"
    }
    fn by_hand(&self, count: usize) -> String {
        format!("需要您自行处理：{count} 项")
    }
    fn no_fix(&self) -> &'static str {
        "没有已知的修复方法。"
    }
    fn or(&self) -> &'static str {
        "或"
    }
    fn why(&self, why: Why) -> &'static str {
        match why {
            Why::NotAllowed | Why::People => "未执行：",
            Why::Guess => "未执行：是否适用只有您知道：",
            Why::Place => "它属于设置环境变量的地方，应由您自己修改：",
            Why::Unreadable => "未执行：该文件无法作为文本读取：",
            Why::Secret => "未执行：修改会涉及机密内容：",
            Why::Changed => "未执行：那里的内容与发现时不同：",
        }
    }
    fn not_allowed(&self, what: &str) -> String {
        format!("需加 --allow {what} 才会执行：")
    }
    fn mode(&self, path: &str, from: u32, to: u32) -> String {
        format!("{path}：权限由 {from:04o} 改为 {to:04o}")
    }
    fn folder(&self, path: &str) -> String {
        format!("{path}：新建")
    }
    fn refetch(&self, module: &str, pieces: &[&str]) -> String {
        format!("{module}：由 go 重新获取 {}", pieces.join("、"))
    }
    fn piece(&self, piece: Piece) -> &'static str {
        match piece {
            Piece::Folder => "解压后的文件",
            Piece::Info => ".info",
            Piece::GoMod => ".mod",
            Piece::Zip => ".zip",
            Piece::Ziphash => ".ziphash",
            Piece::Partial => ".partial",
        }
    }
    fn remove(&self, path: &str) -> String {
        format!("{path}：移走")
    }
    fn go(&self, command: &str) -> String {
        format!("{command}（会保留 go.mod 和 go.sum 的副本）")
    }
    fn ask(&self) -> &'static str {
        "要执行吗？[y/N] "
    }
    fn unchanged(&self) -> &'static str {
        "没有任何改动。"
    }
    fn nobody_to_ask(&self) -> &'static str {
        "没有任何改动：没有可供询问的终端；加上 --yes 可不经询问直接执行"
    }
    fn done(&self, done: usize, of: usize) -> String {
        if done == of {
            format!("已完成：{done}/{of}。")
        } else {
            format!("{of} 项中只完成了 {done} 项。")
        }
    }
    fn left(&self, count: usize) -> String {
        match count {
            0 => "缓存内容与下载时一致。".into(),
            _ => format!("还剩 {count} 项；gomoddoc cache verify 会说明。"),
        }
    }
    fn take_back(&self, command: &str) -> String {
        format!("撤销命令：{command}")
    }
    fn looked_again(&self, codes: &str) -> String {
        match codes {
            "" => "已重新检查：问题不再出现。".into(),
            codes => format!("已重新检查，发现：{codes}。gomoddoc check 会说明。"),
        }
    }
    fn dry_run(&self) -> &'static str {
        "没有任何改动。去掉 --dry-run 后会先询问再执行。"
    }
    fn more(&self, count: usize) -> String {
        format!("另有 {count} 处")
    }
    fn when_named(&self) -> &'static str {
        "警告和提示保持原样；也可按名称修复："
    }
    fn quarantine(&self, folder: &str) -> String {
        format!("损坏的内容放在 {folder}；确认不再需要后可删除。")
    }
    fn taken_back(&self, id: &str) -> String {
        format!("{id} 的改动已全部恢复原状。")
    }
}
