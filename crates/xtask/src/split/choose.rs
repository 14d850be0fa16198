//! Chooses the names of what comes later, from what was seen to run.

use std::collections::{BTreeMap, BTreeSet};

/// How the crates' names begin whose paths may stand in the plan.
const OURS: [&str; 2] = ["playground_", "qrcodegen"];
/// What fetches the parts cannot come with one, though it only runs when one has come.
const NEVER: &str = "playground_web::browser::parts";
/// Names that hold less code than this, in octets, are not worth a line.
const LEAST: usize = 150;
/// The same for the whole name of one function.
const LEAST_ONE: usize = 400;
/// Longer names are not written down.
const LONGEST: usize = 140;

/// A function of the program.
pub struct Candidate<'a> {
    pub name: &'a str,
    /// Octets of code.
    pub size: usize,
    /// Whether it ran before the rest had come.
    pub ran: bool,
}

/// The names of what did not run, as few as will do: the lines of the plan before that still hold, and what is to be
/// added to them. A name holds when no function that ran has it in its own.
pub fn later(functions: &[Candidate<'_>], before: &[String]) -> Vec<String> {
    let ran: Vec<&str> = functions.iter().filter(|it| it.ran).map(|it| it.name).collect();
    let holds = |name: &str| !NEVER.contains(name) && !ran.iter().any(|it| it.contains(name));
    let mut left: Vec<&Candidate<'_>> =
        functions.iter().filter(|it| !it.ran && !it.name.contains(NEVER)).collect();
    let mut chosen = BTreeSet::new();
    for name in before {
        let covered = left.len();
        if holds(name) {
            left.retain(|it| !it.name.contains(name.as_str()));
        }
        if left.len() < covered {
            chosen.insert(name.clone());
        }
    }

    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    for function in &left {
        for name in names(function.name) {
            *sizes.entry(name).or_default() += function.size;
        }
    }
    sizes.retain(|name, size| *size >= least(name) && holds(name));
    // What holds most goes first; what it holds no longer counts for others.
    while let Some((best, size)) = sizes.iter().max_by_key(|(name, size)| (**size, usize::MAX - name.len())) {
        if *size < least(best) {
            break;
        }
        let best = best.clone();
        left.retain(|function| {
            let is_held = function.name.contains(&best);
            if is_held {
                for name in names(function.name) {
                    sizes.entry(name).and_modify(|size| *size -= function.size);
                }
            }
            !is_held
        });
        sizes.retain(|name, size| *name != best && *size >= least(name));
        chosen.insert(best);
    }
    chosen.into_iter().collect()
}

fn least(name: &str) -> usize {
    if OURS.iter().any(|it| name.starts_with(it)) { LEAST } else { LEAST_ONE }
}

/// The names that a function may be held by: its modules, its type with its method, and its own.
fn names(name: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for begin in OURS.iter().flat_map(|ours| name.match_indices(ours)).map(|(place, _)| place) {
        let rest = &name[begin..];
        let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != ':');
        let path = rest[..end.unwrap_or(rest.len())].trim_end_matches(':');
        names.extend(path.match_indices("::").skip(1).map(|(place, _)| path[..place].to_owned()));
        if path.contains("::") {
            names.insert(path.to_owned());
        }
        if let Some(method) = rest[path.len()..].strip_prefix(">::") {
            let end = method.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            names.insert(format!("{path}>::{}", &method[..end.unwrap_or(method.len())]));
        }
    }
    if !names.is_empty() && name.len() <= LONGEST {
        names.insert(name.to_owned());
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn functions(list: &[(&'static str, usize, bool)]) -> Vec<Candidate<'static>> {
        list.iter().map(|(name, size, ran)| Candidate { name, size: *size, ran: *ran }).collect()
    }

    #[test]
    fn the_widest_name_is_chosen_that_nothing_that_ran_has() {
        let all = functions(&[
            ("playground_web::story::prose", 900, true),
            ("playground_web::story::ways::row", 200, false),
            ("playground_web::story::ways::span", 200, false),
            ("<playground_web::session::Session>::edit", 500, false),
            ("<playground_web::session::Session>::seek", 500, true),
            ("playground_web::tiny::one", 20, false),
            ("<core::slice::Iter<u8>>::next", 800, false),
        ]);
        assert_eq!(
            later(&all, &[]),
            ["playground_web::session::Session>::edit", "playground_web::story::ways"]
        );
    }

    #[test]
    fn lines_that_still_hold_stay() {
        let all = functions(&[
            ("playground_web::story::prose", 900, true),
            ("playground_web::story::ways::row", 200, false),
            ("playground_web::tiny::one", 20, false),
            ("playground_web::browser::parts::fetch_parts", 600, false),
        ]);
        let before = ["playground_web::tiny", "playground_web::story::prose", "playground_web::gone"];
        let before: Vec<String> = before.map(str::to_owned).into();
        assert_eq!(later(&all, &before), ["playground_web::story::ways", "playground_web::tiny"]);
    }
}
