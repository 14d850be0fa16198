//! From what is on the screen to a query.

use playground_playback::Speed;

use super::Selected;
use super::parameters::{Chrome, Embed, Parameters, tab_name};
use super::percent::{encode, to_base64url};

/// The query without its `?`; defaults are left out, the order is always the same.
pub fn write(parameters: &Parameters) -> String {
    let mut query = Query::default();
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
    if let Some(tab) = parameters.tab {
        query.add("tab", tab_name(tab));
    }
    for (name, value) in &parameters.knobs {
        query.add(name, value);
    }
    if let Some(language) = parameters.language {
        query.add("lang", language.tag());
    }
    if let Some(theme) = parameters.theme {
        query.add("theme", theme.name());
    }
    if parameters.speed != Speed::default() {
        query.add("speed", parameters.speed.text());
    }
    match parameters.embed {
        None => {}
        Some(Embed::Stage) => query.add("embed", "1"),
        Some(Embed::Ladder) => query.add("embed", "ladder"),
    }
    if parameters.chrome == Chrome::None {
        query.add("chrome", "none");
    }
    if parameters.autoplay {
        query.add("autoplay", "1");
    }
    if parameters.no_letter_keys {
        query.add("keys", "0");
    }
    if let Some(scenario) = &parameters.scenario {
        query.add("scenario", &to_base64url(scenario.as_bytes()));
    }
    query.text
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
        encode(name, &mut self.text);
        self.text.push('=');
        encode(value, &mut self.text);
    }
}
