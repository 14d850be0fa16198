//! The program in several files: what the first lesson needs, and what comes while it is being read.
//!
//! The parts share one memory and one table of functions. In the place of a function that comes later stands a few
//! octets of code that ask for its part, should it not be here yet, and call it through the table. So no source
//! file knows of the parts: `web/parts.txt` says by their names which functions come later. Constants come with the
//! first part that has a function which can reach them; the linker's map says where each begins and ends.

mod choose;
mod data;
mod mark;
mod module;
mod placing;
mod write;

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::workspace;
use choose::{Candidate, later};
use data::Layout;
use module::Module;
use placing::Plan;

/// What says which functions come later.
const PLAN: &str = "web/parts.txt";
/// The end of the name of the file that holds the program.
const PROGRAM: &str = "_bg.wasm";
/// What ends the head of the page.
const HEAD_END: &str = "</head>";

/// Splits the program of a built page, of which the linker has written a map, and lets the page say where the parts
/// are.
pub fn split(dist: &Path, map: &Path) -> Result<()> {
    let plan = fs::read_to_string(workspace::root().join(PLAN)).context("there is no plan")?;
    let plan = Plan::read(&plan)?;
    let layout = fs::read_to_string(map).with_context(|| format!("there is no {}", map.display()))?;
    let layout = Layout::read(&layout)?;
    let program = program(dist)?;
    let octets = fs::read(&program)?;
    let parts = parts(&octets, &plan, &layout).context("the program cannot be split")?;
    // The parts fit together only as they were made: another program or another plan gives all of them other names.
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    let name = |part: &str| format!("{part}-{:016x}.wasm", hasher.finish());
    let first = name("first");
    fs::write(dist.join(&first), &parts[0])?;
    let mut links = String::new();
    for ((part, _), octets) in plan.parts.iter().zip(&parts[1..]) {
        let file = name(part);
        fs::write(dist.join(&file), octets)?;
        links += &format!("<link rel=\"part\" data-part=\"{part}\" href=\"./{file}\" />\n");
    }
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index)?;
    let whole = program.file_name().and_then(|name| name.to_str()).context("a strange name")?;
    let page = page.replace(whole, &first).replacen(HEAD_END, &(links + HEAD_END), 1);
    fs::write(index, page)?;
    fs::remove_file(program)?;
    Ok(())
}

/// A page in one piece whose program marks what runs.
pub struct Watched {
    octets: Vec<u8>,
    /// Where in its memory the marks begin, one octet for each function.
    pub begin: u64,
}

impl Watched {
    /// Lets the program of a built page, which is in one piece, mark what runs.
    pub fn new(dist: &Path) -> Result<Self> {
        let program = program(dist)?;
        let octets = fs::read(&program)?;
        let marked = mark::mark(&octets)?;
        fs::write(program, marked.program)?;
        Ok(Self { octets, begin: marked.begin })
    }

    /// How many functions it has.
    pub fn functions(&self) -> Result<usize> {
        Ok(Module::read(&self.octets)?.bodies.len())
    }

    /// Writes the plan by what ran, function by function; says how many names it has. Only a plan with one later part
    /// can be written.
    pub fn write_plan(&self, ran: &[bool]) -> Result<usize> {
        let file = workspace::root().join(PLAN);
        let text = fs::read_to_string(&file)?;
        let plan = Plan::read(&text)?;
        let [(part, before)] = plan.parts.as_slice() else { bail!("{PLAN} has more than one later part") };
        let module = Module::read(&self.octets)?;
        let functions: Vec<Candidate<'_>> = module
            .defined()
            .zip(&module.bodies)
            .zip(ran)
            .map(|((number, body), ran)| Candidate {
                name: module.names.get(&number).map_or("", String::as_str),
                size: body.as_bytes().len(),
                ran: *ran,
            })
            .collect();
        let names = later(&functions, before);
        let head: String =
            text.lines().take_while(|line| line.starts_with('#')).map(|line| format!("{line}\n")).collect();
        fs::write(file, format!("{head}[{part}]\n{}\n", names.join("\n")))?;
        Ok(names.len())
    }
}

/// The file that holds the program.
fn program(dist: &Path) -> Result<PathBuf> {
    let files = fs::read_dir(dist)?.flatten().map(|file| file.path());
    let mut programs = files.filter(|path| path.to_str().is_some_and(|path| path.ends_with(PROGRAM)));
    programs.next().context("the page has no program")
}

/// The first part, and the others in the order of the plan.
fn parts(octets: &[u8], plan: &Plan, layout: &Layout) -> Result<Vec<Vec<u8>>> {
    let module = Module::read(octets)?;
    let places = placing::place(&module, plan)?;
    let data = data::place(&module, layout, &places, plan.parts.len())?;
    write::parts(&module, &places, &data)
}

#[cfg(test)]
mod tests;
