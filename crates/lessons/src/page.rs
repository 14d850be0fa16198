//! A page with images, which several lessons load: the scenario, patterns for its moments, and what it costs.

use playground_core::event::Event;
use playground_core::node::{BrowserSpec, LoadingPolicy, OriginServerSpec, ResourceSpec, RoleSpec};
use playground_core::scenario::Scenario;
use playground_core::sim;
use playground_core::tcp::{Notice, State};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;

use crate::fact::{Facts, Value};
use crate::network::{host, in_a_row};
use crate::pattern::{Pattern, event};
use crate::scene::{Scene, Spot, Stretch};

/// The page's path.
const PAGE: &str = "/tools.html";

/// A page of `html` octets that embeds `images` images of `size` octets each.
#[derive(Clone, Copy)]
pub struct Page {
    pub html: u32,
    pub images: u32,
    pub size: u32,
    /// Whether the HTML gives the images' dimensions.
    pub sized: bool,
}

/// A browser and the server of a page, with a round trip of `rtt_ms`.
pub fn scenario(name: &str, rtt_ms: u32, page: Page, policy: LoadingPolicy, connections: u32) -> Scenario {
    let names: Vec<String> = (1..=page.images).map(image).collect();
    let mut html = ResourceSpec::page(PAGE, page.html, names.clone());
    html.sizes_objects = page.sized;
    let mut resources = vec![html];
    resources.extend(names.into_iter().map(|path| ResourceSpec {
        content_type: "image/jpeg".to_owned(),
        ..ResourceSpec::new(path, page.size)
    }));
    let mut browser = BrowserSpec::new("server", PAGE, policy);
    browser.connections = connections;
    browser.pipeline = page.images.max(1);
    let server = OriginServerSpec { resources, ..OriginServerSpec::default() };
    let mut nodes =
        vec![host("client", RoleSpec::Browser(browser)), host("server", RoleSpec::OriginServer(server))];
    for node in &mut nodes {
        // Delayed ACKs and Nagle's algorithm have lessons of their own; here they would only blur the sum.
        node.stack.delayed_ack_us = Some(Duration::ZERO);
        node.stack.nagle = Some(false);
    }
    in_a_row(name, rtt_ms, nodes)
}

/// The path of an image, counted from 1.
fn image(number: u32) -> String {
    format!("/tool-{number}.jpg")
}

/// The start of the request for an image.
pub fn get_image(number: u32) -> String {
    format!("GET {} ", image(number))
}

/// The start of an image's body.
pub fn begin_of_image(number: u32) -> String {
    // The text of a JPEG begins after its header.
    format!("{} octet 24 ", image(number))
}

/// The browser found the reference to an image, counted from 1.
pub fn named(number: u32) -> Pattern {
    event("client", move |event| matches!(event, Event::ObjectNamed { request, .. } if *request == number))
}

/// First paint.
pub fn painted() -> Pattern {
    event("client", |event| matches!(event, Event::PagePainted { .. }))
}

/// The page is complete, or the rest is given up.
pub fn page_completed() -> Pattern {
    event("client", |event| matches!(event, Event::PageCompleted { .. }))
}

/// From the first reference until the first image is complete.
pub fn crowd<'s>(scene: &'s Scene<'_>) -> Stretch<'s> {
    let is_image = |event: &Event| matches!(event, Event::TransactionCompleted { request: 1.., .. });
    let whole = scene.first(event("client", is_image));
    scene.whole().after(scene.first(named(1))).before(whole)
}

/// The cost of loading a page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// Time to first paint, if there was one.
    pub paint: Option<Duration>,
    /// Time to completion.
    pub total: Duration,
    /// Connections that the browser opened.
    pub connections: u32,
    /// The sum of their handshake times.
    pub setup: Duration,
    /// Segments dropped.
    pub dropped: u32,
}

/// The cost of the page in a trace, whose client is node 0.
pub fn cost(trace: &Trace) -> Cost {
    let mut cost = Cost::default();
    let mut opened = Vec::new();
    for entry in &trace.entries {
        let after = entry.at.since(Instant::ZERO);
        match &entry.event {
            Event::PagePainted { .. } => cost.paint = Some(after),
            Event::PageCompleted { connections, .. } => {
                (cost.total, cost.connections) = (after, *connections);
            }
            Event::PacketDropped { .. } => cost.dropped += 1,
            Event::Socket { socket, notice } if entry.node.index() == 0 => match notice {
                Notice::Opened { .. } => opened.push((*socket, entry.at)),
                Notice::StateChanged { to: State::Established, .. } => {
                    if let Some((_, at)) = opened.iter().find(|(other, _)| other == socket) {
                        cost.setup = cost.setup + entry.at.since(*at);
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
    cost
}

/// The cost of the same page under another policy.
pub fn cost_by(scene: &Scene<'_>, policy: LoadingPolicy, connections: u32) -> Option<Cost> {
    let mut scenario = Scenario::clone(&scene.trace.scenario);
    for node in &mut scenario.nodes {
        if let RoleSpec::Browser(browser) = &mut node.role {
            (browser.policy, browser.connections) = (policy, connections);
        }
    }
    let trace = sim::run(&scenario).ok()?;
    Some(cost(&trace)).filter(|cost| !cost.total.is_zero())
}

/// The numbers that the texts of all lessons about a page use.
pub fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    let cost = cost(scene.trace);
    facts.set_some("paint", cost.paint.map(Value::Span));
    facts.set("total", Value::Span(cost.total));
    facts.set("connections", Value::Count(u64::from(cost.connections)));
    facts.set("setup", Value::Span(cost.setup));
    facts.set("share", Value::share(cost.setup, cost.total));
    facts.set("dropped", Value::Count(u64::from(cost.dropped)));
    let images = scene.last(event("client", |event| matches!(event, Event::ObjectNamed { .. })));
    if let Some(Event::ObjectNamed { request, .. }) = images.entry().map(|entry| &entry.event) {
        facts.set("images", Value::Count(u64::from(*request)));
    }
}

/// The congestion window of a segment's sender when it was sent, in segments.
pub fn window(scene: &Scene<'_>, spot: Spot<'_>) -> Option<u64> {
    let entry = spot.entry()?;
    let Event::PacketSent { socket: Some(socket), .. } = &entry.event else { return None };
    let world = scene.trace.world_after(entry.index + 1);
    let cwnd = world.nodes.get(entry.node.index())?.sockets.get(socket)?.cwnd;
    Some(u64::from(cwnd / 1_460))
}
