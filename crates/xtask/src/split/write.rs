//! The parts of a program, written as modules.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use anyhow::{Result, anyhow, bail};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, Function, FunctionSection, GlobalSection, GlobalType, ImportSection, Instruction,
    MemorySection, Module as Output, StartSection, TableSection, TableType, TypeSection, ValType,
};

use super::data::Segments;
use super::module::Module;
use super::placing::FIRST;

/// The function of the program that loads a part, which it is given by its number.
const NEEDED: &str = "part_needed";
/// The module that the first part is to the others. They are named once for each import.
const FIRST_NAME: &str = "";

/// The first part, and the later ones: as many as there is data for.
pub fn parts(module: &Module<'_>, places: &[Option<usize>], data: &[Segments]) -> Result<Vec<Vec<u8>>> {
    let writer = Writer::new(module, places, data)?;
    let mut parts = vec![writer.first()?];
    for part in 1..=writer.parts {
        parts.push(writer.later(part)?);
    }
    Ok(parts)
}

struct Writer<'a> {
    module: &'a Module<'a>,
    places: &'a [Option<usize>],
    /// What each part puts into the memory.
    data: &'a [Segments],
    /// How many parts come later.
    parts: usize,
    /// The functions that the first part has, in its order: its own, and those that stand for later ones.
    here: Vec<u32>,
    /// Where in the table a later function is that others call.
    slots: BTreeMap<u32, u32>,
    /// How many functions the table has.
    table_size: u32,
    /// What the later parts call in the first, by the name of its export.
    shared: BTreeMap<u32, String>,
    /// The type of a function that takes and returns nothing.
    plain: u32,
}

impl<'a> Writer<'a> {
    fn new(module: &'a Module<'a>, places: &'a [Option<usize>], data: &'a [Segments]) -> Result<Self> {
        let part_of = |number: u32| places[number as usize];
        let is_later = |number: u32| part_of(number).is_some_and(|part| part > FIRST);
        // Who calls a function of another part.
        let mut crossing = BTreeSet::new();
        let mut shared = BTreeSet::new();
        for number in module.defined() {
            let Some(part) = part_of(number) else { continue };
            for called in module.called_by(number)? {
                if part_of(called) != Some(part) {
                    if is_later(called) {
                        crossing.insert(called);
                    }
                    if part != FIRST {
                        shared.insert(called);
                    }
                }
            }
        }
        crossing.extend(
            module.exports.iter().filter(|it| it.kind == wasmparser::ExternalKind::Func).map(|it| it.index),
        );
        crossing.extend(module.start);

        let mut slots = BTreeMap::new();
        let mut table_size = u32::try_from(module.tables[0].ty.initial)?;
        for (begin, functions) in &module.elements {
            for (slot, number) in (*begin..).zip(functions) {
                slots.entry(*number).or_insert(slot);
            }
        }
        for number in crossing.into_iter().filter(|number| is_later(*number)) {
            slots.entry(number).or_insert_with(|| {
                table_size += 1;
                table_size - 1
            });
        }
        slots.retain(|number, _| is_later(*number));
        let mut here: Vec<u32> = module
            .defined()
            .filter(|number| part_of(*number) == Some(FIRST) || slots.contains_key(number))
            .collect();
        module.sort_by_name(&mut here);
        let plain = module.types.iter().position(|it| it.params().is_empty() && it.results().is_empty());
        let Some(plain) = plain else { bail!("no function takes and returns nothing") };
        Ok(Self {
            module,
            places,
            data,
            parts: data.len() - 1,
            here,
            slots,
            table_size,
            shared: shared.into_iter().zip(0..).map(|(number, name)| (number, short(name))).collect(),
            plain: u32::try_from(plain)?,
        })
    }

    /// The number of the global that counts the parts that are here.
    fn counter(&self) -> u32 {
        u32::try_from(self.module.globals.len()).unwrap_or(u32::MAX)
    }

    fn types(&self, numbers: &mut Numbers) -> Result<TypeSection> {
        let mut section = TypeSection::new();
        for kind in &self.module.types {
            let kind = numbers.func_type(kind.clone()).map_err(told)?;
            section.ty().func_type(&kind);
        }
        Ok(section)
    }

    /// The part that is there from the beginning, with something in the place of each later function.
    fn first(&self) -> Result<Vec<u8>> {
        let module = self.module;
        let imported = u32::try_from(module.imported)?;
        let mut numbers = Numbers::default();
        numbers.functions.extend((0..imported).map(|number| (number, number)));
        numbers.functions.extend(self.here.iter().copied().zip(imported..));
        let askers = imported + u32::try_from(self.here.len())?;

        let mut imports = ImportSection::new();
        for import in &module.imports {
            numbers.parse_import(&mut imports, *import).map_err(told)?;
        }
        let mut functions = FunctionSection::new();
        for number in &self.here {
            functions.function(module.functions[*number as usize]);
        }
        for _ in 0..self.parts {
            functions.function(self.plain);
        }
        let mut tables = TableSection::new();
        for kind in self.tables(&mut numbers)? {
            tables.table(kind);
        }
        let mut memories = MemorySection::new();
        for memory in &module.memories {
            memories.memory(numbers.memory_type(*memory).map_err(told)?);
        }
        let mut globals = GlobalSection::new();
        for global in &module.globals {
            numbers.parse_global(&mut globals, global.clone()).map_err(told)?;
        }
        globals.global(
            GlobalType { val_type: ValType::I32, mutable: true, shared: false },
            &ConstExpr::i32_const(0),
        );
        let mut exports = ExportSection::new();
        for export in &module.exports {
            numbers.parse_export(&mut exports, *export).map_err(told)?;
        }
        for (number, name) in &self.shared {
            exports.export(name, ExportKind::Func, numbers.functions[number]);
        }
        for (name, kind, number) in self.things() {
            exports.export(&name, kind, number);
        }
        let mut elements = ElementSection::new();
        for (begin, list) in &module.elements {
            let list: Vec<u32> = list.iter().map(|number| numbers.functions[number]).collect();
            elements.active(
                None,
                &ConstExpr::i32_const(i32::try_from(*begin)?),
                Elements::Functions(list.into()),
            );
        }
        let added: BTreeMap<u32, u32> = self.slots.iter().map(|(number, slot)| (*slot, *number)).collect();
        let begin = u32::try_from(module.tables[0].ty.initial)?;
        let list: Vec<u32> = added.range(begin..).map(|(_, number)| numbers.functions[number]).collect();
        if !list.is_empty() {
            elements.active(
                None,
                &ConstExpr::i32_const(i32::try_from(begin)?),
                Elements::Functions(list.into()),
            );
        }
        let own: Vec<u32> = self.here.iter().copied().filter(|it| !self.slots.contains_key(it)).collect();
        self.declare(&own, &numbers, &mut elements)?;
        let mut code = CodeSection::new();
        for number in &self.here {
            match self.slots.get(number) {
                None => numbers.parse_function_body(&mut code, module.body(*number)).map_err(told)?,
                Some(slot) => {
                    let part = self.places[*number as usize].unwrap_or_default();
                    code.function(&self.stand_in(*number, *slot, askers + u32::try_from(part - 1)?));
                }
            }
        }
        let needed = numbers.functions[&module.exported(NEEDED)?];
        for part in 1..=self.parts {
            code.function(&self.asker(part, needed));
        }

        let mut output = Output::new();
        output.section(&self.types(&mut numbers)?);
        output.section(&imports).section(&functions).section(&tables).section(&memories).section(&globals);
        output.section(&exports);
        if let Some(start) = module.start {
            output.section(&StartSection { function_index: numbers.functions[&start] });
        }
        output.section(&elements);
        output.section(&code).section(&self.data(FIRST));
        Ok(output.finish())
    }

    /// A part that comes later: it takes its functions' places in the table.
    fn later(&self, part: usize) -> Result<Vec<u8>> {
        let module = self.module;
        let mut own: Vec<u32> =
            module.defined().filter(|number| self.places[*number as usize] == Some(part)).collect();
        module.sort_by_name(&mut own);
        let mut wanted = BTreeSet::new();
        for number in &own {
            wanted.extend(module.called_by(*number)?);
        }
        wanted.retain(|number| self.places[*number as usize] != Some(part));

        let mut numbers = Numbers::default();
        let mut imports = ImportSection::new();
        for number in &wanted {
            let next = u32::try_from(numbers.functions.len())?;
            numbers.functions.insert(*number, next);
            let kind = module.functions[*number as usize];
            imports.import(FIRST_NAME, &self.shared[number], EntityType::Function(kind));
        }
        let start = u32::try_from(numbers.functions.len())?;
        numbers.functions.extend(own.iter().copied().zip(start + 1..));
        for ((name, kind, number), thing) in self.things().into_iter().zip(self.thing_types(&mut numbers)?) {
            debug_assert!(
                matches!(
                    (kind, thing),
                    (ExportKind::Table, EntityType::Table(_))
                        | (ExportKind::Memory, EntityType::Memory(_))
                        | (ExportKind::Global, EntityType::Global(_))
                ),
                "{number}"
            );
            imports.import(FIRST_NAME, &name, thing);
        }

        let mut functions = FunctionSection::new();
        functions.function(self.plain);
        let mut code = CodeSection::new();
        // What is done when it is loaded: it counts.
        let mut counts = Function::new([]);
        counts.instruction(&Instruction::I32Const(i32::try_from(part)?));
        counts.instruction(&Instruction::GlobalSet(self.counter()));
        counts.instruction(&Instruction::End);
        code.function(&counts);
        for number in &own {
            functions.function(module.functions[*number as usize]);
            numbers.parse_function_body(&mut code, module.body(*number)).map_err(told)?;
        }
        let mut taken: BTreeMap<u32, u32> = BTreeMap::new();
        for (begin, list) in &module.elements {
            taken.extend((*begin..).zip(list).map(|(slot, number)| (slot, *number)));
        }
        taken.extend(self.slots.iter().map(|(number, slot)| (*slot, *number)));
        taken.retain(|_, number| self.places[*number as usize] == Some(part));
        let mut elements = ElementSection::new();
        let mut run: Vec<(u32, u32)> = Vec::new();
        let mut flush = |run: &mut Vec<(u32, u32)>| -> Result<()> {
            if let Some((begin, _)) = run.first() {
                let list: Vec<u32> = run.iter().map(|(_, number)| numbers.functions[number]).collect();
                elements.active(
                    None,
                    &ConstExpr::i32_const(i32::try_from(*begin)?),
                    Elements::Functions(list.into()),
                );
            }
            run.clear();
            Ok(())
        };
        for entry in taken {
            if run.last().is_some_and(|(slot, _)| slot + 1 != entry.0) {
                flush(&mut run)?;
            }
            run.push(entry);
        }
        flush(&mut run)?;
        self.declare(&own, &numbers, &mut elements)?;

        let mut output = Output::new();
        output.section(&self.types(&mut numbers)?);
        output.section(&imports).section(&functions).section(&StartSection { function_index: start });
        output.section(&elements).section(&code).section(&self.data(part));
        Ok(output.finish())
    }

    /// What a part puts into the memory when it comes.
    fn data(&self, part: usize) -> DataSection {
        let mut section = DataSection::new();
        for (begin, octets) in &self.data[part] {
            section.active(0, &ConstExpr::i32_const(begin.cast_signed()), octets.iter().copied());
        }
        section
    }

    /// Adds what a part's functions take references of: it has to be named as such.
    fn declare(&self, own: &[u32], numbers: &Numbers, elements: &mut ElementSection) -> Result<()> {
        let mut referred = BTreeSet::new();
        for number in own {
            referred.extend(self.module.referred_by(*number)?);
        }
        let known: Vec<u32> = referred.iter().map(|number| numbers.functions[number]).collect();
        if !known.is_empty() {
            elements.declared(Elements::Functions(known.into()));
        }
        Ok(())
    }

    /// The tables, of which the first has room for the later functions that others call.
    fn tables(&self, numbers: &mut Numbers) -> Result<Vec<TableType>> {
        let mut kinds = Vec::new();
        for (place, table) in self.module.tables.iter().enumerate() {
            let mut kind = numbers.table_type(table.ty).map_err(told)?;
            if place == 0 {
                let more = u64::from(self.table_size) - kind.minimum;
                kind.minimum += more;
                kind.maximum = kind.maximum.map(|most| most + more);
            }
            kinds.push(kind);
        }
        Ok(kinds)
    }

    /// What all parts have in common besides functions: name of the export, kind and number.
    fn things(&self) -> Vec<(String, ExportKind, u32)> {
        let module = self.module;
        let tables = (0_u32..).zip(&module.tables).map(|(number, _)| (ExportKind::Table, number));
        let memories = (0_u32..).zip(&module.memories).map(|(number, _)| (ExportKind::Memory, number));
        let globals = (0..=self.counter()).map(|number| (ExportKind::Global, number));
        let after = u32::try_from(self.shared.len()).unwrap_or(u32::MAX);
        let all = tables.chain(memories).chain(globals);
        all.zip(after..).map(|((kind, number), name)| (short(name), kind, number)).collect()
    }

    /// Their types, in the same order.
    fn thing_types(&self, numbers: &mut Numbers) -> Result<Vec<EntityType>> {
        let module = self.module;
        let mut types: Vec<EntityType> = self.tables(numbers)?.into_iter().map(EntityType::Table).collect();
        for memory in &module.memories {
            types.push(EntityType::Memory(numbers.memory_type(*memory).map_err(told)?));
        }
        for global in &module.globals {
            types.push(EntityType::Global(numbers.global_type(global.ty).map_err(told)?));
        }
        types.push(EntityType::Global(GlobalType { val_type: ValType::I32, mutable: true, shared: false }));
        Ok(types)
    }

    /// What stands in the place of a later function: asks for its part, and calls it.
    fn stand_in(&self, number: u32, slot: u32, asker: u32) -> Function {
        let kind = self.module.functions[number as usize];
        let mut function = Function::new([]);
        function.instruction(&Instruction::Call(asker));
        let parameters = self.module.types[kind as usize].params().len();
        for parameter in (0..).take(parameters) {
            function.instruction(&Instruction::LocalGet(parameter));
        }
        function.instruction(&Instruction::I32Const(slot.cast_signed()));
        function.instruction(&Instruction::CallIndirect { type_index: kind, table_index: 0 });
        function.instruction(&Instruction::End);
        function
    }

    /// What asks for a part, unless it is here.
    fn asker(&self, part: usize, needed: u32) -> Function {
        let part = i32::try_from(part).unwrap_or_default();
        let mut function = Function::new([]);
        for instruction in [
            Instruction::GlobalGet(self.counter()),
            Instruction::I32Const(part),
            Instruction::I32LtS,
            Instruction::If(BlockType::Empty),
            Instruction::I32Const(part),
            Instruction::Call(needed),
            Instruction::End,
            Instruction::End,
        ] {
            function.instruction(&instruction);
        }
        function
    }
}

/// The functions' numbers in a part, by those that they had in the whole.
#[derive(Default)]
struct Numbers {
    functions: BTreeMap<u32, u32>,
}

impl Reencode for Numbers {
    type Error = Infallible;

    fn function_index(&mut self, number: u32) -> Result<u32, Error<Infallible>> {
        self.functions.get(&number).copied().ok_or(Error::InvalidCodeSectionSize)
    }
}

/// What is wrong, for people.
pub fn told(error: Error<Infallible>) -> anyhow::Error {
    anyhow!("{error}")
}

/// A short name that wasm-bindgen does not give.
fn short(mut number: u32) -> String {
    let mut name = String::from(":");
    loop {
        name.push(char::from(b"0123456789abcdefghijklmnopqrstuv"[number as usize % 32]));
        number /= 32;
        if number == 0 {
            return name;
        }
    }
}
