//! What is declared is read and written, and a fault is named with its field.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use super::value::Value;
use super::*;

#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Outer {
    name: String,
    #[serde(default = "seven")]
    count: u8,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    list: Vec<Kind>,
    none: Option<bool>,
    pair: (u16, Colour),
    around: Around,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Colour {
    DarkRed,
    Blue,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum Kind {
    Bare,
    Around(u32),
    With { a: u32, b: bool },
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
struct Around {
    at: u32,
    #[serde(flatten)]
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
enum What {
    Stop,
    GoOn { by: u32 },
}

const fn seven() -> u8 {
    7
}

const WHOLE: &str = r#"{"name":"n","count":3,"list":["bare",{"around":5},{"with":{"a":1,"b":true}}],"none":null,"pair":[2,"blue"],"around":{"at":4,"do":"go-on","by":6}}"#;

#[test]
fn what_is_declared_is_read_and_written() {
    let whole = Outer {
        name: "n".to_owned(),
        count: 3,
        list: vec![Kind::Bare, Kind::Around(5), Kind::With { a: 1, b: true }],
        none: None,
        pair: (2, Colour::Blue),
        around: Around { at: 4, what: What::GoOn { by: 6 } },
    };
    assert_eq!(to_string(&whole), WHOLE);
    assert_eq!(read(WHOLE), Ok(whole.clone()));
    assert_eq!(to_string_pretty(&whole), serde_json::to_string_pretty(&whole).unwrap());
    assert_eq!(read(&to_string_pretty(&whole)), Ok(whole));
}

#[derive(Serialize)]
enum Odd {
    Pair(u8, char),
    Empty {},
    Around(Option<()>),
}

#[test]
fn all_kinds_are_written_as_the_usual_way() {
    let maps = BTreeMap::from([(1, vec![]), (2, vec![-1_i64, i64::MIN])]);
    let odd = [Odd::Pair(1, '"'), Odd::Empty {}, Odd::Around(Some(())), Odd::Around(None)];
    let all = (maps, odd, u64::MAX, [0_u8; 0], true, BTreeMap::<String, ()>::new(), Colour::Blue);
    assert_eq!(to_string(&all), serde_json::to_string(&all).unwrap());
    assert_eq!(to_string_pretty(&all), serde_json::to_string_pretty(&all).unwrap());
}

#[test]
fn a_fault_is_named_with_its_field() {
    for (from, to, error) in [
        (r#""n""#, "1", "name: must be a string, not 1"),
        (r#""n""#, "true", "name: must be a string, not true"),
        (r#""count":3"#, r#""count":256"#, "count: must be a whole number from 0 to 255, not 256"),
        (r#""count":3"#, r#""count":-1"#, "count: must be a whole number from 0 to 255, not -1"),
        (r#""count":3"#, r#""count":1.5"#, "count: must be a whole number from 0 to 255, not 1.5"),
        (r#""name":"n","#, "", "name: is missing"),
        (r#""name":"n","#, r#""name":"n","name":"m","#, "name: is there twice"),
        (
            r#""name":"n","#,
            r#""name":"n","nome":0,"#,
            "nome: is not known here; there are name, count, list, none, pair, around",
        ),
        (r#""bare""#, r#""bear""#, "list[0]: \"bear\" is not known here; there are bare, around, with"),
        (r#""bare""#, "[]", "list[0]: must be a name, or an object with a name and its content, not [ ]"),
        (
            r#"{"around":5}"#,
            r#"{"around":"5"}"#,
            "list[1].around: must be a whole number from 0 to 4,294,967,295, not \"5\"",
        ),
        (r#""b":true"#, r#""c":true"#, "list[2].with.c: is not known here; there are a, b"),
        (r#""b":true"#, r#""b":0"#, "list[2].with.b: must be true or false, not 0"),
        (r#"{"a":1,"b":true}"#, "7", "list[2].with: must be an object with fields, not 7"),
        (r#"[2,"blue"]"#, "{}", "pair: must be a list [ ], not { }"),
        (r#"[2,"blue"]"#, "[2]", "pair: must be a list of 2, not of 1"),
        (r#""blue""#, "null", "pair[1]: must be a name, or an object with a name and its content, not null"),
        (r#""go-on""#, r#""go""#, "around: \"go\" is not known here; there are stop, go-on"),
        (
            r#""name":"n","count":3"#,
            r#""name":"n","count":3 4"#,
            "line 1, column 23: “,” / “}” is missing here",
        ),
        (r#"["bare","#, r#"["bare" 5,"#, "line 1, column 38: “,” / “]” is missing here"),
        (r#""none":null"#, r#""none":null,"#, "line 1, column 90: a name in double quotes is missing here"),
        (r#""none":null"#, r#""none":"#, "line 1, column 85: a value is missing here"),
        (r#""none":null"#, r#""none" null"#, "line 1, column 85: “:” is missing here"),
        (r#""count":3"#, "\n\"count\":03", "line 2, column 10: JSON does not know such a number"),
        (
            r#""n""#,
            "\"\n\"",
            "line 1, column 10: a string has a character or an escape that JSON does not know",
        ),
        (
            r#""n""#,
            r#""\q""#,
            "line 1, column 11: a string has a character or an escape that JSON does not know",
        ),
    ] {
        assert!(WHOLE.contains(from), "{from}");
        let text = WHOLE.replacen(from, to, 1);
        let found = read::<Outer>(&text).expect_err(&text);
        assert_eq!(found.to_string(), error, "{text}");
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Flat {
    at: u32,
    #[serde(flatten)]
    what: Leg,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
enum Leg {
    Walk { to: String, fast: bool },
    Rest { until: Option<u32> },
}

flat! {
    Flat { at: u32, what: Leg = r#do },
    { to: String, fast: bool = false, until: Option<u32> = None },
    "walk" => Walk { to, fast },
    "rest" => Rest { until },
}

#[test]
fn what_is_written_flat_is_read() {
    let walk = |fast| Flat { at: 1, what: Leg::Walk { to: "a".to_owned(), fast } };
    for (text, read_as) in [
        (r#"{"at":1,"do":"walk","to":"a"}"#, Ok(walk(false))),
        (r#"{"at":1,"do":"walk","to":"a","fast":true}"#, Ok(walk(true))),
        (r#"{"do":"rest","at":1}"#, Ok(Flat { at: 1, what: Leg::Rest { until: None } })),
        (r#"{"do":"rest","at":1,"until":7}"#, Ok(Flat { at: 1, what: Leg::Rest { until: Some(7) } })),
        (r#"{"at":1,"do":"walk"}"#, Err("to: is missing")),
        (r#"{"at":1,"to":"a"}"#, Err("do: is missing")),
        (r#"{"at":1,"do":"rest","to":"a"}"#, Err("to: is not known here; there are until")),
        (r#"{"at":1,"do":"walk","to":1}"#, Err("to: must be a string, not 1")),
        (r#"{"at":1,"do":"run","to":"a"}"#, Err("\"run\" is not known here; there are walk, rest")),
    ] {
        let found: Result<Flat, _> = read(text);
        assert_eq!(
            found.as_ref().map_err(ToString::to_string),
            read_as.as_ref().map_err(|it| (*it).to_owned())
        );
        if let Ok(found) = found {
            assert_eq!(read(&to_string(&found)), Ok(found));
        }
    }
}

#[test]
fn what_is_looked_at_first_is_read_then() {
    let either = |any: Any<'_>| if any.has("a") { Ok(0) } else { any.read::<u8>() };
    assert_eq!(read_list(r#"[{"a":1},2]"#, either), Ok(vec![0, 2]));
    let error = |text| read_list(text, either).expect_err(text).to_string();
    assert_eq!(error("[1,{}]"), "[1]: must be a whole number from 0 to 255, not { }");
    assert_eq!(error("{}"), "must be a list [ ], not { }");
}

#[test]
fn a_text_that_is_no_json_is_refused_at_its_place() {
    for (text, error) in [
        (String::new(), "line 1, column 0: the text ends before it is complete"),
        (WHOLE[..20].to_owned(), "line 1, column 20: the text ends before it is complete"),
        (format!("{WHOLE}\n}}"), "line 2, column 1: the value has ended, and more follows"),
        ("[1,]".to_owned(), "line 1, column 4: nothing follows the comma before this"),
        ("[".repeat(200_000), "line 1, column 128: lists and objects are nested too deep"),
    ] {
        assert_eq!(read::<Outer>(&text).expect_err("no JSON").to_string(), error);
    }
}

#[test]
fn a_long_string_is_shown_cut() {
    let error = read::<Colour>(&format!("\"{}\"", "é".repeat(50))).expect_err("no colour");
    assert_eq!(error.problem.arguments[0].1, format!("\"{}…\"", "é".repeat(40)));
}

proptest! {
    #[test]
    fn strings_are_written_and_read_as_the_usual_way(text in any::<String>()) {
        let written = to_string(&text);
        prop_assert_eq!(&written, &serde_json::to_string(&text).unwrap());
        prop_assert_eq!(read::<String>(&written), Ok(text));
    }

    #[test]
    fn a_text_is_read_as_the_usual_way(
        text in r#"[\[{]?[\[\]{},:" \n]{0,3}("(a|b|\\\\|\\n|\\u00e9|\\ud83d|\\ude00|é){0,3}"|-?[0-9]{1,21}|[-.eE+0]{1,4}|true|null|[:,]){0,6}[\]},:]{0,3}"#
    ) {
        same(&text);
    }

    #[test]
    fn what_others_write_is_read(value in any_json()) {
        same(&value.to_string());
        same(&serde_json::to_string_pretty(&value).unwrap());
    }
}

/// Holds against serde_json, which knows no number beyond those of floats and keeps the last of several members.
fn same(text: &str) {
    let ours = value::parse(text).map(usual);
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(theirs) => assert_eq!(ours, Ok(theirs), "{text}"),
        // It ends there, and says nothing of what stands behind the number.
        Err(error) if error.to_string().starts_with("number out of range") => {
            let number_is_last = text.trim_end().ends_with(|last: char| last.is_ascii_digit());
            assert!(ours.is_ok() || !number_is_last || text.starts_with(['[', '{']), "{text}");
        }
        Err(_) => assert!(ours.is_err(), "{text}"),
    }
}

fn usual(value: Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => value.into(),
        Value::Unsigned(number) => number.into(),
        // Minus nothing is a float there.
        Value::Signed(0) => (-0.0).into(),
        Value::Signed(number) => number.into(),
        Value::Number(written) => serde_json::from_str(&written).unwrap_or_default(),
        Value::String(text) => text.into(),
        Value::Array(items) => items.into_iter().map(usual).collect(),
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, usual(value))).collect(),
    }
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<u64>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            proptest::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|members| members.into_iter().collect()),
        ]
    })
}
