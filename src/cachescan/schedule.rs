//! Which thread does what: modules one by one, and the pieces of a large one by whoever is free.
//!
//! No thread ever waits for another within a module, so that no more modules are open than there are
//! threads (twice as many at the turn), and memory stays within bounds.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::Scope;

use super::limits::Stopped;
use super::module::{Opened, Start};
use super::order::Order;
use super::pieces::{Outcome, Worker};
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
}

/// A module whose pieces several threads work on.
struct Shared<'a> {
    opened: Opened<'a>,
    slot: usize,
    outcomes: Mutex<Vec<Vec<Outcome>>>,
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
        let mut worker = self.worker();
        while !self.order.limits.are_over() {
            let slot = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(wanted) = self.wanted.get(slot) else { break };
            let opened = match Opened::open(self.cache, self.owner, wanted, self.order) {
                Err(Stopped) => break,
                Ok(Start::Done(scanned)) => {
                    self.set(slot, Ok(scanned));
                    continue;
                }
                Ok(Start::Open(opened)) => opened,
            };
            let pieces = opened.pieces();
            if pieces > 1 {
                self.put_back(worker);
                // The thread pops what it pushed last: its own pieces come first. An idle one steals what
                // was pushed first: the next module.
                scope.spawn(|scope| self.take(scope));
                return self.share(scope, slot, *opened, pieces);
            }
            let outcomes = if pieces == 0 { Vec::new() } else { opened.work(0, &mut worker) };
            self.set(slot, opened.finish(&mut outcomes.into_iter()));
        }
        self.put_back(worker);
    }

    fn share<'s>(&'s self, scope: &Scope<'s>, slot: usize, opened: Opened<'a>, pieces: usize)
    where
        'a: 's,
    {
        let outcomes = Mutex::new((0..pieces).map(|_| Vec::new()).collect());
        let shared = Arc::new(Shared { opened, slot, outcomes, left: AtomicUsize::new(pieces) });
        for piece in (0..pieces).rev() {
            let shared = Arc::clone(&shared);
            scope.spawn(move |_| self.work(&shared, piece));
        }
    }

    fn work(&self, shared: &Shared<'_>, piece: usize) {
        let mut worker = self.worker();
        let outcomes = shared.opened.work(piece, &mut worker);
        self.put_back(worker);
        let mut all = shared.outcomes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = all.get_mut(piece) {
            *place = outcomes;
        }
        if shared.left.fetch_sub(1, Ordering::AcqRel) == 1 {
            let all = std::mem::take(&mut *all);
            self.set(shared.slot, shared.opened.finish(&mut all.into_iter().flatten()));
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
