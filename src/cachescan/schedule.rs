//! Which thread does what: modules one by one, and the pieces of a large one by whoever is free.
//!
//! No thread ever waits for another within a module, so that no more modules are open than there are
//! threads (twice as many at the turn). Of those whose zip has a very large directory one is open at a time: the
//! others are put off. So memory stays within bounds.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::Scope;

use super::limits::Stopped;
use super::module::{Opened, Start};
use super::order::Order;
use super::pieces::Worker;
use super::sum::Tally;
use super::{Scan, Scanned, Wanted, owner};

/// What all threads see.
struct Board<'a> {
    cache: &'a Path,
    owner: Option<u32>,
    wanted: &'a [Wanted],
    order: &'a Order<'a>,
    next: AtomicUsize,
    done: Vec<OnceLock<Scanned>>,
    idle: Mutex<Vec<Worker>>,
    large: Mutex<Large>,
}

/// Modules whose zip has a very large directory.
#[derive(Default)]
struct Large {
    /// Whether one is open.
    open: bool,
    /// Those that wait until it is closed.
    put_off: Vec<usize>,
}

/// A module whose pieces several threads work on.
struct Shared<'a> {
    opened: Opened<'a>,
    slot: usize,
    tallies: Mutex<Vec<Tally>>,
    left: AtomicUsize,
}

/// Looks at modules of the cache at `cache` (GOMODCACHE), with the threads of the current rayon pool,
/// until all are done or the limits of `order` end it.
#[must_use]
pub fn scan(cache: &Path, wanted: &[Wanted], order: &Order<'_>) -> Scan {
    let board = Board {
        cache,
        owner: owner::of_cache(cache),
        wanted,
        order,
        next: AtomicUsize::new(0),
        done: wanted.iter().map(|_| OnceLock::new()).collect(),
        idle: Mutex::default(),
        large: Mutex::default(),
    };
    rayon::scope(|scope| {
        for _ in 0..rayon::current_num_threads() {
            scope.spawn(|scope| board.take(scope));
        }
    });
    let mut scan = Scan::default();
    for (wanted, done) in wanted.iter().zip(board.done) {
        match done.into_inner() {
            Some(scanned) => scan.modules.push(scanned),
            None => scan.not_reached.push(wanted.module.clone()),
        }
    }
    scan
}

impl<'a> Board<'a> {
    /// Takes modules until one is large enough to be shared.
    fn take<'s>(&'s self, scope: &Scope<'s>)
    where
        'a: 's,
    {
        while !self.order.limits.are_over() {
            let slot = self.next.fetch_add(1, Ordering::Relaxed);
            let may_be_large = || {
                let mut large = self.large.lock().unwrap_or_else(PoisonError::into_inner);
                if large.open {
                    large.put_off.push(slot);
                }
                !std::mem::replace(&mut large.open, true)
            };
            if slot >= self.wanted.len() || self.begin(scope, slot, &may_be_large).is_break() {
                return;
            }
        }
    }

    /// Works on a module, and shares it where it is large enough: then it is not for the caller to go on.
    fn begin<'s>(&'s self, scope: &Scope<'s>, slot: usize, may_be_large: &dyn Fn() -> bool) -> ControlFlow<()>
    where
        'a: 's,
    {
        let Some(wanted) = self.wanted.get(slot) else { return ControlFlow::Break(()) };
        let opened = match Opened::open(self.cache, self.owner, wanted, self.order, may_be_large) {
            Err(Stopped) => return ControlFlow::Break(()),
            Ok(Start::PutOff) => return ControlFlow::Continue(()),
            Ok(Start::Done(scanned)) => {
                self.set(slot, Ok(scanned));
                return ControlFlow::Continue(());
            }
            Ok(Start::Open(opened)) => *opened,
        };
        let pieces = opened.pieces();
        if pieces > 1 {
            // The thread pops what it pushed last: its own pieces come first. An idle one steals what
            // was pushed first: the next module.
            scope.spawn(|scope| self.take(scope));
            self.share(scope, slot, opened, pieces);
            return ControlFlow::Break(());
        }
        let mut worker = self.worker();
        let tallies = (0..pieces).map(|piece| opened.work(piece, &mut worker));
        self.set(slot, opened.finish(tallies));
        self.put_back(worker);
        self.close(scope, opened);
        ControlFlow::Continue(())
    }

    fn share<'s>(&'s self, scope: &Scope<'s>, slot: usize, opened: Opened<'a>, pieces: usize)
    where
        'a: 's,
    {
        let tallies = Mutex::new((0..pieces).map(|_| Tally::default()).collect());
        let shared = Arc::new(Shared { opened, slot, tallies, left: AtomicUsize::new(pieces) });
        for piece in (0..pieces).rev() {
            let shared = Arc::clone(&shared);
            scope.spawn(move |scope| self.work(scope, shared, piece));
        }
    }

    fn work<'s>(&'s self, scope: &Scope<'s>, shared: Arc<Shared<'a>>, piece: usize)
    where
        'a: 's,
    {
        let mut worker = self.worker();
        let tally = shared.opened.work(piece, &mut worker);
        self.put_back(worker);
        if let Some(place) = shared.tallies.lock().unwrap_or_else(PoisonError::into_inner).get_mut(piece) {
            *place = tally;
        }
        if shared.left.fetch_sub(1, Ordering::AcqRel) > 1 {
            return;
        }
        let all = std::mem::take(&mut *shared.tallies.lock().unwrap_or_else(PoisonError::into_inner));
        self.set(shared.slot, shared.opened.finish(all.into_iter()));
        // Others that worked on it may not have let go of it yet.
        let is_large = shared.opened.is_large();
        drop(shared);
        self.closed(scope, is_large);
    }

    fn close<'s>(&'s self, scope: &Scope<'s>, opened: Opened<'a>)
    where
        'a: 's,
    {
        let is_large = opened.is_large();
        drop(opened);
        self.closed(scope, is_large);
    }

    /// Goes on with the next one that was put off.
    fn closed<'s>(&'s self, scope: &Scope<'s>, was_large: bool)
    where
        'a: 's,
    {
        if !was_large {
            return;
        }
        let mut large = self.large.lock().unwrap_or_else(PoisonError::into_inner);
        match large.put_off.pop() {
            Some(slot) => scope.spawn(move |scope| {
                let _ = self.begin(scope, slot, &|| true);
            }),
            None => large.open = false,
        }
    }

    fn set(&self, slot: usize, scanned: Result<Scanned, Stopped>) {
        if let (Some(done), Ok(scanned)) = (self.done.get(slot), scanned) {
            let _ = done.set(scanned);
        }
    }

    fn worker(&self) -> Worker {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    fn put_back(&self, worker: Worker) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
    }
}
