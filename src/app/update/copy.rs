//! Copying: what there is to copy says `app::copy`; where it is more than one thing, it is chosen.
//!
//! Must not write to the terminal: the runtime does, and leaves out what is secret.

use crate::app::copy::{Candidate, LONGEST, candidates};
use crate::app::overlay::{Choose, Chosen, Overlay};
use crate::app::{App, Effect};
use crate::domain::{hidden, number, one_row};
use crate::live::Tone;

/// Copies what is under the cursor, or asks what of it.
pub(super) fn ask(app: &mut App, effects: &mut Vec<Effect>) {
    let mut all = candidates(app);
    match all.len() {
        0 => app.say(Tone::Plain, "there is nothing to copy here"),
        1 => {
            let Candidate { what, text } = all.remove(0);
            send(app, &what, &text, effects);
        }
        _ => {
            let widest = all.iter().map(|c| c.what.chars().count()).max().unwrap_or(0);
            let row = |Candidate { what, text }: Candidate| {
                let shown: String = one_row(&text).chars().take(200).collect();
                (format!("{what:<widest$}  {shown}"), Chosen::Copy { what, text })
            };
            let rows = all.into_iter().map(row).collect();
            app.overlays.push(Overlay::Choose(Choose::new("copy what?", rows)));
        }
    }
}

/// Gives a text to the terminal, and says what it was and how much. Too long a text is not cut: half of a command is another
/// command.
pub(super) fn send(app: &mut App, what: &str, text: &str, effects: &mut Vec<Effect>) {
    // A line end at the end of what is pasted would run it.
    let text = text.trim_end();
    if hidden(text) {
        return app
            .say(Tone::Warn, format!("not copied: {what} holds characters that a screen does not show"));
    }
    if text.len() > LONGEST {
        let (long, most) = (text.len(), LONGEST);
        let words = format!("not copied: {what} has {long} bytes, and a clipboard takes {most} at a time");
        return app.say(Tone::Warn, words);
    }
    let lines = text.lines().count();
    let lines = if lines > 1 { format!(", {}", number(lines, "line")) } else { String::new() };
    let size = number(text.chars().count(), "character");
    app.say(Tone::Good, format!("sent to the terminal's clipboard: {what}, {size}{lines}"));
    effects.push(Effect::Copy(text.to_owned()));
}
