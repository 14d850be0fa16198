//! This machine's kernel as the client of a scenario.

use crate::arguments::Source;
use crate::live::Live;

/// Runs until Ctrl-C or the end of its time; what is returned is the summary.
///
/// # Errors
/// A scenario without a client, a missing device or right, what the system says, a file that cannot be written.
#[cfg(target_os = "linux")]
pub fn run(source: &Source, live: &Live) -> Result<String, String> {
    use std::cell::RefCell;
    use std::rc::Rc;
    use std::sync::atomic::Ordering;
    use std::time::Duration;

    use playground_live::{Limits, Outside, Recording, Telling};
    use playground_words::Text;

    use crate::live::{introduce, teller, until_interrupted, write_down};
    use crate::{scenario, telling};

    let scenario = scenario::read(source, &mut std::io::stdin())?;
    let text = Text::new(live.language.unwrap_or_else(telling::of_the_environment));
    let recording = if live.record.is_some() { Recording::Keeps } else { Recording::Forgets };
    let counts = Rc::default();
    let watcher = teller(&scenario, &Rc::new(RefCell::new(Telling::new(&scenario, text))), &counts);
    let started = Outside::start(scenario, Limits::default(), recording, watcher);
    let mut run = started.map_err(|error| format!("--tun: {error}"))?;
    let client = &run.scenario().nodes[run.client().index()];
    eprintln!("{}: this machine, {} on {}", client.name, client.address, run.device());
    introduce(run.scenario(), run.listening());
    let ends = until_interrupted(run.waker())?;
    while !(ends.load(Ordering::Relaxed) || run.is_over()) {
        run.go_on(Duration::from_secs(1)).map_err(|error| error.to_string())?;
    }
    let summary = counts.get().summary(run.now(), run.connections());
    write_down(&run.finish(), live.record.as_deref())?;
    Ok(summary)
}

/// Says that this system has no such devices.
///
/// # Errors
/// Always.
#[cfg(not(target_os = "linux"))]
pub fn run(_: &Source, _: &Live) -> Result<String, String> {
    Err("--tun: only Linux has the TUN devices that it needs".to_owned())
}
