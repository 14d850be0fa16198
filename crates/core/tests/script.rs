//! The script: a role that makes socket calls at given times.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::node::ScriptCall;
use playground_core::tcp::ProfileName;
use support::ms;
use support::scenes::{chain, heard, script, trace};

/// RFC 862: an echo server sends back "any data received", however little room its send buffer has.
#[test]
fn an_echo_is_whole() {
    let connect = ScriptCall::Connect { to: "server".to_owned(), port: 7 };
    let send = ScriptCall::Send { socket: 0, text: "0123456789".to_owned(), times: 500 };
    let client = vec![(0, connect), (0, ScriptCall::ReadAll { socket: 0 }), (100, send)];
    let server = vec![(0, ScriptCall::Listen { port: 7 }), (0, ScriptCall::Echo { socket: 0 })];
    let mut scenario =
        chain(ProfileName::Textbook, ms(5), vec![("client", script(client)), ("server", script(server))]);
    scenario.nodes[1].stack.send_buffer = Some(256);
    assert_eq!(heard(&trace(&scenario), "client"), "0123456789".repeat(500));
}
