//! The schema that is committed and published is the one of the scenario's types.

use expect_test::expect_file;
use playground_core::scenario::Scenario;

/// Written anew with `UPDATE_EXPECT=1`.
#[test]
fn the_schema_is_that_of_the_types() {
    let schema = serde_json::to_string_pretty(&schemars::schema_for!(Scenario)).expect("plain data");
    expect_file!["../scenario.schema.json"].assert_eq(&format!("{schema}\n"));
}
