//! The graph of module requirements, and minimal version selection over it.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use super::version::{self, NONE};
use crate::golang::module_path::ModuleVersion;

/// Which module versions require which, as far as their go.mod files were read, and the highest
/// version of each path.
#[derive(Debug, Clone, Default)]
pub struct ModuleGraph {
    roots: Vec<ModuleVersion>,
    required: HashMap<ModuleVersion, Vec<ModuleVersion>>,
    selected: BTreeMap<String, String>,
}

impl ModuleGraph {
    pub(super) fn new(roots: &[ModuleVersion]) -> Self {
        let mut graph = Self { roots: roots.to_vec(), ..Self::default() };
        for root in roots {
            graph.select(root);
        }
        graph
    }

    /// Notes what `module` requires. A second note for the same module changes nothing.
    pub(super) fn require(&mut self, module: &ModuleVersion, requirements: &[ModuleVersion]) {
        if self.required.contains_key(module) {
            return;
        }
        for requirement in requirements {
            self.select(requirement);
        }
        self.required.insert(module.clone(), requirements.to_vec());
    }

    fn select(&mut self, module: &ModuleVersion) {
        if version::compare(&module.path, self.selected(&module.path), &module.version) == Ordering::Less {
            self.selected.insert(module.path.clone(), module.version.clone());
        }
    }

    /// The selected version of a path; [`NONE`] for a path outside the graph, empty for a main
    /// module.
    #[must_use]
    pub fn selected(&self, path: &str) -> &str {
        self.selected.get(path).map_or(NONE, String::as_str)
    }

    /// What `module` requires, or `None` where its go.mod was pruned away or could not be read.
    #[must_use]
    pub fn requirements(&self, module: &ModuleVersion) -> Option<&[ModuleVersion]> {
        self.required.get(module).map(Vec::as_slice)
    }

    /// The selected modules: the main modules first, the others by path. `go` and `toolchain` are
    /// among them.
    #[must_use]
    pub fn build_list(&self) -> Vec<ModuleVersion> {
        let mut seen = HashSet::new();
        let mut list = Vec::new();
        for root in &self.roots {
            let version = self.selected(&root.path);
            if seen.insert(root.path.as_str()) && version != NONE {
                list.push(ModuleVersion::new(root.path.as_str(), version));
            }
        }
        let others = self.selected.iter().filter(|(path, _)| !seen.contains(path.as_str()));
        list.extend(others.map(|(path, version)| ModuleVersion::new(path.as_str(), version.as_str())));
        list
    }

    /// Every module version in the graph, selected or not, breadth first from the roots.
    #[must_use]
    pub fn breadth_first(&self) -> Vec<&ModuleVersion> {
        let mut seen: HashSet<&ModuleVersion> = HashSet::new();
        let mut queue: VecDeque<&ModuleVersion> = VecDeque::new();
        let mut order = Vec::new();
        queue.extend(self.roots.iter().filter(|root| root.version != NONE && seen.insert(root)));
        while let Some(module) = queue.pop_front() {
            order.push(module);
            let requirements = self.required.get(module).map_or(&[] as &[_], Vec::as_slice);
            queue.extend(requirements.iter().filter(|next| next.version != NONE && seen.insert(next)));
        }
        order
    }

    /// The shortest chain of requirements from a main module to a module version that `wanted`
    /// accepts, both ends included; what stands before `requires` in go's error messages.
    #[must_use]
    pub fn path_to(&self, mut wanted: impl FnMut(&ModuleVersion) -> bool) -> Option<Vec<ModuleVersion>> {
        let mut by: HashMap<&ModuleVersion, Option<&ModuleVersion>> = HashMap::new();
        let mut queue: VecDeque<&ModuleVersion> = VecDeque::new();
        for root in &self.roots {
            by.insert(root, None);
            queue.push_back(root);
        }
        while let Some(module) = queue.pop_front() {
            if wanted(module) {
                let mut chain = vec![module.clone()];
                let mut at = module;
                while let Some(Some(before)) = by.get(at) {
                    chain.push((*before).clone());
                    at = before;
                }
                chain.reverse();
                return Some(chain);
            }
            for next in self.required.get(module).map_or(&[] as &[_], Vec::as_slice) {
                by.entry(next).or_insert_with(|| {
                    queue.push_back(next);
                    Some(module)
                });
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(text: &str) -> ModuleVersion {
        let (path, version) = text.split_once('@').unwrap_or((text, ""));
        ModuleVersion::new(path, version)
    }

    fn modules(text: &str) -> Vec<ModuleVersion> {
        text.split_whitespace().map(module).collect()
    }

    fn diamond() -> ModuleGraph {
        let mut graph = ModuleGraph::new(&modules("m"));
        graph.require(&module("m"), &modules("a.x/a@v1.0.0 b.x/b@v1.0.0"));
        graph.require(&module("a.x/a@v1.0.0"), &modules("d.x/d@v1.1.0"));
        graph.require(&module("b.x/b@v1.0.0"), &modules("d.x/d@v1.2.0 m@v0.9.0"));
        graph
    }

    #[test]
    fn the_highest_requirement_wins() {
        let list: Vec<String> = diamond().build_list().iter().map(ToString::to_string).collect();
        assert_eq!(list, ["m", "a.x/a@v1.0.0", "b.x/b@v1.0.0", "d.x/d@v1.2.0"]);
        assert_eq!(diamond().selected("e.x/e"), NONE);
    }

    #[test]
    fn chains_and_order() {
        let graph = diamond();
        let chain = graph.path_to(|module| module.to_string() == "d.x/d@v1.2.0").unwrap();
        let chain: Vec<String> = chain.iter().map(ToString::to_string).collect();
        assert_eq!(chain, ["m", "b.x/b@v1.0.0", "d.x/d@v1.2.0"]);
        let order: Vec<String> = graph.breadth_first().iter().map(ToString::to_string).collect();
        assert_eq!(order, ["m", "a.x/a@v1.0.0", "b.x/b@v1.0.0", "d.x/d@v1.1.0", "d.x/d@v1.2.0", "m@v0.9.0"]);
        assert_eq!(graph.path_to(|module| module.path == "e"), None);
    }
}
