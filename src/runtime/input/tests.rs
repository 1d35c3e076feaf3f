//! Answers of the terminal and keys, each with the times at which they come.

use super::*;

fn key(c: char, modifiers: KeyModifiers) -> KeyEvent {
    KeyEvent::new(KeyCode::Char(c), modifiers)
}

fn typed(text: &str) -> Vec<KeyEvent> {
    text.chars().map(|c| key(c, KeyModifiers::NONE)).collect()
}

fn st() -> KeyEvent {
    key('\\', KeyModifiers::ALT)
}

fn bel() -> KeyEvent {
    key('g', KeyModifiers::CONTROL)
}

/// What is left of keys that come in pieces: each piece so many milliseconds after the one before, its keys at once.
fn left_of(pieces: &[(u64, Vec<KeyEvent>)]) -> String {
    let (mut answers, mut now, mut out) = (Answers::default(), Instant::now(), VecDeque::new());
    for (after, keys) in pieces {
        now += Duration::from_millis(*after);
        for key in keys {
            answers.take(Event::Key(*key), now, &mut out);
        }
    }
    answers.release(now + PAUSE, &mut out);
    out.iter().filter_map(Event::as_key_event).map(|k| k.code.to_string()).collect()
}

/// The same for keys that all come so many milliseconds after each other.
fn left(keys: &[KeyEvent], apart: u64) -> String {
    left_of(&keys.iter().map(|key| (apart, vec![*key])).collect::<Vec<_>>())
}

fn begin(c: char) -> Vec<KeyEvent> {
    vec![key(c, KeyModifiers::ALT)]
}

fn answer(c: char, body: &str, end: KeyEvent) -> Vec<KeyEvent> {
    [begin(c), typed(body), vec![end]].concat()
}

#[test]
fn an_answer_of_the_terminal_is_no_keys() {
    for end in [st(), bel()] {
        let name = [answer('P', ">|cool 1.2", end), typed("j")].concat();
        assert_eq!(left(&name, 0), "j");
        let colour = [answer(']', "11;rgb:1e1e/1e1e/1e1e", end), typed("j")].concat();
        assert_eq!(left(&colour, 1), "j");
        for (c, body) in [('P', "1$r0m"), ('P', "!|00000000"), ('P', "+r"), ('P', "$q"), ('_', "Gi=31;OK")] {
            assert_eq!(left(&[answer(c, body, end), typed("j")].concat(), 0), "j", "{body}");
        }
    }
    // Without an end it is over when it pauses.
    let open = [begin('P'), typed(">|co")].concat();
    assert_eq!(left_of(&[(0, open), (200, typed("c"))]), "c");
}

#[test]
fn an_answer_that_the_link_cut_is_no_keys() {
    let rest = [typed(">|cool(1.2)"), vec![st()]].concat();
    // The begin was given: alt with P, which does nothing.
    assert_eq!(left_of(&[(0, begin('P')), (60, rest.clone()), (0, typed("j"))]), "Pj");
    let colour = [typed("11;rgb:0/0/0"), vec![bel()]].concat();
    assert_eq!(left_of(&[(0, begin(']')), (150, colour), (0, typed("j"))]), "]j");
    let (front, back) = rest.split_at(4);
    assert_eq!(
        left_of(&[(0, [begin('P'), front.to_vec()].concat()), (150, back.to_vec()), (0, typed("j"))]),
        "j"
    );
}

#[test]
fn keys_after_the_begin_of_an_answer_that_never_came_stay_keys() {
    let after = |c: char, text: &str, apart: u64| {
        let keys = typed(text).into_iter().map(|key| (apart, vec![key]));
        left_of(&[(0, begin(c))].into_iter().chain(keys).collect::<Vec<_>>())
    };
    // As fast as fingers are, also where the first is what an answer begins with.
    assert_eq!(after('P', ">abc", 40), "P>abc");
    assert_eq!(after(']', "123", 60), "]123");
    assert_eq!(after('_', "jkjk", 30), "_jkjk");
    // What no answer begins with, at once.
    assert_eq!(after('P', "jj", 0), "Pjj");
    assert_eq!(after(']', "jj", 0), "]jj");
    assert_eq!(after('_', "12", 0), "_12");
    // Too late to be the rest of one.
    assert_eq!(left_of(&[(0, begin('P')), (200, typed(">|x"))]), "P>|x");
    for c in ['^', 'X'] {
        assert_eq!(left_of(&[(0, begin(c)), (0, typed("abc")), (0, vec![bel()])]), format!("{c}abcg"));
    }
}

#[test]
fn what_never_ends_takes_the_keys_no_longer_than_an_answer_lasts() {
    let open = || [begin('P'), typed(">|")].concat();
    let mut keys = vec![(0, open())];
    keys.extend((0..20).map(|_| (100, typed("j"))));
    let kept = left_of(&keys);
    assert_eq!(kept, "j".repeat(11), "those after a second");
    assert_eq!(left_of(&[(0, open()), (0, typed(&"x".repeat(MOST))), (0, typed("j"))]), "xxj");
}

#[test]
fn a_key_that_no_answer_has_ends_it_and_counts() {
    let code = |code: KeyCode| KeyEvent::new(code, KeyModifiers::NONE);
    let ctrl_c = key('c', KeyModifiers::CONTROL);
    let (up, f1) = (code(KeyCode::Up), code(KeyCode::F(1)));
    let others =
        [ctrl_c, code(KeyCode::Enter), up, f1, code(KeyCode::Esc), code(KeyCode::Tab), begin('x')[0]];
    for other in others {
        let keys = [begin('P'), typed(">|co"), vec![other], typed("jk")].concat();
        assert_eq!(left(&keys, 0), format!("{}jk", other.code), "within an answer");
        let keys = [begin('P'), vec![other], typed("jk")].concat();
        assert_eq!(left(&keys, 0), format!("P{}jk", other.code), "at its begin");
    }
    // The next answer begins where the one before has no end.
    let keys = [begin('P'), typed(">|co"), answer(']', "11;x", st()), typed("j")].concat();
    assert_eq!(left(&keys, 0), "j");
}

#[test]
fn keys_that_somebody_presses_stay_keys() {
    let pressed = answer(']', "abc", st());
    assert_eq!(left(&pressed, 40), "]abc\\", "with alt held, as fast as fingers are");
    assert_eq!(left(&begin('P'), 0), "P", "alone");
    assert_eq!(left(&[key('P', KeyModifiers::SHIFT), key('x', KeyModifiers::NONE)], 0), "Px");
    assert_eq!(left(&[begin('P'), begin('P')].concat(), 40), "PP");
    assert_eq!(left(&[begin('P'), begin('P')].concat(), 0), "PP", "nothing that is held is lost");
}
