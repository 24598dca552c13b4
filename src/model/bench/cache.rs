//! Whether a cache had the answer, by the headers that caches write.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::transport::Header;

/// Whether a cache had it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CacheUse {
    /// A cache had it.
    Hit,
    /// A cache was asked and had it not.
    Miss,
}

/// Where caches say so, each in its own words: Cloudflare, nginx and most content delivery networks,
/// Squid (`MISS from host`, `TCP_HIT`), Tencent (`Cache Hit`).
const NAMES: [&str; 5] = ["cf-cache-status", "x-cache-status", "x-cache", "x-cache-lookup", "x-proxy-cache"];

impl CacheUse {
    /// What the headers say; nothing where they say nothing. Where several caches speak, one that had it is
    /// enough.
    #[must_use]
    pub fn of(headers: &[Header]) -> Option<Self> {
        let told: Vec<Self> = headers
            .iter()
            .filter(|header| NAMES.contains(&header.name.as_str()))
            .filter_map(|header| word(header.value.as_str()))
            .collect();
        let aged = age(headers).is_some_and(|age| age > 0).then_some(Self::Hit);
        let hit = told.iter().chain(&aged).find(|told| **told == Self::Hit).copied();
        hit.or_else(|| told.first().copied())
    }
}

fn word(value: &str) -> Option<CacheUse> {
    let value = value.to_ascii_lowercase();
    let has = |word: &str| value.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| part == word);
    if ["hit", "revalidated", "stale"].into_iter().any(has) {
        Some(CacheUse::Hit)
    } else if ["miss", "expired", "bypass", "dynamic"].into_iter().any(has) {
        Some(CacheUse::Miss)
    } else {
        None
    }
}

/// The Age of an answer, in seconds (RFC 9111, 5.1).
#[must_use]
pub fn age(headers: &[Header]) -> Option<u64> {
    headers.iter().find(|header| header.name.as_str() == "age")?.value.as_str().trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(headers: &[(&str, &str)]) -> Option<CacheUse> {
        let header = |(name, value): &(&str, &str)| Header { name: (*name).into(), value: (*value).into() };
        CacheUse::of(&headers.iter().map(header).collect::<Vec<_>>())
    }

    #[test]
    fn caches_speak_in_many_ways() {
        for (name, value, told) in [
            ("x-cache", "HIT", Some(CacheUse::Hit)),
            ("x-cache", "MISS from cache.example", Some(CacheUse::Miss)),
            ("x-cache", "TCP_MEM_HIT", Some(CacheUse::Hit)),
            ("x-cache-lookup", "Cache Hit", Some(CacheUse::Hit)),
            ("cf-cache-status", "DYNAMIC", Some(CacheUse::Miss)),
            ("x-cache", "hitachi", None),
            ("age", "17", Some(CacheUse::Hit)),
            ("age", "0", None),
            ("age", "-3", None),
            ("server", "hit", None),
        ] {
            assert_eq!(of(&[(name, value)]), told, "{name}: {value}");
        }
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[("x-cache", "MISS"), ("x-cache-lookup", "HIT")]), Some(CacheUse::Hit));
        assert_eq!(of(&[("x-cache", "MISS"), ("age", "9")]), Some(CacheUse::Hit));
    }
}
