//! A WebAssembly module, taken apart as far as splitting it needs.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use wasmparser::{
    CompositeInnerType, Data, Element, ElementItems, ElementKind, Export, ExternalKind, FuncType,
    FunctionBody, Global, KnownCustom, MemoryType, Name, Operator, Parser, Payload, Table, TypeRef,
};

/// A module with one table of functions, as the Rust compiler makes them.
pub struct Module<'a> {
    pub types: Vec<FuncType>,
    pub imports: Vec<wasmparser::Import<'a>>,
    /// How many of the functions are imported: they have the first numbers.
    pub imported: usize,
    /// The type of every function, by its number.
    pub functions: Vec<u32>,
    pub tables: Vec<Table<'a>>,
    pub memories: Vec<MemoryType>,
    pub globals: Vec<Global<'a>>,
    pub exports: Vec<Export<'a>>,
    pub start: Option<u32>,
    /// Where each segment of the table of functions begins, and its functions.
    pub elements: Vec<(u32, Vec<u32>)>,
    pub bodies: Vec<FunctionBody<'a>>,
    pub data: Vec<Data<'a>>,
    /// The functions' names, as far as they have any.
    pub names: BTreeMap<u32, String>,
}

impl<'a> Module<'a> {
    /// Reads a module.
    ///
    /// Errors: it is none, or one that does what Rust's modules do not.
    pub fn read(octets: &'a [u8]) -> Result<Self> {
        let mut module = Self {
            types: Vec::new(),
            imports: Vec::new(),
            imported: 0,
            functions: Vec::new(),
            tables: Vec::new(),
            memories: Vec::new(),
            globals: Vec::new(),
            exports: Vec::new(),
            start: None,
            elements: Vec::new(),
            bodies: Vec::new(),
            data: Vec::new(),
            names: BTreeMap::new(),
        };
        for payload in Parser::new(0).parse_all(octets) {
            module.add(payload?)?;
        }
        Ok(module)
    }

    fn add(&mut self, payload: Payload<'a>) -> Result<()> {
        match payload {
            Payload::TypeSection(section) => {
                for group in section {
                    for (_, entry) in group?.into_types_and_offsets() {
                        let CompositeInnerType::Func(function) = entry.composite_type.inner else {
                            bail!("a type that is no function's");
                        };
                        self.types.push(function);
                    }
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    let TypeRef::Func(kind) = import.ty else { bail!("imports more than functions") };
                    self.functions.push(kind);
                    self.imported += 1;
                    self.imports.push(import);
                }
            }
            Payload::FunctionSection(section) => {
                for kind in section {
                    self.functions.push(kind?);
                }
            }
            Payload::TableSection(section) => self.tables = section.into_iter().collect::<Result<_, _>>()?,
            Payload::MemorySection(section) => {
                self.memories = section.into_iter().collect::<Result<_, _>>()?
            }
            Payload::GlobalSection(section) => {
                self.globals = section.into_iter().collect::<Result<_, _>>()?
            }
            Payload::ExportSection(section) => {
                self.exports = section.into_iter().collect::<Result<_, _>>()?
            }
            Payload::StartSection { func, .. } => self.start = Some(func),
            Payload::ElementSection(section) => {
                for element in section {
                    let element = element?;
                    // What is declared is found again in the code.
                    if !matches!(element.kind, ElementKind::Declared) {
                        self.elements.push((begin_of(&element)?, listed(&element)?));
                    }
                }
            }
            Payload::DataSection(section) => self.data = section.into_iter().collect::<Result<_, _>>()?,
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::TagSection(_) => bail!("has tags"),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    for part in names {
                        if let Name::Function(map) = part? {
                            for naming in map {
                                let naming = naming?;
                                self.names.insert(naming.index, plain(naming.name));
                            }
                        }
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The number of the function that is exported under this name.
    pub fn exported(&self, name: &str) -> Result<u32> {
        let found = self.exports.iter().find(|it| it.name == name && it.kind == ExternalKind::Func);
        Ok(found.with_context(|| format!("exports no function {name}"))?.index)
    }

    /// The functions that a function calls or takes a reference of.
    pub fn called_by(&self, number: u32) -> Result<BTreeSet<u32>> {
        let mut called = self.referred_by(number)?;
        for operator in self.body(number).get_operators_reader()? {
            if let Operator::Call { function_index } | Operator::ReturnCall { function_index } = operator? {
                called.insert(function_index);
            }
        }
        Ok(called)
    }

    /// The functions that a function takes a reference of.
    pub fn referred_by(&self, number: u32) -> Result<BTreeSet<u32>> {
        let mut referred = BTreeSet::new();
        for operator in self.body(number).get_operators_reader()? {
            if let Operator::RefFunc { function_index } = operator? {
                referred.insert(function_index);
            }
        }
        Ok(referred)
    }

    /// What a function that is not imported does.
    pub fn body(&self, number: u32) -> FunctionBody<'a> {
        self.bodies[number as usize - self.imported].clone()
    }

    /// Brings functions into the order of their names: those that are alike stand together, which compresses better.
    pub fn sort_by_name(&self, functions: &mut [u32]) {
        functions.sort_by_key(|number| (self.names.get(number), *number));
    }

    /// The functions that are not imported.
    pub fn defined(&self) -> impl Iterator<Item = u32> {
        (0..).skip(self.imported).take(self.bodies.len())
    }
}

/// A function's name without the numbers that tell crates of one name apart: `core[1f…]::str` is `core::str`.
fn plain(name: &str) -> String {
    let mut plain = String::new();
    for (place, piece) in name.split('[').enumerate() {
        match piece.split_once(']') {
            Some((number, rest)) if place > 0 && number.bytes().all(|it| it.is_ascii_hexdigit()) => {
                plain += rest
            }
            _ if place > 0 => plain.extend(["[", piece]),
            _ => plain += piece,
        }
    }
    plain
}

/// Where a segment of the table begins.
fn begin_of(element: &Element<'_>) -> Result<u32> {
    let ElementKind::Active { table_index: None | Some(0), offset_expr } = &element.kind else {
        bail!("a segment that is not of the first table");
    };
    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
        bail!("a segment that begins at no constant");
    };
    Ok(u32::try_from(value)?)
}

/// The functions of a segment.
fn listed(element: &Element<'_>) -> Result<Vec<u32>> {
    let ElementItems::Functions(functions) = element.items.clone() else {
        bail!("a segment of something other than functions");
    };
    Ok(functions.into_iter().collect::<Result<_, _>>()?)
}
