//! ECDSA with the curve P-521, which ring cannot compute: the key of a client's certificate, and signatures of servers and
//! authorities. The arithmetic is `RustCrypto`'s; TLS itself stays rustls' own.

use std::sync::{Arc, OnceLock};

use p521::ecdsa::signature::Signer as _;
use p521::ecdsa::signature::hazmat::PrehashVerifier;
use p521::ecdsa::{DerSignature, Signature, SigningKey, VerifyingKey};
use p521::pkcs8::{DecodePrivateKey as _, EncodePublicKey as _};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms};
use rustls::pki_types::{
    AlgorithmIdentifier, InvalidSignature, PrivateKeyDer, SignatureVerificationAlgorithm,
    SubjectPublicKeyInfoDer, alg_id,
};
use rustls::sign::Signer;
use rustls::{Error, SignatureAlgorithm, SignatureScheme};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use crate::lang::t;

const SCHEME: SignatureScheme = SignatureScheme::ECDSA_NISTP521_SHA512;

/// ring's provider, with the signatures of P-521 behind its own.
pub(super) fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: OnceLock<Arc<CryptoProvider>> = OnceLock::new();
    let provider = PROVIDER.get_or_init(|| {
        let ring = rustls::crypto::ring::default_provider();
        let known = ring.signature_verification_algorithms;
        // rustls wants tables that last for ever; they are made once.
        let all: Vec<_> = known.all.iter().copied().chain(VERIFIERS.iter().copied()).collect();
        let mapping: Vec<_> = known.mapping.iter().copied().chain([(SCHEME, HANDSHAKE)]).collect();
        let with = WebPkiSupportedAlgorithms { all: all.leak(), mapping: mapping.leak() };
        Arc::new(CryptoProvider { signature_verification_algorithms: with, ..ring })
    });
    Arc::clone(provider)
}

/// The signing key, if it is one of this curve.
pub(super) fn signing_key(der: &PrivateKeyDer<'_>) -> Option<Arc<dyn rustls::sign::SigningKey>> {
    let key = match der {
        PrivateKeyDer::Pkcs8(der) => p521::SecretKey::from_pkcs8_der(der.secret_pkcs8_der()).ok()?,
        PrivateKeyDer::Sec1(der) => p521::SecretKey::from_sec1_der(der.secret_sec1_der()).ok()?,
        _ => return None,
    };
    Some(Arc::new(Key(Arc::new(SigningKey::from(key)))))
}

/// It is not printed.
struct Key(Arc<SigningKey>);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(P-521)")
    }
}

impl rustls::sign::SigningKey for Key {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        offered.contains(&SCHEME).then(|| Box::new(Key(Arc::clone(&self.0))) as Box<dyn Signer>)
    }

    fn public_key(&self) -> Option<SubjectPublicKeyInfoDer<'_>> {
        let der = self.0.verifying_key().to_public_key_der().ok()?;
        Some(SubjectPublicKeyInfoDer::from(der.into_vec()))
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::ECDSA
    }
}

impl Signer for Key {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        let signature: Signature =
            self.0.try_sign(message).map_err(|_| Error::General(t!("cluster-p521-unsigned").to_owned()))?;
        Ok(signature.to_der().as_bytes().to_vec())
    }

    fn scheme(&self) -> SignatureScheme {
        SCHEME
    }
}

/// Checks signatures of this curve over one hash.
#[derive(Debug)]
struct Verifier {
    hash: fn(&[u8]) -> Vec<u8>,
    signature: AlgorithmIdentifier,
}

static SHA256: Verifier = Verifier { hash: |m| Sha256::digest(m).to_vec(), signature: alg_id::ECDSA_SHA256 };
static SHA384: Verifier = Verifier { hash: |m| Sha384::digest(m).to_vec(), signature: alg_id::ECDSA_SHA384 };
static SHA512: Verifier = Verifier { hash: |m| Sha512::digest(m).to_vec(), signature: alg_id::ECDSA_SHA512 };
static VERIFIERS: &[&dyn SignatureVerificationAlgorithm] = &[&SHA512, &SHA384, &SHA256];
static HANDSHAKE: &[&dyn SignatureVerificationAlgorithm] = &[&SHA512];

impl SignatureVerificationAlgorithm for Verifier {
    fn verify_signature(
        &self,
        public: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        let key = VerifyingKey::from_sec1_bytes(public).map_err(|_| InvalidSignature)?;
        let signature = DerSignature::try_from(signature).map_err(|_| InvalidSignature)?;
        key.verify_prehash(&(self.hash)(message), &signature).map_err(|_| InvalidSignature)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::ECDSA_P521
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.signature
    }
}
