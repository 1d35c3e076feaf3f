//! Colours, and their nearest neighbours on a poorer terminal.

use ratatui::style::{Color, Modifier, Style};

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// No colour at all: bold, dim, underline and reverse carry the meaning.
    None,
    Sixteen,
    #[default]
    Indexed,
    True,
}

impl Depth {
    /// What the environment says. `NO_COLOR` with any text wins, as its convention asks.
    pub fn from_env(get: impl Fn(&str) -> Option<String>) -> Depth {
        let set = |name: &str| get(name).filter(|v| !v.is_empty());
        let term = set("TERM").unwrap_or_default();
        if set("NO_COLOR").is_some() || term == "dumb" {
            return Depth::None;
        }
        match set("COLORTERM").as_deref() {
            Some("truecolor" | "24bit") => Depth::True,
            _ if term.contains("256color") || term.contains("direct") => Depth::Indexed,
            _ => Depth::Sixteen,
        }
    }
}

/// The first sixteen colours as most terminals show them, for distances only.
const SIXTEEN: [(Color, [u8; 3]); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [205, 0, 0]),
    (Color::Green, [0, 205, 0]),
    (Color::Yellow, [205, 205, 0]),
    (Color::Blue, [0, 0, 238]),
    (Color::Magenta, [205, 0, 205]),
    (Color::Cyan, [0, 205, 205]),
    (Color::Gray, [229, 229, 229]),
    (Color::DarkGray, [127, 127, 127]),
    (Color::LightRed, [255, 90, 90]),
    (Color::LightGreen, [90, 255, 90]),
    (Color::LightYellow, [255, 255, 90]),
    (Color::LightBlue, [92, 92, 255]),
    (Color::LightMagenta, [255, 90, 255]),
    (Color::LightCyan, [90, 255, 255]),
    (Color::White, [255, 255, 255]),
];

fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    a.iter().zip(b).map(|(x, y)| u32::from(x.abs_diff(y)).pow(2)).sum()
}

/// The components of a colour where it has fixed ones.
pub(super) fn rgb(color: Color) -> Option<[u8; 3]> {
    match color {
        Color::Rgb(r, g, b) => Some([r, g, b]),
        named => SIXTEEN.iter().find(|(c, _)| *c == named).map(|(_, rgb)| *rgb),
    }
}

/// The steps of a side of the 6x6x6 cube.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The nearest colour of the 6x6x6 cube or the grey ramp.
fn indexed(c: [u8; 3]) -> Color {
    let near = |v: u8| (0..6u8).min_by_key(|i| STEPS[*i as usize].abs_diff(v)).unwrap_or(0);
    let [r, g, b] = c.map(near);
    let cube = [r, g, b].map(|i| STEPS[i as usize]);
    let mean = (u32::from(c[0]) + u32::from(c[1]) + u32::from(c[2])) / 3;
    let step = (mean.saturating_sub(8) / 10).min(23) as u8;
    let grey = [8 + 10 * step; 3];
    if distance(c, grey) < distance(c, cube) {
        Color::Indexed(232 + step)
    } else {
        Color::Indexed(16 + 36 * r + 6 * g + b)
    }
}

/// The components of one of the 256 colours.
fn of_index(index: u8) -> [u8; 3] {
    match index {
        0..=15 => SIXTEEN[usize::from(index)].1,
        16..=231 => {
            [(index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6].map(|i| STEPS[usize::from(i)])
        }
        grey => [8 + 10 * (grey - 232); 3],
    }
}

pub(super) fn degrade(color: Color, depth: Depth) -> Color {
    match (depth, color) {
        (Depth::None, _) => Color::Reset,
        // The first sixteen are what the operator made of them.
        (_, Color::Indexed(i @ 0..=15)) => SIXTEEN[usize::from(i)].0,
        (Depth::Sixteen, Color::Indexed(i)) => {
            let [r, g, b] = of_index(i);
            degrade(Color::Rgb(r, g, b), depth)
        }
        (Depth::Indexed, Color::Rgb(r, g, b)) => indexed([r, g, b]),
        (Depth::Sixteen, Color::Rgb(r, g, b)) => {
            let nearest = SIXTEEN.iter().min_by_key(|(_, c)| distance(*c, [r, g, b]));
            nearest.map_or(Color::Reset, |(c, _)| *c)
        }
        (_, c) => c,
    }
}

/// A style as this terminal can show it. Without colours a background that meant something becomes reverse.
pub(super) fn fit(style: Style, depth: Depth, marks: bool) -> Style {
    let mut out = style;
    out.fg = style.fg.map(|c| degrade(c, depth));
    out.bg = style.bg.map(|c| degrade(c, depth));
    if depth == Depth::None && marks {
        out = out.add_modifier(Modifier::REVERSED);
    }
    out
}

/// Reads `#rrggbb` or the name of one of the sixteen colours, or `default`.
pub(super) fn parse(text: &str) -> Option<Color> {
    if let Some(hex) = text.strip_prefix('#') {
        let value = u32::from_str_radix(hex, 16).ok().filter(|_| hex.len() == 6)?;
        let [_, r, g, b] = value.to_be_bytes();
        return Some(Color::Rgb(r, g, b));
    }
    if text == "default" {
        return Some(Color::Reset);
    }
    SIXTEEN.iter().find(|(c, _)| c.to_string().eq_ignore_ascii_case(&text.replace('-', ""))).map(|(c, _)| *c)
}

/// Contrast of two colours after WCAG 2: 1 to 21.
pub(super) fn contrast(a: Color, b: Color) -> Option<f64> {
    let luminance = |c: [u8; 3]| {
        let [r, g, b] = c.map(|v| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(rgb(a)?), luminance(rgb(b)?));
    Some((a.max(b) + 0.05) / (a.min(b) + 0.05))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_decides_the_depth() {
        let depth = |pairs: &[(&str, &str)]| {
            Depth::from_env(|n| pairs.iter().find(|(k, _)| *k == n).map(|(_, v)| (*v).to_owned()))
        };
        assert_eq!(depth(&[("NO_COLOR", "1"), ("COLORTERM", "truecolor")]), Depth::None);
        assert_eq!(depth(&[("NO_COLOR", ""), ("COLORTERM", "truecolor")]), Depth::True);
        assert_eq!(depth(&[("TERM", "xterm-256color")]), Depth::Indexed);
        assert_eq!(depth(&[("TERM", "linux")]), Depth::Sixteen);
    }

    #[test]
    fn colours_go_to_their_neighbours() {
        assert_eq!(degrade(Color::Rgb(255, 0, 0), Depth::Indexed), Color::Indexed(196));
        assert_eq!(degrade(Color::Rgb(128, 128, 128), Depth::Indexed), Color::Indexed(244));
        assert_eq!(degrade(Color::Rgb(250, 250, 250), Depth::Sixteen), Color::White);
        assert_eq!(degrade(Color::Indexed(9), Depth::Indexed), Color::LightRed);
        assert_eq!(degrade(Color::Indexed(196), Depth::Indexed), Color::Indexed(196));
        assert_eq!(degrade(Color::Indexed(46), Depth::Sixteen), Color::Green);
        assert_eq!(degrade(Color::Indexed(255), Depth::Sixteen), Color::Gray);
        assert_eq!(degrade(Color::Indexed(196), Depth::None), Color::Reset);
        assert_eq!(parse("#10ff20"), Some(Color::Rgb(16, 255, 32)));
        assert_eq!(parse("light-red"), Some(Color::LightRed));
        assert_eq!(parse("#12"), None);
        assert!(contrast(Color::White, Color::Black).unwrap() > 20.9);
    }
}
