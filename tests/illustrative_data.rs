//! The illustrative files of the example are what their generator makes, byte for byte, and come out at the published
//! national figures.

#[path = "../examples/generate_bcf_2015_16/main.rs"]
#[expect(dead_code, reason = "the example's own `main` is not called here")]
mod generate_bcf_2015_16;

use std::path::Path;

fn committed(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/bcf-2015-16/data").join(name);
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn the_committed_files_are_what_the_generator_makes() {
    let made = generate_bcf_2015_16::illustrative_files(&committed("area.csv"), &committed("quarter.csv")).unwrap();
    for (name, made) in ["area.illustrative.csv", "quarter.illustrative.csv"].into_iter().zip(made) {
        assert!(made == committed(name), "`{name}` differs; run `cargo run --example generate_bcf_2015_16`");
    }
}
