//! Every lesson's diagram as Mermaid itself reads it.
//!
//! Behind the feature `mermaid`, because it needs Node.js and the npm package, which `PLAYGROUND_MERMAID` names; with the
//! feature on and no such file it fails.

use std::io::Write as _;
use std::process::{Command, Stdio};

use playground_lessons::{KnobValues, Language, all, find};
use playground_notation::Notes;

/// Reads `[[name, diagram]]` and writes a line for each that is not a sequence diagram, then how many were read.
const READER: &str = r#"
// What cleans HTML needs a browser, and there is no HTML in a diagram; the grammar is Mermaid's own.
const { default: purify } = await import(
    new URL("../../dompurify/dist/purify.es.mjs", process.argv[1])
);
Object.assign(purify, { addHook() {}, sanitize: (text) => text });
const { default: mermaid } = await import(process.argv[1]);
let text = "";
for await (const part of process.stdin) text += part;
const diagrams = JSON.parse(text);
for (const [name, diagram] of diagrams) {
    try {
        const { diagramType } = await mermaid.parse(diagram);
        if (diagramType !== "sequence") console.log(`${name}: is read as ${diagramType}`);
    } catch (error) {
        console.log(`${name}: ${error.message}`);
    }
}
console.log(diagrams.length);
"#;

fn read_by_mermaid(diagrams: &[(String, String)]) -> String {
    let file = std::env::var("PLAYGROUND_MERMAID").expect("PLAYGROUND_MERMAID names mermaid.core.mjs");
    let mut node = Command::new("node")
        .args(["--input-type=module", "--eval", READER, &format!("file://{file}")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node starts");
    let json = serde_json::to_string(diagrams).expect("plain data");
    node.stdin.take().expect("piped").write_all(json.as_bytes()).expect("node reads");
    let output = node.wait_with_output().expect("node ends");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn mermaid_reads_the_diagram_of_every_lesson() {
    let mut diagrams = Vec::new();
    for lesson in all() {
        let run = lesson.run(&KnobValues::defaults(lesson)).expect("lessons run");
        for language in Language::ALL {
            for until in std::iter::once(None).chain((0..run.steps.len()).map(Some)) {
                let name = format!("{} {language} {until:?}", lesson.id);
                diagrams.push((name, Notes::new(&run, language, until).mermaid()));
            }
        }
    }
    let count = diagrams.len();
    assert!(count > 300);
    assert_eq!(read_by_mermaid(&diagrams).trim(), count.to_string());
}

#[test]
fn mermaid_reads_what_a_person_has_typed() {
    let lesson = find("keep-alive").expect("a lesson");
    let requests = [
        "GET /a;b#c%%d HTTP/1.0\nHost: a\n\n",
        "GET /end HTTP/1.0\n\nend\n",
        "GET /<b>\"x\"&{y} HTTP/1.0\nA: `\n\n",
        "x->>y: %%{init: {}}%% note over end\n\n",
    ];
    let diagrams: Vec<(String, String)> = requests
        .iter()
        .map(|request| {
            let mut values = KnobValues::defaults(lesson);
            values.set(lesson, "request", request).expect("a request");
            let run = lesson.run(&values).expect("it runs");
            ((*request).to_owned(), Notes::new(&run, Language::English, None).mermaid())
        })
        .collect();
    assert_eq!(read_by_mermaid(&diagrams).trim(), requests.len().to_string());
}

#[test]
fn what_is_no_diagram_is_found() {
    let broken = [("broken".to_owned(), "sequenceDiagram\n    a->>\n".to_owned())];
    assert!(read_by_mermaid(&broken).starts_with("broken: Parse error"));
}
