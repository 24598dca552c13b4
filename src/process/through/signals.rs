//! Signals that are sent to us and meant for the child.

/// A signal that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(unix), allow(dead_code))]
pub(super) enum Came {
    /// One that asks to end, by its number.
    End(i32),
    /// The window has another size.
    Resized,
}

/// Waits for signals. While it lives none of them ends us; one that was ignored when we were started (by
/// `nohup`, say) stays so.
#[derive(Debug)]
pub struct Signals {
    #[cfg(unix)]
    streams: Vec<(i32, tokio::signal::unix::Signal)>,
}

#[cfg(unix)]
impl Signals {
    /// Takes INT, TERM, HUP and QUIT from now on, and changes of the window.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn take() -> std::io::Result<Self> {
        use rustix::process::Signal;
        let ignored = ignored();
        let wanted = [Signal::INT, Signal::TERM, Signal::HUP, Signal::QUIT, Signal::WINCH].map(Signal::as_raw);
        let streams = wanted.into_iter().filter(|number| ignored & (1 << (number - 1)) == 0);
        let stream = |number| {
            use tokio::signal::unix::{SignalKind, signal};
            Ok((number, signal(SignalKind::from_raw(number))?))
        };
        Ok(Self { streams: streams.map(stream).collect::<std::io::Result<_>>()? })
    }

    /// The next one.
    pub(super) async fn next(&mut self) -> Came {
        let number = std::future::poll_fn(|context| {
            use std::task::Poll;
            for (number, stream) in &mut self.streams {
                if let Poll::Ready(Some(())) = stream.poll_recv(context) {
                    return Poll::Ready(*number);
                }
            }
            Poll::Pending
        });
        match number.await {
            number if number == rustix::process::Signal::WINCH.as_raw() => Came::Resized,
            number => Came::End(number),
        }
    }

    /// The number of the next one that asks to end.
    pub async fn end(&mut self) -> i32 {
        loop {
            if let Came::End(number) = self.next().await {
                return number;
            }
        }
    }
}

/// The set of ignored signals, where the system tells.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}

#[cfg(not(unix))]
impl Signals {
    /// Takes Ctrl-C from now on.
    ///
    /// # Errors
    /// Never; elsewhere it can fail.
    pub fn take() -> std::io::Result<Self> {
        Ok(Self {})
    }

    /// The next one. The child has got it too: it shares our console.
    pub(super) async fn next(&mut self) -> Came {
        match tokio::signal::ctrl_c().await {
            Ok(()) => Came::End(2),
            Err(_) => std::future::pending().await,
        }
    }

    /// The number of the next one that asks to end.
    pub async fn end(&mut self) -> i32 {
        match self.next().await {
            Came::End(number) => number,
            Came::Resized => 2,
        }
    }
}
