//! Links as they are read and written.

use proptest::prelude::*;

use playground_core::event::{NodeId, PacketId};
use playground_core::tcp::SocketId;
use playground_lessons::View;
use playground_playback::SocketKey;
use strum::VariantArray as _;

use super::*;
use crate::address::{Deck, Theme};

/// The names of the page's own parameters; no knob may have one of them.
const RESERVED: [&str; 21] = [
    "v",
    "lesson",
    "step",
    "t",
    "sel",
    "tab",
    "lang",
    "theme",
    "speed",
    "embed",
    "ground",
    "contrast",
    "chrome",
    "deck",
    "sync",
    "question",
    "autoplay",
    "keys",
    "scenario",
    "deflated",
    "playground",
];

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

fn option<T: Clone + std::fmt::Debug + 'static>(values: Vec<T>) -> impl Strategy<Value = Option<T>> {
    proptest::option::of(proptest::sample::select(values))
}

prop_compose! {
    fn parameters()(
        lesson in proptest::option::of("[a-z0-9-]{1,40}"),
        switches in any::<[bool; 7]>(),
        step in proptest::option::of(any::<u32>()),
        at in proptest::option::of(any::<u64>().prop_map(Instant::from_micros)),
        selected in selected(),
        view in option(View::VARIANTS.to_vec()),
        language in option(Language::ALL.to_vec()),
        theme in option(Theme::VARIANTS.to_vec()),
        speed in proptest::sample::select(Speed::ALL.to_vec()),
        embed in option(Embed::VARIANTS.to_vec()),
        knobs in proptest::collection::btree_map("[a-z][a-z0-9-]{0,12}", ".*", 0..5),
        scenario in proptest::option::of(".*"),
        deck in option(Deck::VARIANTS.to_vec()),
        sync in proptest::option::of("[a-z0-9 가-힣]{1,20}"),
        deflated in proptest::option::of(proptest::collection::vec(any::<u8>(), 0..50)),
    ) -> Parameters {
        Parameters {
            lesson, playground: switches[0], step, at, selected, view, language, theme, speed, embed,
            chrome: if switches[1] { Chrome::None } else { Chrome::Caption },
            autoplay: switches[2], no_letter_keys: switches[3], question: switches[4], clear: switches[5], contrast: switches[6],
            knobs: knobs.into_iter().filter(|(name, _)| !RESERVED.contains(&name.as_str())).collect(),
            scenario, deflated, deck, sync,
        }
    }
}

proptest! {
    #[test]
    fn a_written_query_reads_back(parameters in parameters()) {
        let query = write(&parameters);
        prop_assert_eq!(read(&query), (parameters, vec![]));
    }

    #[test]
    fn reading_and_writing_again_changes_nothing(query in ".*") {
        let (parameters, _) = read(&query);
        let (again, remarks) = read(&write(&parameters));
        prop_assert_eq!(again, parameters);
        prop_assert_eq!(remarks, vec![]);
    }

    #[test]
    fn any_value_of_a_known_parameter_is_read_or_remarked(name in proptest::sample::select(RESERVED.to_vec()), value in ".*") {
        let (_, remarks) = read(&format!("{name}={value}"));
        prop_assert!(remarks.iter().all(|remark| remark.value.chars().count() <= 41));
    }

    #[test]
    fn an_encoded_component_decodes(text in ".*") {
        let encoded = utf8_percent_encode(&text, ENCODED).to_string();
        prop_assert!(encoded.is_ascii());
        prop_assert_eq!(decode(&encoded), Some(text));
    }

    #[test]
    fn any_component_is_decoded_or_refused(text in ".*") {
        let _ = decode(&text);
        let _ = BASE64URL.decode(&text);
    }
}

#[test]
fn a_link_without_version_or_with_another_one_is_named_and_read() {
    for (query, problem) in [
        ("lesson=reset", Some(Problem::NoVersion)),
        ("rtt=100", Some(Problem::NoVersion)),
        ("scenario=e30&lang=ko", Some(Problem::NoVersion)),
        ("lesson=reset&v=7", Some(Problem::OtherVersion)),
        ("lesson=reset&v=", Some(Problem::OtherVersion)),
        ("lesson=reset&v=1", None),
        ("v=1&lesson=reset", None),
        ("lang=ko&theme=dark&embed=1&step=2", None),
        ("utm_source=mail&fbclid=1", None),
        ("", None),
    ] {
        let (parameters, remarks) = read(query);
        let found: Vec<_> =
            remarks.iter().map(|remark| (remark.parameter.as_str(), remark.problem)).collect();
        assert_eq!(found, Vec::from_iter(problem.map(|problem| ("v", problem))), "{query}");
        assert_eq!(parameters.lesson.is_some(), query.contains("lesson="), "{query}");
    }
}

#[test]
fn a_bad_value_is_remarked_and_the_rest_is_kept() {
    let (parameters, remarks) = read("?v=1&lesson=dumb-proxy&step=x&lang=fr&theme=dark&rtt=100");
    assert_eq!(parameters.lesson.as_deref(), Some("dumb-proxy"));
    assert_eq!(parameters.theme, Some(Theme::Dark));
    assert_eq!(parameters.knobs, vec![("rtt".to_owned(), "100".to_owned())]);
    let named: Vec<_> = remarks.iter().map(|remark| (remark.parameter.as_str(), remark.problem)).collect();
    assert_eq!(named, [("step", Problem::BadValue), ("lang", Problem::BadValue)]);
}

#[test]
fn an_overlong_query_is_rejected() {
    let (parameters, remarks) = read(&"a=1&".repeat(LONGEST_READ));
    assert_eq!(parameters, Parameters::default());
    assert_eq!(remarks.len(), 1);
    let (parameters, _) = read(&"a=1&b=2&c=3&d=4".repeat(100));
    assert!(parameters.knobs.len() <= MOST_PARAMETERS);
}

#[test]
fn what_is_long_stands_behind_the_query() {
    let knobs = vec![("rtt".to_owned(), "100".to_owned()), ("request".to_owned(), "GET /\n".repeat(50))];
    let deflated = Some(vec![1, 2, 3]);
    let parameters = Parameters { knobs, deflated, ..Parameters::default() };
    let link = write(&parameters);
    let (query, fragment) = link.split_once('#').expect("a fragment");
    assert_eq!(query, "v=2&rtt=100");
    assert!(fragment.starts_with("request=GET%20/%0A") && fragment.ends_with("&deflated=AQID"), "{fragment}");
    assert_eq!(read(&link), (parameters, vec![]));
    assert!(is_short(&link) && !is_short(&"x".repeat(20_000)));
    // A place in the page is none of the page's parameters.
    assert_eq!(read("?v=2#story"), (Parameters::default(), vec![]));
    let long = format!("?v=2#deflated={}", "A".repeat(LONGEST_READ));
    assert_eq!(read(&long).1.len(), 1, "refused before it is decoded");
}

/// Links of each version, which are read for ever.
#[test]
fn links_of_every_version_are_read() {
    let kept = include_str!("../../../../tests/tests/page/links/kept.txt");
    for link in kept.lines().filter_map(|line| line.split('\t').next()) {
        let (parameters, remarks) = read(link);
        assert_eq!(remarks, vec![], "{link}");
        assert!(parameters.lesson.is_some(), "{link}");
        let extra = parameters.scenario.or_else(|| {
            let inflated = miniz_oxide::inflate::decompress_to_vec(&parameters.deflated?).ok()?;
            String::from_utf8(inflated).ok()
        });
        assert_eq!(extra.is_some(), link.contains("scenario=") || link.contains("deflated="), "{link}");
        assert!(extra.is_none_or(|json| json.starts_with(['{', '['])), "{link}");
    }
    for version in ["v=1&", "v=2&"] {
        assert!(kept.lines().filter(|line| line.starts_with(version)).count() >= 5, "{version}");
    }
}

#[test]
fn no_knob_has_the_name_of_a_parameter() {
    for lesson in playground_lessons::all() {
        for knob in lesson.knobs {
            assert!(!RESERVED.contains(&knob.id), "{}: {}", lesson.id, knob.id);
        }
    }
}

#[test]
fn broken_escapes_are_refused() {
    for broken in ["%", "%4", "%zz", "%ff"] {
        assert_eq!(decode(broken), None, "{broken}");
    }
    assert_eq!(decode("a+b%20c").as_deref(), Some("a b c"));
}

#[test]
fn base64url_has_no_padding() {
    for (octets, text) in
        [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("\u{3ff}?", "z78_")]
    {
        assert_eq!(BASE64URL.encode(octets), text);
        assert_eq!(BASE64URL.decode(text).as_deref(), Ok(octets.as_bytes()));
    }
    assert!(BASE64URL.decode("A").is_err());
    assert!(BASE64URL.decode("Zm9v!A").is_err());
    assert_eq!(BASE64URL.decode("Zg==").as_deref(), Ok(&b"f"[..]));
}
