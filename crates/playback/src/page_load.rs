//! A page, or a list of requests, file by file: when each was set up, asked for, waited for and received. Figures 4-10
//! and 4-11 of the book, computed from the run.

use std::collections::BTreeMap;
use std::ops::Range;

use playground_core::event::{Entry, Event, NodeId, RetryDecision};
use playground_core::node::{LoadingPolicy, RoleSpec};
use playground_core::scenario::Scenario;
use playground_core::tcp::Notice;
use playground_core::time::Instant;
use playground_core::trace::Trace;
use strum::{IntoStaticStr, VariantArray};

use crate::cursor::Cursor;
use crate::dissection::{Connection, ConnectionId, Dissection, MessageKind, MessageRef, SocketKey};

/// The files that a client loads, to be shown at any moment of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLoad {
    /// The browser's policy; none for a client that has a list of requests instead of a page.
    pub policy: Option<LoadingPolicy>,
    /// Connections at once of a browser, requests at once of another client.
    pub at_once: u32,
    /// The page's path, where there is a page.
    page: Option<String>,
    /// Paths that are known from the beginning.
    listed: Vec<String>,
    /// What happened to the files, in the order of entries.
    happened: Vec<Happening>,
}

/// The files at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageMoment {
    /// The page's path; none for a client that has a list of requests instead of a page.
    pub page: Option<String>,
    /// The files that the client knows, in the order of the page.
    pub files: Vec<FileLoad>,
    /// First paint, and its entry.
    pub painted: Option<(Instant, u32)>,
    /// When every file was complete or given up, and the entry.
    pub complete: Option<(Instant, u32)>,
    /// The moment.
    pub now: Instant,
}

/// A file at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileLoad {
    /// Its path: `/tool-1.jpg`.
    pub path: String,
    /// When the client read its name; none for one that it knew from the beginning.
    pub named: Option<Instant>,
    /// What was done for it, in order; a request that was sent again has its parts twice.
    pub parts: Vec<LoadPart>,
    /// Octets of its body that have arrived.
    pub received: u64,
    /// Octets of its body by `Content-Length`, once its head has arrived.
    pub expected: Option<u64>,
    /// When it was whole.
    pub whole: Option<Instant>,
    /// Whether it was given up.
    pub failed: bool,
    /// The last entry that changed it.
    pub entry: Option<u32>,
}

/// A part of a file's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadPart {
    /// Its kind.
    pub kind: LoadKind,
    /// When it began.
    pub from: Instant,
    /// When it was over, or the moment that is shown.
    pub until: Instant,
    /// The entry with which it began.
    pub entry: u32,
    /// The connection.
    pub connection: ConnectionId,
    /// Whether the connection ended in it, so that it was for nothing.
    pub lost: bool,
}

/// The kinds of parts, in the order in which a file has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum LoadKind {
    /// The connection is being opened: handshakes of TCP and TLS.
    SetUp,
    /// The request is on its way.
    Request,
    /// The server has the request, and nothing of the answer has arrived.
    Waiting,
    /// The answer is arriving.
    Answer,
}

impl LoadKind {
    /// Its stable name: `set-up`.
    pub fn key(self) -> &'static str {
        self.into()
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Happening {
    entry: u32,
    at: Instant,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Named(String),
    Opened { connection: ConnectionId, file: usize },
    Asked { connection: ConnectionId, file: usize },
    Read { file: usize },
    Begun { file: usize, expected: Option<u64> },
    Received { file: usize, octets: u64 },
    Whole { file: usize },
    Lost { file: usize },
    Failed { file: usize },
    Painted,
    Complete,
}

impl PageLoad {
    /// Whether a scenario has a client that wants several files at once: a browser, or a list without pauses.
    pub fn exists(scenario: &Scenario) -> bool {
        let role =
            client(scenario).and_then(|client| scenario.nodes.get(client.index())).map(|node| &node.role);
        match role {
            Some(RoleSpec::Browser(_)) => true,
            Some(RoleSpec::Client(spec)) => {
                spec.requests.len() > 1 && spec.requests.iter().all(|one| one.after_us.is_zero())
            }
            _ => false,
        }
    }

    /// The files of the run's first browser; without one, those of its first client.
    ///
    /// Returns `None` when there is neither.
    pub fn new(trace: &Trace, dissection: &Dissection) -> Option<Self> {
        let client = client(&trace.scenario)?;
        let (policy, at_once, listed) = match &trace.scenario.nodes.get(client.index())?.role {
            RoleSpec::Browser(spec) => (Some(spec.policy), spec.connections, vec![spec.page.clone()]),
            RoleSpec::Client(spec) => {
                (None, spec.pipeline, spec.requests.iter().map(|one| one.path.clone()).collect())
            }
            _ => return None,
        };
        let page = policy.and_then(|_| listed.first().cloned());
        let mut reader = Reader::new(client, dissection, &listed, page.is_some());
        for entry in &trace.entries {
            reader.read(entry);
        }
        Some(Self { policy, at_once, page, listed, happened: reader.happened })
    }

    /// The files at a cursor.
    pub fn at(&self, now: Cursor) -> PageMoment {
        self.moment(self.happened.partition_point(|one| one.entry < now.index), now.at)
    }

    /// The files after everything that happened at `now` or before.
    pub fn by(&self, now: Instant) -> PageMoment {
        self.moment(self.happened.partition_point(|one| one.at <= now), now)
    }

    /// When every file was complete or given up.
    pub fn complete(&self) -> Option<Instant> {
        self.by(Instant::FAR_FUTURE).complete.map(|(at, _)| at)
    }

    fn moment(&self, count: usize, now: Instant) -> PageMoment {
        let known = |path: &String| FileLoad { path: path.clone(), ..FileLoad::default() };
        let mut moment = PageMoment {
            page: self.page.clone(),
            files: self.listed.iter().map(known).collect(),
            painted: None,
            complete: None,
            now,
        };
        for one in &self.happened[..count] {
            moment.apply(one);
        }
        for part in moment.files.iter_mut().filter_map(FileLoad::open) {
            part.until = now;
        }
        moment
    }
}

/// A part that is not over has no end yet.
const OPEN: Instant = Instant::FAR_FUTURE;

impl PageMoment {
    fn apply(&mut self, one: &Happening) {
        let Happening { entry, at, what } = one;
        let part = |kind, connection| LoadPart {
            kind,
            from: *at,
            until: OPEN,
            entry: *entry,
            connection,
            lost: false,
        };
        let file = match what {
            What::Named(path) => {
                self.files.push(FileLoad {
                    path: path.clone(),
                    named: Some(*at),
                    entry: Some(*entry),
                    ..FileLoad::default()
                });
                return;
            }
            What::Painted => return self.painted = Some((*at, *entry)),
            What::Complete => return self.complete = Some((*at, *entry)),
            What::Opened { connection, file } => {
                self.files[*file].parts.push(part(LoadKind::SetUp, *connection));
                *file
            }
            What::Asked { connection, file } => {
                let set_up = self.take_set_up(*connection);
                let parts = &mut self.files[*file].parts;
                parts.extend(set_up.map(|set_up| LoadPart { until: *at, ..set_up }));
                parts.push(part(LoadKind::Request, *connection));
                *file
            }
            What::Read { file } => {
                self.files[*file].next(LoadKind::Waiting, *at, *entry);
                *file
            }
            What::Begun { file, expected } => {
                self.files[*file].next(LoadKind::Answer, *at, *entry);
                self.files[*file].expected = *expected;
                *file
            }
            What::Received { file, octets } => {
                self.files[*file].received = *octets;
                *file
            }
            What::Whole { file } => {
                self.files[*file].end(*at, false);
                self.files[*file].whole = Some(*at);
                *file
            }
            What::Lost { file } => {
                self.files[*file].end(*at, true);
                self.files[*file].received = 0;
                *file
            }
            What::Failed { file } => {
                self.files[*file].end(*at, true);
                self.files[*file].failed = true;
                *file
            }
        };
        self.files[file].entry = Some(*entry);
    }

    /// Takes the set-up of a connection from the file that it was opened for: the first request on it may be another's.
    fn take_set_up(&mut self, connection: ConnectionId) -> Option<LoadPart> {
        let is_it = |part: &LoadPart| {
            part.kind == LoadKind::SetUp && part.until == OPEN && part.connection == connection
        };
        self.files.iter_mut().find_map(|file| file.parts.pop_if(|part| is_it(part)))
    }
}

impl FileLoad {
    /// The part that is not over.
    fn open(&mut self) -> Option<&mut LoadPart> {
        self.parts.last_mut().filter(|part| part.until == OPEN)
    }

    fn next(&mut self, kind: LoadKind, at: Instant, entry: u32) {
        if let Some(open) = self.open() {
            open.until = at;
            let part = LoadPart { kind, from: at, until: OPEN, entry, ..*open };
            self.parts.push(part);
        }
    }

    fn end(&mut self, at: Instant, lost: bool) {
        if let Some(open) = self.open() {
            (open.until, open.lost) = (at, lost);
        }
    }

    /// The share of its body that has arrived, 0 to 1; none while its length is unknown.
    pub fn share(&self) -> Option<f64> {
        match (self.whole, self.expected) {
            (Some(_), _) => Some(1.0),
            (None, Some(expected)) => Some(self.received as f64 / expected.max(1) as f64),
            (None, None) => None,
        }
    }
}

fn client(scenario: &Scenario) -> Option<NodeId> {
    let role = |is_it: fn(&RoleSpec) -> bool| scenario.nodes.iter().position(|node| is_it(&node.role));
    let browser = role(|role| matches!(role, RoleSpec::Browser(_)));
    let place = browser.or_else(|| role(|role| matches!(role, RoleSpec::Client(_))))?;
    Some(NodeId(place as u16))
}

/// A file while the trace is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    /// Its name is known.
    #[default]
    Known,
    /// A connection is being opened for it.
    SetUp,
    /// It has been asked for.
    Asked,
    /// It is complete or given up.
    Over,
}

/// Reads a trace, entry by entry: what it finds depends on no later entry.
struct Reader<'d> {
    client: NodeId,
    dissection: &'d Dissection,
    is_page: bool,
    files: Vec<(String, Stage)>,
    opened_for: BTreeMap<ConnectionId, usize>,
    requests: BTreeMap<MessageRef, usize>,
    begun: Vec<usize>,
    happened: Vec<Happening>,
}

impl<'d> Reader<'d> {
    fn new(client: NodeId, dissection: &'d Dissection, listed: &[String], is_page: bool) -> Self {
        let files = listed.iter().map(|path| (path.clone(), Stage::Known)).collect();
        Self {
            client,
            dissection,
            files,
            is_page,
            opened_for: BTreeMap::new(),
            requests: BTreeMap::new(),
            begun: Vec::new(),
            happened: Vec::new(),
        }
    }

    fn read(&mut self, entry: &Entry) {
        let own = entry.node == self.client;
        let what = match &entry.event {
            Event::ObjectNamed { path, .. } if own => {
                self.files.push((path.clone(), Stage::Known));
                What::Named(path.clone())
            }
            Event::PagePainted { .. } if own => What::Painted,
            Event::PageCompleted { .. } if own => What::Complete,
            Event::Socket { socket, notice: Notice::Opened { .. } } if own => {
                let Some(connection) = self.connection(SocketKey::new(entry.node, *socket)) else { return };
                let Some(file) = self.files.iter().position(|(_, stage)| *stage == Stage::Known) else {
                    return;
                };
                let connection = connection.id;
                self.files[file].1 = Stage::SetUp;
                self.opened_for.insert(connection, file);
                What::Opened { connection, file }
            }
            Event::CallReturned { socket: Some(socket), .. } if own => {
                return self.asked(entry, SocketKey::new(entry.node, *socket));
            }
            Event::RequestReceived { socket, head, .. } if !own => {
                let Some(file) = self.file_of(SocketKey::new(entry.node, *socket), head.start) else {
                    return;
                };
                What::Read { file }
            }
            Event::Socket { socket, notice: Notice::BytesReceived { range } } if own => {
                return self.received(entry, SocketKey::new(entry.node, *socket), range.clone());
            }
            Event::TransactionCompleted { request, .. } if own => {
                let Some(file) = self.over(*request) else { return };
                What::Whole { file }
            }
            Event::TransactionFailed { request, .. } if own => {
                let Some(file) = self.over(*request) else { return };
                What::Failed { file }
            }
            Event::RetryDecided { request, decision: RetryDecision::Again | RetryDecision::Asks, .. }
                if own =>
            {
                let Some(file) = self.set(*request as usize, Stage::Known) else { return };
                self.begun.retain(|begun| *begun != file);
                What::Lost { file }
            }
            _ => return,
        };
        self.add(entry, what);
        // A list has no page that is complete: it is over with its last request.
        let is_over = self.files.iter().all(|(_, stage)| *stage == Stage::Over);
        if matches!(entry.event, Event::TransactionCompleted { .. } | Event::TransactionFailed { .. })
            && is_over
            && !self.is_page
        {
            self.add(entry, What::Complete);
        }
    }

    fn add(&mut self, entry: &Entry, what: What) {
        self.happened.push(Happening { entry: entry.index, at: entry.at, what });
    }

    /// Sets a file's stage; `None` where there is no such file.
    fn set(&mut self, file: usize, stage: Stage) -> Option<usize> {
        self.files.get_mut(file)?.1 = stage;
        Some(file)
    }

    fn over(&mut self, request: u32) -> Option<usize> {
        self.set(request as usize, Stage::Over)
    }

    fn connection(&self, socket: SocketKey) -> Option<&'d Connection> {
        self.dissection.connection_of(socket).map(|(connection, _)| connection)
    }

    /// The file that a request was for, which begins at this octet of what the socket reads.
    fn file_of(&self, reader: SocketKey, offset: u64) -> Option<usize> {
        let stream = self.dissection.stream(self.dissection.peer(reader)?)?;
        let (message, _) = stream.message_at(offset)?;
        self.requests.get(&message).copied()
    }

    /// A call of the client returned: finds the requests whose heads it finished.
    fn asked(&mut self, entry: &Entry, socket: SocketKey) {
        let Some(stream) = self.dissection.stream(socket) else { return };
        let Ok(write) = stream.write_entries.binary_search(&entry.index) else { return };
        let from = write.checked_sub(1).map_or(0, |before| stream.writes[before]);
        for (message, label) in stream.messages_in(&(from..stream.writes[write])) {
            if label.kind != MessageKind::Request || label.head.end <= from {
                continue;
            }
            let target = label.start_line.split(' ').nth(1).unwrap_or_default();
            let wanted = path(target);
            let waits = |stage: Stage, (path, at): &(String, Stage)| *at == stage && path == wanted;
            let first = self.opened_for.remove(&stream.connection);
            let file = first.filter(|file| waits(Stage::SetUp, &self.files[*file]));
            let by_stage = |stage| self.files.iter().position(|file| waits(stage, file));
            let Some(file) = file.or_else(|| by_stage(Stage::Known)).or_else(|| by_stage(Stage::SetUp))
            else {
                continue;
            };
            if let Some(other) = first.filter(|other| *other != file) {
                self.set(other, Stage::Known);
            }
            self.set(file, Stage::Asked);
            self.requests.insert(message, file);
            self.add(entry, What::Asked { connection: stream.connection, file });
        }
    }

    /// Octets arrived at the client: finds the answers that they belong to.
    fn received(&mut self, entry: &Entry, socket: SocketKey, range: Range<u64>) {
        let stream = self.dissection.peer(socket).and_then(|peer| self.dissection.stream(peer));
        let Some(stream) = stream else { return };
        for (_, label) in stream.messages_in(&range) {
            let file = label.request_of.and_then(|request| self.requests.get(&request)).copied();
            let Some(file) = file else { continue };
            if !self.begun.contains(&file) {
                self.begun.push(file);
                let expected = content_length(stream.octets_in(&label.head));
                self.add(entry, What::Begun { file, expected });
            }
            let octets = range.end.min(label.range.end).saturating_sub(label.head.end);
            self.add(entry, What::Received { file, octets });
        }
    }
}

/// The length that a head announces for its body.
fn content_length(head: &[u8]) -> Option<u64> {
    let head = std::str::from_utf8(head).ok()?;
    head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    })
}

/// The path of a request-target, which may be in absolute form (RFC 9112 section 3.2).
fn path(target: &str) -> &str {
    match target.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |slash| &rest[slash..]),
        None => target,
    }
}
