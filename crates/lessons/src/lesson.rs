//! A lesson: plain data that names its scenario, its knobs, its steps and its challenge.

use core::fmt;

use playground_core::scenario::Scenario;

use crate::challenge::Challenge;
use crate::fact::Facts;
use crate::knob::{Knob, KnobValues};
use crate::language::Language;
use crate::moment::Moment;
use crate::scene::Scene;
use crate::text::{LessonText, Markdown};

/// A lesson of the chapter.
///
/// Shape: everything here is code; the words are in `text/<id>.<language>.md`. What only an opened lesson needs is
/// behind functions: the page can fetch it when one is opened.
pub struct Lesson {
    /// Its name in links and file names: `dumb-proxy`.
    pub id: &'static str,
    /// Its number in the course, from 1.
    pub number: u8,
    /// The book's section: `4.5`.
    pub section: &'static str,
    /// The book's figures that the run reproduces: `4-15`.
    pub figures: &'static [&'static str],
    /// The tab that shows most at first.
    pub first_tab: Tab,
    /// What a learner may turn.
    pub knobs: fn() -> &'static [Knob],
    /// What is run.
    pub scenario: fn(&KnobValues) -> Scenario,
    /// The story, in its order.
    pub steps: fn() -> &'static [StepSpec],
    /// Numbers that the text may name in `{{...}}`, taken from the run.
    pub facts: fn(&Scene<'_>, &mut Facts),
    /// What to achieve by turning knobs.
    pub challenge: Option<&'static Challenge>,
    /// Every word that a learner reads.
    pub markdown: Markdown,
}

/// One step of a lesson's story.
pub struct StepSpec {
    /// Its name in the text: `second-request`.
    pub id: &'static str,
    /// Where in the run it is: a question to the trace, asked anew for each run.
    pub moment: fn(&Scene<'_>) -> Moment,
}

/// The views beside the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Time-sequence diagram.
    Ladder,
    /// Packet list.
    Packets,
    /// Headers hop by hop.
    Headers,
    /// State diagram.
    State,
    /// Sockets and ports.
    Sockets,
    /// Graphs over time.
    Graphs,
    /// Programs of socket calls; only where a host runs one.
    Program,
    /// What the caches hold.
    Cache,
    /// One page by several policies on one clock; only in the lesson that begins with it.
    Race,
}

/// A lesson is what its name says it is.
impl PartialEq for Lesson {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Lesson {}

impl fmt::Debug for Lesson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lesson({})", self.id)
    }
}

impl Lesson {
    /// The text in a language, parsed once.
    pub fn text(&'static self, language: Language) -> &'static LessonText {
        self.markdown.text(language)
    }

    /// What a learner may turn, in the order of the page.
    pub fn knobs(&self) -> &'static [Knob] {
        (self.knobs)()
    }

    /// The story, in its order.
    pub fn steps(&self) -> &'static [StepSpec] {
        (self.steps)()
    }

    /// The knob of this name.
    pub fn knob(&self, id: &str) -> Option<&'static Knob> {
        self.knobs().iter().find(|knob| knob.id == id)
    }
}
