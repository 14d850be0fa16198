//! The options as they are given, before a command looks at them.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};

use crate::arguments::quoted;

/// Options with a value.
const VALUED: [&str; 18] = [
    "profile", "format", "scenario", "step", "from", "to", "lang", "theme", "size", "view", "output",
    "fonts", "set", "record", "only", "next", "bind", "port",
];
/// Options without one.
const FLAGS: [&str; 6] = ["help", "all", "bare", "no-client", "once", "tun"];

/// The words and options of a command line.
#[derive(Default)]
pub struct Given {
    /// What is no option.
    pub words: Vec<String>,
    /// Settings of knobs: id and value.
    pub settings: Vec<(String, String)>,
    options: Vec<(&'static str, OsString)>,
}

impl Given {
    /// Reads the command line.
    ///
    /// # Errors
    /// A sentence about an option that there is none of, or a value that is missing.
    pub fn read(mut parser: Parser) -> Result<Self, String> {
        let say = |error: lexopt::Error| format!("{error}; see --help");
        let mut given = Self::default();
        while let Some(argument) = parser.next().map_err(say)? {
            let name = match argument {
                Arg::Value(word) => {
                    given.words.push(word.string().map_err(say)?);
                    continue;
                }
                Arg::Short('h') => "help",
                Arg::Short('o') => "output",
                Arg::Long(name) => match VALUED.iter().chain(&FLAGS).find(|known| **known == name) {
                    Some(known) => known,
                    None => return Err(say(Arg::Long(name).unexpected())),
                },
                other => return Err(say(other.unexpected())),
            };
            let value = match VALUED.contains(&name) {
                true => parser.value().map_err(say)?,
                false => OsString::new(),
            };
            if name == "set" {
                let text = value.clone().string().map_err(say)?;
                let (knob, value) = text
                    .split_once('=')
                    .ok_or_else(|| format!("--set {}: write KNOB=VALUE", quoted(&text)))?;
                given.settings.push((knob.to_owned(), value.to_owned()));
            }
            given.options.push((name, value));
        }
        Ok(given)
    }

    /// Whether no option is given.
    pub fn is_empty(&self) -> bool {
        self.options.is_empty()
    }

    /// Whether an option is given.
    pub fn is_set(&self, name: &str) -> bool {
        self.options.iter().any(|(known, _)| *known == name)
    }

    /// Says so when an option is given that a command does not take.
    pub fn only(&self, command: &str, allowed: &[&str]) -> Result<(), String> {
        match self.options.iter().find(|(name, _)| !allowed.contains(name)) {
            None => Ok(()),
            Some(("output", _)) => Err(format!("{command} takes no -o; see --help")),
            Some((name, _)) => Err(format!("{command} takes no --{name}; see --help")),
        }
    }

    /// The path of an option; the last one when it is given twice.
    pub fn path(&self, name: &str) -> Option<PathBuf> {
        self.options.iter().rev().find(|(known, _)| *known == name).map(|(_, value)| value.into())
    }

    /// The value of an option, read by a function that knows its values.
    ///
    /// # Errors
    /// What the value must be.
    pub fn read_as<T>(
        &self,
        name: &str,
        must_be: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, String> {
        let Some((_, value)) = self.options.iter().rev().find(|(known, _)| *known == name) else {
            return Ok(None);
        };
        let text = value.to_string_lossy();
        match read(&text) {
            Some(value) => Ok(Some(value)),
            None => Err(format!("--{name} {}: must be {must_be}", quoted(&text))),
        }
    }
}
