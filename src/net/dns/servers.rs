//! The servers of resolv.conf, all asked at once, and what go would make of their answers.

use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use futures_util::future::join_all;

use super::message::{Family, Reply, ask};
use super::resolv_conf::ResolvConf;
use crate::model::Foreign;
use crate::model::transport::{DnsFailure, DnsServerOutcome, ServersDnsOutcome};
use crate::net::deadline::{Deadline, millis};

/// Both answers of one server about one name.
struct Answers {
    server: SocketAddr,
    v4: Reply,
    v6: Reply,
    elapsed_ms: u64,
}

/// Asks as go does: name by name until one has an address. Go asks the servers in turn; we ask them
/// all, so that a dead one shows even where another answers.
pub(super) async fn lookup(conf: &ResolvConf, host: &str, deadline: &Deadline, limit: Duration) -> ServersDnsOutcome {
    let mut outcome = ServersDnsOutcome::default();
    let started = Instant::now();
    for (index, name) in conf.names(host).iter().enumerate() {
        let left = limit.saturating_sub(started.elapsed());
        // Suffixes are tried within what is left, and never for nothing.
        if index > 0 && (left.is_zero() || deadline.is_over()) {
            break;
        }
        let answers = join_all(conf.servers.iter().map(|server| both(conf, *server, name, deadline, left))).await;
        let (addresses, failure) = as_go(&answers);
        outcome.servers.extend(answers.iter().map(|answers| told(answers, name)));
        if !addresses.is_empty() {
            outcome.addresses = addresses;
            outcome.error = None;
            break;
        }
        // Go shows the error of the name as it was given, else the first.
        if outcome.error.is_none() || name.trim_end_matches('.') == host.trim_end_matches('.') {
            outcome.error = failure;
        }
    }
    if outcome.servers.is_empty() {
        outcome.error = Some(DnsFailure::NoSuchHost);
    }
    outcome
}

async fn both(conf: &ResolvConf, server: SocketAddr, name: &str, deadline: &Deadline, limit: Duration) -> Answers {
    let started = Instant::now();
    let patience = conf.timeout.saturating_mul(conf.attempts);
    let limit = limit.min(patience);
    // One repetition within our limit, as go repeats within its own.
    let resend = (limit / 2).max(Duration::from_millis(50));
    let one = |family| async move {
        let reply = deadline.limit(limit, ask(server, name, family, resend, conf.use_tcp)).await;
        reply.unwrap_or_else(|ended| {
            let as_long_as_go = ended.after_ms + 100 >= millis(patience);
            Reply::failed(if as_long_as_go { DnsFailure::Timeout } else { DnsFailure::CutOff })
        })
    };
    let (v4, v6) = tokio::join!(one(Family::V4), one(Family::V6));
    Answers { server, v4, v6, elapsed_ms: millis(started.elapsed()) }
}

/// Go's view of one name: for each family the first server decides that has an answer or says that
/// there is none; of failures the last one is told.
fn as_go(answers: &[Answers]) -> (Vec<IpAddr>, Option<DnsFailure>) {
    let family = |reply: fn(&Answers) -> &Reply| {
        let replies = || answers.iter().map(|answers| &reply(answers).result);
        replies().find(|result| !retried(result)).or_else(|| replies().next_back()).cloned()
    };
    let (v4, v6) = (family(|answers| &answers.v4), family(|answers| &answers.v6));
    let mut addresses = Vec::new();
    let mut failure = None;
    for result in [v4, v6].into_iter().flatten() {
        match result {
            Ok(found) => addresses.extend(found),
            Err(error) => failure = worse(failure, error),
        }
    }
    let failure = failure.filter(|_| addresses.is_empty());
    (addresses, failure)
}

/// Whether go asks the next server after this.
fn retried(result: &Result<Vec<IpAddr>, DnsFailure>) -> bool {
    !matches!(result, Ok(_) | Err(DnsFailure::NoSuchHost | DnsFailure::NoAddress))
}

/// A name without IPv6 addresses is no trouble; a server that fails is.
fn worse(one: Option<DnsFailure>, other: DnsFailure) -> Option<DnsFailure> {
    match one {
        Some(one) if !matches!(one, DnsFailure::NoAddress) => Some(one),
        _ => Some(other),
    }
}

fn told(answers: &Answers, name: &str) -> DnsServerOutcome {
    let (mut addresses, mut error) = (Vec::new(), None);
    for reply in [&answers.v4, &answers.v6] {
        match &reply.result {
            Ok(found) => addresses.extend(found),
            Err(failure) => error = worse(error, *failure),
        }
    }
    let nothing_of_one_family = matches!(error, Some(DnsFailure::NoAddress | DnsFailure::NoSuchHost));
    if !addresses.is_empty() && nothing_of_one_family {
        error = None;
    }
    DnsServerOutcome {
        server: answers.server,
        name: Foreign::new(name),
        rcode: answers.v4.rcode.or(answers.v6.rcode),
        addresses,
        error,
        elapsed_ms: answers.elapsed_ms,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(v4: Result<&str, DnsFailure>, v6: Result<&str, DnsFailure>) -> Answers {
        let reply = |result: Result<&str, DnsFailure>| Reply {
            rcode: None,
            result: result.map(|address| vec![address.parse().unwrap()]),
        };
        Answers { server: "127.0.0.1:53".parse().unwrap(), v4: reply(v4), v6: reply(v6), elapsed_ms: 0 }
    }

    #[test]
    fn the_first_server_that_knows_decides() {
        use DnsFailure::{CutOff, NoAddress, NoSuchHost, ServerFailure};
        let dead = || answers(Err(CutOff), Err(CutOff));
        let good = || answers(Ok("192.0.2.1"), Err(NoAddress));
        let none = || answers(Err(NoSuchHost), Err(NoSuchHost));
        assert_eq!(as_go(&[dead(), good()]).0.len(), 1);
        assert_eq!(as_go(&[none(), good()]), (vec![], Some(NoSuchHost)), "go does not ask on after NXDOMAIN");
        assert_eq!(as_go(&[answers(Err(ServerFailure), Err(ServerFailure)), dead()]).1, Some(CutOff));
        assert_eq!(as_go(&[answers(Err(NoAddress), Err(ServerFailure))]).1, Some(ServerFailure));
    }

    #[test]
    fn a_family_without_addresses_is_no_error_and_a_silent_one_is() {
        use DnsFailure::{CutOff, NoAddress};
        assert_eq!(told(&answers(Ok("192.0.2.1"), Err(NoAddress)), "h.").error, None);
        assert_eq!(told(&answers(Ok("192.0.2.1"), Err(CutOff)), "h.").error, Some(CutOff));
    }
}
