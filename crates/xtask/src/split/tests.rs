//! A small program is split, and its parts fit together.

use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, ExportKind, ExportSection, Function, FunctionSection,
    Instruction, MemorySection, MemoryType, Module as Output, NameMap, NameSection, RefType, TableSection,
    TableType, TypeSection, ValType,
};

use super::module::Module;
use super::placing::{FIRST, Plan, place};
use super::write;

/// The functions of the small program: name, parameters, and whom they call.
const FUNCTIONS: [(&str, usize, &[u32]); 6] = [
    ("part_needed", 1, &[]),
    ("page::run", 0, &[2, 3]),
    ("page::view[1f]::draw", 0, &[3, 4]),
    ("page::shared", 0, &[]),
    ("core::only_drawing", 0, &[]),
    ("page::nobody", 0, &[]),
];

/// The program: its table has the view, its exports are what runs and what asks for parts.
fn program() -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([], []);
    types.ty().function([ValType::I32], []);
    let (mut functions, mut code, mut names) = (FunctionSection::new(), CodeSection::new(), NameMap::new());
    for (number, (name, parameters, called)) in (0..).zip(FUNCTIONS) {
        functions.function(u32::from(parameters > 0));
        names.append(number, name);
        let mut function = Function::new([]);
        for called in called {
            function.instruction(&Instruction::Call(*called));
        }
        function.instruction(&Instruction::End);
        code.function(&function);
    }
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: 2,
        maximum: Some(2),
        shared: false,
    });
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut exports = ExportSection::new();
    exports.export("part_needed", ExportKind::Func, 0).export("run", ExportKind::Func, 1);
    let mut elements = ElementSection::new();
    elements.active(None, &ConstExpr::i32_const(1), Elements::Functions(vec![2].into()));
    let mut section = NameSection::new();
    section.functions(&names);
    let mut output = Output::new();
    output.section(&types).section(&functions).section(&tables).section(&memories).section(&exports);
    output.section(&elements).section(&code).section(&section);
    output.finish()
}

#[test]
fn a_plan_names_parts_and_what_is_in_them() {
    let plan = Plan::read("# why\n[later]\npage::view\n\n[last]\npage::end\n").unwrap();
    let names: Vec<_> = plan.parts.iter().map(|(name, holds)| (name.as_str(), holds.len())).collect();
    assert_eq!(names, [("later", 1), ("last", 1)]);
    assert!(Plan::read("page::view\n").is_err(), "a name before the first part");
}

#[test]
fn what_only_a_later_function_calls_comes_with_it() {
    let octets = program();
    let module = Module::read(&octets).unwrap();
    let places = place(&module, &Plan::read("[later]\npage::view::draw").unwrap()).unwrap();
    let expected = [Some(FIRST), Some(FIRST), Some(1), Some(FIRST), Some(1), None];
    assert_eq!(places, expected, "numbers in a name do not count, and what nobody calls is left out");
}

#[test]
fn the_parts_fit_together() {
    let octets = program();
    let module = Module::read(&octets).unwrap();
    let places = place(&module, &Plan::read("[later]\npage::view::draw").unwrap()).unwrap();
    let parts = write::parts(&module, &places, &[Vec::new(), Vec::new()]).unwrap();
    let first = Module::read(&parts[0]).unwrap();
    // Its own three functions, one in the place of the view, and what asks for the part.
    assert_eq!(first.bodies.len(), 5);
    assert_eq!((first.tables[0].ty.initial, &first.elements[0].1), (2, &vec![2]));
    let asks = first.called_by(2).unwrap();
    assert_eq!(asks, [4].into(), "what stands for the view asks for its part");
    assert_eq!(first.called_by(4).unwrap(), [first.exported("part_needed").unwrap()].into());

    // A module that imports more than functions is read here by its imports alone.
    let exported: Vec<&str> = first.exports.iter().map(|it| it.name).collect();
    let mut imported = Vec::new();
    for payload in wasmparser::Parser::new(0).parse_all(&parts[1]) {
        if let wasmparser::Payload::ImportSection(section) = payload.unwrap() {
            imported.extend(section.into_imports().map(|import| import.unwrap().name));
        }
    }
    assert_eq!(imported.len(), 4, "the shared function, the table, the memory, and the count of parts");
    assert!(imported.iter().all(|name| exported.contains(name)), "{imported:?} of {exported:?}");
}

#[test]
fn a_program_that_cannot_ask_for_its_parts_is_refused() {
    let octets = program();
    let mut module = Module::read(&octets).unwrap();
    module.exports.retain(|it| it.name != "part_needed");
    let places = place(&module, &Plan::read("[later]\npage::view::draw").unwrap()).unwrap();
    assert!(write::parts(&module, &places, &[Vec::new(), Vec::new()]).is_err());
}
