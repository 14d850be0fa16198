//! Which part of the program a function belongs to.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};

use super::module::Module;

/// The part that is there from the beginning.
pub const FIRST: usize = 0;

/// What comes later than the first part: the beginnings of the names of its functions, by part.
pub struct Plan {
    /// The parts in the order in which they come.
    pub parts: Vec<(String, Vec<String>)>,
}

impl Plan {
    /// Reads a plan: `[name]` begins a part, the other lines are what functions' names hold; `#` begins a comment.
    pub fn read(text: &str) -> Result<Self> {
        let mut parts: Vec<(String, Vec<String>)> = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                parts.push((name.to_owned(), Vec::new()));
            } else {
                ensure!(!parts.is_empty(), "{line:?} stands before the first part");
                let last = parts.len() - 1;
                parts[last].1.push(line.to_owned());
            }
        }
        Ok(Self { parts })
    }

    /// The part that a function is said to belong to; the last one, where its name holds several.
    fn named(&self, name: &str) -> Option<usize> {
        self.parts.iter().rposition(|(_, names)| names.iter().any(|it| name.contains(it))).map(|it| it + 1)
    }
}

/// The part of every function, by its number. What no part names is in the first that can reach it; what
/// nothing reaches is in none.
pub fn place(module: &Module<'_>, plan: &Plan) -> Result<Vec<Option<usize>>> {
    let named: Vec<Option<usize>> = (0..module.functions.len())
        .map(|number| {
            let name = u32::try_from(number).ok().and_then(|number| module.names.get(&number));
            if number < module.imported { Some(FIRST) } else { name.and_then(|name| plan.named(name)) }
        })
        .collect();
    let mut calls = vec![BTreeSet::new(); module.functions.len()];
    for number in module.defined() {
        calls[number as usize] = module.called_by(number)?;
    }
    let mut places = vec![None; module.functions.len()];
    let entered = module.exports.iter().filter(|it| it.kind == wasmparser::ExternalKind::Func);
    let mut roots: Vec<u32> = entered.map(|it| it.index).chain(module.start).collect();
    roots.extend(module.elements.iter().flat_map(|(_, functions)| functions));
    for part in FIRST..=plan.parts.len() {
        let begins = (0..module.functions.len()).filter(|it| named[*it] == Some(part));
        let mut waiting: Vec<usize> = begins.collect();
        if part == FIRST {
            waiting.extend(roots.iter().map(|it| *it as usize));
        }
        while let Some(number) = waiting.pop() {
            if places[number].is_some() || named[number].is_some_and(|it| it != part) {
                continue;
            }
            places[number] = Some(part);
            waiting.extend(calls[number].iter().map(|it| *it as usize));
        }
    }
    Ok(places)
}
