//! Whether the server is the one that the kubeconfig trusts. webpki judges first, as ever. It refuses two kinds of server
//! that Go takes: one that shows a certificate which is itself listed as authority, and among these the one that
//! `openssl req -x509` makes, an authority that serves. Such a certificate is taken when it is, byte for byte, one of
//! those listed, and its names, dates and purpose fit; the handshake proves, as always, that the server has its key.
//!
//! Must not trust by a name or a key alone: a listed certificate that is no authority vouches for itself and for no other.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{
    CryptoProvider, WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature,
};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use x509_cert::certificate::Version;
use x509_cert::der::Decode as _;
use x509_cert::der::oid::db::rfc5280::{ANY_EXTENDED_KEY_USAGE, ID_KP_SERVER_AUTH};
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage};
use x509_cert::{Certificate, TbsCertificate};

use super::Unusable;

/// The certificates that a kubeconfig lists as authorities.
#[derive(Debug)]
pub(super) struct Listed {
    /// Those of them that may vouch for others; none where none may.
    authorities: Option<Arc<WebPkiServerVerifier>>,
    all: Vec<CertificateDer<'static>>,
    known: WebPkiSupportedAlgorithms,
}

impl Listed {
    pub(super) fn new(listed: &[Vec<u8>], provider: &Arc<CryptoProvider>) -> Result<Listed, Unusable> {
        let mut roots = RootCertStore::empty();
        let mut all = Vec::new();
        for der in listed {
            // What cannot be read vouches for nobody; the others still do, as for Go.
            let Ok(certificate) = Certificate::from_der(der) else { continue };
            let der = CertificateDer::from(der.clone());
            if vouches(certificate.tbs_certificate()) {
                let _ = roots.add(der.clone());
            }
            all.push(der);
        }
        if all.is_empty() {
            return Err(Unusable::NoCertificate { field: "certificate-authority" });
        }
        let authorities = if roots.is_empty() {
            None
        } else {
            let built =
                WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider)).build();
            Some(built.map_err(|e| Unusable::Tls(e.to_string()))?)
        };
        Ok(Listed { authorities, all, known: provider.signature_verification_algorithms })
    }
}

/// Whether a certificate may vouch for others. The first version of X.509 had no field that says so.
fn vouches(tbs: &TbsCertificate) -> bool {
    if tbs.version() != Version::V3 {
        return true;
    }
    let signs = match tbs.get_extension::<KeyUsage>() {
        Ok(usage) => usage.is_none_or(|(_, usage)| usage.key_cert_sign()),
        Err(_) => false,
    };
    signs && matches!(tbs.get_extension::<BasicConstraints>(), Ok(Some((_, basic))) if basic.ca)
}

impl ServerCertVerifier for Listed {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let judged = match &self.authorities {
            Some(authorities) => authorities.verify_server_cert(shown, between, name, ocsp, now),
            None => Err(CertificateError::UnknownIssuer.into()),
        };
        if judged.is_err() && self.all.iter().any(|listed| listed == shown) {
            return itself(shown, name, now);
        }
        judged
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, shown, signed, &self.known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, shown, signed, &self.known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.known.supported_schemes()
    }
}

/// Judges a certificate that is itself listed: what is left to check are its names, dates and purpose.
fn itself(
    shown: &CertificateDer<'_>,
    name: &ServerName<'_>,
    now: UnixTime,
) -> Result<ServerCertVerified, Error> {
    rustls::client::verify_server_name(&ParsedCertificate::try_from(shown)?, name)?;
    let certificate = Certificate::from_der(shown).map_err(|_| CertificateError::BadEncoding)?;
    let tbs = certificate.tbs_certificate();
    let dates = tbs.validity();
    let now = now.as_secs();
    if now < dates.not_before.to_unix_duration().as_secs() {
        return Err(CertificateError::NotValidYet.into());
    }
    if now > dates.not_after.to_unix_duration().as_secs() {
        return Err(CertificateError::Expired.into());
    }
    let purposes = tbs.get_extension::<ExtendedKeyUsage>().map_err(|_| CertificateError::BadEncoding)?;
    let serves = purposes.is_none_or(|(_, list)| {
        list.0.iter().any(|p| *p == ID_KP_SERVER_AUTH || *p == ANY_EXTENDED_KEY_USAGE)
    });
    if serves { Ok(ServerCertVerified::assertion()) } else { Err(CertificateError::InvalidPurpose.into()) }
}

/// Takes every server, because `insecure-skip-tls-verify` says so.
#[derive(Debug)]
pub(super) struct Everybody(pub WebPkiSupportedAlgorithms);

impl ServerCertVerifier for Everybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_schemes()
    }
}
