//! What go says of a damaged module. Seen with Go 1.26.

use crate::golang::module_cache::ModuleFiles;
use crate::golang::module_path::ModuleVersion;
use crate::model::Damage;
use crate::model::situation::cache::Effect;

/// The file that is damaged, or the first of them, relative to the module cache.
pub(super) fn file_of(module: &ModuleVersion, damage: &Damage) -> Option<String> {
    let files = ModuleFiles::of(module).ok()?;
    let (downloads, _) = files.zip.rsplit_once('/')?;
    Some(match damage {
        Damage::ZipUnreadable { .. }
        | Damage::ZipEntry { .. }
        | Damage::ZipRule { .. }
        | Damage::ZipModified { .. }
        | Damage::TooLarge => files.zip,
        Damage::ZiphashMissing | Damage::ZiphashMalformed { .. } | Damage::ZiphashNotInGoSum { .. } => files.ziphash,
        Damage::FilesMissing(of)
        | Damage::FilesAdded(of)
        | Damage::FilesChanged(of)
        | Damage::FileModes(of)
        | Damage::SpecialFiles(of)
        | Damage::OtherOwner { files: of, .. }
        | Damage::Links { files: of, .. } => format!("{}/{}", files.folder, of.first.first()?),
        Damage::LinkedDownloads { files: of, .. } | Damage::Leftovers(of) => {
            format!("{downloads}/{}", of.first.first()?)
        }
        Damage::FolderModified { .. } | Damage::NotAFolder { .. } => files.folder,
        Damage::Partial => files.partial,
        Damage::LockIsFolder => files.lock,
        Damage::GoModNotInGoSum { .. } | Damage::GoModInvalid { .. } | Damage::GoModNotInZip => files.go_mod,
        Damage::InfoInvalid { .. } | Damage::InfoOtherVersion { .. } => files.info,
        Damage::Unreadable { path, .. } => path.to_string(),
    })
}

/// The error with which a build or a download stops; none where go notices nothing, or mends it.
pub(super) fn error(cache: &str, module: &ModuleVersion, damage: &Damage, effect: Effect) -> Option<String> {
    if matches!(effect, Effect::Unnoticed | Effect::Heals) {
        return None;
    }
    let files = ModuleFiles::of(module).ok()?;
    let unzip = |reason: &str| format!("unzip {cache}/{}: {reason}", files.zip);
    Some(match damage {
        Damage::ZipUnreadable { reason } => unzip(reason.as_str()),
        Damage::ZipRule { rule, .. } => unzip(rule.as_str()),
        Damage::ZipEntry { .. } | Damage::ZipModified { .. } => unzip("zip: …"),
        Damage::TooLarge => unzip("… too large"),
        Damage::ZiphashNotInGoSum { .. } => format!("verifying {module}: checksum mismatch"),
        Damage::ZiphashMalformed { text } => format!("verifying {module}: unexpected ziphash: \"{text}\""),
        Damage::GoModNotInGoSum { .. } => format!("verifying {module}/go.mod: checksum mismatch"),
        Damage::GoModInvalid { reason, .. } => format!("{module}: parsing go.mod: {reason}"),
        Damage::LockIsFolder => format!("open {cache}/{}: is a directory", files.lock),
        Damage::Unreadable { path, reason, .. } => format!("open {cache}/{path}: {reason}"),
        Damage::FilesMissing(_) => "no required module provides package …".to_owned(),
        _ => return None,
    })
}

/// Whether `go mod verify` objects, where the module is in the build list.
pub(super) fn verify_objects(damage: &Damage) -> bool {
    match damage {
        Damage::ZipUnreadable { .. }
        | Damage::ZipEntry { .. }
        | Damage::ZipModified { .. }
        | Damage::ZiphashMissing
        | Damage::ZiphashMalformed { .. }
        | Damage::FilesMissing(_)
        | Damage::FilesAdded(_)
        | Damage::FilesChanged(_)
        | Damage::FolderModified { .. }
        | Damage::Links { .. }
        | Damage::SpecialFiles(_)
        | Damage::NotAFolder { link: true, .. }
        | Damage::GoModNotInGoSum { .. }
        | Damage::GoModInvalid { .. } => true,
        Damage::Unreadable { path, .. } => !path.as_str().ends_with(".info"),
        Damage::ZipRule { .. }
        | Damage::TooLarge
        | Damage::ZiphashNotInGoSum { .. }
        | Damage::FileModes(_)
        | Damage::OtherOwner { .. }
        | Damage::LinkedDownloads { .. }
        | Damage::NotAFolder { link: false, .. }
        | Damage::Partial
        | Damage::Leftovers(_)
        | Damage::LockIsFolder
        | Damage::GoModNotInZip
        | Damage::InfoInvalid { .. }
        | Damage::InfoOtherVersion { .. } => false,
    }
}
