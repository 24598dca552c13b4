//! A secret in a log, in the forms in which people leave one there.

/// What must not come back.
pub const SECRET: &str = "S3cr3t";

const HOLDERS: &[&str] = &[
    "https://u:S3cr3t@h/",
    "https://S3cr3t@git.corp.example/team/kit",
    "https://u:pw/S3cr3t@h/x",
    "Authorization: Bearer S3cr3t",
    "authorization: Basic S3cr3t",
    "password S3cr3t",
    "machine h login u password S3cr3t",
    "https://h/x?access_token=S3cr3t",
    "https://h/x.zip?X-Amz-Signature=S3cr3t&y=1",
    "PRIVATE-TOKEN: S3cr3t",
    "GITHUB_TOKEN=S3cr3t",
    "GOPROXY=https://u:S3cr3t@h/goproxy,direct",
    "go: a.example/b@v1.0.0: Get \"https://u:S3cr3t@h/a.example/b/@v/v1.0.0.mod\": EOF",
    "fatal: unable to access 'https://u:S3cr3t@h/team/kit/': The requested URL returned error: 403",
    "fatal: could not read Password for 'https://S3cr3t@h': terminal prompts disabled",
    "-----BEGIN OPENSSH PRIVATE KEY-----\nS3cr3t\n-----END OPENSSH PRIVATE KEY-----",
];
/// What stands before and behind it.
const AROUND: &[&str] = &[" ", "\n", "\t", "\"", "'", "\r\n", "\n\t", " | "];

/// Puts one in at the place that the knobs say, or none. `None` where the log has the very word itself.
pub fn plant(log: &mut Vec<u8>, [holder, around, high, low]: [u8; 4]) -> Option<bool> {
    if log.windows(SECRET.len()).any(|found| found == SECRET.as_bytes()) {
        return None;
    }
    let Some(holder) = HOLDERS.get(usize::from(holder) % (HOLDERS.len() * 2)) else { return Some(false) };
    let around = AROUND[usize::from(around) % AROUND.len()];
    let at = usize::from(u16::from_be_bytes([high, low])) % (log.len() + 1);
    log.splice(at..at, [around, holder, around].concat().into_bytes());
    Some(true)
}
