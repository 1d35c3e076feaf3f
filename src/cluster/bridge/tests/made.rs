//! Certificates made for one test, of kinds that no ordinary tool makes any more.

use rcgen::{
    BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, SigningKey as _,
    date_time_ymd,
};
use x509_cert::Certificate;
use x509_cert::der::{Decode as _, Encode as _};

/// A certificate and its private key, in DER.
#[derive(Clone)]
pub struct Made {
    pub der: Vec<u8>,
    pub key: Vec<u8>,
}

impl Made {
    pub fn pem(&self) -> String {
        pem("CERTIFICATE", &self.der)
    }

    pub fn key_pem(&self) -> String {
        pem("PRIVATE KEY", &self.key)
    }
}

fn pem(label: &str, der: &[u8]) -> String {
    use base64::Engine as _;
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    let lines: Vec<&str> = text.as_bytes().chunks(64).map(|l| std::str::from_utf8(l).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// How a certificate is wanted.
pub struct Wanted<'a> {
    pub name: &'a str,
    pub authority: bool,
    pub expired: bool,
    pub purpose: Option<ExtendedKeyUsagePurpose>,
}

impl Default for Wanted<'_> {
    fn default() -> Self {
        Wanted { name: "127.0.0.1", authority: false, expired: false, purpose: None }
    }
}

impl Wanted<'_> {
    fn params(&self) -> CertificateParams {
        let mut params = CertificateParams::new(vec![self.name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = if self.expired { date_time_ymd(2021, 1, 1) } else { date_time_ymd(2120, 1, 1) };
        if self.authority {
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        }
        params.extended_key_usages = self.purpose.iter().cloned().collect();
        params
    }

    /// Signed by itself.
    pub fn alone(&self) -> Made {
        let key = KeyPair::generate().unwrap();
        let der = self.params().self_signed(&key).unwrap().der().to_vec();
        Made { der, key: key.serialize_der() }
    }

    /// Signed by the key of another one, in that one's name.
    pub fn by(&self, signer: &Made, of: &Wanted<'_>) -> Made {
        let key = KeyPair::generate().unwrap();
        let (params, signer) = (of.params(), KeyPair::try_from(signer.key.as_slice()).unwrap());
        let der =
            self.params().signed_by(&key, &Issuer::from_params(&params, signer)).unwrap().der().to_vec();
        Made { der, key: key.serialize_der() }
    }
}

const SHA256: &[u8] = &[0x30, 0x0a, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
const SHA512: &[u8] = &[0x30, 0x0a, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 4];

/// The same certificate in the first version of X.509, which has no extensions.
pub fn first_version(of: &Made) -> Made {
    let certificate = Certificate::from_der(&of.der).unwrap();
    let key = KeyPair::try_from(of.key.as_slice()).unwrap();
    let public = certificate.tbs_certificate().subject_public_key_info().to_der().unwrap();
    let der = rewritten(&certificate, &public, false, SHA256, &|tbs| key.sign(tbs).unwrap());
    Made { der, key: of.key.clone() }
}

/// The same certificate for a key of the curve P-521, signed by that key.
pub fn p521(of: &Made, seed: u8) -> Made {
    use p521::ecdsa::signature::Signer as _;
    use p521::pkcs8::{EncodePrivateKey as _, EncodePublicKey as _};
    let certificate = Certificate::from_der(&of.der).unwrap();
    // Any number below the order of the curve is a key.
    let mut number = [seed; 66];
    number[0] = 0;
    let secret = p521::SecretKey::from_slice(&number).unwrap();
    let signing = p521::ecdsa::SigningKey::from(&secret);
    let public = secret.public_key().to_public_key_der().unwrap().into_vec();
    let sign = |tbs: &[u8]| {
        let signature: p521::ecdsa::Signature = signing.sign(tbs);
        signature.to_der().as_bytes().to_vec()
    };
    let der = rewritten(&certificate, &public, true, SHA512, &sign);
    Made { der, key: secret.to_pkcs8_der().unwrap().as_bytes().to_vec() }
}

fn rewritten(
    of: &Certificate,
    public: &[u8],
    third: bool,
    algorithm: &[u8],
    sign: &dyn Fn(&[u8]) -> Vec<u8>,
) -> Vec<u8> {
    let tbs = of.tbs_certificate();
    let mut content = if third { vec![0xa0, 3, 2, 1, 2] } else { Vec::new() };
    content.extend(tbs.serial_number().to_der().unwrap());
    content.extend(algorithm);
    content.extend(tbs.issuer().to_der().unwrap());
    content.extend(tbs.validity().to_der().unwrap());
    content.extend(tbs.subject().to_der().unwrap());
    content.extend(public);
    if let Some(extensions) = tbs.extensions().filter(|_| third) {
        content.extend(wrapped(0xa3, &extensions.to_der().unwrap()));
    }
    let tbs = wrapped(0x30, &content);
    let signature = [&[0][..], &sign(&tbs)].concat();
    wrapped(0x30, &[&tbs, algorithm, &wrapped(3, &signature)].concat())
}

fn wrapped(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let head = match length {
        0..0x80 => vec![tag, length as u8],
        0x80..0x100 => vec![tag, 0x81, length as u8],
        _ => vec![tag, 0x82, (length >> 8) as u8, length as u8],
    };
    [&head, content].concat()
}
