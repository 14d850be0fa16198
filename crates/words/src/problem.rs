//! Errors in the input of a person, in the language of the page.

use playground_core::scenario::ScenarioError;
use playground_lessons::LessonText;

use super::Text;

/// The sentence about an error after its place: the label of a knob, or a field of the scenario.
pub fn sentence(text: Text, words: &LessonText, error: &ScenarioError) -> String {
    let arguments: Vec<(&str, &str)> =
        error.problem.arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let problem = text.problem(error.problem.key, &arguments);
    let place = match words.knobs.iter().find(|knob| knob.id == error.field) {
        Some(knob) => knob.label.clone(),
        None if error.field.is_empty() => text.plain("why-scenario"),
        None => error.field.clone(),
    };
    format!("{place}: {problem}")
}

#[cfg(test)]
mod tests {
    use playground_core::event::Failure;
    use playground_core::problem::Problem;
    use playground_core::scenario::Scenario;

    use super::*;
    use crate::Language;

    /// That both languages have each message is a test of all messages; this one is of the core's keys.
    #[test]
    fn every_problem_of_the_core_is_said_as_the_core_says_it() {
        for (key, sentence) in Problem::ALL {
            let names = sentence.split(['{', '}']).skip(1).step_by(2);
            let arguments: Vec<(String, String)> =
                names.map(|name| (name.to_owned(), format!("{{{name}}}"))).collect();
            let arguments: Vec<(&str, &str)> =
                arguments.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let said = Text::new(Language::English).problem(key, &arguments);
            assert_eq!(said.trim_end_matches('.'), *sentence, "{key}");
            let korean = Text::new(Language::Korean).problem(key, &arguments);
            for (_, argument) in arguments {
                assert!(korean.contains(argument), "{key} without {argument} in Korean");
            }
        }
    }

    /// POSIX names (`ECONNRESET`) are shown as they are.
    #[test]
    fn every_failure_has_words_or_a_posix_name() {
        for failure in Failure::iter() {
            let key = failure.key();
            let is_posix = matches!(failure, Failure::Call(_));
            assert_eq!(key.bytes().all(|octet| octet.is_ascii_uppercase()), is_posix, "{key}");
            for language in [Language::Korean, Language::English] {
                assert_eq!(Text::new(language).has(&format!("problem-{key}")), !is_posix, "{key}");
            }
        }
    }

    #[test]
    fn an_error_is_said_with_its_place() {
        let lesson = playground_lessons::find("dumb-proxy").expect("it is there");
        let said = |json: &str, language| {
            let error = Scenario::from_json(json).expect_err("no scenario");
            sentence(Text::new(language), lesson.text(language), &error)
        };
        for (json, korean, english) in [
            (
                "{",
                "시나리오: 1번째 줄 1번째 글자: 내용이 끝나기 전에 텍스트가 끝났습니다.",
                "Scenario: line 1, column 1: the text ends before it is complete.",
            ),
            ("{\"nodes\":[]}", "links: 빠져 있습니다.", "links: is missing."),
            (
                "{\"nodes\":[],\"links\":[]}",
                "nodes: 항목이 1개 이상 64개 이하여야 합니다.",
                "nodes: must have from 1 to 64 entries.",
            ),
        ] {
            assert_eq!(said(json, Language::Korean), korean);
            assert_eq!(said(json, Language::English), english);
        }
    }
}
