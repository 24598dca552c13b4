use std::path::Path;

use super::*;

#[test]
fn a_file_is_read_up_to_its_limit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    std::fs::write(&path, "12345").unwrap();
    assert_eq!(read_capped(&path, 5, Follow::No).unwrap(), b"12345");
    assert!(matches!(read_capped(&path, 4, Follow::No), Err(ReadError::TooLarge { limit: 4, .. })));
    std::fs::write(&path, [0xff]).unwrap();
    assert!(matches!(read_text_capped(&path, 5, Follow::No), Err(ReadError::NotText { .. })));
}

#[test]
fn what_is_no_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    assert!(read_capped(&folder.path().join("none"), 5, Follow::Yes).unwrap_err().is_not_found());
    let error = read_capped(folder.path(), 5, Follow::Yes).unwrap_err();
    assert!(matches!(error, ReadError::NotRegular { kind: Kind::Folder, .. }));
    assert!(error.to_string().ends_with("not a regular file but a folder"));
}

#[cfg(unix)]
#[test]
fn fifos_devices_and_links_are_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let fifo = folder.path().join("fifo");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &fifo,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
        0,
    )
    .unwrap();
    assert!(matches!(read_capped(&fifo, 5, Follow::Yes), Err(ReadError::NotRegular { kind: Kind::Fifo, .. })));
    assert!(matches!(
        read_capped(Path::new("/dev/zero"), 5, Follow::Yes),
        Err(ReadError::NotRegular { kind: Kind::Device, .. })
    ));
    std::fs::write(folder.path().join("file"), "x").unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink("file", &link).unwrap();
    assert_eq!(read_capped(&link, 5, Follow::Yes).unwrap(), b"x");
    assert!(matches!(read_capped(&link, 5, Follow::No), Err(ReadError::NotRegular { kind: Kind::Link, .. })));
    let to_itself = folder.path().join("loop");
    std::os::unix::fs::symlink("loop", &to_itself).unwrap();
    assert!(matches!(read_capped(&to_itself, 5, Follow::Yes), Err(ReadError::Other { .. })));
}

#[cfg(unix)]
#[test]
fn owner_and_mode_are_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    std::fs::write(&path, "x").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    let told = facts(&path).unwrap();
    assert_eq!((told.kind, told.size, told.mode, told.mine), (Kind::File, 1, Some(0o640), Some(true)));
    assert_eq!(facts(folder.path()).unwrap().kind, Kind::Folder);
}

#[test]
fn access_and_space_are_asked_without_writing() {
    let folder = tempfile::tempdir().unwrap();
    let told = access(folder.path());
    assert!(told.exists && told.readable && told.writable && told.searchable && !told.read_only_mount);
    let missing = folder.path().join("a/b");
    assert!(!access(&missing).exists);
    assert_eq!(nearest_existing(&missing).as_deref(), Some(folder.path()));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    if let Some(space) = space(folder.path()).unwrap() {
        assert!(space.total_bytes >= space.free_bytes && !space.read_only);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_nobody_may_write_is_not_writable() {
    // Even for root: the file system itself refuses.
    assert!(!access(Path::new("/proc/version")).searchable);
    assert!(!access(Path::new("/nonexistent")).writable);
}
