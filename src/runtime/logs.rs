//! Follows a log and hands its lines to the core.

use kube::Client;
use tokio::sync::mpsc;

use crate::app::Msg;
use crate::domain::LogRequest;

/// Batches of lines that may wait: a screen that cannot keep up slows the reading.
const BATCHES: usize = 16;

pub async fn follow(client: Client, id: u64, request: LogRequest, out: mpsc::Sender<Msg>) {
    let (lines, mut batches) = mpsc::channel(BATCHES);
    let read = crate::cluster::logs(&client, &request, &lines);
    tokio::pin!(read);
    let ended = loop {
        tokio::select! {
            biased;
            Some(batch) = batches.recv() => {
                if out.send(Msg::LogLines { id, lines: batch }).await.is_err() {
                    return;
                }
            }
            ended = &mut read => break ended,
        }
    };
    while let Ok(batch) = batches.try_recv() {
        let _ = out.send(Msg::LogLines { id, lines: batch }).await;
    }
    let why = ended.err().map(|e| e.to_string());
    let _ = out.send(Msg::LogEnded { id, why }).await;
}
