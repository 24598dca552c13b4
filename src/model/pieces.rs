//! Which pieces of a damaged module go has to bring anew: no more than are damaged.
//!
//! go takes a zip and a folder for verified where a `.ziphash` lies beside them, so that whatever is
//! damaged must be gone before go looks (cmd/go/internal/modfetch, Go 1.21 to 1.27).

use super::Damage;
use crate::golang::module_cache::{ModuleFiles, Piece};
use crate::golang::module_path::ModuleVersion;

/// The pieces, of all the damages that one module has.
#[must_use]
pub fn to_refetch(module: &ModuleVersion, damages: &[&Damage]) -> Vec<Piece> {
    let only_the_hash = damages.iter().any(|damage| is_stale_hash(damage));
    let mut pieces: Vec<Piece> = damages.iter().flat_map(|damage| of_damage(module, damage, only_the_hash)).collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}

/// Whether go.sum has the hash of the zip, so that what `.ziphash` holds is all that is wrong.
fn is_stale_hash(damage: &Damage) -> bool {
    matches!(damage, Damage::ZiphashNotInGoSum { actual: Some(actual), go_sum, .. } if go_sum.contains(actual))
}

fn of_damage(module: &ModuleVersion, damage: &Damage, only_the_hash: bool) -> Vec<Piece> {
    match damage {
        Damage::ZipModified { .. } | Damage::FolderModified { .. } | Damage::ZiphashNotInGoSum { .. }
            if only_the_hash =>
        {
            vec![Piece::Ziphash]
        }
        Damage::ZipUnreadable { .. }
        | Damage::ZipEntry { .. }
        | Damage::ZipRule { .. }
        | Damage::ZipModified { .. } => vec![Piece::Zip],
        Damage::ZiphashNotInGoSum { .. } => vec![Piece::Folder, Piece::Zip, Piece::Ziphash],
        Damage::ZiphashMissing | Damage::ZiphashMalformed { .. } => vec![Piece::Ziphash],
        Damage::TooLarge => vec![Piece::Folder, Piece::Zip],
        Damage::FilesMissing(_)
        | Damage::FilesAdded(_)
        | Damage::FilesChanged(_)
        | Damage::FolderModified { .. }
        | Damage::FileModes(_)
        | Damage::OtherOwner { .. }
        | Damage::Links { .. }
        | Damage::SpecialFiles(_)
        | Damage::NotAFolder { .. } => vec![Piece::Folder],
        Damage::Partial => vec![Piece::Folder, Piece::Partial],
        Damage::LinkedDownloads { files, .. } => {
            let named = |name: &str| Piece::of_suffix(name.rsplit_once('.')?.1);
            files.first.iter().filter_map(|name| named(name.as_str())).collect()
        }
        Damage::GoModNotInGoSum { .. } | Damage::GoModInvalid { .. } | Damage::GoModNotInZip => vec![Piece::GoMod],
        Damage::InfoInvalid { .. } | Damage::InfoOtherVersion { .. } => vec![Piece::Info],
        Damage::Unreadable { path, .. } => {
            ModuleFiles::of(module).ok().and_then(|files| files.piece_at(path.as_str())).into_iter().collect()
        }
        // These are no pieces.
        Damage::Leftovers(_) | Damage::LockIsFolder => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::damage::Files;

    fn pieces(damages: &[Damage]) -> Vec<Piece> {
        to_refetch(&ModuleVersion::new("a.example/B", "v1.0.0"), &damages.iter().collect::<Vec<_>>())
    }

    fn not_in_go_sum(go_sum: &str) -> Damage {
        let go_sum = vec![go_sum.to_owned()];
        Damage::ZiphashNotInGoSum { ziphash: "h1:x".into(), actual: Some("h1:zip".into()), go_sum }
    }

    #[test]
    fn what_is_whole_stays() {
        let changed = Damage::FilesChanged(Files::default());
        assert_eq!(pieces(std::slice::from_ref(&changed)), [Piece::Folder]);
        assert_eq!(pieces(&[Damage::ZipUnreadable { reason: "".into() }]), [Piece::Zip]);
        assert_eq!(pieces(&[Damage::InfoInvalid { html: false }, changed]), [Piece::Folder, Piece::Info]);
        let folder = "cache/download/a.example/!b/@v/v1.0.0.mod".into();
        assert_eq!(
            pieces(&[Damage::Unreadable { path: folder, reason: "".into(), not_regular: true }]),
            [Piece::GoMod]
        );
        assert_eq!(pieces(&[Damage::Leftovers(Files::default())]), []);
    }

    #[test]
    fn a_hash_that_belongs_to_another_zip_goes_alone() {
        let modified = || {
            [
                Damage::ZipModified { actual: "h1:zip".into(), ziphash: "h1:x".into() },
                Damage::FolderModified { actual: "h1:zip".into(), ziphash: "h1:x".into() },
            ]
        };
        assert_eq!(pieces(&[&modified()[..], &[not_in_go_sum("h1:zip")]].concat()), [Piece::Ziphash]);
        assert_eq!(pieces(&[not_in_go_sum("h1:other")]), [Piece::Folder, Piece::Zip, Piece::Ziphash]);
        assert_eq!(pieces(&modified()), [Piece::Folder, Piece::Zip]);
    }
}
