//! Reading and writing, beside what the usual library does.

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug, PartialEq, Eq, FromJson, ToJson)]
struct Outer {
    name: String,
    #[json(default = "seven")]
    count: u8,
    #[json(default, skip_if = "Vec::is_empty")]
    list: Vec<Kind>,
    none: Option<bool>,
    pair: (u16, Colour),
    #[json(default)]
    inner: Inner,
    around: Around,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, FromJson, ToJson)]
#[json(rename_all = "kebab-case")]
enum Colour {
    DarkRed,
    #[json(rename = "SKY")]
    Blue,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, FromJson, ToJson)]
#[json(rename_all = "kebab-case")]
enum Kind {
    Bare,
    Around(u32),
    With { a: u32, b: bool },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, FromJson, ToJson)]
#[json(default)]
struct Inner {
    x: u32,
    y: u32,
}

impl Default for Inner {
    fn default() -> Self {
        Self { x: 1, y: 2 }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, FromJson, ToJson)]
struct Around {
    at: u32,
    #[json(flatten)]
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq, FromJson, ToJson)]
#[json(tag = "do", rename_all = "kebab-case")]
enum What {
    Stop,
    GoOn { by: u32 },
}

const fn seven() -> u8 {
    7
}

const WHOLE: &str = r#"{"name":"n","count":3,"list":["bare",{"around":5},{"with":{"a":1,"b":true}}],"none":null,"pair":[2,"SKY"],"inner":{"x":1,"y":9},"around":{"at":4,"do":"go-on","by":6}}"#;

#[test]
fn what_is_declared_is_read_and_written() {
    let whole = Outer {
        name: "n".to_owned(),
        count: 3,
        list: vec![Kind::Bare, Kind::Around(5), Kind::With { a: 1, b: true }],
        none: None,
        pair: (2, Colour::Blue),
        inner: Inner { x: 1, y: 9 },
        around: Around { at: 4, what: What::GoOn { by: 6 } },
    };
    assert_eq!(to_string(&whole), WHOLE);
    assert_eq!(read(WHOLE), Ok(whole.clone()));
    assert_eq!(read(&to_string_pretty(&whole)), Ok(whole));
}

#[test]
fn what_is_missing_is_the_default() {
    let json = r#"{ "name": "", "pair": [0, "dark-red"], "around": { "do": "stop", "at": 1 }, "inner": { "y": 3 } }"#;
    let short: Outer = read(json).expect("all that is not said has a default");
    let list = Vec::new();
    let around = Around { at: 1, what: What::Stop };
    let pair = (0, Colour::DarkRed);
    let inner = Inner { x: 1, y: 3 };
    assert_eq!(short, Outer { name: String::new(), count: 7, list, none: None, pair, inner, around });
    assert!(!to_string(&short).contains("list"));
}

#[test]
fn a_fault_is_named_with_its_field() {
    for (from, to, error) in [
        (r#""n""#, "1", "name: expected a string, found 1"),
        (r#""count":3"#, r#""count":256"#, "count: expected a whole number from 0 to 255, found 256"),
        (r#""count":3"#, r#""count":-1"#, "count: expected a whole number from 0 to 255, found -1"),
        (r#""count":3"#, r#""count":1.5"#, "count: expected a whole number from 0 to 255, found 1.5"),
        (r#""name":"n","#, "", "name: missing"),
        (r#""name":"n","#, r#""name":"n","name":"n","#, "name: stands there twice"),
        (
            r#""name":"n","#,
            r#""name":"n","nome":0,"#,
            "nome: unknown field, expected one of `name`, `count`, `list`, `none`, `pair`, `inner`, `around`",
        ),
        (
            r#""bare""#,
            r#""bear""#,
            "list[0]: unknown variant `bear`, expected one of `bare`, `around`, `with`",
        ),
        (r#""bare""#, r#""with""#, "list[0].with: expected an object, found null"),
        (
            r#"{"around":5}"#,
            r#"{"around":"5"}"#,
            "list[1].around: expected a whole number from 0 to 4294967295, found \"5\"",
        ),
        (r#""b":true"#, r#""b":"yes""#, "list[2].with.b: expected true or false, found \"yes\""),
        (r#""b":true"#, r#""c":true"#, "list[2].with.c: unknown field, expected one of `a`, `b`"),
        (r#"[2,"SKY"]"#, "[2]", "pair: expected a list of two, found a list"),
        (r#""SKY""#, "null", "pair[1]: expected a string, found null"),
        (r#""go-on""#, r#""go""#, "around.do: unknown variant `go`, expected one of `stop`, `go-on`"),
        (r#""go-on""#, r#""stop""#, "around.by: unknown field, expected one of `do`, `at`"),
        (r#""do":"go-on","#, "", "around.do: missing"),
        (r#""inner":{"#, r#""inner":{"z":0,"#, "inner.z: unknown field, expected one of `x`, `y`"),
        (
            r#""none":null"#,
            r#""none":null,"#,
            "not JSON at line 1, column 90: expected a field's name in quotes",
        ),
    ] {
        assert!(WHOLE.contains(from), "{from}");
        let text = WHOLE.replacen(from, to, 1);
        let found = read::<Outer>(&text).expect_err(&text);
        assert_eq!(found.to_string(), error, "{text}");
    }
}

#[test]
fn a_text_that_is_too_deep_is_refused() {
    let text = "[".repeat(200_000);
    assert!(Json::parse(&text).is_err());
}

fn text_of(parts: &[&str]) -> String {
    parts.concat()
}

proptest! {
    #[test]
    fn what_is_json_is_what_the_usual_reader_says(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "{", "}", "[", "]", ",", ":", "\"a\"", "\"\\n\"", "\"\\u00e9\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"",
                "\"\\x\"", "1", "-", "0", "1.5", "2e-3", ".", "true", "null", "fals", "\"", " ", "\n",
            ]),
            0..12,
        ),
    ) {
        let text = text_of(&parts);
        prop_assert_eq!(Json::parse(&text).is_ok(), serde_json::from_str::<serde_json::Value>(&text).is_ok());
    }

    #[test]
    fn strings_are_written_and_read_as_the_usual_way(text in any::<String>()) {
        let written = to_string(&text);
        prop_assert_eq!(&written, &serde_json::to_string(&text).unwrap());
        prop_assert_eq!(read::<String>(&written), Ok(text));
    }
}
