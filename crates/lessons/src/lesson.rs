//! A lesson: plain data that names its scenario, its knobs, its steps and its challenge.

use core::fmt;

use playground_core::event::Event;
use playground_core::node::{LoadingPolicy, RoleSpec};
use playground_core::scenario::Scenario;
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobValues};
use crate::language::Language;
use crate::run::Run;
use crate::scene::{Moment, Scene};
use crate::text::{LessonText, Markdown};

/// A lesson of the chapter.
///
/// Everything here is code; the text is in `text/<id>.<language>.md`.
pub struct Lesson {
    /// Its identifier in links and file names: `dumb-proxy`.
    pub id: &'static str,
    /// Its number in the course, from 1.
    pub number: u8,
    /// The book's section: `4.5`.
    pub section: &'static str,
    /// The book's figures that the run reproduces: `4-15`.
    pub figures: &'static [&'static str],
    /// The settings that a learner may change, in the order of the page.
    pub knobs: &'static [Knob],
    /// The scenario, by the knobs.
    pub scenario: fn(&KnobValues) -> Scenario,
    /// The course that a run takes: [`MAIN`], or the key of the variant that its steps have in the text.
    pub course: fn(&Scene<'_>) -> &'static str,
    /// The steps of the story, in order.
    pub steps: &'static [StepSpec],
    /// What would give the answer of a question away, and is not shown before it is answered.
    pub spoilers: &'static [Spoiler],
    /// Numbers taken from the run, which the text names in `{{...}}`.
    pub facts: fn(&Scene<'_>, &mut Facts),
    /// A goal to reach with the knobs.
    pub challenge: Option<&'static Challenge>,
    /// Knob positions that are compared side by side.
    pub ways: Option<&'static WaysSpec>,
    /// The other way to load the same files that [`View::Page`] draws below the run.
    pub shadow: Option<Shadow>,
    /// The scenario at real scale, for a lesson that itself runs on a smaller one. It is too large for a trace, and
    /// is counted.
    pub real_scale: Option<fn(&KnobValues) -> Scenario>,
    /// The text that a learner reads.
    pub markdown: Markdown,
}

/// The course of a run for which the steps' plain text is written.
pub const MAIN: &str = "";

/// One step of a lesson's story.
pub struct StepSpec {
    /// Its identifier in the text: `second-request`.
    pub id: &'static str,
    /// The view that carries the step's idea.
    pub hero: View,
    /// Finds its place in a run.
    pub moment: fn(&Scene<'_>) -> Moment,
}

/// Something in the run or beside it that gives the answer of a step's question away.
pub struct Spoiler {
    /// The step that asks.
    pub step: &'static str,
    /// What is not shown while its question is open.
    pub hides: Hides,
}

/// What a [`Spoiler`] hides.
#[derive(Clone, Copy)]
pub enum Hides {
    /// What the step reached at once: the entries from the first on that matches, not before the one that the step
    /// selects.
    From(fn(&Event) -> bool),
    /// Events before, wherever they are drawn: a timer, an effect on a resource.
    Events(fn(&Event) -> bool),
    /// A knob, by its id.
    Knob(&'static str),
}

/// The views of a run, in the order of the page. Links and language files name them in kebab case: `ladder`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum View {
    /// Hosts, connections, and packets on their way.
    Stage,
    /// One page loaded by several policies, in the lessons that speak of it.
    Race,
    /// A console on each host, in the playground.
    Console,
    /// Programs of socket calls, where a host runs one.
    Program,
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
    /// Contents of the caches, where a proxy has one.
    Cache,
    /// The four values of each connection.
    Tuples,
    /// What a program prints.
    Terminal,
    /// The ephemeral ports of a busy client: free, in use, in TIME-WAIT.
    Ports,
    /// A stream as numbered segments, and the ACKs of them.
    Pieces,
    /// Round trips as rows of segments, with the congestion window.
    Window,
    /// A window that fills, and one bar for each file on a common time axis.
    Page,
    /// Who waits for whom, and what each host believes.
    Waits,
    /// Where the octets of each stream are: on their way, in a buffer, read, thrown away.
    Buffers,
    /// What has become of each request at the server: queued, worked on, answered.
    Requests,
    /// Where the time of each request went.
    Time,
    /// The narrowest link, the queue in front of it, and what the queue had no room for.
    Queue,
}

impl View {
    /// Its name in links, and the last part of its message keys.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// Lessons are equal when their ids are.
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
    /// The text in a language, parsed at the first call.
    pub fn text(&'static self, language: Language) -> &'static LessonText {
        self.markdown.text(language)
    }

    /// Whether the view is the hero of one of its steps.
    pub fn shows(&self, view: View) -> bool {
        self.steps.iter().any(|step| step.hero == view)
    }

    /// The knob with this id.
    pub fn knob(&self, id: &str) -> Option<&'static Knob> {
        self.knobs.iter().find(|knob| knob.id == id)
    }
}

/// Knob positions that a lesson compares side by side.
pub struct WaysSpec {
    /// The knobs that differ.
    pub knobs: &'static [&'static str],
    /// The knobs of each way; all other knobs stay as they are.
    pub values: fn(&KnobValues) -> Vec<KnobValues>,
}

/// Another way to load the same files, for comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Shadow {
    /// A connection for each file, one after another.
    Serial,
    /// One connection that is kept, one file after another.
    Kept,
    /// One request after another, without a break.
    OneByOne,
}

impl Shadow {
    /// Its stable name: `one-by-one`.
    pub fn key(self) -> &'static str {
        self.into()
    }

    /// The scenario with its clients changed to this way.
    pub fn of(self, scenario: &Scenario) -> Scenario {
        let mut scenario = scenario.clone();
        // What a person broke in the run does not happen in the other.
        scenario.interventions.clear();
        for node in &mut scenario.nodes {
            match (&mut node.role, self) {
                (RoleSpec::Browser(browser), Self::Serial) => browser.policy = LoadingPolicy::Serial,
                (RoleSpec::Browser(browser), Self::Kept) => browser.policy = LoadingPolicy::KeepAlive,
                (RoleSpec::Client(client), Self::OneByOne) => client.pipeline = 1,
                (RoleSpec::OriginServer(server), Self::OneByOne) => server.breaks = None,
                _ => {}
            }
        }
        scenario
    }
}

/// A goal to reach by turning knobs.
pub struct Challenge {
    /// Its identifier, for the progress kept in the browser.
    pub id: &'static str,
    /// Measures a run.
    pub check: fn(&Run) -> Goal,
    /// Knob values that reach it.
    pub solution: &'static [(&'static str, &'static str)],
}

/// How far a run is from its goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Whether every measure is met.
    pub solved: bool,
    /// The measurements, in the order in which they are shown.
    pub measures: Vec<Measure>,
}

/// One measurement of a goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The key of its label in the text.
    pub key: &'static str,
    /// The value in this run.
    pub value: Value,
    /// Whether it is met.
    pub ok: bool,
}

impl Goal {
    /// A goal that is solved when every measure is met.
    pub fn of(measures: Vec<Measure>) -> Self {
        Self { solved: measures.iter().all(|measure| measure.ok), measures }
    }
}

impl Measure {
    /// A measure.
    pub const fn new(key: &'static str, value: Value, ok: bool) -> Self {
        Self { key, value, ok }
    }
}
