//! axe-core in the page that is open.

use std::path::PathBuf;
use std::{env, fs};

use anyhow::{Context, Result};

use crate::visit::World;

/// Looks at the page by the rules of WCAG 2.2 AA and by axe-core's best practices; gives the rule, the element and what
/// to do for each violation.
///
/// A part of a drawing is a button of many words, which its name says in another order; so the rule about visible words
/// in names (for people who speak to the page) is asked about everything but the drawings.
const RUN: &str = "
    const spoken = 'label-content-name-mismatch';
    const { violations } = await axe.run(document, {
        resultTypes: ['violations'], elementRef: true, rules: { [spoken]: { enabled: true } },
    });
    return violations.flatMap(({ id, help, nodes }) => nodes
        .filter(({ element }) => id !== spoken || !element.closest('svg'))
        .map(({ element, html, failureSummary }) =>
            [`${id} (${help})`, `${element.localName}.${element.getAttribute('class') ?? ''}`, html.slice(0, 250), failureSummary]));";

/// axe-core, which `cargo xtask test` installs.
#[derive(Debug)]
pub struct Axe {
    script: String,
}

/// What axe-core found wrong with one element.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// The rule, with its sentence.
    pub rule: String,
    /// The kind of element: its name and classes.
    pub kind: String,
    /// The beginning of its HTML.
    pub html: String,
    /// What to do.
    pub summary: String,
}

impl Axe {
    /// Reads the file that `PLAYGROUND_AXE` names.
    ///
    /// # Errors
    /// When it is not set or the file is not there; the error says how to get it.
    pub fn load() -> Result<Self> {
        let missing = "axe-core is missing: run `cargo xtask test`, which installs it by npm and sets PLAYGROUND_AXE, or \
                       set PLAYGROUND_AXE to its file axe.min.js";
        let file = env::var_os("PLAYGROUND_AXE").map(PathBuf::from).context(missing)?;
        let script = fs::read_to_string(&file)
            .with_context(|| format!("{missing}\n(it is now {})", file.display()))?;
        Ok(Self { script })
    }

    /// Looks at what the page shows now.
    ///
    /// # Errors
    /// When axe-core does not run in the page.
    pub fn look(&self, world: &World) -> Result<Vec<Violation>> {
        // A document that was looked at before has it already.
        if world.browser.eval("return typeof axe === 'undefined'")? == true {
            world.browser.eval(&self.script).context("axe-core does not start")?;
        }
        let found = world.browser.eval_async(RUN)?;
        let violations = found.as_array().context("axe-core gives no list")?.iter().map(|violation| {
            let part = |place: usize| violation[place].as_str().unwrap_or_default().to_owned();
            Violation { rule: part(0), kind: part(1), html: part(2), summary: part(3) }
        });
        Ok(violations.collect())
    }
}
