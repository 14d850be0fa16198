//! Real HTTP connections, segment by segment: flags, order, relative numbers and lengths, each direction for
//! itself.
//!
//! The tables were observed 2026-11-20 on Linux 6.18 in network namespaces, between curl or a script of socket
//! calls and nginx 1.22.1, Apache 2.4.71 or a script (tests/data says which columns). The octets of the messages
//! are not ours, so the applications are played: each call at the time and with the length that was seen.
//!
//! Not here: book-10-pipelined-then-request11 is in truth_linux_segments.rs; dumb-*, smart-* go through a proxy,
//! so each capture has several connections that start one another, and truth_dumb_proxy.rs tells them as stories.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::tcp::Profile;
use playground_core::time::{Duration, Instant};
use support::capture::assert_same;
use support::{End, Pair, secs};

/// No delay that counts, as between two processes of one machine.
const AT_ONCE: Duration = Duration::from_micros(5);

/// What an application does.
#[derive(Clone, Copy, Debug)]
enum Do {
    Write(usize),
    /// Reads all that is there.
    Read,
    /// Reads once, at most so much.
    ReadSome(usize),
    Close,
    Shutdown,
    Abort,
}
use Do::{Abort, Close, Read, ReadSome, Shutdown, Write};
use End::{A, B};

/// Opens a connection and plays the calls, by the microsecond since the SYN.
fn play(calls: &[(u64, End, Do)]) -> Pair {
    play_over(AT_ONCE, calls)
}

fn play_over(delay: Duration, calls: &[(u64, End, Do)]) -> Pair {
    let mut pair = Pair::of(Profile::linux()).with_delay(delay);
    let opened = pair.open();
    for (at, end, call) in calls {
        let at = Instant::from_micros(*at);
        if at > pair.now {
            pair.run_for(at.since(pair.now));
        }
        let socket = if *end == A { opened.a } else { opened.b };
        match call {
            Write(len) => pair.write(*end, socket, *len),
            Read => drop(pair.read(*end, socket)),
            ReadSome(most) => drop(pair.receive_at_most(*end, socket, *most).expect("there is something")),
            Close => pair.close(*end, socket),
            Shutdown => pair.shutdown(*end, socket).expect("it is open"),
            Abort => pair.abort(*end, socket),
        }
    }
    pair.run_for(secs(1));
    pair
}

macro_rules! same {
    ($name:literal, $calls:expr) => {
        assert_same(&play($calls).wires, include_str!(concat!("data/", $name, ".txt")))
    };
}

/// A request, its answer cut short, and the end of it 200 ms later.
fn cut(request: usize, answer: usize, end: Do) -> Vec<(u64, End, Do)> {
    vec![
        (100, A, Write(request)),
        (120, B, Read),
        (480, B, Write(answer)),
        (500, A, Read),
        (200_700, B, end),
        (200_750, A, Close),
    ]
}

#[test]
fn an_answer_without_a_length_ends_with_fin() {
    same!("trunc-nolen-fin", &cut(87, 181, Close));
}

#[test]
fn an_answer_that_is_too_short_ends_with_fin() {
    same!("trunc-short-cl-fin", &cut(90, 202, Close));
}

#[test]
fn an_answer_that_is_too_short_ends_with_rst() {
    same!("trunc-short-cl-rst", &cut(90, 202, Abort));
}

#[test]
fn three_pipelined_requests_wait_for_the_slow_one() {
    same!(
        "pipeline-3-nginx",
        &[
            (88, A, Write(87)),
            (100, B, Read),
            (701_489, B, Write(149)),
            (701_500, A, Read),
            (701_606, B, Write(263)),
            (701_612, A, Read),
            (702_370, B, Write(263)),
            (702_380, A, Read),
            (702_842, A, Close),
            (702_870, B, Close),
        ]
    );
}

/// Three requests in one write, three answers, and the server's end; then a request comes late.
fn three_and_late(end: Do) -> Vec<(u64, End, Do)> {
    vec![
        (80, A, Write(84)),
        (100, B, Read),
        (260, B, Write(240)),
        (275, A, Read),
        (322, B, Write(240)),
        (335, A, Read),
        (351, B, Write(235)),
        (364, A, Read),
        (371, B, end),
        (300_381, A, Write(28)),
    ]
}

#[test]
fn a_late_request_meets_a_server_that_lingers() {
    let mut calls = three_and_late(Shutdown);
    calls.extend([
        (300_400, B, Read),
        (500_877, A, Write(28)),
        (500_900, B, Read),
        (701_293, A, Write(28)),
        (701_310, B, Read),
        (903_195, A, Close),
    ]);
    same!("pipeline-5-max3-late-nginx-lingering-on", &calls);
}

#[test]
fn a_late_request_meets_a_server_that_does_not_linger() {
    same!("pipeline-5-max3-late-nginx-lingering-off", &three_and_late(Close));
}

#[test]
fn the_fourth_answer_says_close_and_the_fifth_request_is_acknowledged_and_ignored() {
    same!(
        "keepalive-max-9105-1.0-ka",
        &[
            (70, A, Write(52)),
            (120, B, Read),
            (1_476, B, Write(259)),
            (1_490, A, Read),
            (2_396, A, Write(52)),
            (2_410, B, Read),
            (2_546, B, Write(259)),
            (2_560, A, Read),
            (3_226, A, Write(52)),
            (3_240, B, Read),
            (3_363, B, Write(259)),
            (3_380, A, Read),
            (3_862, A, Write(52)),
            (3_880, B, Read),
            (3_989, B, Write(224)),
            (4_010, A, Read),
            (4_088, B, Shutdown),
            (4_504, A, Write(52)),
            (4_520, B, Read),
            (4_540, A, Close),
        ]
    );
}

#[test]
fn an_idle_connection_is_closed_and_a_late_request_meets_rst() {
    same!(
        "keepalive-timeout-9102",
        &[
            (89, A, Write(52)),
            (100, B, Read),
            (234, B, Write(263)),
            (250, A, Read),
            (3_003_493, B, Close),
            (3_103_987, A, Write(52)),
        ]
    );
}

#[test]
fn two_requests_half_a_second_apart() {
    same!(
        "ka-direct-origin",
        &[
            (82, A, Write(65)),
            (100, B, Read),
            (342, B, Write(240)),
            (360, A, Read),
            (501_122, A, Write(65)),
            (501_140, B, Read),
            (501_444, B, Write(240)),
            (501_460, A, Read),
            (501_576, A, Close),
            (501_600, B, Close),
        ]
    );
}

#[test]
fn twelve_pipelined_requests_of_which_the_server_reads_ten() {
    let mut calls: Vec<(u64, End, Do)> = (0..12).map(|n| (186 + n * 5_200, A, Write(29))).collect();
    // Ten requests are 290 octets: the server reads so many and no more.
    calls.push((112_000, B, ReadSome(290)));
    calls.extend((0..10).map(|n| (112_832 + n * 15, B, Write(440))));
    calls.push((112_990, B, Close));
    same!("book-12-pipelined-server-leaves-2-unread", &calls);
}

#[test]
fn closing_over_an_unread_request_drops_what_was_not_sent_yet() {
    // Round trip 50 ms. Ten segments are under way when the server closes; each of their ACKs meets a RST.
    let calls = [(75_801, A, Write(11)), (176_000, B, Write(200_000)), (176_100, B, Close)];
    let pair = play_over(Duration::from_millis(25), &calls);
    assert_same(&pair.wires, include_str!("data/rst-close-unread-drops-sendq.txt"));
}
