//! `ringfence fmt`.

use super::{Fund, Ran, program};

const UNTIDY: &str = "# why\nmeasure   x\n    is 1000\n";
const TIDY: &str = "# why\nmeasure x\n  is 1,000\n";

#[test]
fn a_file_is_laid_out_anew_once() {
    let fund = Fund::new();
    fund.write("a.rules", UNTIDY);
    let ran = fund.run(&["fmt", "a.rules"]).exits(0);
    assert!(ran.out.is_empty() && ran.err.is_empty());
    assert_eq!(fund.read("a.rules"), TIDY);
    let written = std::fs::metadata(fund.path("a.rules")).unwrap().modified().unwrap();
    fund.run(&["fmt", "a.rules"]).exits(0);
    assert_eq!(std::fs::metadata(fund.path("a.rules")).unwrap().modified().unwrap(), written);
}

#[test]
fn check_and_diff_write_nothing() {
    let fund = Fund::new();
    fund.write("a.rules", UNTIDY);
    let ran = fund.run(&["fmt", "--check", "a.rules", "fund.rules"]).exits(1);
    assert!(ran.err.contains("a.rules would change") && !ran.err.contains("fund.rules would"), "{}", ran.err);
    let ran = fund.run(&["fmt", "--diff", "a.rules"]).exits(0);
    assert!(ran.out.contains("-    is 1000\n") && ran.out.contains("+  is 1,000\n"), "{}", ran.out);
    assert_eq!(fund.read("a.rules"), UNTIDY);
}

#[test]
fn standard_input_goes_to_standard_output() {
    assert_eq!(Ran::of(program().args(["fmt", "-"]).write_stdin(UNTIDY)).exits(0).out, TIDY);
}

#[test]
fn a_file_with_errors_is_left_as_it_is() {
    let fund = Fund::new();
    fund.write("a.rules", "meassure x\n    is 1\n");
    let ran = fund.run(&["fmt", "a.rules"]).exits(1);
    assert!(ran.err.contains("a.rules was left as it is"), "{}", ran.err);
    assert_eq!(fund.read("a.rules"), "meassure x\n    is 1\n");
}

#[cfg(unix)]
#[test]
fn permissions_and_links_survive() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let fund = Fund::new();
    fund.write("a.rules", UNTIDY);
    std::fs::set_permissions(fund.path("a.rules"), std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink("a.rules", fund.path("link.rules")).unwrap();
    fund.run(&["fmt", "link.rules"]).exits(0);
    assert_eq!(fund.read("a.rules"), TIDY);
    assert!(std::fs::symlink_metadata(fund.path("link.rules")).unwrap().is_symlink());
    assert_eq!(std::fs::metadata(fund.path("a.rules")).unwrap().permissions().mode() & 0o777, 0o640);
}
