//! Reading the JSON schema: the shape of a field, and the least value that has it.

use std::sync::LazyLock;

use serde_json::{Map, Value};

static ROOT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(crate::SCHEMA).expect("a test writes the file as JSON"));

/// What a field may hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape<'s> {
    pub schema: &'s Value,
    /// The name of its type, where it has one.
    pub type_name: Option<&'s str>,
    /// What it holds when it is left out, where the type says so.
    pub default: Option<&'s Value>,
    /// Whether it may be left out, which means something else than any value.
    pub may_be_absent: bool,
}

/// Gives the value of a field of an object by its name, its shape, and whether it has to be there.
type Fill<'f> = &'f dyn Fn(&str, &Shape<'_>, bool) -> Option<Value>;

/// The kinds of shapes.
pub(crate) enum Kind<'s> {
    Switch,
    Number { least: u64, most: u64 },
    Text { is_address: bool },
    Variants(Vec<Variant<'s>>),
    List(&'s Value),
    Tuple(&'s [Value]),
    Object(&'s Map<String, Value>),
}

/// One of the values of an enum: a name, or an object with the name and its content.
pub(crate) struct Variant<'s> {
    pub key: &'s str,
    pub content: Option<&'s Value>,
}

impl<'s> Shape<'s> {
    /// The shape of a type by its name; of the scenario itself for `Scenario`.
    pub fn named(name: &'s str) -> Option<Self> {
        let schema = if name == "Scenario" { &*ROOT } else { ROOT.get("$defs")?.get(name)? };
        Some(Self { type_name: Some(name), ..Self::of(schema) })
    }

    pub fn of(schema: &'s Value) -> Self {
        let mut shape =
            Self { schema, type_name: None, default: schema.get("default"), may_be_absent: false };
        if let Some([inner, _null]) = schema.get("anyOf").and_then(Value::as_array).map(Vec::as_slice) {
            (shape.schema, shape.may_be_absent) = (inner, true);
        }
        if let Some(name) = shape.schema.get("$ref").and_then(Value::as_str) {
            shape.type_name = name.rsplit('/').next();
            shape.schema = ROOT.pointer(name.trim_start_matches('#')).unwrap_or(&Value::Null);
        }
        shape.may_be_absent |= shape.schema.get("type").is_some_and(Value::is_array);
        shape
    }

    fn is(&self, kind: &str) -> bool {
        match self.schema.get("type") {
            Some(Value::Array(kinds)) => kinds.iter().any(|known| known == kind),
            Some(known) => known == kind,
            None => false,
        }
    }

    pub fn kind(&self) -> Kind<'s> {
        let get = |name: &str| self.schema.get(name);
        let entries = |name: &str| get(name).and_then(Value::as_array).map(Vec::as_slice);
        if let Some(variants) = entries("oneOf") {
            return Kind::Variants(variants.iter().flat_map(variants_of).collect());
        }
        if entries("enum").is_some() {
            return Kind::Variants(variants_of(self.schema));
        }
        if let Some(items) = entries("prefixItems") {
            return Kind::Tuple(items);
        }
        if let Some(items) = get("items") {
            return Kind::List(items);
        }
        if self.is("boolean") {
            return Kind::Switch;
        }
        if self.is("integer") {
            let bound = |name| get(name).and_then(Value::as_u64);
            let most = match get("format").and_then(Value::as_str) {
                Some("uint8") => u8::MAX.into(),
                Some("uint16") => u16::MAX.into(),
                Some("uint32") => u32::MAX.into(),
                _ => u64::MAX,
            };
            return Kind::Number {
                least: bound("minimum").unwrap_or(0),
                most: bound("maximum").unwrap_or(most),
            };
        }
        if self.is("string") {
            return Kind::Text { is_address: get("format").is_some_and(|format| format == "ipv4") };
        }
        static NONE: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);
        Kind::Object(get("properties").and_then(Value::as_object).unwrap_or(&NONE))
    }

    /// Whether a field of this object has to be there.
    pub fn requires(&self, field: &str) -> bool {
        let required = self.schema.get("required").and_then(Value::as_array);
        required.is_some_and(|required| required.iter().any(|name| name == field))
    }

    /// The least value of this shape; `fill` may give values of fields.
    pub fn least(&self, fill: Fill<'_>) -> Value {
        match self.kind() {
            Kind::Switch => false.into(),
            Kind::Number { least, .. } => least.into(),
            Kind::Text { is_address: true } => "10.0.0.1".into(),
            Kind::Text { .. } => "".into(),
            Kind::Variants(variants) => variants.first().map_or(Value::Null, |variant| variant.least(fill)),
            Kind::List(_) => Value::Array(Vec::new()),
            Kind::Tuple(items) => items.iter().map(|item| Shape::of(item).least(fill)).collect(),
            Kind::Object(fields) => fields
                .iter()
                .filter_map(|(name, schema)| {
                    let shape = Shape::of(schema);
                    let is_required = self.requires(name);
                    let filled = fill(name, &shape, is_required);
                    let value = filled.or_else(|| is_required.then(|| shape.least(fill)))?;
                    Some((name.clone(), value))
                })
                .collect::<Map<_, _>>()
                .into(),
        }
    }
}

impl Variant<'_> {
    /// The least value of this variant.
    pub fn least(&self, fill: Fill<'_>) -> Value {
        match self.content {
            None => self.key.into(),
            Some(content) => [(self.key.to_owned(), Shape::of(content).least(fill))]
                .into_iter()
                .collect::<Map<_, _>>()
                .into(),
        }
    }
}

/// The variants that one schema stands for: names, or an object with one field.
fn variants_of(schema: &Value) -> Vec<Variant<'_>> {
    if let Some(name) = schema.get("const").and_then(Value::as_str) {
        return vec![Variant { key: name, content: None }];
    }
    if let Some(names) = schema.get("enum").and_then(Value::as_array) {
        let names = names.iter().filter_map(Value::as_str);
        return names.map(|key| Variant { key, content: None }).collect();
    }
    let fields = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    fields.map(|(key, content)| Variant { key, content: Some(content) }).collect()
}
