//! Many connections, and many requests on few.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use playground_core::event::NodeId;

use crate::curl::accepted;
use crate::program::{command, output};
use crate::running::{for_others, relayed, run_while};

/// ApacheBench's count with a name.
fn count(said: &str, name: &str) -> Option<usize> {
    let line = said.lines().find(|line| line.starts_with(name))?;
    line[name.len()..].trim().parse().ok()
}

#[test]
fn apache_bench_keeps_its_connections_through_the_smart_proxy_and_none_through_the_dumb_one() {
    // ab closes after its last answer, so each of its ten connections carries as many requests as it likes.
    for (kind, options, kept, connections) in [("smart", &["-k"][..], 1_000, 10), ("dumb", &[], 0, 1_000)] {
        let (said, ended) = run_while(for_others(relayed(kind, None)), |proxy| {
            let mut ab = command("ab");
            ab.args(options).args(["-q", "-n", "1000", "-c", "10", "-s", "60", "-X", &proxy.to_string()]);
            output(ab.arg("http://www.joes-hardware.com/a"))
        });
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        for (name, expected) in [("Complete requests:", 1_000), ("Failed requests:", 0)] {
            assert_eq!(count(&said, name), Some(expected), "{kind}: {said}");
        }
        assert_eq!(count(&said, "Keep-Alive requests:").unwrap_or(0), kept, "{kind}: {said}");
        // It opens a few more at its end than it uses.
        assert_eq!(accepted(&ended.entries, NodeId(1)) / 10, connections / 10, "{kind}");
        assert_eq!(ended.left, 0, "{kind}");
    }
}

fn ask(proxy: SocketAddr) -> String {
    let mut stream = TcpStream::connect(proxy).expect("it accepts");
    let request = "GET http://www.joes-hardware.com/a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer and its end");
    answer
}

#[test]
fn a_thousand_connections_and_a_hundred_at_once_leave_nothing_behind() {
    let ((), ended) = run_while(for_others(relayed("smart", None)), |proxy| {
        for _ in 0..1_000 {
            assert!(ask(proxy).starts_with("HTTP/1.1 200 "));
        }
        std::thread::scope(|scope| {
            for _ in 0..100 {
                scope.spawn(|| assert!(ask(proxy).starts_with("HTTP/1.1 200 ")));
            }
        });
    });
    assert_eq!(ended.left, 0);
}
