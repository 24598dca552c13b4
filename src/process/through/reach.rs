//! Whom a signal for the child reaches.

use tokio::process::{Child, Command};

/// With a terminal at hand the child stays in our own process group, as under `time`: else it could not ask
/// for a password, and Ctrl-C and Ctrl-Z would not reach it. Without one it leads a group of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    #[cfg(unix)]
    own_group: bool,
    #[cfg(unix)]
    leader: Option<rustix::process::Pid>,
}

#[cfg(unix)]
impl Reach {
    pub(super) fn prepare(command: &mut Command) -> Self {
        let own_group = std::fs::File::open("/dev/tty").is_err();
        if own_group {
            command.process_group(0);
        }
        Self { own_group, leader: None }
    }

    pub(super) fn of(self, child: &Child) -> Self {
        let id = child.id().and_then(|id| i32::try_from(id).ok());
        Self { leader: id.and_then(rustix::process::Pid::from_raw), ..self }
    }

    /// Passes on a signal that was sent to us.
    pub(super) fn pass(self, number: i32) {
        use rustix::process::Signal;
        let Some(signal) = Signal::from_named_raw(number) else { return };
        let keys = [Signal::INT, Signal::QUIT, Signal::HUP].contains(&signal);
        // What the terminal sends, it sends to the whole foreground group: twice could mean more than once.
        if !(keys && !self.own_group && in_foreground()) {
            self.send(signal);
        }
    }

    /// Sends a signal to the child and to what it has started.
    pub(super) fn send(self, signal: rustix::process::Signal) {
        use rustix::process::{Pid, kill_process, kill_process_group};
        let Some(leader) = self.leader else { return };
        // Whoever is gone already needs no signal.
        if self.own_group {
            let _ = kill_process_group(leader, signal);
            return;
        }
        let tree = super::super::tree::below(leader.as_raw_nonzero().get());
        for pid in tree.iter().filter_map(|process| Pid::from_raw(process.pid)).filter(|pid| *pid != leader) {
            let _ = kill_process(pid, signal);
        }
        let _ = kill_process(leader, signal);
    }

    /// Kills what is left of the child's own group; who shares ours is left alone.
    pub(super) fn sweep(self) {
        if self.own_group {
            self.send(rustix::process::Signal::KILL);
        }
    }

    /// The number of the child's process.
    pub(super) fn pid(self) -> Option<i32> {
        self.leader.map(|leader| leader.as_raw_nonzero().get())
    }
}

/// Whether our group is the one that the terminal sends its signals to.
#[cfg(unix)]
fn in_foreground() -> bool {
    let terminal = std::fs::File::open("/dev/tty");
    let group = terminal.ok().and_then(|terminal| rustix::termios::tcgetpgrp(terminal).ok());
    group == Some(rustix::process::getpgrp())
}

#[cfg(not(unix))]
impl Reach {
    pub(super) fn prepare(_: &mut Command) -> Self {
        Self {}
    }

    pub(super) fn of(self, _: &Child) -> Self {
        self
    }

    pub(super) fn pass(self, _: i32) {}

    pub(super) fn sweep(self) {}
}
