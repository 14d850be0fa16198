//! Parsing and formatting of the query and the fragment, with a [`Remark`] for everything that could not be used.
//!
//! What may be long stands in the fragment, which is never sent: servers refuse requests of some kilobytes.

use std::str::FromStr;

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use playground_core::time::Instant;
use playground_lessons::Language;
use playground_playback::Speed;

use super::parameters::{Chrome, Embed, Parameters, Selected};
use super::remark::{Problem, Remark};

/// The version of the links: the meaning of their parameters and of the JSON in them.
const VERSION: &str = "2";
/// In the first version a scenario stood in the query as it is. Its links are read for ever, and written where the browser
/// cannot deflate.
const FIRST_VERSION: &str = "1";
/// A longer query or fragment is rejected as a whole, octets.
const LONGEST_READ: usize = 60_000;
/// Links that are longer get lost in mails and chats, octets.
const LONGEST_WRITTEN: usize = 16_000;
/// A longer value of a knob stands in the fragment, octets.
const LONGEST_IN_QUERY: usize = 200;
/// Further parameters are ignored.
const MOST_PARAMETERS: usize = 64;
/// Limit on the name of copies, octets.
const LONGEST_SYNC: usize = 100;
/// Limit on a knob's name and value together, octets.
const LONGEST_KNOB: usize = 8_000;

/// The octets that are percent-encoded.
///
/// Source: the unreserved characters of RFC 3986 section 2.3 stand for themselves, and so do `,`, `:` and `/`, which
/// section 3.4 allows in a query: links are easier to read.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b',')
    .remove(b':')
    .remove(b'/');

/// base64url without padding (RFC 4648 section 5); padding is accepted.
const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Whether a link is short enough to be given away.
pub fn is_short(link: &str) -> bool {
    link.len() <= LONGEST_WRITTEN
}

/// Reads a query, with or without its `?`, and the fragment that may follow. The last of several parameters of the same
/// name wins.
pub fn read(link: &str) -> (Parameters, Vec<Remark>) {
    let mut parameters = Parameters::default();
    let mut remarks = Vec::new();
    let mut has_version = false;
    let (query, fragment) = link.split_once('#').unwrap_or((link, ""));
    let query = query.strip_prefix('?').unwrap_or(query);
    if query.len().max(fragment.len()) > LONGEST_READ {
        remarks.push(Remark::new("…", link, Problem::Unreadable));
        return (parameters, remarks);
    }
    // A fragment without a value is a place in the page.
    let pairs = query.split('&').chain(fragment.split('&').filter(|pair| pair.contains('=')));
    for pair in pairs.filter(|pair| !pair.is_empty()).take(MOST_PARAMETERS) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match (decode(name), decode(value)) {
            (Some(name), Some(value)) => {
                has_version |= name == "v";
                if let Err(problem) = take(&mut parameters, &name, &value) {
                    remarks.push(Remark::new(&name, &value, problem));
                }
            }
            _ => remarks.push(Remark::new(name, value, Problem::Unreadable)),
        }
    }
    let is_knob = |name: &str| {
        playground_lessons::all().iter().any(|lesson| lesson.knobs.iter().any(|knob| knob.id == name))
    };
    let names_a_run = parameters.lesson.is_some()
        || parameters.scenario.is_some()
        || parameters.deflated.is_some()
        || parameters.knobs.iter().any(|(name, _)| is_knob(name));
    if names_a_run && !has_version {
        remarks.insert(0, Remark::new("v", "", Problem::NoVersion));
    }
    (parameters, remarks)
}

fn take(parameters: &mut Parameters, name: &str, value: &str) -> Result<(), Problem> {
    match name {
        "v" if value == VERSION || value == FIRST_VERSION => {}
        "v" => return Err(Problem::OtherVersion),
        "lesson" => parameters.lesson = Some(lesson(value)?),
        "playground" => parameters.playground = switch(value)?,
        "step" => parameters.step = Some(number(value)?),
        "t" => parameters.at = Some(Instant::from_micros(number(value)?)),
        "sel" => parameters.selected = value.parse().map_err(|_| Problem::BadValue)?,
        "tab" => parameters.view = Some(value.parse().map_err(|_| Problem::BadValue)?),
        "lang" => parameters.language = Some(Language::from_tag(value).ok_or(Problem::BadValue)?),
        "theme" => parameters.theme = Some(value.parse().map_err(|_| Problem::BadValue)?),
        "speed" => parameters.speed = Speed::from_text(value).ok_or(Problem::BadValue)?,
        "embed" => {
            parameters.embed = match value {
                "stage" => Some(Embed::Stage),
                "ladder" => Some(Embed::Ladder),
                "print" => Some(Embed::Print),
                _ => switch(value)?.then_some(Embed::Hero),
            }
        }
        "ground" => {
            parameters.clear = match value {
                "clear" => true,
                "page" => false,
                _ => return Err(Problem::BadValue),
            }
        }
        "contrast" => {
            parameters.contrast = match value {
                "more" => true,
                "usual" => false,
                _ => return Err(Problem::BadValue),
            }
        }
        "chrome" => {
            parameters.chrome = match value {
                "caption" => Chrome::Caption,
                "none" => Chrome::None,
                _ => return Err(Problem::BadValue),
            }
        }
        "deck" => parameters.deck = Some(value.parse().map_err(|_| Problem::BadValue)?),
        "sync" if (1..=LONGEST_SYNC).contains(&value.len()) => parameters.sync = Some(value.to_owned()),
        "sync" => return Err(Problem::BadValue),
        "question" => parameters.question = switch(value)?,
        "autoplay" => parameters.autoplay = switch(value)?,
        "keys" => parameters.no_letter_keys = !switch(value)?,
        "deflated" => {
            parameters.deflated = Some(BASE64URL.decode(value).map_err(|_| Problem::BadScenario)?);
        }
        "scenario" => {
            let octets = BASE64URL.decode(value).map_err(|_| Problem::BadScenario)?;
            parameters.scenario = Some(String::from_utf8(octets).map_err(|_| Problem::BadScenario)?);
        }
        _ if name.is_empty() || name.len() + value.len() > LONGEST_KNOB => return Err(Problem::Unreadable),
        _ => {
            parameters.knobs.retain(|(known, _)| known != name);
            parameters.knobs.push((name.to_owned(), value.to_owned()));
        }
    }
    Ok(())
}

fn lesson(value: &str) -> Result<String, Problem> {
    let fits = (1..=40).contains(&value.len())
        && value.bytes().all(|octet| octet.is_ascii_alphanumeric() || octet == b'-');
    fits.then(|| value.to_owned()).ok_or(Problem::NoSuchLesson)
}

fn switch(value: &str) -> Result<bool, Problem> {
    match value {
        "1" | "true" | "on" | "yes" | "" => Ok(true),
        "0" | "false" | "off" | "no" => Ok(false),
        _ => Err(Problem::BadValue),
    }
}

/// A decimal number without a sign.
fn number<N: FromStr>(value: &str) -> Result<N, Problem> {
    if value.is_empty() || !value.bytes().all(|octet| octet.is_ascii_digit()) {
        return Err(Problem::BadValue);
    }
    value.parse().map_err(|_| Problem::OutOfRange)
}

/// Decodes a form-encoded name or value; none when an escape is broken or the octets are not UTF-8.
fn decode(component: &str) -> Option<String> {
    let is_escape = |after: &str| {
        let digits = after.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    if !component.split('%').skip(1).all(is_escape) {
        return None;
    }
    let component = component.replace('+', " ");
    percent_decode_str(&component).decode_utf8().ok().map(Into::into)
}

/// The query without its `?`, and the fragment where something is long: the version first; defaults are left out, the
/// order is fixed.
pub fn write(parameters: &Parameters) -> String {
    let (mut query, mut fragment) = (Query::default(), Query::default());
    query.add("v", if parameters.scenario.is_some() { FIRST_VERSION } else { VERSION });
    if let Some(lesson) = &parameters.lesson {
        query.add("lesson", lesson);
    }
    if parameters.playground {
        query.add("playground", "1");
    }
    if let Some(step) = parameters.step {
        query.add("step", &step.to_string());
    }
    if let Some(at) = parameters.at {
        query.add("t", &at.as_micros().to_string());
    }
    if parameters.selected != Selected::Nothing {
        query.add("sel", &parameters.selected.to_string());
    }
    if let Some(view) = parameters.view {
        query.add("tab", view.name());
    }
    for (name, value) in &parameters.knobs {
        let place = if value.len() > LONGEST_IN_QUERY { &mut fragment } else { &mut query };
        place.add(name, value);
    }
    if let Some(language) = parameters.language {
        query.add("lang", language.tag());
    }
    if let Some(theme) = parameters.theme {
        query.add("theme", theme.into());
    }
    if parameters.speed != Speed::default() {
        query.add("speed", parameters.speed.text());
    }
    match parameters.embed {
        None => {}
        Some(Embed::Hero) => query.add("embed", "1"),
        Some(Embed::Stage) => query.add("embed", "stage"),
        Some(Embed::Ladder) => query.add("embed", "ladder"),
        Some(Embed::Print) => query.add("embed", "print"),
    }
    if parameters.clear {
        query.add("ground", "clear");
    }
    if parameters.contrast {
        query.add("contrast", "more");
    }
    if parameters.chrome == Chrome::None {
        query.add("chrome", "none");
    }
    if let Some(deck) = parameters.deck {
        query.add("deck", deck.into());
    }
    if let Some(sync) = &parameters.sync {
        query.add("sync", sync);
    }
    if parameters.question {
        query.add("question", "1");
    }
    if parameters.autoplay {
        query.add("autoplay", "1");
    }
    if parameters.no_letter_keys {
        query.add("keys", "0");
    }
    if let Some(scenario) = &parameters.scenario {
        query.add("scenario", &BASE64URL.encode(scenario));
    }
    if let Some(deflated) = &parameters.deflated {
        fragment.add("deflated", &BASE64URL.encode(deflated));
    }
    if fragment.text.is_empty() { query.text } else { query.text + "#" + &fragment.text }
}

#[derive(Default)]
struct Query {
    text: String,
}

impl Query {
    fn add(&mut self, name: &str, value: &str) {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        self.text.extend(utf8_percent_encode(name, ENCODED));
        self.text.push('=');
        self.text.extend(utf8_percent_encode(value, ENCODED));
    }
}

#[cfg(test)]
mod tests;
