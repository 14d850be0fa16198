//! How long a capture takes to open, and the most memory that takes: of a file, or of 100,000 packets that are made here.
//!
//! `cargo run --release -p playground-capture --example open [FILE]`

use std::time::{Duration, Instant};
use std::{env, fs, io};

use bytes::Bytes;
use playground_capture::octets::write;
use playground_capture::open::{MOST_PACKETS, Opening, Progress};
use playground_capture::pcapng::{LinkType, Writer};
use playground_core::time::Instant as Moment;
use playground_core::wire::{Endpoint, Flags, Segment, SeqNum, TcpOptions};
use playground_playback::Dissection;

/// Connections of the file that is made.
const CONNECTIONS: u32 = 500;
/// Packets in a step, as the page takes them.
const PACKETS: usize = 200;

fn main() -> io::Result<()> {
    let file: Bytes = match env::args().nth(1) {
        Some(name) => fs::read(name)?.into(),
        None => made(),
    };
    let mut longest = Duration::ZERO;
    let began = Instant::now();
    let mut opening = Opening::new(&file).map_err(io::Error::other)?;
    loop {
        let step = Instant::now();
        let progress = opening.step(PACKETS).map_err(io::Error::other)?;
        longest = longest.max(step.elapsed());
        if progress == Progress::Done {
            break;
        }
    }
    let stepped = began.elapsed();
    let opened = opening.finish();
    let finished = began.elapsed();
    let dissection = Dissection::new(&opened.trace);
    println!("{} octets, {} packets, {} segments", file.len(), opened.about.packets, opened.about.segments);
    println!("{} entries, {} connections", opened.trace.entries.len(), dissection.connections.len());
    println!("steps {stepped:?}, the longest {longest:?}; trace {:?}", finished - stepped);
    println!("dissection {:?}; together {:?}", began.elapsed() - finished, began.elapsed());
    // Linux counts the most that was resident.
    if let Ok(status) = fs::read_to_string("/proc/self/status") {
        status.lines().filter(|line| line.starts_with("VmHWM")).for_each(|line| println!("{line}"));
    }
    Ok(())
}

/// As many packets as are opened: a client that downloads over several connections, one after the other.
fn made() -> Bytes {
    let mut writer = Writer::new("example");
    let interface = writer.interface("example", LinkType::RAW, 0);
    let server = Endpoint::new([10, 0, 0, 2].into(), 80);
    let body = vec![b'x'; 1_000];
    let each = MOST_PACKETS as u32 / CONNECTIONS;
    let mut now = 0;
    for connection in 0..CONNECTIONS {
        let client = Endpoint::new([10, 0, 0, 1].into(), 20_000 + connection as u16);
        let mut put = |source, destination, flags, seq, ack, payload: &[u8]| {
            let segment = Segment {
                source,
                destination,
                seq: SeqNum(seq),
                ack: SeqNum(ack),
                flags,
                window: 60_000,
                options: TcpOptions::default(),
                payload: Bytes::copy_from_slice(payload),
            };
            now += 100;
            let octets = write(&segment, 0).expect("short");
            writer.packet(interface, Moment::from_micros(now), &octets, "");
        };
        let data = Flags::PSH | Flags::ACK;
        put(client, server, Flags::SYN, 0, 0, b"");
        put(server, client, Flags::SYN | Flags::ACK, 0, 1, b"");
        put(client, server, Flags::ACK, 1, 1, b"");
        put(client, server, data, 1, 1, b"GET / HTTP/1.0\r\n\r\n");
        let head = b"HTTP/1.0 200 OK\r\n\r\n";
        put(server, client, data, 1, 19, head);
        put(client, server, Flags::ACK, 19, 20, b"");
        let pairs = (each - 10) / 2;
        for pair in 0..pairs {
            put(server, client, data, 20 + pair * 1_000, 19, &body);
            put(client, server, Flags::ACK, 19, 20 + (pair + 1) * 1_000, b"");
        }
        let end = 20 + pairs * 1_000;
        put(server, client, Flags::FIN | Flags::ACK, end, 19, b"");
        put(client, server, Flags::ACK, 19, end + 1, b"");
        put(client, server, Flags::FIN | Flags::ACK, 19, end + 1, b"");
        put(server, client, Flags::ACK, end + 1, 20, b"");
    }
    writer.finish().into()
}
