//! A client whose credentials could not be had at the start: the program comes up all the same, says what is
//! wrong, and asks the credential plugin again only when the operator says so. A plugin that is asked every few
//! seconds would open a browser window each time.

use std::sync::Arc;

use kube::Client;
use kube::client::Body;
use tokio::sync::Mutex;

use super::connect::{Choice, ConnectError, connect_now};
use crate::vault::Vault;

enum State {
    /// The words of the last failure.
    Failed(String),
    /// To be asked with the next request.
    Untried,
    Ready(Client),
}

/// Asks the plugin again when it is told to.
#[derive(Clone)]
pub struct Login(Arc<Mutex<State>>);

impl Login {
    /// The next request asks the plugin again.
    pub async fn retry(&self) {
        let mut state = self.0.lock().await;
        if let State::Failed(_) = *state {
            *state = State::Untried;
        }
    }
}

/// A client that answers every request with this failure until it is told to try again.
pub(super) fn client(
    choice: &Choice,
    failure: &ConnectError,
    namespace: &str,
    vault: &Vault,
) -> (Client, Login) {
    let login = Login(Arc::new(Mutex::new(State::Failed(said(failure)))));
    let (choice, state, vault) = (choice.clone(), login.clone(), vault.clone());
    let service = tower::service_fn(move |request: http::Request<Body>| {
        let (choice, state, vault) = (choice.clone(), state.clone(), vault.clone());
        async move { ready(&choice, &state, &vault).await?.send(request).await.map_err(tower::BoxError::from) }
    });
    (Client::new(service, namespace), login)
}

fn said(error: &ConnectError) -> String {
    format!("{error}; log in, then press ctrl-r")
}

async fn ready(choice: &Choice, login: &Login, vault: &Vault) -> Result<Client, tower::BoxError> {
    let mut state = login.0.lock().await;
    if let State::Untried = *state {
        *state = match connect_now(choice, vault).await {
            Ok(connection) => State::Ready(connection.client),
            Err(e) => State::Failed(said(&e)),
        };
    }
    match &*state {
        State::Ready(client) => Ok(client.clone()),
        State::Failed(words) => Err(words.clone().into()),
        State::Untried => Err("the credentials were not asked for yet; press ctrl-r".into()),
    }
}
