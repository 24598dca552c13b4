//! The repository that is measured: 300 modules, each with three packages, all of them needed.

use std::fmt::Write as _;

use crate::support::modules::{Module, go_sum};
use crate::support::sandbox::Sandbox;

/// Modules of the build list, besides the main module.
pub const MODULES: usize = 300;
/// Of these, so many are imported by the repository itself; the others by each other.
const DIRECT: usize = 40;
/// Go files of each package.
const FILES: usize = 4;

/// The modules: number `n` requires and imports `2n+1` and `2n+2`.
pub fn modules() -> Vec<Module> {
    (0..MODULES).map(module).collect()
}

fn path(n: usize) -> String {
    format!("example.dev/group{}/module{n}", n % 17)
}

fn version(n: usize) -> String {
    format!("v1.{}.{}", n % 7, n % 5)
}

fn module(n: usize) -> Module {
    let mut module = Module::new(&path(n), &version(n));
    for next in [2 * n + 1, 2 * n + 2] {
        if next < MODULES {
            module = module.requires(&path(next), &version(next));
        }
    }
    module = module.file("lib_inner.go", &format!("package module{n}\n\nimport _ \"{}/inner/deep\"\n", path(n)));
    for package in ["", "inner/", "inner/deep/"] {
        for file in 0..FILES {
            let name = match package {
                "" => format!("module{n}"),
                _ => "inner".to_owned(),
            };
            module = module.file(&format!("{package}file{file}.go"), &source(&name, file));
        }
    }
    module
}

/// A Go file of about three KiB.
fn source(package: &str, file: usize) -> String {
    let mut text = format!("package {package}\n\nimport (\n\t\"fmt\"\n\t\"strings\"\n)\n");
    for n in 0..24 {
        let _ = write!(
            text,
            "\n// Say{file}x{n} says a word n times.\nfunc Say{file}x{n}(word string) string {{\n\t\
             return fmt.Sprint(strings.Repeat(word, {n}))\n}}\n"
        );
    }
    text
}

/// Lays the repository down: go.mod, a complete go.sum, and a program.
pub fn settle(sandbox: &mut Sandbox, modules: &[Module]) {
    let mut requires = "require (\n".to_owned();
    for (n, module) in modules.iter().enumerate() {
        let comment = if n < DIRECT { "" } else { " // indirect" };
        let _ = writeln!(requires, "\t{} {}{comment}", module.path, module.version);
    }
    requires.push_str(")\n");
    let imports: Vec<&str> = modules.iter().take(DIRECT).map(|module| module.path.as_str()).collect();
    sandbox.go_mod(&requires).main_go(&imports).write("repo/go.sum", go_sum(modules));
}
