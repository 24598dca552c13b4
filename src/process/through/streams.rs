//! Where stdout and stderr of the child lead: a pty in place of a terminal, a pipe in place of the rest.

use std::fs::File;
use std::io::{self, PipeReader, PipeWriter};
use std::process::Stdio;

/// One way from the child to one of our own streams.
pub(super) struct Way {
    /// What the child writes is read here.
    pub(super) source: File,
    /// And goes on to here.
    pub(super) target: File,
    /// Whether `source` is a pty for the terminal `target`.
    #[cfg(unix)]
    pub(super) pty: bool,
}

/// The ways, and the child's ends of them.
pub(super) struct Streams {
    pub(super) ways: Vec<Way>,
    pub(super) stdout: Stdio,
    pub(super) stderr: Stdio,
}

/// Where both streams lead to one place, one way does for both: the order stays as it is without us.
pub(super) fn open() -> io::Result<Streams> {
    let (stdout, stderr) = ours()?;
    let same = same_place(&stdout, &stderr);
    let (way, child) = Way::to(stdout)?;
    if same {
        let again = child.try_clone()?;
        return Ok(Streams { ways: vec![way], stdout: child.into(), stderr: again.into() });
    }
    let (second, other) = Way::to(stderr)?;
    Ok(Streams { ways: vec![way, second], stdout: child.into(), stderr: other.into() })
}

#[cfg(unix)]
fn ours() -> io::Result<(File, File)> {
    use std::os::fd::AsFd;
    let file = |fd: std::os::fd::BorrowedFd<'_>| fd.try_clone_to_owned().map(File::from);
    Ok((file(io::stdout().as_fd())?, file(io::stderr().as_fd())?))
}

#[cfg(windows)]
fn ours() -> io::Result<(File, File)> {
    use std::os::windows::io::AsHandle;
    let file = |handle: std::os::windows::io::BorrowedHandle<'_>| handle.try_clone_to_owned().map(File::from);
    Ok((file(io::stdout().as_handle())?, file(io::stderr().as_handle())?))
}

#[cfg(unix)]
fn same_place(one: &File, other: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |file: &File| file.metadata().ok().map(|meta| (meta.dev(), meta.ino(), meta.rdev()));
    place(one).is_some_and(|place_of_one| place(other) == Some(place_of_one))
}

#[cfg(not(unix))]
fn same_place(_: &File, _: &File) -> bool {
    false
}

#[cfg(unix)]
type ChildEnd = std::os::fd::OwnedFd;
#[cfg(windows)]
type ChildEnd = std::os::windows::io::OwnedHandle;

impl Way {
    fn to(target: File) -> io::Result<(Self, ChildEnd)> {
        #[cfg(unix)]
        {
            use std::io::IsTerminal;
            // Without a free pty a pipe is still better than no diagnosis.
            if target.is_terminal()
                && let Ok((source, child)) = super::pty::pair(&target)
            {
                return Ok((Self { source, target, pty: true }, child));
            }
        }
        let (reader, writer) = io::pipe()?;
        Ok((Self::piped(reader, target), end(writer)))
    }

    fn piped(reader: PipeReader, target: File) -> Self {
        Self {
            source: ChildEnd::from(reader).into(),
            target,
            #[cfg(unix)]
            pty: false,
        }
    }
}

fn end(writer: PipeWriter) -> ChildEnd {
    writer.into()
}
