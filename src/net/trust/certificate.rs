//! A certificate, summed up for the facts.

use rustls::pki_types::CertificateDer;
use sha2::{Digest, Sha256};
use x509_parser::prelude::{ASN1Time, FromDer, GeneralName, X509Certificate};

use crate::model::Foreign;
use crate::model::transport::Certificate;

/// The most names that are told of one certificate.
const MAX_NAMES: usize = 50;

/// What a certificate says, or None where it cannot be read.
pub(super) fn sum_up(der: &CertificateDer<'_>) -> Option<Certificate> {
    let (_, parsed) = X509Certificate::from_der(der).ok()?;
    Some(Certificate {
        subject: Foreign::capped(&parsed.subject().to_string(), 300),
        issuer: Foreign::capped(&parsed.issuer().to_string(), 300),
        names: names(&parsed),
        not_before: rfc3339(parsed.validity().not_before),
        not_after: rfc3339(parsed.validity().not_after),
        self_issued: parsed.subject().as_raw() == parsed.issuer().as_raw(),
        authority: parsed.is_ca(),
        sha256: Sha256::digest(der).iter().map(|byte| format!("{byte:02x}")).collect(),
    })
}

/// Its first and last second, since 1970.
pub(super) fn validity(der: &CertificateDer<'_>) -> Option<(i64, i64)> {
    let (_, parsed) = X509Certificate::from_der(der).ok()?;
    Some((parsed.validity().not_before.timestamp(), parsed.validity().not_after.timestamp()))
}

fn names(parsed: &X509Certificate<'_>) -> Vec<Foreign> {
    let Ok(Some(extension)) = parsed.subject_alternative_name() else { return Vec::new() };
    let names = extension.value.general_names.iter().filter_map(|name| match name {
        GeneralName::DNSName(name) => Some(Foreign::capped(name, 253)),
        GeneralName::IPAddress(bytes) => address(bytes).map(Foreign::from),
        _ => None,
    });
    names.take(MAX_NAMES).collect()
}

fn address(bytes: &[u8]) -> Option<String> {
    if let Ok(v4) = <[u8; 4]>::try_from(bytes) {
        return Some(std::net::Ipv4Addr::from(v4).to_string());
    }
    <[u8; 16]>::try_from(bytes).ok().map(|v6| std::net::Ipv6Addr::from(v6).to_string())
}

fn rfc3339(time: ASN1Time) -> String {
    seconds_to_rfc3339(time.timestamp())
}

/// Seconds since 1970 as RFC 3339; empty where no calendar reaches.
pub(super) fn seconds_to_rfc3339(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map(|time| time.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_dates_and_fingerprint_are_told() {
        let mut params = rcgen::CertificateParams::new(vec!["proxy.corp".into(), "127.0.0.1".into()]).unwrap();
        params.distinguished_name.push(rcgen::DnType::CommonName, "Corp \u{1b}[31m");
        params.not_before = rcgen::date_time_ymd(2020, 1, 2);
        params.not_after = rcgen::date_time_ymd(2021, 3, 4);
        let made = params.self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap();
        let told = sum_up(made.der()).unwrap();
        assert_eq!(told.names, [Foreign::from("proxy.corp"), Foreign::from("127.0.0.1")]);
        assert_eq!(
            (told.not_before.as_str(), told.not_after.as_str()),
            ("2020-01-02T00:00:00Z", "2021-03-04T00:00:00Z")
        );
        assert!(told.self_issued && !told.authority);
        assert_eq!(told.sha256.len(), 64);
        assert!(!told.subject.as_str().contains('\u{1b}'));
        assert_eq!(sum_up(&CertificateDer::from(vec![1, 2, 3])), None);
    }
}
