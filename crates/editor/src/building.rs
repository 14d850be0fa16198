//! Building a form: from the schema of a type and a value of it to fields.

use playground_core::node::ClientSpec;
use playground_core::tcp::{Profile, ProfileName};
use serde_json::{Map, Value, json};

use crate::form::{Choice, ChoiceWords, Control, ENTRIES_SHOWN, Entry, Field};
use crate::schema::{Kind, Shape, Variant};
use crate::settings::{Group, Meaning, Setting, may_become, setting};

/// Builds the fields of one part.
pub(crate) struct Builder<'v> {
    scenario: &'v Value,
    /// The node whose form it is.
    node: Option<usize>,
    profile: Profile,
    /// The node's role where it is a client.
    client: Option<ClientSpec>,
}

type Placed = (Setting, Field);

impl<'v> Builder<'v> {
    pub fn new(scenario: &'v Value, node: Option<usize>) -> Self {
        let mut builder = Self { scenario, node, profile: Profile::textbook(), client: None };
        let client = builder.own_node().pointer("/role/client").cloned();
        builder.client = client.and_then(|client| serde_json::from_value(client).ok());
        let name = builder.own_node().get("profile").cloned();
        if let Some(Ok(name)) = name.map(serde_json::from_value::<ProfileName>) {
            builder.profile = name.profile();
        }
        builder
    }

    fn own_node(&self) -> &'v Value {
        self.node.and_then(|index| self.nodes().get(index)).unwrap_or(&Value::Null)
    }

    fn nodes(&self) -> &'v [Value] {
        self.scenario.get("nodes").and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The fields of the part at a place, which is of the type of this name.
    pub fn part(&self, type_name: &str, at: &str) -> Vec<(Group, Field)> {
        let (Some(shape), Some(value)) = (Shape::named(type_name), self.scenario.pointer(at)) else {
            return Vec::new();
        };
        let mut placed = Vec::new();
        self.object(at, type_name, &shape, value, &mut placed);
        placed.sort_by_key(|(setting, _)| setting.place);
        placed.into_iter().map(|(setting, field)| (setting.group, field)).collect()
    }

    /// The fields of an object of the type `owner`, in their order.
    fn inner(&self, at: &str, owner: &str, shape: &Shape<'_>, value: &Value) -> Vec<Field> {
        let mut placed = Vec::new();
        self.object(at, shape.type_name.unwrap_or(owner), shape, value, &mut placed);
        placed.sort_by_key(|(setting, _)| setting.place);
        placed.into_iter().map(|(_, field)| field).collect()
    }

    fn object(&self, at: &str, owner: &str, shape: &Shape<'_>, value: &Value, out: &mut Vec<Placed>) {
        let Kind::Object(fields) = shape.kind() else { return };
        for (name, schema) in fields {
            let at = format!("{at}/{name}");
            match (owner, name.as_str()) {
                // Nodes, links and interventions are parts of their own, and who is linked is a matter of the stage.
                ("Scenario", "nodes" | "links" | "interventions") | ("LinkSpec", "between") => {}
                _ if value.get("text").is_some_and(Value::is_string) && is_in_text(owner, name) => {}
                ("NodeSpec", "role") => self.role(&at, value, schema, out),
                _ => {
                    // An object may begin with other values than its type does by itself.
                    let default = shape.default.and_then(|default| default.get(name));
                    let shape = Shape::of(schema);
                    let shape = Shape { default: default.or(shape.default), ..shape };
                    let value = value.get(name).filter(|value| !value.is_null());
                    if matches!(shape.kind(), Kind::Object(_)) && !shape.may_be_absent {
                        let value = value.unwrap_or(&Value::Null);
                        self.object(&at, shape.type_name.unwrap_or(owner), &shape, value, out);
                    } else {
                        out.push(self.field(at, owner, name, &shape, value));
                    }
                }
            }
        }
    }

    fn field(&self, at: String, owner: &str, name: &str, shape: &Shape<'_>, value: Option<&Value>) -> Placed {
        let setting = setting(owner, name);
        let of_profile = self.profiles(owner, name);
        let is_of_profile = of_profile.is_some();
        let default = of_profile.or_else(|| shape.default.cloned());
        let start = (shape.may_be_absent && default.is_none()).then(|| {
            let own = self.typed(&at, owner, name).or_else(|| self.starting(owner, name, shape));
            own.unwrap_or_else(|| self.least(owner, shape, None))
        });
        let held = value.or(default.as_ref());
        let control = self.control(&at, owner, name, shape, held, setting.meaning);
        let field = Field {
            at,
            owner: owner.to_owned(),
            name: name.to_owned(),
            is_first: setting.is_first,
            control,
            value: value.cloned(),
            default,
            is_of_profile,
            start,
        };
        (setting, field)
    }

    fn control(
        &self,
        at: &str,
        owner: &str,
        name: &str,
        shape: &Shape<'_>,
        value: Option<&Value>,
        meaning: Meaning,
    ) -> Control {
        match shape.kind() {
            Kind::Switch => Control::Switch,
            Kind::Number { least, most } => {
                let unit = if let Meaning::Of(unit) = meaning { unit } else { crate::Unit::Count };
                Control::Number { unit, least, most }
            }
            Kind::Text { .. } => match meaning {
                Meaning::Node(port) => self.nodes_to_choose(at, value, port),
                Meaning::Message => Control::Message,
                _ => Control::Line,
            },
            Kind::Tuple(_) => Control::Span,
            Kind::Variants(variants) => {
                let words = ChoiceWords::Of(shape.type_name.unwrap_or(name).to_owned());
                let old = value.and_then(content_of);
                let chosen = value.and_then(key_of);
                let choices = variants.iter().map(|variant| {
                    let value = match value {
                        Some(value) if chosen == Some(variant.key) => value.clone(),
                        _ => self.variant(shape.type_name.unwrap_or(owner), variant, old),
                    };
                    Choice { key: variant.key.to_owned(), at: at.to_owned(), value }
                });
                let choices = choices.collect();
                let chosen = variants.iter().position(|variant| Some(variant.key) == chosen);
                let fields = chosen.and_then(|chosen| {
                    let (key, content) = (variants[chosen].key, variants[chosen].content?);
                    let owner = shape.type_name.unwrap_or(owner);
                    Some(self.inner(&format!("{at}/{key}"), owner, &Shape::of(content), old?))
                });
                Control::Choice { choices, chosen, words, fields: fields.unwrap_or_default() }
            }
            Kind::List(items) => {
                let items = Shape::of(items);
                let list = value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                let entries = list.iter().take(ENTRIES_SHOWN).enumerate().map(|(index, value)| {
                    let at = format!("{at}/{index}");
                    let fields = match items.kind() {
                        Kind::Object(_) => self.inner(&at, owner, &items, value),
                        _ => vec![self.field(at.clone(), owner, name, &items, Some(value)).1],
                    };
                    Entry { at, fields }
                });
                let entries = entries.collect();
                let own = || self.starting(owner, name, &items);
                let next = match list.last() {
                    Some(last) => another(last, list),
                    None => own().unwrap_or_else(|| self.least(owner, &items, None)),
                };
                Control::List { entries, next }
            }
            Kind::Object(_) => match value {
                Some(value) => Control::Part(self.inner(at, owner, shape, value)),
                None => Control::Part(Vec::new()),
            },
        }
    }

    /// The other nodes, of which one is chosen; with its port where the field beside has it.
    fn nodes_to_choose(&self, at: &str, value: Option<&Value>, port: Option<&str>) -> Control {
        let own = self.own_node().get("name");
        let others = self.nodes().iter().filter(|node| node.get("name") != own);
        let around = at.rsplit_once('/').and_then(|(around, name)| {
            Some((around, name, self.scenario.pointer(around)?.as_object()?, port?))
        });
        let choice = |node: &Value| {
            let name = node.get("name")?;
            let mut choice =
                Choice { key: name.as_str()?.to_owned(), at: at.to_owned(), value: name.clone() };
            if let (Some((around, field, fields, port)), Some(listens)) = (around, listening_port(node))
                && fields.contains_key(port)
            {
                let mut fields = fields.clone();
                fields.insert(field.to_owned(), name.clone());
                fields.insert(port.to_owned(), listens.into());
                (choice.at, choice.value) = (around.to_owned(), fields.into());
            }
            Some(choice)
        };
        let choices: Vec<Choice> = others.filter_map(choice).collect();
        let chosen = choices.iter().position(|choice| value.is_some_and(|value| *value == *choice.key));
        Control::Choice { choices, chosen, words: ChoiceWords::Nodes, fields: Vec::new() }
    }

    /// A node's role: a choice among those that it may become, and the fields of the one that it has.
    fn role(&self, at: &str, node: &Value, schema: &Value, out: &mut Vec<Placed>) {
        let shape = Shape::of(schema);
        let Some((role, Kind::Variants(variants))) = node.get("role").map(|role| (role, shape.kind())) else {
            return;
        };
        let (chosen, old) = (key_of(role).unwrap_or_default(), content_of(role));
        let offered: Vec<&Variant<'_>> = variants
            .iter()
            .filter(|variant| variant.key == chosen || may_become(chosen, variant.key))
            .collect();
        let choices = offered.iter().map(|variant| {
            let value =
                if variant.key == chosen { role.clone() } else { self.variant("RoleSpec", variant, old) };
            Choice { key: variant.key.to_owned(), at: at.to_owned(), value }
        });
        let control = Control::Choice {
            choices: choices.collect(),
            chosen: offered.iter().position(|variant| variant.key == chosen),
            words: ChoiceWords::Of("RoleSpec".to_owned()),
            fields: Vec::new(),
        };
        let (mut setting, mut field) = self.field(at.to_owned(), "NodeSpec", "role", &shape, Some(role));
        field.control = control;
        setting.is_first = true;
        out.push((setting, field));
        let content = variants.iter().find(|variant| variant.key == chosen).and_then(|found| found.content);
        if let (Some(content), Some(old)) = (content, old) {
            let shape = Shape::of(content);
            self.object(&format!("{at}/{chosen}"), shape.type_name.unwrap_or(chosen), &shape, old, out);
        }
    }

    /// Another variant of an enum, with what it has in common with the content of the one before.
    fn variant(&self, owner: &str, variant: &Variant<'_>, old: Option<&Value>) -> Value {
        match variant.content.map(Shape::of) {
            None => variant.key.into(),
            Some(shape) => {
                let content = self.least(shape.type_name.unwrap_or(owner), &shape, old);
                json!({ variant.key: content })
            }
        }
    }

    /// The least value of a shape that makes sense in this scenario.
    fn least(&self, owner: &str, shape: &Shape<'_>, old: Option<&Value>) -> Value {
        let owner = shape.type_name.unwrap_or(owner);
        let takes_peer = matches!(shape.kind(), Kind::Object(fields) if fields.contains_key("connect_to"));
        shape.least(&|name, field, is_required| match name {
            "port" if takes_peer => self.peer(old).and_then(listening_port).map(Value::from),
            "next_port" => self.peer(old).and_then(listening_port).map(Value::from),
            _ => match setting(owner, name).meaning {
                Meaning::Node(_) => {
                    let name = self.peer(old)?.get("name")?.clone();
                    Some(if matches!(field.kind(), Kind::List(_)) { json!([name]) } else { name })
                }
                _ => carried(old, name, field)
                    .or_else(|| self.starting(owner, name, field).filter(|_| is_required)),
            },
        })
    }

    /// The text that a message begins with when it is written by hand: what would be sent without it.
    fn typed(&self, at: &str, owner: &str, name: &str) -> Option<Value> {
        let message = self.scenario.pointer(at.rsplit_once('/')?.0)?;
        match (owner, name) {
            ("RequestSpec", "text") => {
                let request = serde_json::from_value(message.clone()).ok()?;
                Some(self.client.as_ref()?.text_of(&request).into())
            }
            ("ResourceSpec", "text") => {
                let kind = message.get("content_type").and_then(Value::as_str).unwrap_or("text/plain");
                Some(format!("HTTP/1.1 200 OK\nContent-Type: {kind}\nContent-Length: 5\n\nhello").into())
            }
            _ => None,
        }
    }

    /// The value that a field begins with, where nothing would make no sense.
    fn starting(&self, owner: &str, name: &str, shape: &Shape<'_>) -> Option<Value> {
        let value = match (owner, name) {
            ("PoolSpec", "connections") => 2.into(),
            ("StackSpec", "dhcp" | "resolver" | "tls" | "keepalive") => json!({}),
            (_, "requests") => json!([{ "path": "/" }]),
            (_, "resources") => json!([{ "path": "/", "body_len": 1_000 }]),
            (_, "path" | "page") => "/".into(),
            (_, "objects") => "/logo.gif".into(),
            (_, "host" | "name" | "server_name") => "www.joes-hardware.com".into(),
            (_, "address" | "router" | "name_server" | "server") => "10.0.0.1".into(),
            (_, "first") => "10.0.0.100".into(),
            (_, "program") => "s = socket()".into(),
            (_, "body_len") => 1_000.into(),
            (_, "port") => 80.into(),
            (_, "per_mille") => 10.into(),
            (_, "queue_segments") => 20.into(),
            (_, "by_us") => 100_000.into(),
            (_, "every_us" | "at_us" | "until_us" | "from_us" | "changes_at_us") => 1_000_000.into(),
            (_, "expires_us" | "last_modified_us") => 60_000_000.into(),
            _ => return None,
        };
        Some(value).filter(|value| fits(value, shape))
    }

    /// The node that this one would connect to: the one before, a neighbour that listens, any that listens, any.
    fn peer(&self, old: Option<&Value>) -> Option<&'v Value> {
        let own = self.own_node().get("name")?;
        let others = || self.nodes().iter().filter(|node| node.get("name") != Some(own));
        let named = |name: &Value| others().find(|node| node.get("name") == Some(name));
        let before = ["connect_to", "next", "to"].into_iter().find_map(|field| {
            let old = old?;
            let value = old.get(field).or_else(|| old.get("proxy")?.get(field))?;
            named(value.get(0).unwrap_or(value))
        });
        let links = self.scenario.get("links").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let mut neighbours = links.iter().filter_map(|link| {
            let (a, b) = (link.pointer("/between/0")?, link.pointer("/between/1")?);
            if a == own { named(b) } else { named(a).filter(|_| b == own) }
        });
        before
            .or_else(|| neighbours.rfind(|node| listening_port(node).is_some()))
            .or_else(|| others().rfind(|node| listening_port(node).is_some()))
            .or_else(|| others().next())
    }

    /// The profile's value of a deviation of the stack.
    fn profiles(&self, owner: &str, name: &str) -> Option<Value> {
        let profile = &self.profile;
        let keepalive = profile.keepalive_times;
        Some(match (owner, name) {
            ("StackSpec", "max_segment_size") => profile.max_segment_size.into(),
            ("StackSpec", "initial_window") => profile.initial_window.into(),
            ("StackSpec", "delayed_ack_us") => profile.delayed_ack.as_micros().into(),
            ("StackSpec", "nagle") => profile.nagle.into(),
            ("StackSpec", "max_segment_lifetime_us") => profile.max_segment_lifetime.as_micros().into(),
            ("StackSpec", "receive_buffer") => profile.receive_buffer.into(),
            ("StackSpec", "send_buffer") => profile.send_buffer.into(),
            ("StackSpec", "ephemeral_ports") => json!([profile.ephemeral_ports.0, profile.ephemeral_ports.1]),
            ("StackSpec", "reuse_address") => profile.reuse_address.into(),
            ("KeepaliveSpec", "idle_us") => keepalive.idle.as_micros().into(),
            ("KeepaliveSpec", "interval_us") => keepalive.interval.as_micros().into(),
            ("KeepaliveSpec", "probes") => keepalive.probes.into(),
            _ => return None,
        })
    }
}

/// Whether what a field says does not matter where the message is written by hand.
fn is_in_text(owner: &str, name: &str) -> bool {
    match owner {
        "RequestSpec" => matches!(name, "method" | "path"),
        "ResourceSpec" => matches!(
            name,
            "status" | "body_len" | "content_type" | "framing" | "caching" | "objects" | "sizes_objects"
        ),
        _ => false,
    }
}

/// The name of an enum's value.
fn key_of(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.as_object()?.keys().next().map(String::as_str))
}

/// The content of an enum's value.
fn content_of(value: &Value) -> Option<&Value> {
    value.as_object()?.values().next()
}

/// The port that a node's application listens on, if it does.
fn listening_port(node: &Value) -> Option<u64> {
    let role = content_of(node.get("role")?)?;
    let role = role.get("proxy").unwrap_or(role);
    role.get("port").filter(|_| role.get("connect_to").is_none())?.as_u64()
}

/// The value that a field of this name had in what was there before, where it fits.
fn carried(old: Option<&Value>, name: &str, shape: &Shape<'_>) -> Option<Value> {
    let old = old?;
    let value = old.get(name).or_else(|| old.get("proxy")?.get(name))?;
    fits(value, shape).then(|| value.clone())
}

/// Whether a value may stand where this shape is asked for.
fn fits(value: &Value, shape: &Shape<'_>) -> bool {
    match shape.kind() {
        Kind::Switch => value.is_boolean(),
        Kind::Number { least, most } => value.as_u64().is_some_and(|number| (least..=most).contains(&number)),
        Kind::Text { .. } => value.is_string(),
        Kind::Variants(variants) => {
            let key = key_of(value);
            variants.iter().any(|variant| Some(variant.key) == key)
        }
        Kind::List(_) | Kind::Tuple(_) => value.is_array(),
        Kind::Object(fields) => {
            value.as_object().is_some_and(|value| value.keys().all(|name| fields.contains_key(name)))
        }
    }
}

/// Another entry like the last one of a list; a resource or an object with a path that is not there yet.
fn another(last: &Value, list: &[Value]) -> Value {
    let path_of =
        |value: &Value| value.get("path").or(Some(value)).and_then(Value::as_str).map(str::to_owned);
    let is_path = |path: &String| path.starts_with('/');
    let is_resource = last.is_string() || last.get("processing_us").is_some();
    let Some(path) = path_of(last).filter(|path| is_resource && is_path(path)) else { return last.clone() };
    let (stem, end) = match path.rsplit_once('.') {
        Some((stem, end)) if !end.contains('/') => (stem, format!(".{end}")),
        _ => (path.as_str(), String::new()),
    };
    let stem = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_taken = |path: &str| list.iter().any(|other| path_of(other).as_deref() == Some(path));
    let fresh = (1..).map(|number: u32| format!("{stem}{number}{end}")).find(|path| !is_taken(path));
    let Some(fresh) = fresh else { return last.clone() };
    match last.as_object() {
        Some(fields) => {
            let mut fields: Map<String, Value> = fields.clone();
            fields.insert("path".to_owned(), fresh.into());
            fields.into()
        }
        None => fresh.into(),
    }
}
