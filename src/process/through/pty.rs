//! A terminal for a stream that would be one without us.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, OwnedFd};

use rustix::fs::{Mode, OFlags, open};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, OutputModes, tcgetattr, tcgetwinsize, tcsetattr, tcsetwinsize};

/// Our side of it, and the child's. It is nobody's controlling terminal: the child keeps the real one for
/// its questions and for Ctrl-C.
pub(super) fn pair(like: &File) -> io::Result<(File, OwnedFd)> {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
    rustix::io::fcntl_setfd(&ours, rustix::io::FdFlags::CLOEXEC)?;
    grantpt(&ours)?;
    unlockpt(&ours)?;
    let name = ptsname(&ours, Vec::new())?;
    let theirs = open(name, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())?;
    let mut modes = tcgetattr(like)?;
    // The real terminal makes of a line feed what it must; twice would be once too often.
    modes.output_modes.remove(OutputModes::OPOST);
    tcsetattr(&theirs, OptionalActions::Now, &modes)?;
    let ours = File::from(ours);
    fit(&ours, like);
    Ok((ours, theirs))
}

/// Gives it the size of the real terminal.
pub(super) fn fit(ours: &impl AsFd, like: &impl AsFd) {
    if let Ok(size) = tcgetwinsize(like) {
        // Without a size programs take 80 columns.
        let _ = tcsetwinsize(ours, size);
    }
}
