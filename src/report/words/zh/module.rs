//! Chinese sentences of the family `module`.

use super::list;
use crate::model::Foreign;
use crate::model::situation::module::{Advice, Line, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::NoGoMod { directory } => Said::new(format!("{directory} 及其上级目录中没有 go.mod。"))
            .because("没有 go.mod，go 命令就不知道这次构建包含哪些模块。"),
        Situation::Unreadable { file, error } => Said::new(format!("无法读取 {file}：{error}。")),
        Situation::MergeConflict { at, end, noticed } => {
            let said = Said::new(format!("{}到第 {end} 行留有未完成的合并标记。", place(at)));
            if *noticed {
                said.because("go 把这些标记当作文件内容来读，读到这里就不再往下读。")
            } else {
                said.because("go 把这些标记当作另一个模块的行，不会报错。")
            }
        }
        Situation::BadLine { at, problem } => Said::new(format!("{}无法解析：{problem}。", place(at)))
            .because("go 首先读取该文件，因此所有命令都会在此停下。"),
        Situation::BadVersion { at, path, version, problem } if path.is_empty() => {
            Said::new(format!("{}中的 \"{version}\" 不是版本号。", place(at))).because(sentence(problem))
        }
        Situation::BadVersion { at, path, version, problem } => {
            Said::new(format!("{}要求 {path} 的 \"{version}\"，但这不是它的版本号。", place(at)))
                .because(sentence(problem))
        }
        Situation::BadPath { at: Some(at), path, problem } => {
            Said::new(format!("{}中的 \"{path}\" 不是合法的路径。", place(at))).because(sentence(problem))
        }
        Situation::BadPath { at: None, path, problem } => {
            Said::new(format!("\"{path}\" 不是合法的模块路径。")).because(sentence(problem))
        }
        Situation::OtherMajor { module, expected } => {
            Said::new(format!("{} 没有版本 {}：该路径只接受 {expected}。", module.path, module.version))
                .because("从 v2 起，主版本号是模块路径的一部分：/v2、/v3。")
        }
        Situation::SumLine { at, fields, stops } => {
            let said = Said::new(format!("{}有 {fields} 个字段，应为 3 个。", place(at)));
            if *stops {
                said.because("从 Go 1.22 起，所有命令遇到这样的行都会停下。")
            } else {
                said.because("当前的 go 读到该行就不再往下读，也不报错；Go 1.22 及以后的版本会报错停下。")
            }
        }
        Situation::SumHash { at } => Said::new(format!("{}中的哈希永远不会匹配。", place(at)))
            .because("h1: 之后应为 44 个 base64 字符；否则 go 会报告校验和不匹配。"),
        Situation::Stale { file, higher, unlisted, unresolved } => {
            Said::new(format!("构建之前必须更新 {file}：{}。", stale(higher, unlisted, unresolved))).because(format!(
                "go build、test 和 list 不得修改该文件，因此会报 \"updates to go.mod needed\" 并停下。{}",
                stale_names(higher, unlisted, unresolved)
            ))
        }
        Situation::NotYetRequired { import, at, found: true } => Said::new(format!(
            "代码导入了 {import}，但 go.mod 里还没有它的模块。"
        ))
        .because(format!("导入位置：{}，因此 go build 会停下。已找到提供它的模块，go mod tidy 会添加它。", place(at))),
        Situation::NotYetRequired { import, at, found: false } => {
            Said::new(format!("代码导入了 {import}，但 go.mod 中没有模块提供它。"))
                .because(format!("导入位置：{}。没有询问过是否存在这样的模块。", place(at)))
        }
        Situation::SameSource { source, path, other } => {
            Said::new(format!("{path} 被替换为 {source}，而构建中它又被用作 {other}。"))
                .because("go 不允许同一个模块使用两个路径，会就此停下。")
        }
        Situation::Excluded { module, line } => {
            let line = if *line == 0 { String::new() } else { format!("第 {line} 行") };
            Said::new(format!("{module} 被要求，但 go.mod {line}又排除了它。"))
                .because("go 会忽略这条要求，随后构建会报 \"updates to go.mod needed\" 并停下。")
        }
        Situation::ReplaceMissing { path, target, at, exists, required } => {
            let lacks = if *exists { "该目录中没有 go.mod" } else { "该目录不存在" };
            let said = Said::new(format!("{path} 被替换为 {target}，但{lacks}。"));
            let at = place(at);
            if *required {
                said.because(format!("替换写在 {at}。代替模块的目录必须包含 go.mod。"))
            } else {
                said.because(format!("替换写在 {at}。没有任何地方要求该模块，因此 go 不会去找它。"))
            }
        }
        Situation::WorkUnreadable { file, error } => {
            Said::new(format!("无法读取 {file}：{error}。")).because("只要 go.work 生效，每个命令都会先读取它。")
        }
        Situation::UseMissing { dir, at } => Said::new(format!("{}使用了 {dir}，但那里没有 go.mod。", place(at)))
            .because("use 行中的每个目录都必须包含一个模块。"),
        Situation::NotInWorkspace { dir, work } => Said::new(format!("{}的模块没有列在 {work} 中。", here(dir)))
            .because("go.work 生效时，go 只构建其 use 行列出的模块。"),
        Situation::WorkGoTooLow { dir, wants, has } => {
            Said::new(format!("{}的模块需要 go {wants}，而 go.work 写的是 go {has}。", here(dir)))
                .because("go.work 的 go 行不得低于其中任何一个模块。")
        }
        Situation::TwiceInWorkspace { path } => Said::new(format!("go.work 中有两个目录是同一个模块 {path}。")),
        Situation::ReplacedDifferently { path } => Said::new(format!("go.work 中的两个模块对 {path} 的替换不一致。"))
            .because("go 不会替你选择。go.work 中的 replace 行优先于两者。"),
        Situation::VendorDiffers { count, first, workspace } => {
            let with = if *workspace { "go.work 及其模块" } else { "go.mod" };
            Said::new(format!("vendor 目录与 {with} 不一致：{count} 个模块有差异。"))
                .because(format!("go 从该目录构建之前会先比对 vendor/modules.txt。{first}。"))
        }
        Situation::VendorLacks { count, import, at, named } => {
            let others = if *count > 1 { format!("另外还缺 {} 个包。", count - 1) } else { String::new() };
            let named =
                if *named { "vendor/modules.txt 中列出了它，但目录里没有它的 Go 文件。" } else { "" };
            Said::new(format!("vendor 目录缺少 {import}，导入位置：{}。", place(at)))
                .because(format!("go 从该目录构建，不会向别处查询。{named}{others}"))
        }
        Situation::VendorAbsent => {
            Said::new("GOFLAGS 中有 -mod=vendor，但没有 vendor 目录。").because("go 会认为该目录缺少所有要求的模块。")
        }
        Situation::Ambiguous { import, at, modules } => {
            let names: Vec<Foreign> = modules.iter().map(|module| Foreign::new(&module.to_string())).collect();
            Said::new(format!("构建中有多个模块都包含 {import}。")).because(format!(
                "导入位置：{}；所在模块：{}。go 不会替你选择。",
                place(at),
                list(&names)
            ))
        }
        Situation::NoModuleHas { import, at, own: true } => {
            Said::new(format!("{}导入了 {import}，但本模块中没有它。", place(at)))
                .because("该路径下没有包含 Go 文件的目录。它可能需要生成，或者没有提交。")
        }
        Situation::NoModuleHas { import, at, own: false } => {
            Said::new(format!("{}导入了 {import}，但没有任何模块提供它。", place(at)))
                .because("GOPROXY 中的服务器上，可能包含它的模块路径都不存在。")
        }
        Situation::NotInStd { import, at } => Said::new(format!("{}导入了 {import}，但标准库中没有它。", place(at)))
            .because("首段不含点号的路径只在标准库中查找。"),
        Situation::NotInModule { import, at, module } => {
            Said::new(format!("{}导入了 {import}，但 {module} 中没有它。", place(at)))
                .because("模块存在，但该版本的这个目录里没有 Go 文件。")
        }
        Situation::OtherModule { module, declared, required_by } => {
            let by = required_by.as_ref().map_or_else(String::new, |by| format!("要求它的是 {by}。"));
            Said::new(format!("{module} 自称为 {declared}。"))
                .because(format!("必须按模块自己的 go.mod 中的路径来要求它。{by}"))
        }
        Situation::DependencyBroken { module, no_module_line: true, .. } => {
            Said::new(format!("{module} 的 go.mod 中没有 module 行。"))
        }
        Situation::DependencyBroken { module, no_module_line: false, words } => {
            let said = Said::new(format!("{module} 的 go.mod 无法解析。"));
            match words {
                Some(words) => said.because(format!("go 的说法：{words}。")),
                None => said,
            }
        }
        Situation::NoRevision { module, repository: Some(repository) } => {
            Said::new(format!("{repository} 中没有 {module} 对应的修订。"))
                .because("仓库有响应，但没有这个标签、分支或提交。")
        }
        Situation::NoRevision { module, repository: None } => {
            Said::new(format!("{} 没有修订 {}。", module.path, module.version))
                .because("模块代理知道该模块，但不知道这个分支、标签或提交。")
        }
        Situation::NoVersions { module, highest: Some(highest) } => {
            Said::new(format!("{} 没有符合 {} 的版本。", module.path, module.version))
                .because(format!("它列出的最高版本是 {highest}。"))
        }
        Situation::NoVersions { module, highest: None } => {
            Said::new(format!("{} 存在，但还没有任何版本。", module.path))
                .because("没有符合其路径的 v1.2.3 形式的标签。")
        }
        Situation::Retracted { module, rationale } => {
            let said = Said::new(format!("作者已撤回 {module}。"));
            if rationale.is_empty() { said } else { said.because(format!("给出的原因：{rationale}。")) }
        }
        Situation::Deprecated { module, message } => {
            let said = Said::new(format!("{} 已被弃用。", module.path));
            if message.is_empty() { said } else { said.because(format!("作者的说明：{message}。")) }
        }
    }
}

/// `go.mod 第 4 行`, or the file alone.
fn place(at: &Line) -> String {
    if at.line == 0 { format!("{} ", at.file) } else { format!("{} 第 {} 行", at.file, at.line) }
}

fn here(dir: &Foreign) -> String {
    if matches!(dir.as_str(), "" | ".") { "当前目录中".into() } else { format!("{dir} 中") }
}

/// Go's words as a sentence.
fn sentence(words: &Foreign) -> String {
    format!("go 的说法：{words}。")
}

fn stale(higher: &[Foreign], unlisted: &[Foreign], unresolved: &[Foreign]) -> String {
    let mut parts = Vec::new();
    if !higher.is_empty() {
        parts.push(format!("{} 条要求的版本偏低", higher.len()));
    }
    if !unlisted.is_empty() {
        parts.push(format!("{} 个模块没有列出", unlisted.len()));
    }
    if !unresolved.is_empty() {
        parts.push(format!("{} 条要求没有版本号", unresolved.len()));
    }
    parts.join("，")
}

fn stale_names(higher: &[Foreign], unlisted: &[Foreign], unresolved: &[Foreign]) -> String {
    let mut parts = String::new();
    if !higher.is_empty() {
        parts.push_str(&format!("实际选中的版本更高：{}。", list(higher)));
    }
    if !unlisted.is_empty() {
        parts.push_str(&format!("已导入但没有列出：{}。", list(unlisted)));
    }
    if !unresolved.is_empty() {
        parts.push_str(&format!("需要解析为版本号：{}。", list(unresolved)));
    }
    parts
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::InitModule => "进入 go.mod 所在的目录，或在这里创建一个。".into(),
        Advice::MakeReadable { file } => format!("查看 {file} 的所有者，并允许当前用户读取。"),
        Advice::ResolveConflict { file } => format!("删除 {file} 中的合并标记，保留正确的行。"),
        Advice::KeepBothSides => "删除合并标记，保留双方的行，再让 go 整理。".into(),
        Advice::CorrectLine { at } => format!("修正 {}。", place(at).trim_end()),
        Advice::WriteVersion => "写出完整的版本号，例如 v1.2.3。".into(),
        Advice::MatchMajor => "在路径（以及导入语句）末尾加上主版本号（例如 /v2），或改用与路径相符的版本。".into(),
        Advice::Tidy => "让 go 整理 go.mod 和 go.sum。".into(),
        Advice::GetImport { import } => format!("让 go 把 {import} 的模块加入 go.mod。"),
        Advice::CorrectImport { import } => format!("检查 {import} 的拼写，以及它是否已经移走。"),
        Advice::MakePackage => "生成或提交该包，或修正导入语句。".into(),
        Advice::OtherVersion { path } => format!("改用 {path} 中包含该包的版本。"),
        Advice::DropExclude { module } => format!("如果排除 {module} 的理由已不存在，就删除该 exclude 行。"),
        Advice::BringFolder { target } => format!("把模块放到 {target}：检出到旁边，或更新 git 子模块。"),
        Advice::DropReplace { path } => format!("删除该 replace 行，改用已发布的 {path}。"),
        Advice::DropUse { dir } => format!("如果模块已不存在，就删除 {dir} 的 use 行。"),
        Advice::AddUse { dir } => {
            let dir = if matches!(dir.as_str(), "" | ".") { "当前目录".into() } else { format!(" {dir} ") };
            format!("把{dir}加入工作区。")
        }
        Advice::LeaveWorkspace => "在当前 shell 中不使用工作区。".into(),
        Advice::RaiseWorkGo => "把 go.work 的 go 行提高到各模块所需的版本。".into(),
        Advice::UseOne => "在 go.work 中只保留其中一个目录。".into(),
        Advice::SettleReplace { path } => format!("在 go.work 中为 {path} 写一条 replace 行。"),
        Advice::Vendor => "重新生成 vendor 目录并提交。".into(),
        Advice::WithoutVendor => "不使用 vendor 目录构建。".into(),
        Advice::RaiseOuter { path } => format!("把 {path} 升级到不再包含该包的版本。"),
        Advice::RequireAs { declared } => format!("以 {declared} 来要求和导入它。"),
        Advice::ReplaceByFork { declared, fork } => {
            format!("如果 {} 是分支仓库，就要求 {declared}，再用该分支仓库替换它。", fork.path)
        }
        Advice::RaiseRequirer { module } => format!("把 {} 升级到以正确路径要求它的版本。", module.path),
        Advice::TellAuthor { module } => format!("改用 {} 的其他版本，并告知其作者。", module.path),
        Advice::CheckRevision => "检查分支、标签或提交的拼写，以及是否已推送。".into(),
        Advice::NameRevision { path } => format!("指定 {path} 的分支或提交，或请其作者打标签。"),
        Advice::Upgrade { path } => format!("改用 {path} 的较新版本。"),
        Advice::MoveOn => "阅读作者的说明，并安排迁移。".into(),
    }
}
