//! What is declared is read and written, and a fault is named with its field.

use proptest::prelude::*;
use serde::{Deserialize, Serialize};

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

#[test]
fn a_fault_is_named_with_its_field() {
    for (from, to, error) in [
        (r#""n""#, "1", "name: invalid type: integer `1`, expected a string"),
        (r#""count":3"#, r#""count":256"#, "count: invalid value: integer `256`, expected u8"),
        (
            r#""count":3"#,
            r#""count":1.5"#,
            "count: invalid type: number `1.5` that is not whole or too large, expected u8",
        ),
        (r#""name":"n","#, "", "name: missing"),
        (
            r#""name":"n","#,
            r#""name":"n","nome":0,"#,
            "nome: unknown field `nome`, expected one of `name`, `count`, `list`, `none`, `pair`, `around`",
        ),
        (
            r#""bare""#,
            r#""bear""#,
            "list[0]: unknown variant `bear`, expected one of `bare`, `around`, `with`",
        ),
        (r#"{"around":5}"#, r#"{"around":"5"}"#, "list[1].around: invalid type: string \"5\", expected u32"),
        (r#""b":true"#, r#""c":true"#, "list[2].with.c: unknown field `c`, expected `a` or `b`"),
        (r#""blue""#, "null", "pair[1]: invalid type: null, expected enum Colour"),
        (r#""go-on""#, r#""go""#, "around: unknown variant `go`, expected `stop` or `go-on`"),
        (r#""none":null"#, r#""none":null,"#, "key must be a string at line 1 column 90"),
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
        (r#"{"at":1,"do":"walk"}"#, Err("to: missing")),
        (r#"{"at":1,"to":"a"}"#, Err("do: missing")),
        (r#"{"at":1,"do":"rest","to":"a"}"#, Err("unknown field `to`, expected `until`")),
        (r#"{"at":1,"do":"walk","to":1}"#, Err("to: invalid type: integer `1`, expected a string")),
        (r#"{"at":1,"do":"run","to":"a"}"#, Err("unknown variant `run`, expected `walk` or `rest`")),
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
    let any: Vec<Any> = read(r#"[{"a":1},2]"#).unwrap();
    assert_eq!(any.iter().map(|any| any.has("a")).collect::<Vec<_>>(), [true, false]);
    assert_eq!(any[1].read(), Ok(2_u8));
    assert!(any[0].read::<u8>().is_err());
}

#[test]
fn a_text_that_is_too_deep_is_refused() {
    assert!(read::<Outer>(&"[".repeat(200_000)).is_err());
}

proptest! {
    #[test]
    fn strings_are_written_and_read_as_the_usual_way(text in any::<String>()) {
        let written = to_string(&text);
        prop_assert_eq!(&written, &serde_json::to_string(&text).unwrap());
        prop_assert_eq!(read::<String>(&written), Ok(text));
    }
}
