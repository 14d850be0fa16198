//! The tokens of the style sheet as plain colours: what reads SVG outside a browser knows neither `var()` nor
//! `light-dark()` nor `color-mix()`.

use std::collections::BTreeMap;

use playground_drawing::{TOKENS, Theme};

/// The functions that are worked out here.
const FUNCTIONS: [&str; 3] = ["var(", "light-dark(", "color-mix("];

/// The tokens by name, as they are written.
pub struct Palette {
    tokens: BTreeMap<&'static str, &'static str>,
}

impl Palette {
    /// The tokens of the first rule, `:root`; those after it say when which theme holds.
    pub fn new() -> Self {
        let rule = TOKENS.split_once(":root {").and_then(|(_, rest)| rest.split_once('}'));
        let mut tokens = BTreeMap::new();
        for part in rule.map_or("", |(rule, _)| rule).split(';') {
            // The comment of the line before stands in front of a token.
            let part = part.rsplit("*/").next().unwrap_or(part);
            if let Some((name, value)) = part.split_once(':') {
                tokens.insert(name.trim(), value.trim());
            }
        }
        Self { tokens }
    }

    /// A value of the style sheet as it is in a theme, with its functions worked out.
    pub fn plain(&self, value: &str, theme: Theme) -> String {
        let mut value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        // The last one has none inside.
        while let Some((start, function)) = last_function(&value) {
            let inside = start + function.len();
            let Some(end) = closing(&value[inside..]).map(|end| inside + end) else { break };
            let arguments = split(&value[inside..end]);
            let worked_out = match (function, arguments.as_slice()) {
                // What a group sets for those inside it is known where they are.
                ("var(", [name, ..]) => match self.tokens.get(name) {
                    Some(token) => (*token).to_owned(),
                    None => format!("own({})", name.trim_start_matches("--")),
                },
                ("light-dark(", [light, dark]) => match theme {
                    Theme::Light => (*light).to_owned(),
                    Theme::Dark => (*dark).to_owned(),
                },
                ("color-mix(", [_, first, second]) => mixed(first, second),
                _ => break,
            };
            value.replace_range(start..=end, &worked_out);
        }
        value.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn last_function(value: &str) -> Option<(usize, &'static str)> {
    FUNCTIONS.iter().filter_map(|function| Some((value.rfind(function)?, *function))).max()
}

/// Where the bracket is closed that is open at the start.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1;
    text.char_indices().find_map(|(at, character)| {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })
}

/// The arguments, at the commas that stand in no bracket.
fn split(text: &str) -> Vec<&str> {
    let mut depth = 0;
    text.split(|character| {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        character == ',' && depth == 0
    })
    .map(str::trim)
    .collect()
}

/// `color-mix(in srgb, #rrggbb 55%, #rrggbb)`.
fn mixed(first: &str, second: &str) -> String {
    let (first, share) = first.split_once(' ').unwrap_or((first, "50%"));
    let share: f64 = share.trim_end_matches('%').parse().unwrap_or(50.0) / 100.0;
    let (Some(first), Some(second)) = (channels(first), channels(second)) else { return first.to_owned() };
    let mix = |index: usize| (first[index] * share + second[index] * (1.0 - share)).round() as u8;
    format!("#{:02x}{:02x}{:02x}", mix(0), mix(1), mix(2))
}

fn channels(colour: &str) -> Option<[f64; 3]> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let number = u32::from_str_radix(digits, 16).ok()?;
    Some([16, 8, 0].map(|shift| f64::from((number >> shift) & 0xff)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_worked_out_by_theme() {
        let palette = Palette::new();
        for (value, light, dark) in [
            ("var(--ink)", "#1d2329", "#e7ecf1"),
            ("none", "none", "none"),
            ("color-mix(in srgb, var(--client) 50%, #000000)", "#003959", "#25546f"),
            ("var(--scrim)", "rgb(29 35 41 / 0.42)", "rgb(4 7 10 / 0.62)"),
            ("1px solid var(--paper)", "1px solid #ffffff", "1px solid #ffffff"),
        ] {
            assert_eq!(palette.plain(value, Theme::Light), light);
            assert_eq!(palette.plain(value, Theme::Dark), dark);
        }
        assert!(palette.plain("var(--sans)", Theme::Light).ends_with("Roboto, sans-serif"));
    }

    #[test]
    fn no_token_keeps_a_function() {
        let palette = Palette::new();
        assert!(palette.tokens.len() > 100, "{}", palette.tokens.len());
        for value in palette.tokens.values() {
            for theme in [Theme::Light, Theme::Dark] {
                let plain = palette.plain(value, theme);
                assert!(FUNCTIONS.iter().all(|function| !plain.contains(function)), "{value}: {plain}");
            }
        }
    }
}
