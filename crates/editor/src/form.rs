//! The form of a part of a scenario: its fields by the schema of its type, in groups, with controls, values and defaults.

use playground_core::problem::Problem;
use serde_json::Value;

use crate::amount::{Scale, Unit, Unreadable, read_amount};
use crate::building::Builder;
use crate::settings::Group;

/// The form of a part.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// Its groups, none of them empty.
    pub sections: Vec<Section>,
}

/// A group of fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Which one.
    pub group: Group,
    /// Its fields in their order.
    pub fields: Vec<Field>,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its place in the scenario: a JSON pointer (RFC 6901).
    pub at: String,
    /// The type that has it, as the schema names it.
    pub owner: String,
    /// Its name in the scenario.
    pub name: String,
    /// Whether it is among those that a person changes, and shown at first.
    pub is_first: bool,
    /// How it is changed.
    pub control: Control,
    /// Its value; none where it is left out.
    pub value: Option<Value>,
    /// What holds when it is left out; none where it has to be there, or where leaving it out means something else than
    /// any value.
    pub default: Option<Value>,
    /// Whether the default is the TCP profile's, which holds where the field is left out.
    pub is_of_profile: bool,
    /// Whether it may be left out without a default: the value that it begins with when it is switched on.
    pub start: Option<Value>,
}

/// How a field is changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Control {
    /// On or off.
    Switch,
    /// One of several, and what belongs to the chosen one.
    Choice {
        /// All of them.
        choices: Vec<Choice>,
        /// The chosen one.
        chosen: Option<usize>,
        /// Where their words are.
        words: ChoiceWords,
        /// The fields of the chosen one.
        fields: Vec<Field>,
    },
    /// A number.
    Number {
        /// Its unit.
        unit: Unit,
        /// The least that is accepted.
        least: u64,
        /// The most that is accepted.
        most: u64,
    },
    /// Two numbers, the first and the last.
    Span,
    /// A line of text.
    Line,
    /// The text of HTTP messages.
    Message,
    /// Entries in an order.
    List {
        /// Those that are shown, from the first.
        entries: Vec<Entry>,
        /// The entry that is added next.
        next: Value,
    },
    /// Fields that belong together, which may be left out together.
    Part(Vec<Field>),
}

/// One of several values.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its name.
    pub key: String,
    /// Where choosing it sets something.
    pub at: String,
    /// What it sets there.
    pub value: Value,
}

/// Where the words of choices are.
#[derive(Clone, Debug, PartialEq)]
pub enum ChoiceWords {
    /// They are the names of nodes.
    Nodes,
    /// They belong to this type or field.
    Of(String),
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its place in the scenario.
    pub at: String,
    /// Its fields; a single one, with the list's name, where it is no object.
    pub fields: Vec<Field>,
}

/// Entries of a list that a form shows at most; the JSON has them all.
pub const ENTRIES_SHOWN: usize = 50;

/// Why what was typed into a field is not set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be read.
    Unreadable(Unreadable),
    /// It is out of bounds, which are given in this scale.
    OutOfBounds(u64, u64, Scale),
    /// It has this problem.
    Problem(Problem),
}

impl Form {
    /// The form of a node of a scenario's JSON, by its index.
    pub fn of_node(scenario: &Value, index: usize) -> Self {
        Self::new(Builder::new(scenario, Some(index)).part("NodeSpec", &format!("/nodes/{index}")))
    }

    /// The form of a link of a scenario's JSON, by its index.
    pub fn of_link(scenario: &Value, index: usize) -> Self {
        Self::new(Builder::new(scenario, None).part("LinkSpec", &format!("/links/{index}")))
    }

    /// The form of what belongs to the scenario as a whole.
    pub fn of_scenario(scenario: &Value) -> Self {
        Self::new(Builder::new(scenario, None).part("Scenario", ""))
    }

    fn new(fields: Vec<(Group, Field)>) -> Self {
        let mut sections: Vec<Section> = Vec::new();
        for (group, field) in fields {
            match sections.iter_mut().find(|section| section.group == group) {
                Some(section) => section.fields.push(field),
                None => sections.push(Section { group, fields: vec![field] }),
            }
        }
        sections.sort_by_key(|section| section.group);
        Self { sections }
    }

    /// Every field, those inside others behind them.
    pub fn fields(&self) -> Vec<&Field> {
        let mut all = Vec::new();
        self.sections.iter().flat_map(|section| &section.fields).for_each(|field| field.collect(&mut all));
        all
    }

    /// The field that the path of a refusal means, `nodes[1].role.client.port`: the field itself, one of its name
    /// further inside, or the one around it.
    pub fn field_at(&self, path: &str) -> Option<&Field> {
        let pointer = pointer_of(path);
        let all = self.fields();
        if let Some(field) = all.iter().find(|field| field.at == pointer) {
            return Some(field);
        }
        let (around, last) = pointer.rsplit_once('/')?;
        let is_inside = |field: &&&Field| {
            field.at.strip_prefix(around).is_some_and(|rest| rest.starts_with('/')) && field.name == last
        };
        let contains = |field: &&&Field| {
            pointer.strip_prefix(field.at.as_str()).is_some_and(|rest| rest.starts_with('/'))
        };
        let inside = all.iter().find(is_inside);
        inside.or_else(|| all.iter().filter(contains).max_by_key(|field| field.at.len())).copied()
    }
}

/// `nodes[1].role` as a JSON pointer: `/nodes/1/role`.
fn pointer_of(path: &str) -> String {
    path.split(['.', '[']).map(|step| format!("/{}", step.trim_end_matches(']'))).collect()
}

impl Field {
    /// Adds the field and those inside it.
    fn collect<'f>(&'f self, all: &mut Vec<&'f Self>) {
        all.push(self);
        match &self.control {
            Control::Choice { fields, .. } | Control::Part(fields) => {
                fields.iter().for_each(|field| field.collect(all));
            }
            Control::List { entries, .. } => {
                entries.iter().flat_map(|entry| &entry.fields).for_each(|field| field.collect(all));
            }
            _ => {}
        }
    }

    /// Whether its value is another than the default.
    pub fn is_changed(&self) -> bool {
        let is_whole = matches!(self.control, Control::List { .. } | Control::Part(_));
        !is_whole && self.default.is_some() && self.value.is_some() && self.value != self.default
    }

    /// The value that holds: its own, or the default.
    pub fn holds(&self) -> Option<&Value> {
        self.value.as_ref().or(self.default.as_ref())
    }

    /// The keys of its word: of this type's field, and of any field of this name. `.help` is its sentence.
    pub fn word_keys(&self) -> [String; 2] {
        [format!("setting-{}-{}", self.owner, self.name), format!("setting-{}", self.name)]
    }

    /// The value that a typed text stands for.
    ///
    /// # Errors
    ///
    /// Why it is none.
    pub fn read(&self, typed: &str, scale: Scale) -> Result<Value, Refusal> {
        match &self.control {
            Control::Number { unit, least, most } => {
                let number = read_amount(typed, *unit, scale).map_err(Refusal::Unreadable)?;
                if (*least..=*most).contains(&number) {
                    Ok(number.into())
                } else {
                    Err(Refusal::OutOfBounds(*least, *most, scale))
                }
            }
            Control::Span => {
                let numbers: Option<Vec<u16>> = typed
                    .split(['-', '–', '~'])
                    .map(|number| number.trim().parse().ok().filter(|port| *port > 0))
                    .collect();
                match numbers.as_deref() {
                    Some([first, last]) if first <= last => Ok(vec![*first, *last].into()),
                    _ => Err(Refusal::Problem(Problem::port_range())),
                }
            }
            _ => Ok(typed.into()),
        }
    }

    /// The list with another entry.
    pub fn with_next(&self) -> Value {
        let Control::List { next, .. } = &self.control else { return Value::Null };
        let mut list = self.list();
        list.push(next.clone());
        list.into()
    }

    /// The list without an entry.
    pub fn without(&self, index: usize) -> Value {
        let mut list = self.list();
        if index < list.len() {
            list.remove(index);
        }
        list.into()
    }

    /// The list with an entry at another place.
    pub fn moved(&self, from: usize, to: usize) -> Value {
        let mut list = self.list();
        if from < list.len() && to < list.len() {
            let entry = list.remove(from);
            list.insert(to, entry);
        }
        list.into()
    }

    fn list(&self) -> Vec<Value> {
        self.value.as_ref().and_then(Value::as_array).cloned().unwrap_or_default()
    }
}

impl ChoiceWords {
    /// The key of a choice's word; none where its name is its word.
    pub fn key(&self, choice: &str) -> Option<String> {
        match self {
            Self::Nodes => None,
            // `HTTP/1.1` and `1.3` are what they are called.
            Self::Of(_) if choice.contains('.') => None,
            Self::Of(owner) => Some(format!("choice-{owner}.{choice}")),
        }
    }
}
