//! The kubeconfig files of a choice, read and merged as kubectl does it: of a list in `KUBECONFIG` those that are not there
//! are passed over, and the first that says something counts. What was passed over is said.
//!
//! Must not choose a context.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use kube::config::Kubeconfig;

use crate::cluster::connect::{Choice, ConnectError};
use crate::domain::sanitize;
use crate::lang::t;
use crate::machine::{FileFault, open};

/// Bytes of a kubeconfig that are read; two thousand clusters are four million.
const LARGEST: u64 = 64 << 20;

/// What the files say together.
pub(super) struct Files {
    pub merged: Kubeconfig,
    /// Files that were named and say nothing, in words.
    pub passed_over: Vec<String>,
    /// Where it was looked, for when nothing was found.
    pub looked: Vec<PathBuf>,
}

/// Where the names of the files come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    /// `--kubeconfig`: it must be there.
    Flag,
    /// `KUBECONFIG`: those that are not there are passed over.
    List,
    /// Nothing names one: the usual one, which may be absent.
    Usual,
}

impl Files {
    pub fn read(choice: &Choice) -> Result<Files, ConnectError> {
        let (looked, named) = paths(choice);
        let mut files = Files { merged: Kubeconfig::default(), passed_over: Vec::new(), looked };
        for path in files.looked.clone() {
            let shown = sanitize(&path.display().to_string());
            let failed = |why: String| ConnectError::File { path: shown.clone(), why };
            match one(&path) {
                Ok(Some(file)) => {
                    files.merged = files.merged.merge(file).map_err(|e| failed(e.to_string()))?;
                }
                Ok(None) => files.passed_over.push(t!("cluster-kubeconfig-empty", file = shown)),
                Err(Fault::Absent) if named == Named::Flag => {
                    return Err(failed(t!("cluster-kubeconfig-not-there").to_owned()));
                }
                Err(Fault::Absent) if named == Named::List => {
                    files.passed_over.push(t!("cluster-kubeconfig-absent", file = shown));
                }
                Err(Fault::Absent) => {}
                Err(Fault::Words(why)) => {
                    // What follows is a drawing of the place, which the words name.
                    return Err(failed(why.lines().next().unwrap_or_default().to_owned()));
                }
            }
        }
        Ok(files)
    }

    /// Where it was looked and what was there, in words.
    pub fn looked(&self) -> String {
        if !self.passed_over.is_empty() {
            return self.passed_over.join(", ");
        }
        let looked: Vec<_> = self.looked.iter().map(|p| sanitize(&p.display().to_string())).collect();
        match &looked[..] {
            [] => t!("cluster-kubeconfig-no-home").to_owned(),
            files => t!("cluster-kubeconfig-not-found", files = files.join(", ")),
        }
    }
}

/// The files to read, and where their names come from.
fn paths(choice: &Choice) -> (Vec<PathBuf>, Named) {
    if let Some(file) = &choice.kubeconfig {
        return (vec![file.clone()], Named::Flag);
    }
    let list = std::env::var_os("KUBECONFIG").unwrap_or_default();
    let files: Vec<_> = std::env::split_paths(&list).filter(|p| !p.as_os_str().is_empty()).collect();
    if files.is_empty() {
        return (std::env::home_dir().map(|h| h.join(".kube/config")).into_iter().collect(), Named::Usual);
    }
    (files, Named::List)
}

/// The one file that was named, by the flag or by `KUBECONFIG`: lines to type name it as well. None where it is the usual
/// one, or several.
pub(in crate::cluster) fn named(choice: &Choice) -> Option<PathBuf> {
    let (files, _) = paths(choice);
    let [file] = &files[..] else { return None };
    let usual = std::env::home_dir().map(|h| h.join(".kube/config"));
    (usual.as_ref() != Some(file)).then(|| std::path::absolute(file).unwrap_or_else(|_| file.clone()))
}

enum Fault {
    Absent,
    Words(String),
}

/// One file; none where it is empty.
fn one(path: &Path) -> Result<Option<Kubeconfig>, Fault> {
    let words = |e: &dyn std::fmt::Display| Fault::Words(sanitize(&e.to_string()));
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let file = match open(&path) {
        Ok(file) => file,
        Err(e) if e.is_absent() => return Err(Fault::Absent),
        // A shell may give a pipe, `<(...)`, which is read once.
        Err(FileFault::NoFile) => return Kubeconfig::read_from(&path).map(Some).map_err(|e| words(&e)),
        Err(e) => return Err(words(&e)),
    };
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|e| words(&e))?;
    if bytes.len() as u64 > LARGEST {
        return Err(Fault::Words(t!("cluster-kubeconfig-too-long", bytes = LARGEST)));
    }
    let text = text(&bytes).ok_or_else(|| Fault::Words(t!("cluster-kubeconfig-no-text").to_owned()))?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    let mut file = Kubeconfig::from_yaml(&text).map_err(|e| words(&super::chain(&e)))?;
    // `kubectl config unset` leaves an empty one.
    file.current_context = file.current_context.filter(|c| !c.is_empty());
    beside(&mut file, path.parent().unwrap_or(Path::new("/")));
    Ok(Some(file))
}

/// A text as editors on all systems save it.
fn text(bytes: &[u8]) -> Option<String> {
    let wide = |bytes: &[u8], number: fn([u8; 2]) -> u16| {
        let pairs = bytes.chunks_exact(2);
        let whole = pairs.remainder().is_empty();
        let numbers: Vec<u16> = pairs.map(|pair| number([pair[0], pair[1]])).collect();
        String::from_utf16(&numbers).ok().filter(|_| whole)
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        _ => String::from_utf8(bytes.to_vec()).ok(),
    }
}

/// Names of files in a kubeconfig are meant from its folder, and a plugin's command where it is a path.
fn beside(file: &mut Kubeconfig, folder: &Path) {
    let absolute = |name: &mut Option<String>| {
        if let Some(text) = name.as_deref().filter(|t| !t.is_empty() && Path::new(t).is_relative()) {
            *name = Some(folder.join(text).to_string_lossy().into_owned());
        }
    };
    for cluster in file.clusters.iter_mut().filter_map(|c| c.cluster.as_mut()) {
        absolute(&mut cluster.certificate_authority);
    }
    for user in file.auth_infos.iter_mut().filter_map(|u| u.auth_info.as_mut()) {
        absolute(&mut user.client_certificate);
        absolute(&mut user.client_key);
        absolute(&mut user.token_file);
        if let Some(exec) = user.exec.as_mut().filter(|e| e.command.as_ref().is_some_and(|c| c.contains('/')))
        {
            absolute(&mut exec.command);
        }
    }
}
