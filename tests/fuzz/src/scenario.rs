//! Scenarios as JSON.

use playground_core::scenario::{Limits, Scenario};
use playground_core::sim;
use playground_core::time::Duration;
use playground_playback::{Dissection, Packets};

/// Runs end here, so that many can be made.
const MOST: Limits =
    Limits { entries: 5_000, connections: 200, octets: 1_000_000, time_us: Duration::from_secs(600) };

/// Reads a scenario and runs it: written and read again it is the same one, and its run keeps its limits.
///
/// # Panics
///
/// When it does not.
pub fn scenario(octets: &[u8]) {
    let Some(json) = crate::text(octets) else { return };
    let Ok(scenario) = Scenario::from_json(json) else { return };
    let again = Scenario::from_json(&scenario.to_json()).expect("what was written can be read");
    assert_eq!(again, scenario);
    let own = scenario.limits;
    let limits = Limits {
        entries: own.entries.min(MOST.entries),
        connections: own.connections.min(MOST.connections),
        octets: own.octets.min(MOST.octets),
        time_us: own.time_us.min(MOST.time_us),
    };
    let scenario = Scenario { limits, ..scenario };
    let trace = sim::run(&scenario).expect("a valid scenario runs");
    assert!(trace.entries.len() <= scenario.limits.entries as usize + 1, "{} entries", trace.entries.len());
    assert!(trace.entries.is_sorted_by_key(|entry| entry.at), "time goes back");
    let dissection = Dissection::new(&trace);
    let sent = Packets::new(&trace, &dissection).rows.len();
    assert!(sent <= trace.entries.len());
}
