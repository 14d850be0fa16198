//! The narrowest link as one thin pipe, the queue in front of it, and what the queue had no room for.

use playground_playback::{ConnectionId, QueueMoment, QueuePacket, RoleKind};
use playground_words::{node_name, time_text};

use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::element::Element;
use crate::parts::{baseline, crack, role_class, selection};
use crate::text_width::{Face, fitted, text_width};

const PAD: f64 = 16.0;
/// Connections have so many colours; their numbers tell those of the same colour apart.
const COLOURS: u32 = 8;
/// Slots that are drawn of a queue without limit.
const SLOTS: usize = 8;

/// Where everything stands.
struct Layout<'a> {
    canvas: &'a Canvas,
    /// Width of a node's card.
    card: f64,
    /// Side of a slot, and its distance to the next.
    slot: (f64, f64),
    slots: usize,
    /// Top and height of the cards, the pipe's middle.
    top: f64,
    height: f64,
    middle: f64,
    /// Left and right end of the pipe.
    pipe: (f64, f64),
}

impl<'a> Layout<'a> {
    fn new(moment: &QueueMoment, canvas: &'a Canvas) -> Self {
        let narrow = canvas.is_narrow();
        let slots = moment.link.places.map_or(SLOTS, |places| (places as usize).min(SLOTS));
        let card = if narrow { 76.0 } else { 132.0 };
        let side = if narrow { 20.0 } else { (canvas.width * 0.05).round().min(52.0) };
        let slot = (side, side + if narrow { 2.0 } else { 6.0 });
        let head = PAD + canvas.type_size * 1.25 + canvas.small() + 44.0;
        let top = (head + ((canvas.height - 430.0) * 0.24).clamp(0.0, 64.0)).round();
        let height = if narrow { 84.0 } else { (canvas.height * 0.32).clamp(84.0, 216.0).round() };
        let queue = slots as f64 * slot.1 + 14.0;
        let pipe = (PAD + card, canvas.width - PAD - card - queue);
        Self { canvas, card, slot, slots, top, height, middle: top + height / 2.0, pipe }
    }

    /// The left edge of a slot; the first is next to the pipe.
    fn slot_x(&self, place: usize) -> f64 {
        self.pipe.1 + 10.0 + place as f64 * self.slot.1
    }

    fn queue_right(&self) -> f64 {
        self.canvas.width - PAD - self.card
    }
}

/// The class of a connection's colour.
fn colour(connection: Option<ConnectionId>) -> String {
    connection.map_or_else(|| "conn-none".to_owned(), |id| format!("conn-{}", id.0 % COLOURS))
}

fn number(connection: Option<ConnectionId>) -> String {
    connection.map_or_else(String::new, |id| id.number().to_string())
}

/// The picture at a moment.
pub fn draw(moment: &QueueMoment, canvas: &Canvas) -> Drawing {
    let text = canvas.text;
    let mut drawing = Drawing::new(canvas, text.plain("queue-label"));
    let layout = Layout::new(moment, canvas);
    let size = (canvas.type_size * 1.25).round();
    let title = text.get("queue-title", &[("rate", &rate(moment.link.bits_per_s))]);
    let title = fitted(&title, size, Face::Sans, canvas.width - 2.0 * PAD);
    drawing.add(Element::text(PAD, PAD + size, size, title).class("strong"));
    let [from, to] = &moment.ends;
    drawing.add(card(to, PAD, &layout));
    drawing.add(card(from, canvas.width - PAD - layout.card, &layout));
    drawing.add(pipe(moment, &layout));
    drawing.add(queue(moment, &layout));
    let below = words(moment, &layout, &mut drawing);
    let bottom = connections(moment, below, &layout, &mut drawing);
    drawing.height = drawing.height.max(bottom + 8.0);
    drawing
}

/// `56 kbit/s`.
fn rate(bits_per_s: u64) -> String {
    match bits_per_s {
        0 => "∞".to_owned(),
        1_000_000.. => format!("{} Mbit/s", bits_per_s as f64 / 1_000_000.0),
        _ => format!("{} kbit/s", bits_per_s as f64 / 1_000.0),
    }
}

fn card((name, role): &(String, RoleKind), x: f64, layout: &Layout<'_>) -> Element {
    let canvas = layout.canvas;
    let name = node_name(canvas.text, name);
    let size = if canvas.is_narrow() { canvas.small() } else { canvas.type_size };
    let name = fitted(&name, size, Face::Sans, layout.card - 8.0);
    let class = role_class(*role);
    Element::group("host")
        .add(
            Element::rect(x, layout.top, layout.card, layout.height)
                .number("rx", 12.0)
                .class(format!("outline {class}")),
        )
        .add(Element::circle(x + layout.card / 2.0, layout.middle - 12.0, 9.0).class(class))
        .add(
            Element::text(x + layout.card / 2.0, layout.middle + 12.0 + size * 0.5, size, name)
                .class("strong")
                .anchor("middle"),
        )
}

/// The link, and the packets with bits on it: the narrower it is, the longer a packet on it.
fn pipe(moment: &QueueMoment, layout: &Layout<'_>) -> Element {
    let canvas = layout.canvas;
    let (left, right) = layout.pipe;
    let height = if canvas.is_narrow() { 20.0 } else { (layout.height * 0.24).round().max(36.0) };
    let top = layout.middle - height / 2.0;
    let mut pipe =
        Element::group("line").add(Element::rect(left, top, right - left, height).class("thin-pipe"));
    for packet in &moment.on_link {
        let (head, tail) = moment.extent(packet);
        let (from, to) = (right - head * (right - left), right - tail * (right - left));
        let inset = if packet.is_data { 3.0 } else { height * 0.32 };
        let mut mark = Element::group("packet")
            .entry(packet.entry)
            .selects(selection(packet.entry), named(packet, canvas))
            .add(
                Element::rect(from, top + inset, (to - from - 1.0).max(2.0), height - 2.0 * inset)
                    .number("rx", 3.0)
                    .class(colour(packet.connection)),
            );
        let label = number(packet.connection);
        if packet.is_data && to - from > text_width(&label, canvas.small(), Face::Sans) + 8.0 {
            mark = mark.add(
                Element::text(
                    (from + to) / 2.0,
                    baseline(layout.middle, canvas.small()),
                    canvas.small(),
                    label,
                )
                .class("on-role strong")
                .anchor("middle"),
            );
        }
        pipe = pipe.add(mark);
    }
    pipe
}

fn named(packet: &QueuePacket, canvas: &Canvas) -> String {
    canvas.text.get("queue-packet", &[("number", &number(packet.connection))])
}

/// A packet as a tile with its connection's number; one without data is lower.
fn tile(packet: &QueuePacket, x: f64, layout: &Layout<'_>) -> Element {
    let canvas = layout.canvas;
    let side = layout.slot.0;
    let height = if packet.is_data { layout.height * 0.62 } else { layout.height * 0.34 };
    let tile = Element::group("packet")
        .entry(packet.entry)
        .selects(selection(packet.entry), named(packet, canvas))
        .add(
            Element::rect(x, layout.middle - height / 2.0, side, height)
                .number("rx", 5.0)
                .class(colour(packet.connection)),
        );
    let size = if canvas.is_narrow() { canvas.small() } else { canvas.type_size };
    tile.add(
        Element::text(x + side / 2.0, baseline(layout.middle, size), size, number(packet.connection))
            .class("on-role strong")
            .anchor("middle"),
    )
}

/// The queue's places, and who stands in them: the next to leave beside the pipe.
fn queue(moment: &QueueMoment, layout: &Layout<'_>) -> Element {
    let is_full = moment.link.places.is_some_and(|places| moment.waiting.len() >= places as usize);
    let height = layout.height * 0.62 + 12.0;
    let class = if is_full { "queue-box is-full" } else { "queue-box" };
    let mut queue = Element::group("queue").add(
        Element::rect(
            layout.pipe.1 + 4.0,
            layout.middle - height / 2.0,
            layout.queue_right() - layout.pipe.1 - 8.0,
            height,
        )
        .number("rx", 8.0)
        .class(class),
    );
    let inner = layout.height * 0.62;
    for place in 0..layout.slots {
        let frame = Element::rect(layout.slot_x(place), layout.middle - inner / 2.0, layout.slot.0, inner);
        queue = queue.add(frame.number("rx", 5.0).class("place"));
    }
    for (place, packet) in moment.waiting.iter().take(layout.slots).enumerate() {
        queue = queue.add(tile(packet, layout.slot_x(place), layout));
    }
    queue
}

/// What stands around pipe and queue: its places, the longest wait, what was lost. Gives where the words end.
fn words(moment: &QueueMoment, layout: &Layout<'_>, drawing: &mut Drawing) -> f64 {
    let canvas = layout.canvas;
    let (small, text) = (canvas.small(), canvas.text);
    let waiting = moment.waiting.len().to_string();
    let places = match moment.link.places {
        Some(places) => text.get("queue-places", &[("waiting", &waiting), ("places", &places.to_string())]),
        None => text.get("queue-waiting", &[("waiting", &waiting)]),
    };
    let center = (layout.pipe.1 + layout.queue_right()) / 2.0;
    let half = text_width(&places, small, Face::Sans) / 2.0;
    let x = center.min(canvas.width - PAD - half);
    drawing.add(Element::text(x, layout.top - 12.0, small, places).class("quiet").anchor("middle"));
    let mut y = layout.top + layout.height + small + 22.0;
    let wait = text.get("queue-longest", &[("time", &time_text::span(moment.longest))]);
    let low = moment.waiting.iter().any(|packet| !packet.is_data).then(|| text.plain("queue-low"));
    let wait = [Some(wait), low.filter(|_| !canvas.is_narrow())];
    let wait = wait.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let wait = fitted(&wait, small, Face::Sans, layout.pipe.1 - PAD);
    drawing.add(Element::text(PAD, y, small, wait).class("quiet"));
    if moment.lost.is_empty() {
        return y;
    }
    let side = small + 19.0;
    let lost = text.get("queue-lost", &[("count", &moment.lost.len().to_string())]);
    let lost_width = text_width(&lost, small, Face::Sans) * 1.08;
    // Below the queue where there is room, else on a line of its own.
    let fits = (canvas.width - PAD - layout.pipe.1 - lost_width - 12.0) / (side + 4.0);
    let beside = !canvas.is_narrow() && fits >= 3.0;
    let left = if beside { layout.pipe.1 + 4.0 } else { PAD };
    if !beside {
        y += small + 24.0;
    }
    let room = canvas.width - PAD - left - lost_width - 12.0;
    let most = ((room / (side + 4.0)).floor().max(1.0) as usize).min(moment.lost.len());
    drawing.add(Element::text(left, y, small, lost).class("bad strong"));
    let newest = &moment.lost[moment.lost.len() - most..];
    for (place, packet) in newest.iter().enumerate() {
        let x = left + lost_width + 12.0 + place as f64 * (side + 4.0);
        let top = y - small * 0.36 - side / 2.0;
        let entry = packet.dropped.unwrap_or(packet.entry);
        drawing.add(
            Element::group("packet")
                .entry(entry)
                .selects(selection(entry), named(packet, canvas))
                .add(Element::rect(x, top, side, side).number("rx", 4.0).class("slot is-bad"))
                .add(crack(x, top, side, side))
                .add(
                    Element::text(
                        x + side / 2.0,
                        baseline(top + side / 2.0, small),
                        small,
                        number(packet.connection),
                    )
                    .class("bad")
                    .anchor("middle"),
                ),
        );
    }
    y
}

/// Each connection with its colour, and how many of its packets wait and were lost. Gives where they end.
fn connections(moment: &QueueMoment, above: f64, layout: &Layout<'_>, drawing: &mut Drawing) -> f64 {
    let canvas = layout.canvas;
    let (small, text) = (canvas.small(), canvas.text);
    let side = small + 10.0;
    let known: Vec<_> = (0..moment.opened).map(ConnectionId).collect();
    let count = |packets: &[QueuePacket], id| packets.iter().filter(|one| one.connection == Some(id)).count();
    let words = |id: ConnectionId| {
        let (waiting, lost) = (count(&moment.waiting, id), count(&moment.lost, id));
        let told = |key, count: usize| (count > 0).then(|| text.get(key, &[("count", &count.to_string())]));
        let told = [told("queue-connection-waiting", waiting), told("queue-connection-lost", lost)];
        told.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let widest = format!(
        "{} · {}",
        text.get("queue-connection-waiting", &[("count", "88")]),
        text.get("queue-connection-lost", &[("count", "8")])
    );
    let width = side + 8.0 + text_width(&widest, small, Face::Sans) + 20.0;
    let columns = ((canvas.width - 2.0 * PAD) / width).floor().max(1.0) as usize;
    let columns =
        if known.len() > columns { known.len().div_ceil(known.len().div_ceil(columns)) } else { columns };
    let room = canvas.height - above - 56.0;
    let rows = known.len().div_ceil(columns).max(1) as f64;
    let pitch = (room / rows).clamp(side + 6.0, side + 18.0);
    let has_heading = canvas.height >= 520.0;
    let top = above + if has_heading { 52.0 } else { 28.0 };
    if has_heading {
        let title = Element::text(PAD, top - 12.0, small, text.plain("queue-connections"));
        drawing.add(title.class("quiet"));
    }
    for (place, id) in known.iter().enumerate() {
        let x = PAD + (place % columns) as f64 * width;
        let y = top + (place / columns) as f64 * pitch;
        let is_open = moment.connections.contains(id);
        let class = format!("{}{}", colour(Some(*id)), if is_open { "" } else { " is-gone" });
        let chip = Element::group("chip")
            .add(Element::rect(x, y, side, side).number("rx", 5.0).class(class))
            .add(
                Element::text(x + side / 2.0, baseline(y + side / 2.0, small), small, number(Some(*id)))
                    .class("on-role strong")
                    .anchor("middle"),
            )
            .add(
                Element::text(x + side + 8.0, baseline(y + side / 2.0, small), small, words(*id))
                    .class("quiet"),
            );
        drawing.add(chip);
    }
    top + rows * pitch
}
