//! Follows a log and hands its lines to the core.

use kube::Client;
use tokio::sync::mpsc;

use crate::app::Msg;
use crate::domain::{LogLine, LogRequest};
use crate::vault::Vault;

/// Batches of lines that may wait: a screen that cannot keep up slows the reading.
const BATCHES: usize = 16;

/// Hands the lines on without what is known to be secret.
pub async fn follow(client: Client, vault: Vault, id: u64, request: LogRequest, out: mpsc::Sender<Msg>) {
    let (lines, mut batches) = mpsc::channel(BATCHES);
    let read = crate::cluster::logs(&client, &request, &lines);
    tokio::pin!(read);
    let ended = loop {
        tokio::select! {
            biased;
            Some(batch) = batches.recv() => {
                if out.send(Msg::LogLines { id, lines: clean(&vault, batch) }).await.is_err() {
                    return;
                }
            }
            ended = &mut read => break ended,
        }
    };
    while let Ok(batch) = batches.try_recv() {
        let _ = out.send(Msg::LogLines { id, lines: clean(&vault, batch) }).await;
    }
    let why = ended.err().map(|e| e.to_string());
    let _ = out.send(Msg::LogEnded { id, why }).await;
}

/// A batch is filtered as a whole, so that what goes over lines is found.
fn clean(vault: &Vault, lines: Vec<LogLine>) -> Vec<LogLine> {
    let whole = lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join("\n");
    let cleaned = vault.text(&whole);
    if cleaned == whole {
        return lines;
    }
    // A mask over several lines leaves fewer of them: then each is filtered by itself, after those that it covers.
    let texts: Vec<&str> = cleaned.split('\n').collect();
    if texts.len() == lines.len() {
        return lines
            .into_iter()
            .zip(texts)
            .map(|(l, text)| LogLine { text: text.to_owned(), ..l })
            .collect();
    }
    let spans = vault.secrets().spans(whole.as_bytes());
    let mut from = 0;
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let to = from + line.text.len();
        let hit = spans.iter().any(|s| s.start < to && s.end > from);
        let text = if hit { crate::redact::MASK.to_owned() } else { line.text };
        out.push(LogLine { text, ..line });
        from = to + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use base64::Engine;

    use super::*;

    #[test]
    fn lines_are_masked_one_by_one_and_where_a_secret_goes_over_several() {
        let vault = Vault::default();
        let secret: String = ('a'..='z').cycle().take(100).collect();
        vault.register("hunter22");
        vault.register(&secret);
        let line = |text: &str| LogLine { text: text.to_owned(), ..LogLine::default() };
        let texts = |lines: Vec<LogLine>| lines.into_iter().map(|l| l.text).collect::<Vec<_>>();
        let plain = ["a hunter22 b", "c"].map(line).to_vec();
        assert_eq!(texts(clean(&vault, plain)), ["a *** b", "c"]);
        let coded = base64::engine::general_purpose::STANDARD.encode(&secret);
        let (first, second) = coded.split_at(76);
        let wrapped = ["before", first, second, "after"].map(line).to_vec();
        assert_eq!(texts(clean(&vault, wrapped)), ["before", "***", "***", "after"]);
    }
}
