//! The second person with real keys: the right one, one's own, an altered answer, another plan, too late, another list.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

use super::*;
use crate::domain::{Risk, Timestamp};
use crate::op::{PeerAnswer, PeerError, PeerRequest, plan_by_hand};

struct Desk(tempfile::TempDir);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

impl Desk {
    /// A list with bob and carol; alice asks.
    fn new() -> Desk {
        let desk = Desk(tempfile::tempdir().unwrap());
        let line = |who: &str| {
            desk.key(who);
            format!("{who} {}", fs::read_to_string(desk.0.path().join(format!("{who}.pub"))).unwrap())
        };
        let list = ["alice", "bob", "carol"].map(line).concat();
        desk.list(&list);
        desk.key("mallory");
        desk
    }

    fn key(&self, who: &str) -> PathBuf {
        let path = self.0.path().join(who);
        let made = Command::new("ssh-keygen")
            .args(["-q", "-t", "ed25519", "-N", "", "-C", who, "-f"])
            .arg(&path)
            .status();
        assert!(made.unwrap().success());
        path
    }

    fn list(&self, text: &str) {
        let path = self.0.path().join("approvers");
        fs::write(&path, text).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    }

    fn approvers(&self) -> Approvers {
        Approvers { list: self.0.path().join("approvers"), me: "alice".into(), ..Approvers::default() }
    }

    fn answer(&self, who: &str, request: &str, second: i64) -> PeerAnswer {
        let (asked, hash) = PeerRequest::read(request).unwrap();
        sign(PeerAnswer::to(&asked, &hash, at(second)), &self.0.path().join(who)).unwrap()
    }

    fn refused(&self, request: &str, answer: &PeerAnswer, second: i64) -> String {
        self.approvers().check(request, &answer.line(), at(second)).unwrap_err().to_string()
    }
}

fn request(step: &str) -> String {
    PeerRequest::of(&plan_by_hand(step, "Do it.", "", Risk::High), format!("{step}-1"), at(1000)).line()
}

#[test]
fn a_listed_person_agrees_to_one_plan() {
    let (desk, asked) = (Desk::new(), request("lamp"));
    let answer = desk.answer("bob", &asked, 1100);
    let agreed = desk.approvers().check(&asked, &answer.line(), at(1101)).unwrap();
    assert_eq!((agreed.by.as_str(), agreed.request.as_str()), ("bob", "lamp-1"));
    assert!(agreed.key.starts_with("SHA256:") && agreed.key.len() > 40, "{}", agreed.key);
    assert_eq!((agreed.at, agreed.until), (at(1100), at(1900)));
}

#[test]
fn nobody_else_and_nothing_else_counts() {
    let (desk, asked) = (Desk::new(), request("lamp"));
    let good = desk.answer("bob", &asked, 1100);
    assert!(
        desk.refused(&asked, &desk.answer("alice", &asked, 1100), 1101).contains("key of your own (alice)")
    );
    assert!(desk.refused(&asked, &desk.answer("mallory", &asked, 1100), 1101).contains("not listed"));
    assert!(desk.refused(&asked, &good, 1900).contains("time is over"));
    // Another plan, and another request for the same plan.
    assert!(desk.refused(&request("other"), &good, 1101).contains("another plan"));
    let again = PeerRequest { id: "lamp-2".into(), ..PeerRequest::read(&asked).unwrap().0 };
    assert!(desk.refused(&again.line(), &good, 1101).contains("another request"));
    // Altered after it was signed: its time, and the plan that it is for.
    let later = PeerAnswer { at: at(1200), ..good.clone() };
    assert!(desk.refused(&asked, &later, 1201).contains("not whole"));
    let other = request("other");
    let (of, hash) = PeerRequest::read(&other).unwrap();
    let moved = PeerAnswer { request: hash, digest: of.digest, ..good.clone() };
    assert!(desk.refused(&other, &moved, 1101).contains("not whole"));
    let cut = PeerAnswer { signature: good.signature.replace('A', "B"), ..good };
    assert!(!desk.refused(&asked, &cut, 1101).is_empty());
}

#[test]
fn a_signature_for_something_else_is_none() {
    let (desk, asked) = (Desk::new(), request("lamp"));
    let (of, hash) = PeerRequest::read(&asked).unwrap();
    let mut answer = PeerAnswer::to(&of, &hash, at(1100));
    answer.signature = keygen::sign(&desk.0.path().join("bob"), "git", answer.message().as_bytes()).unwrap();
    assert!(desk.refused(&asked, &answer, 1101).contains("not whole"));
}

#[test]
fn one_key_under_two_names_is_still_ones_own_and_a_pattern_is_nobody() {
    let (desk, asked) = (Desk::new(), request("lamp"));
    let answer = desk.answer("bob", &asked, 1100);
    let key = fs::read_to_string(desk.0.path().join("bob.pub")).unwrap();
    desk.list(&format!("bob,Alice {key}"));
    assert!(desk.refused(&asked, &answer, 1101).contains("your own"));
    desk.list(&format!("bob {key}alice {key}"));
    assert!(desk.refused(&asked, &answer, 1101).contains("your own"));
    desk.list(&format!("*@example.org {key}"));
    assert!(desk.refused(&asked, &answer, 1101).contains("pattern"));
    desk.list(&format!("bob namespaces=\"git\" {key}"));
    assert!(!desk.refused(&asked, &answer, 1101).is_empty());
}

#[test]
fn who_asks_stands_in_the_list_and_no_key_of_theirs_is_a_second_person() {
    let (desk, asked) = (Desk::new(), request("lamp"));
    let key = |who: &str| fs::read_to_string(desk.0.path().join(format!("{who}.pub"))).unwrap();
    let check = |answer: &PeerAnswer, edit: fn(&mut Approvers, PathBuf)| {
        let mut approvers = desk.approvers();
        edit(&mut approvers, desk.0.path().to_owned());
        approvers.check(&asked, &answer.line(), at(1101)).map(|a| a.by).map_err(|e| e.to_string())
    };
    // The list knows the operator under another name than they say, with their own key.
    desk.list(&format!("alice@corp.example {}bob {}", key("alice"), key("bob")));
    let own = desk.answer("alice", &asked, 1100);
    assert!(check(&own, |_, _| {}).unwrap_err().contains("does not name you (alice)"));
    let bobs = desk.answer("bob", &asked, 1100);
    assert!(check(&bobs, |_, _| {}).unwrap_err().contains("does not name you (alice)"));
    // Both names stand there; the key that the operator says is theirs is, under each of them.
    desk.key("second");
    desk.list(&format!("alice {}alice@corp.example {}bob {}", key("alice"), key("second"), key("bob")));
    let second = desk.answer("second", &asked, 1100);
    for half in ["second", "second.pub"] {
        let said = {
            let mut approvers = desk.approvers();
            approvers.key = Some(desk.0.path().join(half));
            approvers.check(&asked, &second.line(), at(1101)).unwrap_err().to_string()
        };
        assert!(said.contains("your own"), "{half}: {said}");
    }
    let usual = check(&second, |a, home| a.usual = vec![home.join("absent"), home.join("second")]);
    assert!(usual.unwrap_err().contains("your own"));
    let lost = check(&bobs, |a, home| a.key = Some(home.join("absent")));
    assert!(lost.unwrap_err().contains("could not be read"));
    assert_eq!(check(&bobs, |a, home| a.key = Some(home.join("alice"))).unwrap(), "bob");
}

#[test]
fn a_list_that_others_can_write_names_nobody() {
    let (desk, asked) = (Desk::new(), request("lamp"));
    let answer = desk.answer("bob", &asked, 1100);
    let path = desk.0.path().join("approvers");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();
    assert!(desk.refused(&asked, &answer, 1101).contains("others may write"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    let real = desk.0.path().join("real");
    fs::rename(&path, &real).unwrap();
    assert!(desk.refused(&asked, &answer, 1101).contains("no list"));
    std::os::unix::fs::symlink(&real, &path).unwrap();
    assert!(desk.refused(&asked, &answer, 1101).contains("it is a link"));
    assert_eq!(PeerError::Expired.to_string().lines().count(), 1);
}
