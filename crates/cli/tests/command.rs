//! The command itself: exit codes, what stands on which output, and standard input.

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_socket-playground"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // A command that does not read its input may have closed it.
    let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
    child.wait_with_output().expect("it ends")
}

fn said(octets: &[u8]) -> &str {
    str::from_utf8(octets).expect("UTF-8")
}

#[test]
fn what_cannot_be_done_is_said_with_exit_code_2() {
    for (arguments, reason) in [
        (&["trace", "keep-alive", "--set", "request="][..], "--set request=: request: must not be empty"),
        (&["trace", "keep-alive", "--set", "request=\n"], "--set request=\\n: request: must not be empty"),
        (&["trace", "kept-alive"], "no lesson is called kept-alive"),
        (&["scenario", "kept\u{1b}alive"], "no lesson is called kept\\u{1b}alive"),
        (&["trace", "keep-alive", "--set", "speed=1"], "keep-alive has no knob speed"),
        (
            &["trace", "keep-alive", "--set", "timeout=\u{1b}[31m"],
            "--set timeout=\\u{1b}[31m: timeout: must be one of",
        ),
        (
            &["trace", "--scenario", "-"],
            "--scenario -: line 1, column 0: the text ends before it is complete",
        ),
        (&["trace", "--scenario", "/no/such/file"], "--scenario /no/such/file: "),
        (&["still", "ping", "--step", "99"], "--step 99: ping has 7 steps here"),
        (&["still", "pong", "--step", "1"], "no lesson is called pong"),
        (
            &["still", "ping", "--step", "4", "--view", "ports"],
            "step 4 of ping: there is nothing to draw in the view ports",
        ),
        (&["still", "ping", "--step", "4", "-o", "/no/such/folder/x.svg"], "-o /no/such/folder/x.svg: "),
        (&["export", "ping", "--format", "text", "--step", "8"], "--step 8: ping has 7 steps here"),
        (&["animate", "ping"], "animate: where to?"),
        (
            &["animate", "ping", "--from", "5", "--to", "4", "-o", "/tmp/x.gif"],
            "--to must not be before --from",
        ),
        (&["still", "ping", "--all"], "still --all: where to?"),
        #[cfg(target_os = "linux")]
        (&["live", "ping", "--tun"], "--tun: the scenario has no client with an address of its own"),
    ] {
        let output = run(arguments, "");
        assert_eq!((output.status.code(), said(&output.stdout)), (Some(2), ""), "{arguments:?}");
        let error = said(&output.stderr);
        assert!(error.starts_with(&format!("socket-playground: {reason}")), "{error}");
        assert!(error.lines().count() == 1 && error.trim_end().chars().all(|c| !c.is_control()), "{error:?}");
    }
}

/// RFC 9112 section 6.2: a report as it is pasted into a shell, in single quotes.
#[test]
fn a_request_typed_in_a_shell_has_line_ends_and_a_body() {
    let request = r"request=POST /index.html HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
    let output = run(&["trace", "keep-alive", "--set", request], "");
    let text = said(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
    assert!(text.contains(": POST /index.html HTTP/1.1") && text.contains("HTTP/1.0 200"), "{text}");
    assert!(!text.contains(" 408 ") && !text.contains("refused"), "{text}");
}

#[test]
fn a_scenario_that_is_printed_runs_as_the_lesson_does() {
    for arguments in [
        &["dumb-proxy"][..],
        &["keep-alive", "--set", r"request=GET a HTTP/1.0\r\nA: \x07\\\0", "--profile", "linux"],
    ] {
        let scenario = run(&[&["scenario"], arguments].concat(), "");
        assert_eq!(scenario.status.code(), Some(0));
        for format in ["text", "json"] {
            let lesson = run(&[&["trace"], arguments, &["--format", format]].concat(), "");
            let again = run(&["trace", "--scenario", "-", "--format", format], said(&scenario.stdout));
            assert_eq!(lesson.status.code(), Some(0));
            assert!(again.stdout == lesson.stdout && !lesson.stdout.is_empty(), "{arguments:?} {format}");
        }
    }
}

#[test]
fn a_still_says_its_step_in_both_languages_and_in_pixels() {
    for (language, sentence) in [("ko", "왕복 시간입니다"), ("en", "round-trip time")] {
        let still =
            |format| run(&["still", "ping", "--step", "4", "--lang", language, "--format", format], "");
        let svg = still("svg");
        assert_eq!(svg.status.code(), Some(0), "{}", said(&svg.stderr));
        assert!(said(&svg.stdout).contains(sentence), "{}", said(&svg.stdout));
        let png = still("png");
        assert_eq!(png.status.code(), Some(0), "{}", said(&png.stderr));
        // The width and the height of the first chunk.
        assert_eq!(&png.stdout[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(png.stdout[16..24], [0, 0, 1920_u16.to_be_bytes()[0], 0x80, 0, 0, 0x04, 0x38]);
    }
}

#[test]
fn all_steps_go_into_a_folder_or_a_zip() {
    let folder = tempfile::tempdir().expect("a folder");
    let (inside, zip) = (folder.path().join("new"), folder.path().join("all.zip"));
    for output in [&inside, &zip] {
        let output = run(&["still", "parallel", "--all", "-o", output.to_str().expect("Unicode")], "");
        assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
    }
    let mut names: Vec<String> = std::fs::read_dir(&inside)
        .expect("it was made")
        .map(|file| file.expect("a file").file_name().into_string().expect("Unicode"))
        .collect();
    names.sort();
    assert_eq!((names[0].as_str(), names.len()), ("parallel-01.svg", 6));
    assert_eq!(&std::fs::read(zip).expect("it was written")[..4], b"PK\x03\x04");
}

#[test]
fn a_ladder_is_written_in_three_ways() {
    for (format, word) in [
        ("mermaid", "    n1->>n0: 200 /a · Keep-Alive (0.350 s)"),
        ("text", "<--- 200 /a · Keep-Alive ---|"),
        ("markdown", "! Connection: Keep-Alive"),
    ] {
        let output = run(&["export", "dumb-proxy", "--format", format, "--lang", "en"], "");
        assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
        assert!(said(&output.stdout).contains(word), "{}", said(&output.stdout));
    }
}

#[test]
fn steps_move_in_a_gif_that_loops() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.gif");
    let file = path.to_str().expect("Unicode");
    let size = ["--size", "320x180", "-o", file];
    let output = run(&[&["animate", "parallel", "--from", "1", "--to", "2"][..], &size].concat(), "");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
    let octets = std::fs::read(&path).expect("it was written");
    assert_eq!(&octets[..10], b"GIF89a\x40\x01\xb4\x00");
    // PowerPoint 2003 plays what loops, and 2007 what has no transparency.
    let has = |part: &[u8]| octets.windows(part.len()).filter(|window| *window == part).count();
    assert_eq!(has(b"NETSCAPE2.0\x03\x01\0\0\0"), 1);
    let pictures = has(b"\x21\xf9\x04\x04");
    assert!(pictures > 2 && has(b"\x21\xf9\x04\x05") == 0, "{pictures} pictures");
}
