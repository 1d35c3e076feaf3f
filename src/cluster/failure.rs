//! Why credentials could not be had, and what to do next: log in, mend a file, or only what the words say. Where there is a
//! screen, its key tries again; a command is run again.

use std::sync::Arc;

use rustls::AlertDescription;

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
        let next = match (self.next, screen) {
            (Next::LogIn, true) => "; log in, then press ctrl-r",
            (Next::LogIn, false) => "; log in, then run it again",
            (Next::Again, true) => "; press ctrl-r to try again",
            (Next::Mend, true) => "; put it right, then press ctrl-r",
            (Next::Again | Next::Mend | Next::Said, _) => "",
        };
        format!("{}{next}", self.why)
    }
}

/// A request was not sent: there are no credentials that the server takes. It is an error of its own, because whoever writes
/// must know that nothing was done.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct NotSent(pub String);

/// Whether a request failed before it was sent, for want of credentials, or the server did not take them.
pub(super) fn logged_out(error: &kube::Error) -> bool {
    match error {
        kube::Error::Api(status) => status.code == 401,
        kube::Error::Service(e) => e.downcast_ref::<NotSent>().is_some(),
        _ => false,
    }
}

/// Whether the server broke the handshake off because of the client's certificate: an answer like a 401.
pub(super) fn refuses_certificate(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(cause) = next {
        if let Some(rustls::Error::AlertReceived(alert)) = cause.downcast_ref() {
            return of_a_certificate(*alert);
        }
        // An error of the system hides what it was made of.
        let inner = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = match inner {
            Some(inner) => Some(inner as &(dyn std::error::Error + 'static)),
            None => cause.source(),
        };
    }
    false
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
    fn a_certificate_that_the_server_refuses_is_found_below_all_that_wraps_it() {
        let wrapped =
            |alert| std::io::Error::other(std::io::Error::other(rustls::Error::AlertReceived(alert)));
        assert!(refuses_certificate(&wrapped(AlertDescription::CertificateExpired)));
        assert!(!refuses_certificate(&wrapped(AlertDescription::HandshakeFailure)));
        assert!(!refuses_certificate(&std::io::Error::other("connection reset")));
    }
}
