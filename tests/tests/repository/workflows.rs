//! The workflows can be read, use the official actions in one version each, and do what they are there for.

use std::collections::BTreeMap;
use std::fs;

use playground_tests::paths::repository;
use yaml_rust2::{Yaml, YamlLoader};

/// What is needed of the workflows, in any of their steps.
const NEEDED: [(&str, &[&str]); 2] = [
    ("ci.yml", &["bash .ci/run"]),
    (
        "pages.yml",
        &[
            "cargo xtask build --address",
            "actions/configure-pages",
            "actions/upload-pages-artifact",
            "actions/deploy-pages",
        ],
    ),
];

fn workflow(name: &str) -> Yaml {
    let path = repository().join(".github/workflows").join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut documents = YamlLoader::load_from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(documents.len(), 1, "{name}");
    documents.remove(0)
}

fn steps(workflow: &Yaml) -> Vec<&Yaml> {
    let jobs = workflow["jobs"].as_hash().expect("a workflow has jobs");
    assert!(jobs.values().all(|job| job["timeout-minutes"].as_i64().is_some()), "every job has an end");
    jobs.values().flat_map(|job| job["steps"].as_vec().expect("a job has steps")).collect()
}

#[test]
fn the_workflows_do_what_they_are_there_for() {
    let mut versions: BTreeMap<String, String> = BTreeMap::new();
    for (name, needed) in NEEDED {
        let workflow = workflow(name);
        assert!(workflow["permissions"].as_hash().is_some(), "{name}: permissions");
        assert!(!workflow["on"].is_badvalue(), "{name}: nothing starts it");
        let steps = steps(&workflow);
        let said: Vec<&str> =
            steps.iter().filter_map(|step| step["uses"].as_str().or(step["run"].as_str())).collect();
        assert_eq!(said.len(), steps.len(), "{name}: a step that does nothing");
        for wanted in needed {
            assert!(said.iter().any(|said| said.contains(wanted)), "{name}: nothing has {wanted}");
        }
        for action in steps.iter().filter_map(|step| step["uses"].as_str()) {
            let (action, version) = action.split_once("@v").expect("a version");
            assert!(action.starts_with("actions/"), "{name}: {action} is none of the official ones");
            let parts: Vec<&str> = version.split('.').collect();
            let is_number = |part: &&str| part.parse::<u32>().is_ok();
            assert!(parts.len() == 3 && parts.iter().all(is_number), "{name}: {action}@v{version}");
            let known = versions.entry(action.to_owned()).or_insert_with(|| version.to_owned());
            assert_eq!(known, version, "{name}: {action} in two versions");
        }
    }
    let pages = workflow("pages.yml");
    let artifact = steps(&pages).into_iter().find(|step| {
        step["uses"].as_str().is_some_and(|action| action.starts_with("actions/upload-pages-artifact"))
    });
    assert_eq!(artifact.and_then(|step| step["with"]["path"].as_str()), Some("dist"));
}
