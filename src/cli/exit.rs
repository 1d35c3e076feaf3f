//! The exit codes of all commands, one meaning each:
//!
//! - 0: done, and what was asked for is so
//! - 1: done, and the answer is not well (a finding, a mistake in a file, an altered record, no proof), or it could not be
//!   carried through
//! - 2: nothing was done: the command line is to be changed. An unknown word or option, or one that names a file, folder,
//!   context, scenario, runbook, session, theme or kind that is not there
//! - 3: not known: the cluster does not answer, or not about everything
//!
//! Must not print. Another reason for 2 is an [`Asked`], or an error type in [`code_of`].

use std::error::Error;

use thiserror::Error;

use super::values::ValueError;
use crate::cluster::ConnectError;
use crate::corpus::NoScenario;
use crate::runbook::Absent;
use crate::runtime::Trouble;

/// What the command line asks for is not there or cannot be.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct Asked(pub String);

/// The code with which a program ends that an error stopped.
pub fn code_of(error: &(dyn Error + Send + Sync + 'static)) -> u8 {
    let named = matches!(
        error.downcast_ref::<NoScenario>(),
        Some(NoScenario::Unknown { .. } | NoScenario::Unread { .. })
    );
    let value = error.downcast_ref::<ValueError>().is_some_and(|e| !matches!(e, ValueError::NoTerminal(_)));
    let context =
        matches!(error.downcast_ref::<Trouble>(), Some(Trouble::Connect(ConnectError::NoSuchContext { .. })));
    if named || value || context || error.is::<Asked>() || error.is::<Absent>() { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_another_code_than_what_failed() {
        let asked: Box<dyn Error + Send + Sync> = Asked("no such theme".to_owned()).into();
        let absent: Box<dyn Error + Send + Sync> =
            Absent { name: "x".to_owned(), help: String::new() }.into();
        let failed: Box<dyn Error + Send + Sync> = "the disk is full".into();
        assert_eq!([code_of(&*asked), code_of(&*absent), code_of(&*failed)], [2, 2, 1]);
    }
}
