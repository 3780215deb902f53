//! The illustrative files of the examples are what their generator makes, byte for byte, and come out at the published
//! national figures.

#[path = "../examples/generate/main.rs"]
#[expect(dead_code, reason = "the example's own `main` is not called here")]
mod generate;

#[test]
fn the_committed_files_are_what_the_generator_makes() {
    for example in &generate::EXAMPLES {
        for (name, made) in example.files().unwrap() {
            let committed = std::fs::read_to_string(example.data().join(name)).unwrap();
            assert!(made == committed, "`{name}` of {} differs; run `cargo run --example generate`", example.folder);
        }
    }
}

#[test]
fn the_national_lines_come_out_at_the_published_figures() {
    let output = assert_cmd::Command::cargo_bin("ringfence")
        .unwrap()
        .args(["eval", "rules/bcf-2015-16.rules", "--data", "examples/bcf-2015-16/data", "--level", "nation"])
        .args(["--format", "json"])
        .output()
        .unwrap();
    let results: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let shown = |name: &str| {
        let result = &results["nation"][name];
        result["shown"].as_str().or(result["value"].as_str()).unwrap_or("nothing").to_owned()
    };
    let published = [
        ("plans", "151"),
        ("total_minimum", "£3,784,000,000"),
        ("total_pooled", "£5,300,000,000"),
        ("total_capital", "£133,641,000"),
        ("total_care_act", "£135,000,000"),
        ("total_share", "£1,000,000,000"),
        ("total_planned_reduction", "163,000"),
        ("national_ambition", "3.07%"),
        ("planned_fewer_delayed_days", "101,000"),
        ("planned_fewer_care_home_admissions", "2,000"),
        ("plans_approved_outright", "6"),
        ("plans_with_support", "91"),
        ("plans_with_conditions", "49"),
        ("plans_not_approved", "5"),
        ("minimum_as_published", "met"),
        ("pooled_as_published", "met"),
        ("care_act_as_published", "met"),
        ("shares_as_published", "met"),
        ("reduction_as_published", "met"),
        ("decisions_as_published", "met"),
        ("classes_as_published", "met"),
    ];
    let found: Vec<(&str, String)> = published.iter().map(|(name, _)| (*name, shown(name))).collect();
    let wanted: Vec<(&str, String)> = published.iter().map(|(name, figure)| (*name, (*figure).to_owned())).collect();
    assert_eq!(found, wanted);
}
