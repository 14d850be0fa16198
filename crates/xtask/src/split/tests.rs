//! A small program is split, and its parts fit together.

use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, ExportKind, ExportSection, Function,
    FunctionSection, Instruction, MemorySection, MemoryType, Module as Output, NameMap, NameSection, RefType,
    TableSection, TableType, TypeSection, ValType,
};

use super::data::{self, Layout};
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

/// The numbers in their code.
const NUMBERS: [&[u32]; 6] = [&[], &[1024], &[1041, 1064], &[], &[1044], &[]];

/// The program's data, from address 1024 on: a word that is the address of another piece stands in the first.
const DATA: [(u32, &[u8]); 6] = [
    (1024, &[0x18, 4, 0, 0, 1, 1, 1, 1]),
    (1032, &[2, 2, 2]),
    (1040, &[3, 3, 3]),
    (1044, &[4, 4, 4, 4]),
    (1048, &[5, 5, 5, 5]),
    (1052, &[6, 6, 6, 6, 6, 6, 6, 6]),
];

/// What the linker says of it.
const MAP: &str = "
    Addr      Off     Size Out     In      Symbol
       -     3f312       84         page.o:(.text.run)
     400       10        8         page.o:(.rodata.one)
     400       10        8                 one
     408       18        3         page.o:(.rodata.two)
     410       1b        3         page.o:(.rodata.three)
     414       20        4         page.o:(.rodata.four)
     418       24        4         page.o:(.rodata.five)
     41c       28        8         page.o:(.data.six)
     424        0        8         page.o:(.bss.seven)
";

/// The program: its table has the view, its exports are what runs and what asks for parts.
fn program() -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([], []);
    types.ty().function([ValType::I32], []);
    let (mut functions, mut code, mut names) = (FunctionSection::new(), CodeSection::new(), NameMap::new());
    for ((number, (name, parameters, called)), addresses) in (0..).zip(FUNCTIONS).zip(NUMBERS) {
        functions.function(u32::from(parameters > 0));
        names.append(number, name);
        let mut function = Function::new([]);
        for called in called {
            function.instruction(&Instruction::Call(*called));
        }
        for address in addresses {
            function.instruction(&Instruction::I32Const(address.cast_signed()));
            function.instruction(&Instruction::Drop);
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
    let mut data = DataSection::new();
    for (begin, octets) in DATA {
        data.active(0, &ConstExpr::i32_const(begin.cast_signed()), octets.iter().copied());
    }
    output.section(&elements).section(&code).section(&data).section(&section);
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
fn data_comes_with_the_first_part_that_reaches_it() {
    let octets = program();
    let module = Module::read(&octets).unwrap();
    let places = place(&module, &Plan::read("[later]\npage::view::draw").unwrap()).unwrap();
    let parts = data::place(&module, &Layout::read(MAP).unwrap(), &places, 1).unwrap();
    // The one that a function names, one that nobody names, and one whose address stands in the first.
    let first: Vec<_> = parts[FIRST].iter().map(|(begin, octets)| (*begin, octets.as_slice())).collect();
    assert_eq!(first, [(1024, [0x18, 4, 0, 0, 1, 1, 1, 1, 2, 2, 2].as_slice()), (1048, DATA[4].1)]);
    // 1041 is in one of them, 1064 just after the end of another. Neighbours are one segment with what aligns the
    // second.
    let later: Vec<_> = parts[1].iter().map(|(begin, octets)| (*begin, octets.as_slice())).collect();
    assert_eq!(later, [(1040, [3, 3, 3, 0, 4, 4, 4, 4].as_slice()), (1052, DATA[5].1)]);
}

#[test]
fn no_data_is_left_out_unseen() {
    let octets = program();
    let module = Module::read(&octets).unwrap();
    let places = place(&module, &Plan::read("[later]\npage::view::draw").unwrap()).unwrap();
    let unknown = MAP.replace("     418       24        4         page.o:(.rodata.five)\n", "");
    assert!(data::place(&module, &Layout::read(&unknown).unwrap(), &places, 1).is_err());
    assert!(Layout::read("").is_err());
    let overlapping = MAP.replace("     408       18        3", "     407       18        3");
    assert!(Layout::read(&overlapping).is_err());
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
