//! Where a ticket is read from: a log, a folder of logs, an archive, or stdin.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use anyhow::{Context, ensure};
use walkdir::WalkDir;

use crate::facts::transcript::TranscriptFacts;
use crate::transcript::Ticket;
use crate::transcript::archive::{Kind, MAX_MEMBERS, read_gzip, read_zip};

/// The most bytes of an archive that comes by stdin: it must be held, for its table stands at its end.
const MAX_HELD: u64 = 256 << 20;

/// Reads a ticket; `-` is stdin.
///
/// # Errors
/// When it cannot be opened or read, or is a device, which may have no end.
pub fn read(path: &Path) -> anyhow::Result<TranscriptFacts> {
    let mut ticket = Ticket::default();
    if path == Path::new("-") {
        stdin(&mut ticket).context("cannot read stdin")?;
        return Ok(ticket.end("stdin"));
    }
    let shown = path.display();
    let failed = || format!("cannot read the log {shown}");
    let kind = std::fs::metadata(path).with_context(failed)?.file_type();
    if kind.is_dir() {
        folder(&mut ticket, path).with_context(failed)?;
    } else {
        ensure!(
            kind.is_file() || is_pipe(kind),
            "cannot read the log {shown}: it is neither a file nor a folder nor a pipe"
        );
        file(&mut ticket, path, None).with_context(failed)?;
    }
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    Ok(ticket.end(&name))
}

fn file(ticket: &mut Ticket, path: &Path, member: Option<&str>) -> io::Result<()> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut head = Vec::with_capacity(4);
    file.by_ref().take(4).read_to_end(&mut head)?;
    let left_out = match Kind::of(&head) {
        Kind::Plain => return ticket.read(Cursor::new(head).chain(file), member),
        Kind::Gzip => read_gzip(ticket, Cursor::new(head).chain(file), size, member)?,
        Kind::Zip => {
            file.seek(SeekFrom::Start(0))?;
            read_zip(ticket, file, size)?
        }
    };
    if let Some(left_out) = left_out {
        tracing::warn!("{}: {left_out}", path.display());
    }
    Ok(())
}

fn stdin(ticket: &mut Ticket) -> io::Result<()> {
    let mut stdin = io::stdin().lock();
    let mut head = Vec::with_capacity(4);
    stdin.by_ref().take(4).read_to_end(&mut head)?;
    let kind = Kind::of(&head);
    let mut source = Cursor::new(head).chain(stdin);
    let left_out = match kind {
        Kind::Plain => return ticket.read(source, None),
        Kind::Gzip => read_gzip(ticket, source, u64::MAX, None)?,
        Kind::Zip => {
            let mut held = Vec::new();
            source.by_ref().take(MAX_HELD).read_to_end(&mut held)?;
            let size = held.len() as u64;
            read_zip(ticket, Cursor::new(held), size)?
        }
    };
    if let Some(left_out) = left_out {
        tracing::warn!("stdin: {left_out}");
    }
    Ok(())
}

/// All files below the folder, by name; links are not followed.
fn folder(ticket: &mut Ticket, path: &Path) -> io::Result<()> {
    let entries = WalkDir::new(path).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    for (read, entry) in files.enumerate() {
        if read == MAX_MEMBERS {
            tracing::warn!("{}: only the first {MAX_MEMBERS} files were read", path.display());
            break;
        }
        let name = entry.path().strip_prefix(path).unwrap_or(entry.path()).to_string_lossy();
        // One file that may not be read does not hide what the others say.
        if let Err(error) = file(ticket, entry.path(), Some(&name)) {
            tracing::warn!("{}: {error}", entry.path().display());
        }
    }
    Ok(())
}

#[cfg(unix)]
fn is_pipe(kind: std::fs::FileType) -> bool {
    use std::os::unix::fs::FileTypeExt;
    kind.is_fifo()
}

#[cfg(not(unix))]
fn is_pipe(_: std::fs::FileType) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "go: a.example/b@v1.0.0: reading https://h.example/a.example/b/@v/v1.0.0.mod: 403 Forbidden\n";

    #[test]
    fn a_folder_is_one_ticket_and_names_its_files() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("job")).unwrap();
        std::fs::write(folder.path().join("job/2.txt"), LOG).unwrap();
        std::fs::write(folder.path().join("1.txt"), "ok\n").unwrap();
        let facts = read(folder.path()).unwrap();
        let members: Vec<_> = facts.failures.iter().map(|failure| facts.source(failure)).collect();
        assert_eq!(members, ["job/2.txt"]);
    }

    #[test]
    fn what_cannot_be_read_to_an_end_is_refused() {
        for path in ["/dev/zero", "/nonexistent/x.log"] {
            let error = read(Path::new(path)).unwrap_err();
            assert!(error.to_string().contains(path), "{error}");
        }
    }
}
