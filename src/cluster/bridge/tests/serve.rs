//! Servers and proxies on loopback, each for one test.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{DigitallySignedStruct, DistinguishedName, Error, ServerConfig, SignatureScheme};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use x509_cert::der::{Decode as _, Encode as _};

use super::made::Made;

/// The one client certificate that is taken; while it is empty, any.
pub type Taken = Arc<Mutex<Vec<u8>>>;

/// What was heard, in order.
pub type Heard = Arc<Mutex<Vec<String>>>;

/// How a server speaks TLS: the chain that it shows, the key that it has, and whether it asks who comes.
pub fn tls(shown: &[&Made], key: &Made, asks: Option<&Heard>) -> TlsAcceptor {
    let provider = super::super::p521::provider();
    let chain = shown.iter().map(|made| CertificateDer::from(made.der.clone())).collect();
    let der = PrivateKeyDer::try_from(key.key.clone()).unwrap();
    let key = super::super::p521::signing_key(&der)
        .unwrap_or_else(|| provider.key_provider.load_private_key(der.clone_key()).unwrap());
    let shown = SingleCertAndKey::from(CertifiedKey::new(chain, key));
    let builder =
        ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let builder = match asks {
        Some(heard) => builder.with_client_cert_verifier(Arc::new(Anybody(Arc::clone(heard), None))),
        None => builder.with_no_client_auth(),
    };
    TlsAcceptor::from(Arc::new(builder.with_cert_resolver(Arc::new(shown))))
}

/// The same for one client alone: any other one is told that its certificate is over.
pub fn tls_for(own: &Made, heard: &Heard, taken: &Taken) -> TlsAcceptor {
    let verifier = Anybody(Arc::clone(heard), Some(Arc::clone(taken)));
    let builder = ServerConfig::builder_with_provider(super::super::p521::provider());
    let builder =
        builder.with_safe_default_protocol_versions().unwrap().with_client_cert_verifier(Arc::new(verifier));
    let chain = vec![CertificateDer::from(own.der.clone())];
    let mut config =
        builder.with_single_cert(chain, PrivateKeyDer::try_from(own.key.clone()).unwrap()).unwrap();
    // One that goes on would not be asked again.
    config.session_storage = Arc::new(rustls::server::NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    TlsAcceptor::from(Arc::new(config))
}

/// Wants a certificate, of whatever version, and that who shows it has its key; perhaps only one.
#[derive(Debug)]
struct Anybody(Heard, Option<Taken>);

impl ClientCertVerifier for Anybody {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        shown: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        let version = x509_cert::Certificate::from_der(shown).unwrap().tbs_certificate().version();
        self.0.lock().unwrap().push(format!("{version:?}"));
        if self
            .1
            .as_ref()
            .is_some_and(|taken| !(taken.lock().unwrap().is_empty() || **shown == **taken.lock().unwrap()))
        {
            return Err(rustls::CertificateError::Expired.into());
        }
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, Error> {
        Err(Error::General("these tests speak TLS 1.3".to_owned()))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, Error> {
        let certificate = x509_cert::Certificate::from_der(shown).unwrap();
        let public = certificate.tbs_certificate().subject_public_key_info().to_der().unwrap();
        let known = super::super::p521::provider().signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature_with_raw_key(
            message,
            &public.as_slice().into(),
            signed,
            &known,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        super::super::p521::provider().signature_verification_algorithms.supported_schemes()
    }
}

/// A server that answers each request with what it heard of who asks.
pub async fn server(tls: Option<TlsAcceptor>) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((tcp, _)) = listener.accept().await {
            let tls = tls.clone();
            tokio::spawn(async move {
                match tls {
                    None => answer(tcp).await,
                    Some(tls) => match tls.accept(tcp).into_fallible().await {
                        Ok(stream) => answer(stream).await,
                        // What is on its way is read, or the system would take the alert back.
                        Err((_, mut tcp)) => {
                            let _ = tcp.read_to_end(&mut Vec::new()).await;
                        }
                    },
                }
            });
        }
    });
    address
}

async fn answer(mut stream: impl AsyncRead + AsyncWrite + Unpin) {
    let head = head(&mut stream).await;
    let body = line(&head, "authorization").unwrap_or("nobody").to_owned();
    let text =
        format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
    let _ = stream.write_all(text.as_bytes()).await;
    let _ = stream.shutdown().await;
}

pub async fn head(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let Ok(byte) = stream.read_u8().await else { break };
        head.push(byte);
    }
    String::from_utf8_lossy(&head).into_owned()
}

pub fn line<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines()
        .filter_map(|l| l.split_once(": "))
        .find(|(n, _)| n.eq_ignore_ascii_case(name))
        .map(|(_, v)| v)
}

/// A proxy that connects whoever asks, and tells how it was asked.
pub async fn http_proxy(tls: Option<TlsAcceptor>) -> (SocketAddr, Heard) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let (address, heard) = (listener.local_addr().unwrap(), Heard::default());
    let told = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((tcp, _)) = listener.accept().await {
            let (tls, told) = (tls.clone(), Arc::clone(&told));
            tokio::spawn(async move {
                match tls {
                    None => tunnel(tcp, &told).await,
                    Some(tls) => tunnel(tls.accept(tcp).await.unwrap(), &told).await,
                }
            });
        }
    });
    (address, heard)
}

async fn tunnel(mut from: impl AsyncRead + AsyncWrite + Unpin, told: &Heard) {
    let head = head(&mut from).await;
    let first = head.lines().next().unwrap_or_default().to_owned();
    let user = line(&head, "proxy-authorization").unwrap_or("nobody");
    told.lock().unwrap().push(format!("{first} by {user}"));
    let to = first.split(' ').nth(1).unwrap_or_default();
    let mut to = TcpStream::connect(to).await.unwrap();
    from.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
    let _ = tokio::io::copy_bidirectional(&mut from, &mut to).await;
}

/// A SOCKS proxy that wants a user, and leads everybody to one server whatever name is asked for.
pub async fn socks_proxy(to: SocketAddr) -> (SocketAddr, Heard) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let (address, heard) = (listener.local_addr().unwrap(), Heard::default());
    let told = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((mut from, _)) = listener.accept().await {
            let told = Arc::clone(&told);
            tokio::spawn(async move {
                let mut methods = [0; 2];
                from.read_exact(&mut methods).await.unwrap();
                from.read_exact(&mut vec![0; methods[1].into()]).await.unwrap();
                from.write_all(&[5, 2]).await.unwrap();
                assert_eq!(from.read_u8().await.unwrap(), 1);
                let (name, password) = (short(&mut from).await, short(&mut from).await);
                from.write_all(&[1, 0]).await.unwrap();
                let mut request = [0; 4];
                from.read_exact(&mut request).await.unwrap();
                let host = if request[3] == 3 { short(&mut from).await } else { format!("{request:?}") };
                let port = from.read_u16().await.unwrap();
                told.lock().unwrap().push(format!("{host}:{port} by {name}:{password}"));
                from.write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 0]).await.unwrap();
                let mut to = TcpStream::connect(to).await.unwrap();
                let _ = tokio::io::copy_bidirectional(&mut from, &mut to).await;
            });
        }
    });
    (address, heard)
}

async fn short(from: &mut (impl AsyncRead + Unpin)) -> String {
    let length = from.read_u8().await.unwrap();
    let mut text = vec![0; length.into()];
    from.read_exact(&mut text).await.unwrap();
    String::from_utf8(text).unwrap()
}
