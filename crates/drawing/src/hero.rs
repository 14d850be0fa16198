//! The pictures by the view that they are.

use std::rc::Rc;

use playground_core::trace::Trace;
use playground_lessons::{Run, View};
use playground_playback::{
    Buffers, Caches, Cursor, Dissection, Heads, PageLoad, Pieces, Ports, Program, Queue, Requests, Terminal,
    Times, Tuples, Waits, Window,
};

use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::page::Page;
use crate::race::Race;
use crate::stage::Stage;
use crate::time::Time;
use crate::{
    buffers, cache, heads, ladder, pieces, ports, program, queue, requests, terminal, tuples, waits, window,
};

/// A picture of a run: what it needs to know of the whole run is computed once, a moment of it is drawn by
/// [`Hero::draw`].
#[derive(Clone, Debug)]
pub enum Hero {
    /// The time-sequence diagram.
    Ladder(Rc<Trace>),
    /// Hosts, connections and what is on its way between them.
    Stage(Stage),
    /// The lines of the programs of socket calls.
    Program(Rc<Trace>),
    /// What caches hold.
    Cache(Caches, Rc<Trace>, Rc<Dissection>),
    /// The four values of each connection.
    Tuples(Tuples),
    /// Message heads at each hop.
    Headers(Heads),
    /// What ping prints.
    Terminal(Terminal),
    /// Where the octets of each stream are.
    Buffers(Buffers),
    /// The ephemeral ports of a busy client.
    Ports(Ports),
    /// What has become of each request at the server.
    Requests(Requests),
    /// A stream as numbered segments.
    Pieces(Pieces),
    /// Round trips as rows of segments.
    Window(Window),
    /// A page that is loaded.
    Page(Page),
    /// Who waits for whom.
    Waits(Waits),
    /// Where the time went.
    Time(Time),
    /// The narrowest link and its queue.
    Queue(Queue),
    /// Several policies on one clock.
    Race(Race),
}

impl Hero {
    /// Whether a view is one of these pictures, and a run of this scenario has something to draw in it.
    pub fn exists(view: View, trace: &Trace) -> bool {
        match view {
            View::Tuples => Tuples::exists(trace),
            View::Stage | View::Ladder | View::Headers => true,
            View::Program => !Program::nodes(&trace.scenario).is_empty(),
            View::Cache => Caches::exists(&trace.scenario),
            View::Terminal => Terminal::exists(trace),
            View::Buffers => Buffers::exists(trace),
            View::Ports => Ports::exists(trace),
            View::Requests => Requests::exists(trace),
            View::Pieces => Pieces::exists(trace),
            View::Window => Window::exists(trace),
            View::Page => PageLoad::exists(&trace.scenario),
            View::Waits => Waits::exists(trace),
            View::Time => Times::exists(&trace.scenario),
            View::Queue | View::Race => Queue::exists(&trace.scenario),
            _ => false,
        }
    }

    /// The picture of a run, which may be cut off.
    ///
    /// Returns `None` for a view that is not one of these pictures.
    pub fn new(view: View, run: &Run, dissection: &Rc<Dissection>) -> Option<Self> {
        let trace = &run.trace;
        match view {
            View::Ladder => Some(Self::Ladder(trace.clone())),
            View::Stage => Some(Self::Stage(Stage::new(run, dissection.clone()))),
            View::Program => Some(Self::Program(trace.clone())),
            View::Cache => Some(Self::Cache(Caches::new(trace), trace.clone(), dissection.clone())),
            View::Tuples => Some(Self::Tuples(Tuples::new(trace.clone(), dissection.clone()))),
            View::Buffers => Some(Self::Buffers(Buffers::new(trace.clone(), dissection.clone()))),
            View::Terminal => Terminal::new(trace).map(Self::Terminal),
            View::Headers => Some(Self::Headers(Heads::new(trace.clone(), dissection))),
            View::Ports => Ports::new(trace.clone(), dissection).map(Self::Ports),
            View::Requests => Some(Self::Requests(Requests::new(trace.clone(), dissection.clone()))),
            View::Pieces => Some(Self::Pieces(Pieces::new(trace.clone(), dissection.clone()))),
            View::Window => Some(Self::Window(Window::new(trace.clone(), dissection))),
            View::Page => Page::new(run, dissection).map(Self::Page),
            View::Waits => Some(Self::Waits(Waits::new(trace.clone(), dissection.clone()))),
            View::Time => Time::new(run).map(Self::Time),
            View::Queue => Queue::new(trace, dissection.clone()).map(Self::Queue),
            View::Race => Race::new(run).map(Self::Race),
            _ => None,
        }
    }

    /// The picture at a moment.
    pub fn draw(&self, now: Cursor, canvas: &Canvas) -> Drawing {
        match self {
            Self::Ladder(trace) => ladder::draw(trace, now, canvas),
            Self::Stage(stage) => stage.draw(now, canvas),
            Self::Program(trace) => program::draw(trace, now, canvas),
            Self::Cache(caches, trace, dissection) => cache::draw(caches, trace, dissection, now, canvas),
            Self::Tuples(view) => tuples::draw(&view.at(now), canvas),
            Self::Headers(view) => heads::draw(&view.at(now), canvas),
            Self::Terminal(view) => terminal::draw(&view.at(now), canvas),
            Self::Buffers(view) => buffers::draw(&view.at(now), now, canvas),
            Self::Ports(view) => ports::draw(&view.at(now), canvas),
            Self::Requests(view) => requests::draw(view.at(now).as_ref(), canvas),
            Self::Pieces(view) => pieces::draw(view.at(now).as_ref(), canvas),
            Self::Window(view) => window::draw(view.at(now).as_ref(), canvas),
            Self::Page(page) => page.draw(now, canvas),
            Self::Waits(view) => waits::draw(&view.at(now), canvas),
            Self::Time(time) => time.draw(now, canvas),
            Self::Queue(view) => queue::draw(&view.at(now), canvas),
            Self::Race(race) => race.draw(now, canvas),
        }
    }
}
