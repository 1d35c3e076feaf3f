//! Why credentials could not be had, and what to do next: log in, mend a file, or only what the words say. Where there is a
//! screen, its key tries again; a command is run again.

use std::sync::Arc;

use rustls::{AlertDescription, CertificateError as C};

use crate::lang::t;

/// What helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A login: outside, or in what the plugin opens.
    LogIn,
    /// Nothing but trying again.
    Again,
    /// What the words name is put right.
    Mend,
    /// The words say it themselves.
    Said,
}

/// Why they could not be had.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    why: Arc<str>,
    next: Next,
}

impl Failure {
    pub(super) fn new(why: String, next: Next) -> Failure {
        Failure { why: why.into(), next }
    }

    /// What is said, with a screen or without one.
    pub(super) fn words(&self, screen: bool) -> String {
        let why = &self.why;
        match (self.next, screen) {
            (Next::LogIn, true) => t!("cluster-failure-log-in", why = why),
            (Next::LogIn, false) => t!("cluster-failure-log-in-rerun", why = why),
            (Next::Again, true) => t!("cluster-failure-again", why = why),
            (Next::Mend, true) => t!("cluster-failure-mend", why = why),
            (Next::Again | Next::Mend | Next::Said, _) => why.to_string(),
        }
    }
}

/// A request was not sent: there are no credentials that the server takes. It is an error of its own, because whoever writes
/// must know that nothing was done.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct NotSent(pub String);

#[cfg(feature = "execute")]
/// Whether a request failed before it was sent, for want of credentials, or the server did not take them.
pub(super) fn logged_out(error: &kube::Error) -> bool {
    match error {
        kube::Error::Api(status) => status.code == 401,
        kube::Error::Service(e) => e.downcast_ref::<NotSent>().is_some(),
        _ => false,
    }
}

/// What TLS said, below all that wraps it.
fn of_tls<'a>(error: &'a (dyn std::error::Error + 'static)) -> Option<&'a rustls::Error> {
    let mut next = Some(error);
    while let Some(cause) = next {
        if let Some(found) = cause.downcast_ref() {
            return Some(found);
        }
        // An error of the system hides what it was made of.
        let inner = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = match inner {
            Some(inner) => Some(inner as &(dyn std::error::Error + 'static)),
            None => cause.source(),
        };
    }
    None
}

/// Whether the server broke the handshake off because of the client's certificate: an answer like a 401.
pub(super) fn refuses_certificate(error: &(dyn std::error::Error + 'static)) -> bool {
    matches!(of_tls(error), Some(rustls::Error::AlertReceived(alert)) if of_a_certificate(*alert))
}

/// What to do about a server whose certificate is not believed, where its own words do not say it.
pub(super) fn not_believed(error: &(dyn std::error::Error + 'static)) -> Option<&'static str> {
    let rustls::Error::InvalidCertificate(why) = of_tls(error)? else { return None };
    Some(match why {
        C::UnknownIssuer => {
            t!("cluster-certificate-no-authority")
        }
        C::UnsupportedSignatureAlgorithmContext { .. }
        | C::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            t!("cluster-certificate-signature")
        }
        C::Other(_) if why.to_string().contains("CaUsedAsEndEntity") => {
            t!("cluster-certificate-of-authority")
        }
        C::Other(_) if why.to_string().contains("UnsupportedCertVersion") => {
            t!("cluster-certificate-version")
        }
        _ => return None,
    })
}

fn of_a_certificate(alert: AlertDescription) -> bool {
    use AlertDescription as A;
    matches!(
        alert,
        A::BadCertificate
            | A::UnsupportedCertificate
            | A::CertificateRevoked
            | A::CertificateExpired
            | A::CertificateUnknown
            | A::UnknownCA
            | A::AccessDenied
            | A::CertificateRequired
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_named_only_where_there_is_a_screen_and_a_login_only_where_it_helps() {
        let words = |next: Next, screen: bool| Failure::new("it failed".to_owned(), next).words(screen);
        assert_eq!(words(Next::LogIn, true), "it failed; log in, then press ctrl-r");
        assert_eq!(words(Next::LogIn, false), "it failed; log in, then run it again");
        for next in [Next::Again, Next::Mend, Next::Said] {
            assert!(!words(next, true).contains("log in"));
            assert_eq!(words(next, false), "it failed");
        }
    }

    #[test]
    fn a_certificate_that_is_not_believed_is_said_with_what_to_do() {
        let wrapped = |why| std::io::Error::other(rustls::Error::InvalidCertificate(why));
        assert!(not_believed(&wrapped(C::UnknownIssuer)).unwrap().contains("certificate-authority"));
        assert!(not_believed(&wrapped(C::Expired)).is_none(), "its own words say it");
        assert!(not_believed(&std::io::Error::other("x")).is_none());
    }

    #[test]
    fn a_certificate_that_the_server_refuses_is_found_below_all_that_wraps_it() {
        let wrapped =
            |alert| std::io::Error::other(std::io::Error::other(rustls::Error::AlertReceived(alert)));
        assert!(refuses_certificate(&wrapped(AlertDescription::CertificateExpired)));
        assert!(!refuses_certificate(&wrapped(AlertDescription::HandshakeFailure)));
        assert!(!refuses_certificate(&std::io::Error::other("connection reset")));
    }
}
