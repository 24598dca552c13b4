//! Evidence in English.

use crate::model::Seen;
use crate::model::seen::Part;

/// What was seen.
#[must_use]
pub fn seen(seen: &Seen) -> String {
    match seen {
        Seen::Text(text) => text.clone(),
        Seen::Refused { url, status, login_sent: true } => format!("GET {url}: {status}, a login was sent"),
        Seen::Refused { url, status, login_sent: false } => format!("GET {url}: {status}, no login sent"),
        Seen::Tries { failed, asked } => format!("{failed} of {asked} tries failed"),
        Seen::Free { bytes, files } => format!("{} bytes and {} files free", number(*bytes), number(*files)),
        Seen::Shadowed { variable, value, hidden } => {
            format!("{variable}={value} (process), {variable}={hidden} (go env file)")
        }
        Seen::NoSumLine(of) => format!("no line for {of}"),
        Seen::NoReference { url, references, version } => {
            format!("git ls-remote {url}: {references} references, none is {version}")
        }
        Seen::Provides { module, package } => format!("found {package} in {module}"),
        Seen::Chain(modules) => modules.join(" requires "),
        Seen::Files { count, first } => format!("{count} files: {}", first.join(", ")),
        Seen::Part { part, text } => format!("{}: {text}", name(*part)),
    }
}

fn number(count: Option<u64>) -> String {
    count.map_or_else(|| "?".to_owned(), |count| count.to_string())
}

fn name(part: Part) -> &'static str {
    match part {
        Part::Zip => "zip",
        Part::ZipEntry => "zip entry",
        Part::Folder => "folder",
    }
}
