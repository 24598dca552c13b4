//! Whether the files of a zip can be made in the module cache of this machine.

use std::path::Path;

use crate::disk::{longest_name, nearest_existing};
use crate::facts::module_proxy::Body;
use crate::golang::module_cache::ModuleFiles;
use crate::golang::module_path::ModuleVersion;
use crate::golang::module_zip::Archive;
use crate::golang::platform::Os;
use crate::model::Foreign;
use crate::probe::World;

/// The first name that is too long for the file system, or for the system. go on Windows writes paths of any
/// length.
pub(super) fn long_name(world: &World, module: &ModuleVersion, bytes: &[u8]) -> Option<Body> {
    let cache = world.environment.gomodcache()?;
    let most = longest_name(&nearest_existing(Path::new(cache))?)?;
    let longest_path = match world.os {
        Os::Linux => 4095,
        Os::Darwin => 1023,
        _ => usize::MAX,
    };
    let folder = ModuleFiles::of(module).ok()?.folder;
    let archive = Archive::read(bytes).ok()?;
    let names = archive.entries.iter().map(crate::golang::module_zip::Entry::name_text);
    let prefix = format!("{module}/");
    too_long(
        names.filter_map(|name| name.strip_prefix(&prefix).map(str::to_owned)),
        cache.len() + folder.len() + 2,
        most,
        longest_path,
    )
}

fn too_long(names: impl Iterator<Item = String>, before: usize, most: usize, longest_path: usize) -> Option<Body> {
    for name in names {
        let longest = name.split('/').map(str::len).max().unwrap_or_default();
        let (length, limit, whole_path) = if longest > most {
            (longest, most, false)
        } else if before + name.len() > longest_path {
            (before + name.len(), longest_path, true)
        } else {
            continue;
        };
        let bytes = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let (length, limit) = (bytes(length), bytes(limit));
        return Some(Body::LongName { entry: Foreign::capped(&name, 300), length, limit, whole_path });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_element_and_the_whole_path_have_a_limit() {
        let of = |name: &str| too_long(std::iter::once(name.to_owned()), 20, 10, 40);
        assert_eq!(of("sub/0123456789"), None);
        assert!(matches!(of("sub/01234567890"), Some(Body::LongName { length: 11, limit: 10, whole_path: false, .. })));
        assert_eq!(of("aaaaaaaaa/bbbbbbbbb"), None);
        assert!(matches!(of("aaaaaaaaa/bbbbbbbbb/cc"), Some(Body::LongName { length: 42, whole_path: true, .. })));
    }
}
