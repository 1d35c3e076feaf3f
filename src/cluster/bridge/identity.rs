//! The certificate and key of a client. rustls would parse the certificate with webpki, which knows the third version of
//! X.509 alone; a client's own certificate is the server's to judge, so it is sent as it is once its key fits.

use std::sync::Arc;

use kube::config::AuthInfo;
use p521::elliptic_curve::ALGORITHM_OID as EC;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use x509_cert::Certificate;
use x509_cert::der::Decode as _;
use x509_cert::spki::{ObjectIdentifier, SubjectPublicKeyInfoRef};

use super::Unusable;
use super::trim::decoded;
use crate::lang::t;

const CERTIFICATE: &str = "client-certificate";
const KEY: &str = "client-key";

/// What a client shows a server that asks who it is; none where the kubeconfig names nothing.
pub(super) fn of(info: &AuthInfo, provider: &CryptoProvider) -> Result<Option<CertifiedKey>, Unusable> {
    let certificate = info.client_certificate_data.as_deref().filter(|t| !t.trim().is_empty());
    // The field is a secret, which is read as it would be written.
    let written = serde_json::to_value(info).unwrap_or_default();
    let key = written["client-key-data"].as_str().filter(|t| !t.trim().is_empty());
    let (certificate, key) = match (certificate, key) {
        (None, None) => return Ok(None),
        (Some(certificate), Some(key)) => (decoded(CERTIFICATE, certificate)?, decoded(KEY, key)?),
        (Some(_), None) => return Err(Unusable::Half { there: CERTIFICATE, missing: KEY }),
        (None, Some(_)) => return Err(Unusable::Half { there: KEY, missing: CERTIFICATE }),
    };
    let chain: Vec<CertificateDer<'static>> =
        CertificateDer::pem_slice_iter(&certificate).filter_map(Result::ok).collect();
    let first = chain.first().ok_or(Unusable::NoCertificate { field: CERTIFICATE })?;
    let first = Certificate::from_der(first).map_err(|_| Unusable::NoCertificate { field: CERTIFICATE })?;
    let public = first.tbs_certificate().subject_public_key_info();
    let private = PrivateKeyDer::from_pem_slice(&key).map_err(|_| no_key(&key))?;
    let key = match super::p521::signing_key(&private) {
        Some(key) => key,
        None => {
            let kind = kind(public.algorithm.oid, public.subject_public_key.raw_bytes());
            provider.key_provider.load_private_key(private).map_err(|_| Unusable::Key { kind })?
        }
    };
    let own = key.public_key();
    let own = own.as_ref().and_then(|der| SubjectPublicKeyInfoRef::from_der(der).ok());
    let own = own.and_then(|spki| spki.subject_public_key.as_bytes());
    if own.is_some() && own != public.subject_public_key.as_bytes() {
        return Err(Unusable::OtherKey);
    }
    Ok(Some(CertifiedKey::new(chain, Arc::clone(&key))))
}

fn no_key(pem: &[u8]) -> Unusable {
    let locked = String::from_utf8_lossy(pem).contains("ENCRYPTED");
    Unusable::NoKey { why: if locked { t!("cluster-key-locked") } else { t!("cluster-key-none") } }
}

/// What kind of key a certificate is for, in words.
fn kind(algorithm: ObjectIdentifier, public: &[u8]) -> String {
    const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
    if algorithm == RSA {
        // A sequence of the modulus and a short exponent: its length is that of the modulus, and a few bytes.
        return t!("cluster-key-rsa", bits = public.len() * 8 / 256 * 256);
    }
    if algorithm == EC {
        t!("cluster-key-curve").to_owned()
    } else {
        t!("cluster-key-kind", algorithm = algorithm)
    }
}
