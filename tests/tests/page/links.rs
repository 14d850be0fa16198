//! Links that are wrong, or meant to do harm: the page says what it could not use, and works on.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use playground_lessons::{KnobValues, Lesson};
use playground_tests::{Scheme, Visit, on_each};
use serde_json::{Value, json};

/// A lesson with knobs of all kinds.
const LESSON: &str = "dumb-proxy";
/// No link may keep the page busy for longer, even on a slow machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// One link.
struct Link {
    query: String,
    /// What each notice has to say, in this order.
    notices: Vec<&'static str>,
    /// The step that is told; none is any.
    step: Option<usize>,
}

fn link(query: impl Into<String>, notices: &[&'static str], step: usize) -> Link {
    Link { query: query.into(), notices: notices.to_vec(), step: Some(step) }
}

fn lesson() -> &'static Lesson {
    playground_lessons::find(LESSON).expect("the lesson is in the registry")
}

fn links() -> Vec<Link> {
    let last = lesson().steps.len();
    let of = |more: &str| format!("v=1&lesson={LESSON}&{more}");
    let mut links = vec![
        link("v=1&lesson=no-such-lesson", &["no-such-lesson"], 1),
        link("v=1&lesson=", &["lesson"], 1),
        link("v=1&lesson=../../etc/passwd", &["etc/passwd"], 1),
        link("v=1&lesson=%3Cscript%3Ealert(1)%3C/script%3E", &["<script>"], 1),
        link(of("step=999"), &["step"], last),
        link(of("step=0"), &["step"], 1),
        link(of("step=-1"), &["step"], 1),
        link(of("step=abc"), &["step"], 1),
        link(of("step="), &["step"], 1),
        link(of("step=1e3"), &["step"], 1),
        link(of("step=99999999999999999999"), &["step"], 1),
        link(of("step=3&lang=fr"), &["lang"], 3),
        link(of("step=3&theme=mauve"), &["theme"], 3),
        link(of("step=3&tab=pigeons"), &["tab"], 3),
        link(of("step=3&speed=9999"), &["speed"], 3),
        link(of("step=3&chrome=all"), &["chrome"], 3),
        link(of("step=3&autoplay=maybe"), &["autoplay"], 3),
        link(of("step=3&playground=2"), &["playground"], 3),
        link(of("t=999999999999999999"), &["t"], last),
        link(of("t=99999999999999999999999"), &["t"], 1),
        link(of("t=-5"), &["t"], 1),
        link(of("step=2&sel=zzz"), &["sel"], 2),
        link(of("step=2&sel=s4000000000"), &["sel"], 2),
        link(of("step=2&sel=k9.9"), &["sel"], 2),
        link(of("step=2&sel=e-1"), &["sel"], 2),
        link(of("step=2&rtt=99999"), &["rtt"], 2),
        link(of("step=2&rtt=ten"), &["rtt"], 2),
        link(of("step=2&proxy=friendly"), &["proxy"], 2),
        link(of(&format!("step=2&request={}", "A".repeat(5_000))), &["request"], 2),
        link(of("step=2&request=GET%00"), &["request"], 2),
        link(of("step=2&%ff=%ff"), &["%ff"], 2),
        link(of("step=2&lang=%"), &["lang"], 2),
        link(of("step=x&lang=fr&theme=mauve&rtt=0&sel=q"), &["step", "lang", "theme", "sel", "rtt"], 1),
        link("lesson=reset&step=2", &["v=2"], 2),
        link("lesson=reset&step=2&v=7", &["v=7"], 2),
        // The last one counts; parameters of others mean nothing here.
        link(of("step=2&step=3&step=4"), &[], 4),
        link(of("step=2&rtt=200&rtt=300"), &[], 2),
        link(of("step=2&utm_source=mail&fbclid=1"), &[], 2),
        link(format!("&&&=&{}&step=2&&", of("")), &[""], 2),
        link(format!("{}step=2", "a=1&".repeat(60) + &of("")), &[], 2),
        // Longer than the page looks at, and as long as the server lets through.
        link(format!("v=1&lesson=reset&step=2&a={}", "b".repeat(64_000)), &["…"], 1),
    ];
    links.extend(scenarios().into_iter().map(|(scenario, told)| Link {
        query: format!("v=1&lesson={LESSON}&step=2&scenario={scenario}"),
        notices: if told.is_some() { Vec::new() } else { vec!["scenario"] },
        // Without the scenario it is a link to the lesson.
        step: told.or(Some(2)),
    }));
    links
}

/// Scenarios as links carry them, and where they can be run the step that tells what the lesson's second one tells: where
/// nothing happens, steps share a card.
fn scenarios() -> Vec<(String, Option<usize>)> {
    let values = KnobValues::defaults(lesson());
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut scenario =
            serde_json::to_value((lesson().scenario)(&values)).expect("a scenario can be written");
        change(&mut scenario);
        scenario
    };
    let runs = |change: &dyn Fn(&mut Value)| {
        let scenario = changed(change);
        let read = serde_json::from_value(scenario.clone()).expect("a scenario can be read");
        let run = lesson().run_scenario(&values, read).expect("the scenario can be run");
        (base64url(&scenario.to_string()), Some(run.place(lesson().steps[1].id) + 1))
    };
    let refused = |change: &dyn Fn(&mut Value)| (base64url(&changed(change).to_string()), None);
    vec![
        runs(&|_| {}),
        ("!!!!".to_owned(), None),
        ("A".to_owned(), None),
        (base64url("\u{fffd}\u{0}"), None),
        (base64url("{"), None),
        (base64url("[]"), Some(2)),
        (
            base64url(
                r#"[{"impair":{"link":99,"impairment":{"direction":"forward","what":{"drop":{"nth":1}}}}}]"#,
            ),
            Some(2),
        ),
        (
            base64url(
                r#"[{"intervene":{"after":{"at_us":0,"nth":0},"do":{"close":{"node":"nobody","socket":4000000000}}}}]"#,
            ),
            None,
        ),
        (
            base64url(&format!(
                "[{}]",
                [r#"{"intervene":{"after":{"at_us":0,"nth":0},"do":{"drop-next":{"node":"client"}}}}"#; 500]
                    .join(",")
            )),
            Some(2),
        ),
        (base64url(&"[".repeat(20_000)), None),
        (base64url("{\"nodes\":[],\"links\":[]}"), None),
        refused(&|it| it["limits"] = json!({ "entries": 4_000_000_000_u64 })),
        runs(&|it| it["limits"] = json!({ "entries": 4_000_000, "octets": 256_000_000 })),
        runs(&|it| it["limits"] = json!({ "entries": 0 })),
        refused(&|it| it["links"][0]["delay_us"] = json!(u64::MAX)),
        refused(&|it| it["nodes"][1]["name"] = json!("client")),
        refused(&|it| it["nodes"][0]["role"]["more"] = json!(1)),
        runs(&|it| it["name"] = json!("x".repeat(10_000))),
    ]
}

#[test]
fn a_malformed_link_is_remarked_on_and_the_page_works_on() -> Result<()> {
    on_each(
        &links(),
        |link| link.query.chars().take(120).collect(),
        |visit, link| {
            visit.browser.set_preferences(Scheme::Light, true)?;
            remarked_on(visit, link)
        },
    )
}

fn remarked_on(visit: &Visit, link: &Link) -> Result<()> {
    let start = Instant::now();
    visit.open(&format!("lang=en&{}", link.query))?;
    ensure!(start.elapsed() < PATIENCE, "it took {:?}", start.elapsed());
    if let Some(step) = link.step {
        visit.wait_for_step(step)?;
    }
    let notices = visit
        .browser
        .eval("return [...document.querySelectorAll('.notices li')].map((notice) => notice.textContent)")?;
    let notices: Vec<&str> = notices.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    ensure!(
        notices.len() == link.notices.len(),
        "expected {:?}, and the notices are {notices:#?}",
        link.notices
    );
    for (notice, wanted) in notices.iter().zip(&link.notices) {
        ensure!(notice.contains(wanted), "the notice does not name {wanted:?}: {notice:?}");
        ensure!(notice.chars().count() < 200, "a long notice: {notice:?}");
    }
    works_on(visit)?;
    if !notices.is_empty() {
        visit.browser.click(".notices button").context("the notices cannot be dismissed")?;
        visit.browser.wait_until("return document.querySelector('.notices') === null")?;
    }
    Ok(())
}

/// The page can be stepped through, and shows a picture.
fn works_on(visit: &Visit) -> Result<()> {
    // One of the digits answers what the first step may ask.
    visit.browser.press_all(&["Home", "1", "2", "3", "4", "ArrowRight"])?;
    visit.wait_for_step(2).context("it cannot be stepped through")?;
    let shown = visit.browser.eval("return document.querySelector('.drawing').childElementCount > 0")?;
    ensure!(shown == true, "the stage is empty");
    visit.expect_no_errors()
}

/// More than a server lets through can still come by going back or forward.
#[test]
fn endless_addresses_can_be_gone_back_to() -> Result<()> {
    let visit = Visit::begin()?;
    visit.browser.set_preferences(Scheme::Light, true)?;
    visit.open("v=1&lesson=dumb-proxy&step=3&lang=en")?;
    visit.browser.eval(
        "history.pushState(null, '', '?a=' + 'b'.repeat(100_000));
         history.pushState(null, '', '?v=1&lesson=dumb-proxy&step=5&lang=en');
         history.back()",
    )?;
    visit.wait_for_step(1).context("an address of 100 kB does not lead to the first step")?;
    works_on(&visit)?;
    let first = playground_lessons::all().first().context("there are no lessons")?;
    visit.wait_for_parameter("lesson", Some(first.id))
}

/// What can be seen of a run that never ends by itself.
#[test]
fn the_largest_run_of_a_link_is_bounded() -> Result<()> {
    let visit = Visit::begin()?;
    visit.browser.set_preferences(Scheme::Light, true)?;
    let mut scenario = serde_json::to_value((lesson().scenario)(&KnobValues::defaults(lesson())))?;
    // A page with so many requests that the limits of the page itself end the run.
    let client = &mut scenario["nodes"][0]["role"]["client"];
    let request = client["requests"][0].clone();
    ensure!(request.is_object(), "the scenario's client has no list of requests any more: {client}");
    client["requests"] = vec![request; 3_000].into();
    scenario["limits"] = json!({ "entries": 4_000_000, "connections": 140_000, "octets": 256_000_000, "time_us": 86_400_000_000_u64 });
    visit.open("v=1&lesson=dumb-proxy&lang=en&playground=1&tab=packets")?;
    run_in_the_editor(&visit, &scenario)?;
    visit
        .browser
        .wait_until("return document.querySelector('#scenario-problem').textContent !== ''")
        .context("the large scenario is not run")?;
    let problem = visit.browser.text("#scenario-problem")?;
    ensure!(problem.contains("the run stopped at this limit"), "the limit is not named: {problem:?}");
    visit.expect_no_errors()
}

/// Links of each version: what they show, and that the page writes them in the version of today.
#[test]
fn links_of_every_version_open_for_ever() -> Result<()> {
    let kept: Vec<&str> = include_str!("links/kept.txt").lines().collect();
    on_each(
        &kept,
        |line| line.chars().take(120).collect(),
        |visit, line| {
            let [link, step, what] = line.split('\t').collect::<Vec<_>>()[..] else {
                bail!("a line has a link, a step and what is not the lesson's own")
            };
            visit.open(link)?;
            visit.wait_for_step(step.parse()?)?;
            ensure!(visit.browser.count(".notices li")? == 0, "there is a notice");
            let edited = visit.browser.count(".changed")? > 0;
            ensure!(edited == (what == "edited"), "the scenario is that of the lesson: {}", !edited);
            visit
                .browser
                .wait_until("return location.search.startsWith('?v=2&')")
                .context("written in another version")?;
            let written = visit.browser.eval("return location.search + location.hash")?;
            let written = written.as_str().unwrap_or_default().to_owned();
            ensure!(!written.contains("scenario="), "a scenario is sent to the server: {written}");
            ensure!(written.contains("#deflated=") == (what == "edited"), "the link is {written}");
            // What is written is what was opened.
            let before = visit.picture()?;
            visit.open(written.trim_start_matches('?'))?;
            visit.wait_for_step(step.parse()?)?;
            ensure!(visit.picture()? == before, "the link that was written shows something else: {written}");
            visit.expect_no_errors()
        },
    )
}

/// Links whose scenario cannot be inflated, or would be endless, are refused by a bound and the lesson is shown.
#[test]
fn a_deflated_scenario_is_bounded() -> Result<()> {
    let visit = Visit::begin()?;
    visit.browser.set_preferences(Scheme::Light, true)?;
    let deflate = "const deflate = async (text) => {
        const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
        const octets = new Uint8Array(await new Response(stream).arrayBuffer());
        const base64 = btoa(octets.reduce((all, octet) => all + String.fromCharCode(octet), ''));
        return base64.replace(/[+]/g, '-').replace(/[/]/g, '_').replace(/=/g, '');
    };";
    visit.open("v=2&lang=en")?;
    let of = |text: &str| -> Result<String> {
        let deflated = visit.browser.eval_async(&format!("{deflate} return deflate({text})"))?;
        deflated.as_str().map(str::to_owned).context("no text")
    };
    let bomb = of("' '.repeat(40_000_000)")?;
    ensure!(bomb.len() < 60_000, "the bomb is too long for a link: {}", bomb.len());
    for (deflated, said) in [
        (bomb, "1,048,576"),
        ("AAAA".to_owned(), "scenario"),
        ("!!!!".to_owned(), "scenario"),
        (of("'{'")?, "scenario"),
        ("A".repeat(61_000), "…"),
    ] {
        let start = Instant::now();
        // Another query, so that the page is loaded anew.
        visit.browser.goto("about:blank")?;
        visit.open(&format!("v=2&lesson={LESSON}&lang=en#deflated={deflated}"))?;
        ensure!(start.elapsed() < PATIENCE, "it took {:?}", start.elapsed());
        // Inflating takes its time, so the notice may come after the page.
        let says = format!(
            "return [...document.querySelectorAll('.notices li')].some((it) => it.innerText.includes({said:?}))"
        );
        visit.browser.wait_until(&says).with_context(|| format!("no notice says {said:?}"))?;
        works_on(&visit)?;
    }
    Ok(())
}

/// A scenario that is too long even when deflated is offered as a file, and the link says what it leaves out.
#[test]
fn a_scenario_that_is_too_long_for_a_link_is_a_file() -> Result<()> {
    let visit = Visit::begin()?;
    visit.browser.set_preferences(Scheme::Light, true)?;
    let mut scenario = serde_json::to_value((lesson().scenario)(&KnobValues::defaults(lesson())))?;
    // Nothing in it is said twice.
    let mut state = 1_u64;
    let names = (0..3_000).map(|_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("{state:016x}")
    });
    scenario["name"] = json!(names.collect::<String>());
    visit.open("v=2&lesson=dumb-proxy&lang=en&playground=1")?;
    run_in_the_editor(&visit, &scenario)?;
    visit.browser.eval(
        "window.saved = new Promise((done) => {
             const make = URL.createObjectURL;
             URL.createObjectURL = (blob) => (blob.text().then(done), make.call(URL, blob));
         })",
    )?;
    visit.browser.click(".open-share")?;
    visit.browser.wait_for("dialog .problem").context("nothing says that the link leaves something out")?;
    let link = visit.browser.eval("return document.querySelector('#share-link').value")?;
    let link = link.as_str().unwrap_or_default();
    ensure!(link.contains("v=2&lesson=dumb-proxy") && link.len() < 16_000, "the link is {link:?}");
    visit.browser.click("dialog .problem + .button")?;
    let saved = visit.browser.eval_async("return await saved")?;
    let saved: Value =
        serde_json::from_str(saved.as_str().unwrap_or_default()).context("the file is no JSON")?;
    ensure!(saved["name"] == scenario["name"], "the file holds another scenario");
    let address = visit.browser.url()?;
    ensure!(address.len() < 16_000, "the address has {} octets", address.len());
    visit.expect_no_errors()
}

/// Octets as the page writes them into links.
fn base64url(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::new();
    for group in text.as_bytes().chunks(3) {
        let bits = group
            .iter()
            .enumerate()
            .fold(0_u32, |bits, (place, octet)| bits | u32::from(*octet) << (16 - 8 * place));
        for place in 0..=group.len() {
            out.push(char::from(ALPHABET[(bits >> (18 - 6 * place)) as usize & 0x3f]));
        }
    }
    out
}

/// Runs a scenario in the playground's editor.
fn run_in_the_editor(visit: &Visit, scenario: &Value) -> Result<()> {
    visit.browser.wait_for("input[name='playground-kind'][value='json']")?;
    visit.browser.eval("document.querySelector(\"input[name='playground-kind'][value='json']\").click()")?;
    visit.browser.wait_for("textarea#scenario")?;
    visit.browser.eval(&format!(
        "const field = document.querySelector('textarea#scenario'); field.value = {};
         field.dispatchEvent(new Event('input', {{ bubbles: true }}))",
        Value::from(scenario.to_string())
    ))?;
    visit.browser.click(".story.playground .button.primary")
}
