//! No secret gets out of `fix`: not into what it prints, and not into its journal.

use std::os::unix::fs::PermissionsExt;

use super::house::{ENV, JOURNALS, NETRC, SECRET, fix, forbidding_comma, has, netrc, possible, undo};

#[test]
fn no_secret_is_printed_or_kept() {
    if !possible() {
        return;
    }
    for (scene, flags, file) in [(netrc(), &[][..], NETRC), (forbidding_comma(), &["--allow", "weakens-security"], ENV)]
    {
        assert!(has(&scene.sandbox.path(file), SECRET));
        let (output, document) = fix(&scene, &[&["--yes"], flags].concat());
        let journal = document["journal"].as_str().unwrap_or_else(|| panic!("nothing was changed\n{output}"));
        let folder = scene.sandbox.path(JOURNALS);
        let mode = |path| std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        assert_eq!(mode(folder.join(format!("{journal}.jsonl"))), 0o600);
        for entry in walkdir::WalkDir::new(&folder).into_iter().flatten() {
            assert!(!has(entry.path(), SECRET), "{}", entry.path().display());
        }
        undo(&scene);
        for args in [&["fix", "--dry-run"][..], &["fix", "--yes"], &["fix", "--undo"]] {
            for format in ["table", "json"] {
                let flags = if args.contains(&"--undo") { &[] } else { flags };
                let output = scene.sandbox.gomoddoc(&[args, &["--format", format], flags].concat());
                assert!(!output.all().contains(SECRET), "{output}");
            }
        }
    }
}
