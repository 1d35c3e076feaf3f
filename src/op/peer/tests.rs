//! Requests and answers: what is read, what is refused, and what is shown.

use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn asked() -> (PeerRequest, String) {
    let plan = plan_by_hand("lamp", "Look at it.", "", Risk::Medium);
    PeerRequest::read(&PeerRequest::of(&plan, "1-1".into(), at(1000)).line()).unwrap()
}

#[test]
fn lines_are_read_as_they_were_written_whatever_wrapped_them() {
    let (request, hash) = asked();
    assert_eq!((hash.len(), request.digest.len()), (64, 64));
    let line = request.line();
    let wrapped: String =
        line.as_bytes().chunks(60).flat_map(|c| [String::from_utf8_lossy(c), "\r\n".into()]).collect();
    assert_eq!(PeerRequest::read(&wrapped).unwrap(), (request.clone(), hash.clone()));
    let answer = PeerAnswer::to(&request, &hash, at(1010));
    assert_eq!(PeerAnswer::read(&answer.line()).unwrap(), answer);
    assert!(matches!(PeerAnswer::read(&line), Err(PeerError::NotOne(APPROVAL))));
    assert!(matches!(PeerRequest::read(&line[..line.len() - 9]), Err(PeerError::Altered(_))));
    assert!(matches!(PeerRequest::read("opsbook-request:e30"), Err(PeerError::Altered(_))));
    let newer = PeerAnswer { form: 2, ..answer };
    assert_eq!(PeerAnswer::read(&newer.line()), Err(PeerError::Form(2)));
}

#[test]
fn an_answer_fits_its_own_request_in_time_only() {
    let (request, hash) = asked();
    let answer = PeerAnswer::to(&request, &hash, at(1010));
    assert_eq!(answer.fits(&request, &hash, at(1899)), Ok(()));
    assert_eq!(answer.fits(&request, &hash, at(1900)), Err(PeerError::Expired));
    let other = PeerRequest { id: "1-2".into(), ..request.clone() };
    let (other, other_hash) = PeerRequest::read(&other.line()).unwrap();
    assert_eq!(answer.fits(&other, &other_hash, at(1011)), Err(PeerError::OtherRequest));
    let plan = PeerRequest { digest: "0".repeat(64), ..request };
    assert_eq!(answer.fits(&plan, &hash, at(1011)), Err(PeerError::OtherPlan));
    let late = PeerAnswer { at: at(1900), ..answer };
    assert_eq!(late.fits(&asked().0, &hash, at(1011)), Err(PeerError::Expired));
}

#[test]
fn a_request_that_could_repaint_or_fill_the_screen_is_refused_whatever_field_it_is_in() {
    let (plain, _) = asked();
    let plain = PeerRequest {
        consequences: vec![Consequence::info(crate::lang::msg!("op-class-data"), "b")],
        questions: vec!["q".into()],
        script: Some("true".into()),
        ..plain
    };
    let count = plain.clone().parts().len();
    assert!(count > 15);
    let with = |at: usize, text: &str| {
        let mut request = plain.clone();
        *request.parts().remove(at).text = text.to_owned();
        // As somebody would write it who does not use this program.
        PeerRequest::read(&line(REQUEST, &request))
    };
    for at in 0..count {
        let script = at == count - 1;
        for bad in [
            "\u{1b}]52;c;aGk=\u{7}\u{1b}[2J\u{1b}[Halice",
            "a\rb",
            "a\u{9b}2J",
            "\u{202e}x",
            "\u{200b}",
            "\u{61c}",
        ] {
            let read = with(at, bad);
            assert_eq!(matches!(read, Err(PeerError::Steers(_))), !script, "{at} {bad:?} {read:?}");
        }
        assert!(matches!(with(at, &"x".repeat(140_000)), Err(PeerError::TooLong(_))), "{at}");
        assert!(with(at, "节点 x").is_ok());
    }
    for at in 0..count - 1 {
        for blanks in ["   ", "\u{a0}\u{3000} ", "\u{2800}\u{2800}\u{2800}", "\u{2003}\u{205f}\u{2800}"] {
            let read = with(at, &format!("eu{blanks}  object    deployment shop/lamp"));
            assert!(matches!(read, Err(PeerError::Blanks(_))), "{at} {blanks:?} {read:?}");
        }
        assert!(with(at, "a  b").is_ok(), "{at}");
    }
    for at in 0..10 {
        assert!(matches!(with(at, "a\nb"), Err(PeerError::Steers(_))), "{at}: a name has no second row");
    }
    let many = PeerRequest { questions: vec![String::new(); 501], ..plain.clone() };
    assert!(matches!(PeerRequest::read(&line(REQUEST, &many)), Err(PeerError::TooLong(_))));
    // What the words of a runbook hold does not keep an own request from being read.
    let own = PeerRequest {
        title: "⚠\u{fe0f} drain\nnow".into(),
        summary: format!("a\u{200d}b{}c", " ".repeat(9000)),
        ..plain
    };
    let (read, _) = PeerRequest::read(&own.line()).unwrap();
    assert_eq!((read.title.as_str(), read.summary.as_str()), ("⚠ drain ⏎ now", "ab c"));
}

#[test]
fn what_is_read_out_cannot_steer_the_terminal() {
    let (request, _) = asked();
    let nasty =
        PeerRequest { title: "drain\u{1b}[2K".into(), script: Some("true\u{202e}\nrm".into()), ..request };
    let words = nasty.words().join("\n");
    assert!(!words.contains(['\u{1b}', '\u{202e}']) && words.contains("does not show"), "{words}");
    assert!(words.contains("│ rm"));
}
