//! What the go command says itself.
//!
//! Sources: cmd/go of Go 1.8 to 1.27 (get, modload, modfetch, modget, modcmd, toolchain, web) and what
//! its libraries say through it (net, net/http, crypto/tls, crypto/x509, archive/zip, os). Go's words
//! are never translated; those of the system in them may be (Windows).

use super::{Format, GoSays, Tells, Whose, Wording, w};

mod answers;
mod files;
mod library;
mod modules;
mod settings;
mod sources;
mod sums;
mod toolchains;
mod work;

/// What only the go command says.
const fn go(id: &'static str, wordings: &'static [Wording]) -> Format {
    of(id, GoSays::Failure, wordings)
}

/// What other programs may say as well.
const fn part(id: &'static str, wordings: &'static [Wording]) -> Format {
    of(id, GoSays::Part, wordings)
}

/// What any program says that is written in Go, or any program at all.
const fn library(id: &'static str, wordings: &'static [Wording]) -> Format {
    of(id, GoSays::Library, wordings)
}

const fn of(id: &'static str, says: GoSays, wordings: &'static [Wording]) -> Format {
    Format { id, whose: Whose::Ours, tells: Tells::Go(says), wordings }
}

pub(super) fn formats() -> impl Iterator<Item = &'static Format> {
    [
        work::FORMATS,
        answers::FORMATS,
        sums::FORMATS,
        sources::FORMATS,
        modules::FORMATS,
        toolchains::FORMATS,
        settings::FORMATS,
        files::FORMATS,
        library::FORMATS,
    ]
    .into_iter()
    .flatten()
}
