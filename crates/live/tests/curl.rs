//! curl as the client of the lesson's proxies, and many connections of others.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use playground_lessons::{KnobValues, find};
use playground_live::{Limits, Plan, Recording, Run};

/// The dumb-proxy lesson without its client, in a thread of its own.
struct Lesson {
    proxy: SocketAddr,
    ends: Arc<AtomicBool>,
    thread: JoinHandle<usize>,
}

impl Lesson {
    fn start(proxy: &'static str) -> Self {
        let ends = Arc::new(AtomicBool::new(false));
        let (asked, (says, hears)) = (Arc::clone(&ends), mpsc::channel());
        let thread = std::thread::spawn(move || {
            let lesson = find("dumb-proxy").expect("a lesson");
            let mut values = KnobValues::defaults(lesson);
            values.set(lesson, "proxy", proxy).expect("a value");
            values.set(lesson, "idle", "5").expect("a value");
            let plan = Plan::new((lesson.scenario)(&values)).expect("it runs on sockets");
            let plan = plan.without_clients().expect("a proxy").on([127, 0, 0, 1].into(), 0);
            let mut run = Run::start(plan, Limits::default(), Recording::Forgets, |_| {}).expect("sockets");
            says.send(run.listening()[0].place).expect("the test listens");
            let mut rounds = 0;
            // What its clients have closed is closed here soon after; the server's idle time is 5 s.
            while !asked.load(Ordering::Relaxed) || run.connections() > 0 && rounds < 300 {
                rounds += u32::from(asked.load(Ordering::Relaxed));
                run.go_on(Duration::from_millis(100)).expect("the system");
            }
            run.connections()
        });
        Self { proxy: hears.recv().expect("it listens").into(), ends, thread }
    }

    /// Ends it; connections that are left.
    fn end(self) -> usize {
        self.ends.store(true, Ordering::Relaxed);
        self.thread.join().expect("no panic")
    }

    /// Asks for two files in one call of curl: of each, how many connections were made for it, and its status.
    fn curl(&self, options: &[&str]) -> String {
        let output = Command::new("curl")
            .args(["-s", "--max-time", "60", "-x", &format!("http://{}", self.proxy)])
            .args(["-w", "%{num_connects} %{http_code};", "-o", "/dev/null", "-o", "/dev/null"])
            .args(options)
            .args(["http://www.joes-hardware.com/a", "http://www.joes-hardware.com/b"])
            .env_clear()
            .env("PATH", "/usr/bin:/bin:/usr/local/bin")
            .output()
            .expect("this test needs curl: apt-get install curl");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn ask(&self) -> String {
        let mut stream = TcpStream::connect(self.proxy).expect("it accepts");
        let request = "GET http://www.joes-hardware.com/a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer and its end");
        answer
    }
}

#[test]
fn curl_hangs_behind_the_dumb_proxy_and_not_behind_the_smart_one() {
    let lesson = Lesson::start("dumb");
    // The second request is never read: curl's connection is reset after the server's idle time, and curl tries anew.
    for options in [&["--http1.0", "-H", "Connection: Keep-Alive"][..], &["--http1.1"]] {
        let told = lesson.curl(options);
        let connects: Vec<&str> = told.split(';').collect();
        assert_eq!(connects[0], "1 200", "{options:?}: {told}");
        assert!(connects[1].ends_with(" 200") && !connects[1].starts_with('0'), "{options:?}: {told}");
    }
    assert_eq!(lesson.end(), 0);

    let lesson = Lesson::start("smart");
    for options in [
        &["--http1.0", "-H", "Connection: Keep-Alive"][..],
        &["--http1.0", "-H", "Proxy-Connection: Keep-Alive"],
        &["--http1.1"],
    ] {
        assert_eq!(lesson.curl(options), "1 200;0 200;", "{options:?}");
    }
    assert_eq!(lesson.end(), 0);
}

#[test]
fn a_thousand_connections_and_a_hundred_at_once_leave_nothing_behind() {
    let lesson = Lesson::start("smart");
    for _ in 0..1_000 {
        assert!(lesson.ask().starts_with("HTTP/1.1 200 "));
    }
    std::thread::scope(|scope| {
        for _ in 0..100 {
            scope.spawn(|| assert!(lesson.ask().starts_with("HTTP/1.1 200 ")));
        }
    });
    // Silent peers are closed with the run.
    assert_eq!(lesson.end(), 0);
}
