//! SO_REUSEADDR: who may take a port that others have.
//!
//! What Linux does was observed on Linux 6.18; what FreeBSD does stands in its in_pcbbind_setup().

mod support;

use playground_core::tcp::{CallError, Profile, SocketId, Stack, State};
use playground_core::time::Duration;
use support::{End, Pair, ms, secs};

/// What has the port already.
#[derive(Clone, Copy, Debug)]
enum Holder {
    TimeWait,
    Established,
    Listening,
    Bound,
    Outgoing,
}

/// B's port as `holder` has it; its first socket has SO_REUSEADDR or not. Shape: the port.
fn held(pair: &mut Pair, holder: Holder, first: bool) -> u16 {
    let mut server = None;
    pair.set_options(End::B, |stack, _| {
        let socket = stack.socket();
        server = Some(socket);
        stack.set_reuse_address(socket, first)?;
        match holder {
            Holder::Outgoing => Ok(()),
            _ => stack.bind(socket, 80),
        }
    });
    let server = server.expect("made");
    match holder {
        Holder::Bound => return 80,
        Holder::Outgoing => {
            pair.listen_at(End::A, 80);
            pair.connect_on(End::B, server, 80);
            pair.run_for(secs(1));
            let connection = pair.stack(End::B).connection(server).expect("it is open");
            return connection.tuple().local.port;
        }
        Holder::TimeWait | Holder::Established | Holder::Listening => {}
    }
    pair.set_options(End::B, |stack, _| stack.listen_on(server, 5));
    let a = pair.connect().expect("a port is free");
    pair.run_for(secs(1));
    let b = pair.accept(server).expect("the handshake is over");
    match holder {
        Holder::TimeWait => {
            pair.close(End::B, b);
            pair.run_for(secs(1));
            pair.close(End::A, a);
            pair.run_for(secs(1));
            assert_eq!(pair.state(End::B, b), State::TimeWait);
            pair.close(End::B, server);
        }
        Holder::Established => pair.close(End::B, server),
        _ => {}
    }
    80
}

/// What bind() and then listen() of a second socket return, in the words of the table.
fn attempt(pair: &mut Pair, port: u16, second: bool) -> String {
    let mut result = String::new();
    pair.set_options(End::B, |stack, _| {
        let socket = stack.socket();
        stack.set_reuse_address(socket, second)?;
        let word = |result: Result<(), CallError>| result.map_or_else(|error| error.name(), |()| "0");
        let bound = stack.bind(socket, port);
        let listened = if bound.is_ok() { word(stack.listen_on(socket, 5)) } else { "-" };
        result = format!("{} {listened}", word(bound));
        Ok(())
    });
    result
}

fn assert_table(profile: &Profile, table: &[(Holder, bool, bool, &str)]) {
    for (holder, first, second, expected) in table {
        let mut pair = Pair::of(profile.clone());
        let port = held(&mut pair, *holder, *first);
        let seen = attempt(&mut pair, port, *second);
        assert_eq!(seen, *expected, "{}: {holder:?}, first {first}, second {second}", profile.name);
    }
}

/// Observed on Linux 6.18: bind() and listen() of a second socket, on a port that a first one has.
#[test]
fn linux_shares_a_port_when_both_sockets_allow_it_and_none_listens() {
    use Holder::{Bound, Established, Listening, Outgoing, TimeWait};
    let (off, on, refused) = (false, true, "EADDRINUSE -");
    let mut table = Vec::new();
    for holder in [TimeWait, Established, Listening, Bound, Outgoing] {
        table.extend([(holder, off, off, refused), (holder, off, on, refused), (holder, on, off, refused)]);
    }
    table.extend([(TimeWait, on, on, "0 0"), (Established, on, on, "0 0"), (Listening, on, on, refused)]);
    table.push((Bound, on, on, "0 0"));
    assert_table(&Profile::linux(), &table);
}

/// FreeBSD in_pcbbind_setup(): SO_REUSEADDR leaves connections out of the search, whatever their options, and no socket
/// without a peer.
#[test]
fn freebsd_looks_past_connections_only() {
    use Holder::{Bound, Established, Listening, Outgoing, TimeWait};
    let (off, on, refused) = (false, true, "EADDRINUSE -");
    let mut table = Vec::new();
    for first in [off, on] {
        for holder in [TimeWait, Established, Outgoing] {
            table.extend([(holder, first, off, refused), (holder, first, on, "0 0")]);
        }
        for holder in [Listening, Bound] {
            table.extend([(holder, first, off, refused), (holder, first, on, refused)]);
        }
    }
    assert_table(&Profile::bsd(), &table);
}

/// Observed on Linux 6.18: of two sockets that are bound to a port, one may listen.
#[test]
fn the_second_to_listen_is_refused() {
    let mut pair = Pair::of(Profile::linux());
    pair.set_options(End::B, |stack: &mut Stack, _| {
        let sockets: [SocketId; 2] = [stack.socket(), stack.socket()];
        for socket in sockets {
            stack.bind(socket, 80)?;
        }
        stack.listen_on(sockets[0], 5)?;
        assert_eq!(stack.listen_on(sockets[1], 5), Err(CallError::AddressInUse));
        Ok(())
    });
}

/// The port is free when TIME-WAIT is over: 60 s on Linux, and 2 MSL elsewhere.
#[test]
fn without_the_option_a_port_waits_for_time_wait() {
    for (profile, wait) in [(Profile::textbook(), 120), (Profile::linux(), 60), (Profile::bsd(), 60)] {
        let mut pair = Pair::of(Profile { reuse_address: false, ..profile }).with_delay(ms(10));
        let port = held(&mut pair, Holder::TimeWait, false);
        pair.run_for(secs(wait - 2));
        assert_eq!(attempt(&mut pair, port, false), "EADDRINUSE -");
        pair.run_for(secs(1) + Duration::from_millis(100));
        assert_eq!(attempt(&mut pair, port, false), "0 0");
    }
}
