//! Saves what is known of an object into the session: reads it through opsbook's own connection, masks it as an export would,
//! writes files beside the journal, and records each with its digest. `operate` writes the intent before and the outcome after it.
//!
//! Must not call it done where something could not be read or written: what is missing is named, and the step is to be tried again.

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::journal::Recorder;
use crate::app::{Msg, TaskEvent};
use crate::cluster::evidence::{Found, collect};
use crate::lang::{clauses, t};
use crate::op::{SaveWork, file_name};
use crate::record::{RunEnd, What, hex};
use crate::redact::{Cuts, cut};
use crate::session::{new_folder, write_file};

/// What was read and is not written yet.
const AHEAD: usize = 2;

/// Saves it and tells `out` on the way. Its intent is written.
pub(super) async fn carry_out(
    client: &kube::Client,
    recorder: &Recorder,
    work: &SaveWork,
    (task, id): (u64, &str),
    cancel: &CancellationToken,
    out: &mpsc::Sender<Msg>,
) -> (RunEnd, String) {
    let Some(journal) = recorder.path() else {
        return (RunEnd::Failed, t!("runtime-evidence-no-journal").to_owned());
    };
    let folder = match new_folder(&journal, &file_name(&work.object)) {
        Ok(folder) => folder,
        Err(e) => {
            return (RunEnd::Failed, t!("runtime-evidence-no-folder", why = e));
        }
    };
    let (sink, mut found) = mpsc::channel(AHEAD);
    let vault = recorder.vault().clone();
    let mut saved = Saved { folder, ..Saved::default() };
    let read = async {
        collect(client, &vault, work, cancel, &sink).await;
        drop(sink);
    };
    let keep = async {
        while let Some(found) = found.recv().await {
            let lines = saved.take(found, recorder, id).await;
            let event = TaskEvent::Output(lines.iter().map(|line| vault.text(line)).collect());
            if out.send(Msg::Task { id: task, event }).await.is_err() {
                break;
            }
        }
    };
    tokio::join!(read, keep);
    saved.ended(cancel.is_cancelled())
}

/// How far it is.
#[derive(Default)]
struct Saved {
    folder: PathBuf,
    files: usize,
    bytes: usize,
    cuts: Cuts,
    missing: Vec<String>,
}

impl Saved {
    /// Writes a file down, and says what became of what was found.
    async fn take(&mut self, found: Found, recorder: &Recorder, id: &str) -> Vec<String> {
        let (name, text) = match found {
            Found::Line(line) => return vec![line],
            Found::Missing { what, why } => return self.miss(format!("{what}: {why}")),
            Found::File { name, text } => (name, text),
        };
        let text = shortened(text);
        if self.bytes + text.len() > SaveWork::ALL {
            return self.miss(t!("runtime-evidence-too-much", name = name));
        }
        let (folder, secrets, file) = (self.folder.clone(), recorder.vault().secrets(), name.clone());
        // Masking and writing a few MiB takes its time.
        let written = tokio::task::spawn_blocking(move || {
            let mut cuts = Cuts::default();
            let text = cut(&secrets.text(&text), &mut cuts);
            let digest = hex(&Sha256::digest(text.as_bytes()));
            write_file(&folder, &file, &text).map(|()| (text.len(), digest, cuts))
        });
        let (bytes, sha256, cuts) = match written.await {
            Ok(Ok(written)) => written,
            Ok(Err(e)) => return self.miss(t!("runtime-evidence-unwritten", name = name, why = e)),
            Err(e) => return self.miss(t!("runtime-evidence-unwritten", name = name, why = e)),
        };
        let what = What::Saved {
            plan: id.to_owned(),
            file: within(&self.folder, &name),
            bytes: bytes as u64,
            sha256,
        };
        if let Err(e) = recorder.append(what) {
            return self.miss(t!("runtime-evidence-unrecorded", name = name, why = e));
        }
        (self.files, self.bytes) = (self.files + 1, self.bytes + bytes);
        self.cuts.add(&cuts);
        vec![t!("runtime-evidence-saved", name = name, size = size(bytes))]
    }

    fn miss(&mut self, what: String) -> Vec<String> {
        let line = t!("runtime-evidence-not-saved", what = what);
        self.missing.push(what);
        vec![line]
    }

    fn ended(self, cancelled: bool) -> (RunEnd, String) {
        let folder = self.folder.display();
        if cancelled {
            return (RunEnd::Cancelled, t!("runtime-evidence-stopped", files = self.files, folder = folder));
        }
        if !self.missing.is_empty() {
            let all = self.files + self.missing.len();
            let missing = clauses(&self.missing);
            let words = t!(
                "runtime-evidence-some",
                files = self.files,
                all = all,
                missing = missing,
                folder = folder
            );
            return (RunEnd::Failed, words);
        }
        let (files, size) = (self.files, size(self.bytes));
        let words = if self.cuts.is_empty() {
            t!("runtime-evidence-all", files = files, size = size, folder = folder)
        } else {
            let masked = self.cuts.words();
            t!("runtime-evidence-all-masked", files = files, size = size, masked = masked, folder = folder)
        };
        (RunEnd::Applied, words)
    }
}

/// The file below the folder of sessions.
fn within(folder: &Path, name: &str) -> String {
    let parts: Vec<_> = folder.iter().rev().take(2).map(|part| part.to_string_lossy().into_owned()).collect();
    let parts: Vec<_> = parts.into_iter().rev().chain([name.to_owned()]).collect();
    parts.join("/")
}

/// What is longer than a file may be ends with a word about that.
fn shortened(mut text: String) -> String {
    if text.len() > SaveWork::FILE + 1024 {
        let at = (0..=SaveWork::FILE).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let left_out = text.len() - at;
        text.truncate(at);
        text.push_str(&format!("\n{}\n", t!("runtime-evidence-left-out", bytes = left_out)));
    }
    text
}

fn size(bytes: usize) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KiB", bytes.div_ceil(1024)),
        _ => format!("{} MiB", bytes.div_ceil(1 << 20)),
    }
}
