//! `ringfence doc`.

use super::{Fund, RULES};

#[test]
fn a_rulebook_is_markdown_on_standard_output() {
    let fund = Fund::new();
    let ran = fund.run(&["doc", "fund.rules"]).exits(0);
    assert!(ran.out.starts_with("# Small fund\n"), "{}", ran.out);
    assert!(ran.out.contains("1. It starts as [Pot](#pot) divided by 3"), "{}", ran.out);
    assert!(ran.err.is_empty(), "{}", ran.err);
}

#[test]
fn the_name_of_the_file_says_the_form() {
    let fund = Fund::new();
    let ran = fund.run(&["doc", "fund.rules", "--out", "book.html", "--title", "What councils must do"]).exits(0);
    assert!(ran.out.is_empty() && ran.err.is_empty());
    let page = fund.read("book.html");
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">"), "{page}");
    assert!(page.contains("<h1>What councils must do</h1>"), "{page}");
    fund.run(&["doc", "fund.rules", "--out", "book.md"]).exits(0);
    assert!(fund.read("book.md").starts_with("# Small fund\n"));
    fund.run(&["doc", "fund.rules", "--out", "book.txt", "--format", "html"]).exits(0);
    assert_eq!(fund.read("book.txt"), page.replace("What councils must do", "Small fund"));
    let ran = fund.run(&["doc", "fund.rules", "--out", "book.pdf"]).exits(2);
    assert!(ran.err.contains("`.pdf` is no format of a document") && ran.err.contains("--format"), "{}", ran.err);
}

#[test]
fn a_folder_is_one_document_in_the_order_of_time() {
    let fund = Fund::new();
    std::fs::create_dir(fund.path("both")).unwrap();
    fund.write("both/b-later.rules", RULES);
    let earlier = RULES
        .replace("rules small_fund \"Small fund\"", "rules first_fund \"First fund\"")
        .replace("status in force", "status superseded")
        .replace("applies 1 April 2015 to 31 March 2016", "applies 1 April 2014 to 31 March 2015");
    fund.write("both/c-earlier.rules", earlier);
    fund.write("both/notes.txt", "not rules");
    let ran = fund.run(&["doc", "both"]).exits(0);
    assert!(ran.out.starts_with("# Both\n"), "{}", ran.out);
    let first =
        ran.out.find("| [First fund](#first_fund--part-ruleset) | Superseded | 1 April 2014 to 31 March 2015 |");
    let second = ran.out.find("| [Small fund](#small_fund--part-ruleset) | In force |");
    assert!(first.is_some() && first < second, "{}", ran.out);
    let page = fund.run(&["doc", "both", "--format", "html"]).exits(0).out;
    assert!(page.contains("class=\"timeline\"") && page.contains("id=\"first_fund--pot\""), "{page}");
}

#[test]
fn an_example_that_fails_is_told_and_the_document_is_written() {
    let fund = Fund::new();
    fund.write("fund.rules", RULES.replace("expect pot is £500", "expect pot is £501"));
    let ran = fund.run(&["doc", "fund.rules", "--out", "book.md"]).exits(1);
    assert!(ran.err.contains("fund.rules: example `capped` fails"), "{}", ran.err);
    assert!(fund.read("book.md").contains("**expected £501**"));
}

#[test]
fn rules_with_errors_give_no_document() {
    let fund = Fund::new();
    std::fs::create_dir(fund.path("both")).unwrap();
    fund.write("both/good.rules", RULES);
    fund.write("both/bad.rules", "meassure x\n  is 1\n");
    let ran = fund.run(&["doc", "both", "--out", "book.md"]).exits(1);
    assert!(ran.err.contains("meassure"), "{}", ran.err);
    assert!(!fund.path("book.md").exists());
    let ran = fund.run(&["doc", "data"]).exits(2);
    assert!(ran.err.contains("no rules files in `data`"), "{}", ran.err);
    let ran = fund.run(&["doc", "nowhere.rules"]).exits(2);
    assert!(ran.err.contains("nowhere.rules"), "{}", ran.err);
}

#[test]
fn what_changed_from_the_ruleset_before_is_told_where_it_stands_beside() {
    let fund = Fund::new();
    let older = RULES
        .replace("rules small_fund \"Small fund\"", "rules first_fund \"First fund\"")
        .replace("is £1,000 per admissions", "is £900 per admissions");
    fund.write("fund.rules", RULES.replace("  status in force", "  status in force\n  supersedes first_fund"));
    let ran = fund.run(&["doc", "fund.rules"]).exits(0);
    assert!(ran.err.contains("`first_fund`, the ruleset before `fund.rules`, is not beside it"), "{}", ran.err);
    fund.write("first-fund.rules", older);
    let ran = fund.run(&["doc", "fund.rules"]).exits(0);
    assert!(ran.err.is_empty(), "{}", ran.err);
    assert!(ran.out.contains("## 1 What changed from First fund\n"), "{}", ran.out);
    assert!(
        ran.out.contains("| [Value of an admission](#value) | value | £900 per admissions | £1,000 per admissions |"),
        "{}",
        ran.out
    );
}
