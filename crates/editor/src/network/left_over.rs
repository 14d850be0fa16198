//! What was broken by hand where hosts and links are no longer there.

use super::{Consequence, Network};

impl Network {
    /// Leaves out what names a host or a link that is no longer there.
    pub(super) fn drop_interventions(&mut self) {
        let before = self.scenario.interventions.len();
        let nodes = self.scenario.nodes.clone();
        let links = self.scenario.links.clone();
        self.scenario.interventions.retain(|one| {
            let named = serde_json::to_value(&one.action).expect("plain data");
            names_of(&named).iter().all(|name| nodes.iter().any(|node| node.name == *name))
                && between_of(&named).is_none_or(|(a, b)| {
                    links.iter().any(|link| {
                        let ends = (link.between.0.as_str(), link.between.1.as_str());
                        ends == (a, b) || ends == (b, a)
                    })
                })
        });
        let count = before - self.scenario.interventions.len();
        if count > 0 {
            self.consequences.push(Consequence::DropsInterventions { count });
        }
    }
}

/// The hosts that an action names.
fn names_of(action: &serde_json::Value) -> Vec<&str> {
    let inner = action.as_object().into_iter().flat_map(|variant| variant.values());
    inner.filter_map(|fields| fields.get("node")?.as_str()).collect()
}

/// The two hosts whose link an action names.
fn between_of(action: &serde_json::Value) -> Option<(&str, &str)> {
    let between = action.as_object()?.values().next()?.get("between")?;
    Some((between.get(0)?.as_str()?, between.get(1)?.as_str()?))
}
