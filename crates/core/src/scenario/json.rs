//! Reading JSON: errors name the field by its path, and are told in either language.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

use super::ScenarioError;
use crate::problem::Problem;

/// Limit on the characters of an invalid value that an error quotes.
const MOST_SHOWN: usize = 40;

/// Reads a value from JSON.
///
/// # Errors
///
/// The first field that cannot be read; a text that is not JSON is named by line and column.
pub fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, ScenarioError> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        problem_at(if path == "." { "" } else { &path }, error.inner(), text)
    })?;
    deserializer.end().map_err(|error| problem_at("", &error, text))?;
    Ok(value)
}

fn problem_at(path: &str, error: &serde_json::Error, text: &str) -> ScenarioError {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    let (line, column) = (error.line() as u64, error.column() as u64);
    match error.classify() {
        Category::Eof => ScenarioError::new("", Problem::json_ends_early(line, column)),
        Category::Syntax | Category::Io => match syntax_problem(message, line, column) {
            // serde_json's syntax error for an enum that is neither a string nor an object.
            _ if serde_json::from_str::<IgnoredAny>(text).is_ok() => {
                let is_enum = message == "expected value";
                let problem = if is_enum { Problem::not_a_variant() } else { Problem::other(message) };
                ScenarioError::new(path, problem)
            }
            problem => ScenarioError::new("", problem),
        },
        Category::Data => {
            // The path of these two is that of the enclosing object.
            for (kind, problem) in
                [("missing field ", Problem::missing()), ("duplicate field ", Problem::twice())]
            {
                if let Some(field) = message.strip_prefix(kind) {
                    let dot = if path.is_empty() { "" } else { "." };
                    return ScenarioError::new(format!("{path}{dot}{}", field.trim_matches('`')), problem);
                }
            }
            ScenarioError::new(path, data_problem(message))
        }
    }
}

fn syntax_problem(message: &str, line: u64, column: u64) -> Problem {
    match message {
        "expected `:`" => Problem::json_expected(line, column, "“:”"),
        "expected `,` or `}`" => Problem::json_expected(line, column, "“,” / “}”"),
        "expected `,` or `]`" => Problem::json_expected(line, column, "“,” / “]”"),
        "expected value" | "expected ident" => Problem::json_value(line, column),
        "key must be a string" => Problem::json_name(line, column),
        "trailing comma" => Problem::json_trailing_comma(line, column),
        "trailing characters" => Problem::json_trailing(line, column),
        "invalid number" | "number out of range" => Problem::json_number(line, column),
        _ if message.contains("escape") || message.contains("string") => Problem::json_string(line, column),
        _ => Problem::json_other(line, column, message),
    }
}

/// The problem that serde describes: `invalid type: string "x", expected u16`.
fn data_problem(message: &str) -> Problem {
    if message == "invalid IPv4 address syntax" {
        return Problem::not_an_address();
    }
    let (found, expected) = message.rsplit_once(", expected ").unwrap_or((message, ""));
    if found.starts_with("unknown field `") {
        return match expected {
            "" => Problem::no_fields(),
            expected => Problem::no_such_field(&names(expected)),
        };
    }
    if let Some(name) = found.strip_prefix("unknown variant `") {
        let name = format!("\"{}\"", name.trim_end_matches('`'));
        return Problem::no_such_value(&shortened(&name), &names(expected));
    }
    if let Some(length) = found.strip_prefix("invalid length ")
        && let (Ok(length), Some(Ok(expected))) =
            (length.parse(), expected.rsplit(' ').next().map(str::parse))
    {
        return Problem::wrong_count(expected, length);
    }
    let Some(found) = found.strip_prefix("invalid type: ").or_else(|| found.strip_prefix("invalid value: "))
    else {
        return Problem::other(message);
    };
    let found = shortened(&as_json(found));
    let number = |most| Problem::not_a_number(&found, most);
    match expected {
        "a string" => Problem::not_a_string(&found),
        "a boolean" => Problem::not_true_or_false(&found),
        "IPv4 address" => Problem::not_an_address(),
        "u8" => number(u8::MAX.into()),
        "u16" => number(u16::MAX.into()),
        "u32" => number(u32::MAX.into()),
        "usize" => number(usize::MAX as u64),
        "u64" => number(u64::MAX),
        "a sequence" => Problem::not_a_list(&found),
        other if other.starts_with("a tuple") => Problem::not_a_list(&found),
        other if other.starts_with("struct ") || other == "a map" => Problem::not_an_object(&found),
        _ => Problem::other(message),
    }
}

/// The names in a list of serde's: `` one of `a`, `b` `` as `a, b`.
fn names(list: &str) -> String {
    list.split('`').skip(1).step_by(2).collect::<Vec<_>>().join(", ")
}

/// A value in a message of serde's as JSON: ``integer `5` `` as `5`.
fn as_json(found: &str) -> String {
    match found {
        "sequence" => "[ ]".to_owned(),
        "map" => "{ }".to_owned(),
        _ => match found.strip_prefix("string ") {
            Some(string) => string.to_owned(),
            None => found.split('`').nth(1).unwrap_or(found).to_owned(),
        },
    }
}

fn shortened(found: &str) -> String {
    let mut shown: String = found.chars().take(MOST_SHOWN).collect();
    if found.chars().nth(MOST_SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;

    #[derive(Debug, PartialEq, Eq, Deserialize, Serialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        name: String,
        count: u8,
        list: Vec<Kind>,
        none: Option<bool>,
        pair: (u16, Colour),
    }

    #[derive(Debug, PartialEq, Eq, Deserialize, Serialize)]
    #[serde(rename_all = "kebab-case")]
    enum Colour {
        DarkRed,
        Blue,
    }

    #[derive(Debug, PartialEq, Eq, Deserialize, Serialize)]
    #[serde(rename_all = "kebab-case", deny_unknown_fields)]
    enum Kind {
        Bare,
        Around(u32),
        With { a: u32, b: bool },
    }

    #[derive(Debug, PartialEq, Eq, Deserialize, Serialize)]
    #[serde(deny_unknown_fields)]
    struct Empty {}

    const WHOLE: &str = r#"{"name":"n","count":3,"list":["bare",{"around":5},{"with":{"a":1,"b":true}}],"none":null,"pair":[2,"blue"]}"#;

    #[test]
    fn an_error_names_the_field_and_the_problem() {
        assert_eq!(serde_json::to_string(&from_json::<Outer>(WHOLE).expect("it is sound")).unwrap(), WHOLE);
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
                "nome: is not known here; there are name, count, list, none, pair",
            ),
            (r#""bare""#, r#""bear""#, "list[0]: \"bear\" is not known here; there are bare, around, with"),
            (r#""bare""#, "[]", "list[0]: must be a name, or an object with a name and its content"),
            (
                r#"{"around":5}"#,
                r#"{"around":"5"}"#,
                "list[1].around: must be a whole number from 0 to 4,294,967,295, not \"5\"",
            ),
            (r#""b":true"#, r#""c":true"#, "list[2].with.c: is not known here; there are a, b"),
            (r#","b":true"#, "", "list[2].with.b: is missing"),
            (r#""b":true"#, r#""b":0"#, "list[2].with.b: must be true or false, not 0"),
            (r#"[2,"blue"]"#, "{}", "pair: must be a list [ ], not { }"),
            (r#"[2,"blue"]"#, "[2]", "pair: must be a list of 2, not of 1"),
            (r#""blue""#, "null", "pair[1]: must be a name, or an object with a name and its content"),
            (
                r#""name":"n","count":3"#,
                r#""name":"n","count":3 4"#,
                "line 1, column 23: “,” / “}” is missing here",
            ),
            (r#"["bare","#, r#"["bare" 5,"#, "line 1, column 38: “,” / “]” is missing here"),
            (r#""none":null"#, r#""none" null"#, "line 1, column 85: “:” is missing here"),
            (r#""none":null"#, r#""none":"#, "line 1, column 85: a value is missing here"),
            (r#""name":"n""#, "name:1", "line 1, column 2: a name in double quotes is missing here"),
            (r#""count":3"#, "\n\"count\":03", "line 2, column 10: JSON does not know such a number"),
            (
                r#""n""#,
                "\"\n\"",
                "line 2, column 0: a string has a character or an escape that JSON does not know",
            ),
            (
                r#""n""#,
                r#""\q""#,
                "line 1, column 11: a string has a character or an escape that JSON does not know",
            ),
        ] {
            assert!(WHOLE.contains(from), "{from}");
            let text = WHOLE.replacen(from, to, 1);
            assert_eq!(from_json::<Outer>(&text).expect_err(&text).to_string(), error, "{text}");
        }
        let error = from_json::<Empty>(r#"{"a":1}"#).expect_err("no fields").to_string();
        assert_eq!(error, "a: is not known here; there are no fields");
        let error = from_json::<Outer>("7").expect_err("no object").to_string();
        assert_eq!(error, "must be an object with fields, not 7");
        let error = from_json::<core::net::Ipv4Addr>("\"10.0.0.256\"").expect_err("no address").to_string();
        assert_eq!(error, "must be an IPv4 address like 10.0.0.1");
    }

    #[test]
    fn a_text_that_is_not_json_is_refused_at_its_place() {
        for (text, error) in [
            (String::new(), "line 1, column 0: the text ends before it is complete"),
            (WHOLE[..20].to_owned(), "line 1, column 20: the text ends before it is complete"),
            (format!("{WHOLE}\n}}"), "line 2, column 1: the value has ended, and more follows"),
            (
                WHOLE.replace("{\"with\":{\"a\":1,\"b\":true}}", ""),
                "line 1, column 51: nothing follows the comma before this",
            ),
        ] {
            assert_eq!(from_json::<Outer>(&text).expect_err("not JSON").to_string(), error);
        }
        let deep = from_json::<Outer>(&"[".repeat(200_000)).expect_err("no object");
        assert_eq!(deep.to_string(), "[0]: must be a string, not [ ]");
    }

    #[test]
    fn a_long_string_is_shortened() {
        let error = from_json::<Colour>(&format!("\"{}\"", "é".repeat(50))).expect_err("no colour");
        assert_eq!(error.problem.arguments[0].1, format!("\"{}…", "é".repeat(39)));
    }
}
