//! Good health, to compare with.

use super::FEW;
use crate::lab::faults::{Faults, Status};
use crate::lab::scenario::{Go, Scenario, Sentence};

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "healthy",
        code: None,
        go: Go::Passes,
        sentence: Sentence {
            en: "Nothing is wrong: a module proxy and a checksum database that are in order.",
            zh: "一切正常：模块代理和校验和数据库都没有问题。",
        },
        modules: FEW,
        set_up: |stage| stage.faulty(Faults::new()),
    },
    Scenario {
        name: "healthy-fallback",
        code: None,
        go: Go::Passes,
        sentence: Sentence {
            en: "The first module proxy has no module and says so with 404; the second, after a comma, has them.",
            zh: "第一个模块代理没有任何模块并返回 404；逗号后面的第二个代理有。",
        },
        modules: FEW,
        set_up: |stage| stage.first_of_two(Status::text(404, "not found\n")),
    },
];
