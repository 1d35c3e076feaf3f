//! Copying: what there is to copy says `app::copy`; where it is more than one thing, it is chosen.
//!
//! Must not write to the terminal: the runtime does, and leaves out what is secret.

use unicode_width::UnicodeWidthStr;

use super::padded;
use crate::app::copy::{Candidate, LONGEST, candidates};
use crate::app::overlay::{Choose, Chosen, Overlay};
use crate::app::{App, Effect};
use crate::domain::{hidden, one_row};
use crate::lang::t;
use crate::live::Tone;

/// Copies what is under the cursor, or asks what of it.
pub(super) fn ask(app: &mut App, effects: &mut Vec<Effect>) {
    let mut all = candidates(app);
    match all.len() {
        0 => app.say(Tone::Plain, t!("app-update-copy-nothing")),
        1 => {
            let Candidate { what, text } = all.remove(0);
            send(app, &what, &text, effects);
        }
        _ => {
            let widest = all.iter().map(|c| c.what.width()).max().unwrap_or(0);
            let row = |Candidate { what, text }: Candidate| {
                let shown: String = one_row(&text).chars().take(200).collect();
                (format!("{}  {shown}", padded(&what, widest)), Chosen::Copy { what, text })
            };
            let rows = all.into_iter().map(row).collect();
            app.overlays.push(Overlay::Choose(Choose::new(t!("app-update-copy-what"), rows)));
        }
    }
}

/// Gives a text to the terminal, and says what it was and how much. Too long a text is not cut: half of a command is another
/// command.
pub(super) fn send(app: &mut App, what: &str, text: &str, effects: &mut Vec<Effect>) {
    // A line end at the end of what is pasted would run it.
    let text = text.trim_end();
    if hidden(text) {
        return app.say(Tone::Warn, t!("app-update-copy-hidden", what = what));
    }
    if text.len() > LONGEST {
        let (long, most) = (text.len(), LONGEST);
        let words = t!("app-update-copy-too-long", what = what, long = long, most = most);
        return app.say(Tone::Warn, words);
    }
    let lines = text.lines().count();
    let characters = text.chars().count();
    let words = t!("app-update-copy-sent", what = what, characters = characters, lines = lines);
    app.say(Tone::Good, words);
    effects.push(Effect::Copy(text.to_owned()));
}
