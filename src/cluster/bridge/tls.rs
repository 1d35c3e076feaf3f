//! How TLS is spoken with a server: who is believed to be it, and what is shown to it.

use std::sync::Arc;

use kube::client::ConfigExt as _;
use kube::config::Config;
use rustls::ClientConfig;
use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::sign::SingleCertAndKey;

use super::verify::{Everybody, Listed};
use super::{Unusable, identity, p521};

/// The TLS of a client.
pub(super) fn config(config: &Config) -> Result<ClientConfig, Unusable> {
    if config.root_cert_file.is_some() {
        // In a pod: kube reads the authority's file again when it is renewed.
        return config.rustls_client_config().map_err(|e| Unusable::Tls(crate::cluster::explain(&e)));
    }
    let provider = p521::provider();
    let identity = identity::of(&config.auth_info, &provider)?;
    let broken = |e: rustls::Error| Unusable::Tls(e.to_string());
    let verifier: Arc<dyn ServerCertVerifier> = match &config.root_cert {
        _ if config.accept_invalid_certs => Arc::new(Everybody(provider.signature_verification_algorithms)),
        Some(listed) => Arc::new(Listed::new(listed, &provider)?),
        None => Arc::new(rustls_platform_verifier::Verifier::new(Arc::clone(&provider)).map_err(broken)?),
    };
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(broken)?.dangerous().with_custom_certificate_verifier(verifier);
    Ok(match identity {
        Some(key) => builder.with_client_cert_resolver(Arc::new(SingleCertAndKey::from(key))),
        None => builder.with_no_client_auth(),
    })
}

/// The TLS of a client that needs none: it believes nobody.
pub(super) fn nobody() -> Result<ClientConfig, Unusable> {
    let builder = ClientConfig::builder_with_provider(p521::provider()).with_safe_default_protocol_versions();
    let builder = builder.map_err(|e| Unusable::Tls(e.to_string()))?;
    Ok(builder.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth())
}

/// The certificates that a file or field lists.
pub(in crate::cluster) fn listed(pem: &[u8]) -> Result<Vec<Vec<u8>>, Unusable> {
    let found: Vec<_> =
        CertificateDer::pem_slice_iter(pem).filter_map(Result::ok).map(|der| der.to_vec()).collect();
    if found.is_empty() { Err(Unusable::NoCertificate { field: "certificate-authority" }) } else { Ok(found) }
}
