//! From a query to what it says, with a remark on everything that could not be used.

use core::str::FromStr;

use playground_core::time::Instant;
use playground_lessons::Language;
use playground_playback::Speed;

use super::parameters::{Chrome, Embed, Parameters, Theme, tab_of};
use super::percent::{decode, from_base64url};
use super::remark::{Problem, Remark};
use super::{LONGEST_QUERY, MOST_PARAMETERS};

/// Names and values of knobs are kept up to so many octets; a longer one is no knob's.
const LONGEST_KNOB: usize = 8_000;

/// Reads a query, with or without its `?`.
///
/// Shape: of a parameter that stands twice the last one counts, as in forms.
pub fn read(query: &str) -> (Parameters, Vec<Remark>) {
    let mut parameters = Parameters::default();
    let mut remarks = Vec::new();
    let query = query.strip_prefix('?').unwrap_or(query);
    if query.len() > LONGEST_QUERY {
        remarks.push(Remark::new("…", query, Problem::Unreadable));
        return (parameters, remarks);
    }
    for pair in query.split('&').filter(|pair| !pair.is_empty()).take(MOST_PARAMETERS) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match (decode(name), decode(value)) {
            (Some(name), Some(value)) => {
                if let Err(problem) = take(&mut parameters, &name, &value) {
                    remarks.push(Remark::new(&name, &value, problem));
                }
            }
            _ => remarks.push(Remark::new(name, value, Problem::Unreadable)),
        }
    }
    (parameters, remarks)
}

// What comes later is a function of its own.
#[inline(never)]
fn take(parameters: &mut Parameters, name: &str, value: &str) -> Result<(), Problem> {
    match name {
        "lesson" => parameters.lesson = Some(lesson(value)?),
        "playground" => parameters.playground = switch(value)?,
        "step" => parameters.step = Some(number(value)?),
        "t" => parameters.at = Some(Instant::from_micros(number(value)?)),
        "sel" => parameters.selected = value.parse().map_err(|_| Problem::BadValue)?,
        "tab" => parameters.tab = Some(tab_of(value).ok_or(Problem::BadValue)?),
        "lang" => parameters.language = Some(Language::from_tag(value).ok_or(Problem::BadValue)?),
        "theme" => parameters.theme = Some(Theme::from_name(value).ok_or(Problem::BadValue)?),
        "speed" => parameters.speed = Speed::from_text(value).ok_or(Problem::BadValue)?,
        "embed" => {
            parameters.embed = match value {
                "stage" => Some(Embed::Stage),
                "ladder" => Some(Embed::Ladder),
                _ => switch(value)?.then_some(Embed::Stage),
            }
        }
        "chrome" => {
            parameters.chrome = match value {
                "caption" => Chrome::Caption,
                "none" => Chrome::None,
                _ => return Err(Problem::BadValue),
            }
        }
        "autoplay" => parameters.autoplay = switch(value)?,
        "keys" => parameters.no_letter_keys = !switch(value)?,
        "scenario" => {
            let octets = from_base64url(value).ok_or(Problem::BadScenario)?;
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

/// A whole number without a sign.
fn number<N: FromStr>(value: &str) -> Result<N, Problem> {
    if value.is_empty() || !value.bytes().all(|octet| octet.is_ascii_digit()) {
        return Err(Problem::BadValue);
    }
    value.parse().map_err(|_| Problem::OutOfRange)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::address::parameters::TABS;
    use crate::address::{RESERVED, Selected, write};
    use playground_core::event::{NodeId, PacketId};
    use playground_core::tcp::SocketId;
    use playground_playback::SocketKey;

    fn selected() -> impl Strategy<Value = Selected> {
        prop_oneof![
            Just(Selected::Nothing),
            any::<u32>().prop_map(|id| Selected::Segment(PacketId(id))),
            any::<u32>().prop_map(Selected::Entry),
            any::<(u16, u32)>().prop_map(|(node, socket)| Selected::Socket(SocketKey {
                node: NodeId(node),
                socket: SocketId(socket)
            })),
        ]
    }

    fn option<T: Clone + core::fmt::Debug + 'static>(values: Vec<T>) -> impl Strategy<Value = Option<T>> {
        proptest::option::of(proptest::sample::select(values))
    }

    prop_compose! {
        fn parameters()(
            lesson in proptest::option::of("[a-z0-9-]{1,40}"),
            switches in any::<[bool; 4]>(),
            step in proptest::option::of(any::<u32>()),
            at in proptest::option::of(any::<u64>().prop_map(Instant::from_micros)),
            selected in selected(),
            tab in option(TABS.to_vec()),
            language in option(Language::ALL.to_vec()),
            theme in option(vec![Theme::Light, Theme::Dark]),
            speed in proptest::sample::select(Speed::ALL.to_vec()),
            embed in option(vec![Embed::Stage, Embed::Ladder]),
            knobs in proptest::collection::btree_map("[a-z][a-z0-9-]{0,12}", ".*", 0..5),
            scenario in proptest::option::of(".*"),
        ) -> Parameters {
            Parameters {
                lesson, playground: switches[0], step, at, selected, tab, language, theme, speed, embed,
                chrome: if switches[1] { Chrome::None } else { Chrome::Caption },
                autoplay: switches[2], no_letter_keys: switches[3],
                knobs: knobs.into_iter().filter(|(name, _)| !RESERVED.contains(&name.as_str())).collect(),
                scenario,
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(parameters in parameters()) {
            let query = write(&parameters);
            prop_assert_eq!(read(&query), (parameters, vec![]));
        }

        #[test]
        fn any_query_is_read_and_then_settles(query in ".*") {
            let (parameters, _) = read(&query);
            let (again, remarks) = read(&write(&parameters));
            prop_assert_eq!(again, parameters);
            prop_assert_eq!(remarks, vec![]);
        }

        #[test]
        fn any_value_of_a_known_name_is_read(name in proptest::sample::select(RESERVED.to_vec()), value in ".*") {
            let (_, remarks) = read(&format!("{name}={value}"));
            prop_assert!(remarks.iter().all(|remark| remark.value.chars().count() <= 41));
        }
    }

    #[test]
    fn a_bad_value_is_named_and_the_rest_is_kept() {
        let (parameters, remarks) = read("?lesson=dumb-proxy&step=x&lang=fr&theme=dark&rtt=100");
        assert_eq!(parameters.lesson.as_deref(), Some("dumb-proxy"));
        assert_eq!(parameters.theme, Some(Theme::Dark));
        assert_eq!(parameters.knobs, vec![("rtt".to_owned(), "100".to_owned())]);
        let named: Vec<_> =
            remarks.iter().map(|remark| (remark.parameter.as_str(), remark.problem)).collect();
        assert_eq!(named, [("step", Problem::BadValue), ("lang", Problem::BadValue)]);
    }

    #[test]
    fn an_endless_query_is_not_looked_at() {
        let (parameters, remarks) = read(&"a=1&".repeat(LONGEST_QUERY));
        assert_eq!(parameters, Parameters::default());
        assert_eq!(remarks.len(), 1);
        let (parameters, _) = read(&"a=1&b=2&c=3&d=4".repeat(100));
        assert!(parameters.knobs.len() <= MOST_PARAMETERS);
    }

    #[test]
    fn no_knob_of_a_lesson_takes_a_name_that_means_something_else() {
        for lesson in playground_lessons::all() {
            for knob in lesson.knobs() {
                assert!(!RESERVED.contains(&knob.id), "{}: {}", lesson.id, knob.id);
            }
        }
    }
}
