//! Marks what runs: a program that notes each of its functions in its memory when it is called.

use std::convert::Infallible;

use anyhow::{Context, Result};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, Function, Instruction, MemArg, MemArgTarget, MemoryType, Module as Output};
use wasmparser::{CustomSectionReader, FunctionBody, Parser};

use super::module::Module;
use super::write::told;

/// Octets of a page of memory.
const PAGE: u64 = 65_536;

/// A program that notes what runs.
pub struct Marked {
    pub program: Vec<u8>,
    /// Where the marks begin in its memory: one octet for each function that is not imported, 1 once it has run.
    pub begin: u64,
}

/// Lets a program mark its functions behind the memory that it begins with: Rust's allocator takes what it grows.
///
/// Errors: it has no memory.
pub fn mark(octets: &[u8]) -> Result<Marked> {
    let module = Module::read(octets)?;
    let begin = module.memories.first().context("the program has no memory")?.initial * PAGE;
    let more = (module.bodies.len() as u64).div_ceil(PAGE);
    let mut marker = Marker { next: begin, more };
    let mut output = Output::new();
    marker.parse_core_module(&mut output, Parser::new(0), octets).map_err(told)?;
    Ok(Marked { program: output.finish(), begin })
}

struct Marker {
    /// Where the next function's mark is.
    next: u64,
    /// How many pages the marks take.
    more: u64,
}

impl Reencode for Marker {
    type Error = Infallible;

    fn memory_type(&mut self, memory: wasmparser::MemoryType) -> Result<MemoryType, Error<Infallible>> {
        let mut memory = utils::memory_type(self, memory);
        memory.minimum += self.more;
        Ok(memory)
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Infallible>> {
        let mut function: Function = self.new_function_with_parsed_locals(&body)?;
        let place = MemArg { offset: self.next, align: 0, ordering: None, target: MemArgTarget::Memory(0) };
        self.next += 1;
        function.instruction(&Instruction::I32Const(0));
        function.instruction(&Instruction::I32Const(1));
        function.instruction(&Instruction::I32Store8(place));
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            function.instruction(&self.parse_instruction(&mut operators)?);
        }
        code.function(&function);
        Ok(())
    }

    // The names are read from the program that is not marked.
    fn parse_custom_section(
        &mut self,
        _: &mut Output,
        _: CustomSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        Ok(())
    }
}
