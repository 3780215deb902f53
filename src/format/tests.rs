//! The layout, seen: what is written on the left of each case comes out as on the right.

use crate::source::Sources;
use crate::syntax;

#[track_caller]
fn formatted(text: &str) -> String {
    let sources = Sources::single("case.rules", text);
    let source = sources.iter().next().unwrap();
    let (tree, _) = syntax::parse(source);
    let once = super::format(&tree, source).unwrap();
    let again = Sources::single("case.rules", &once);
    let again = again.iter().next().unwrap();
    assert_eq!(super::format(&syntax::parse(again).0, again).unwrap(), once, "twice is once");
    once
}

#[test]
fn heads_sources_and_comments() {
    let text = r##"

# Before anything.
rules fund   "A ""fund"""    # said of the head
    status    in   force
    applies 1 April 2015   to 31 March 2016
  
# A remark at the margin inside a declaration.
    source act   "section   2"

source act "The Act" 2014
source plan "The plan" July 2014   # published late

source pac "The committee" 2015-16
unit people
unit admissions "emergency admissions"
"##;
    insta::assert_snapshot!(formatted(text), @r#"
    # Before anything.
    rules fund "A ""fund"""  # said of the head
      status in force
      applies 1 April 2015 to 31 March 2016

      # A remark at the margin inside a declaration.
      source act "section   2"

    source act "The Act" 2014
    source plan "The plan" July 2014  # published late

    source pac "The committee" 2015-16

    unit people
    unit admissions "emergency admissions"
    "#);
}

#[test]
fn columns_are_aligned_and_their_groups_stay() {
    let text = r##"# about the area
data area "Area"
      code text,key "Code"

      # money
      fund money,at least £0,at most £1000000 "Fund"   # in pounds
      rate admissions per 100000 people
      a_column_with_a_name_that_is_longer_than_all_of_the_others_by_far text "X"
      kind one of "a first kind of thing", "a second kind of thing", "a third kind of thing", "a fourth kind of thing", optional "Kind"
      # after the last

      # and more



data quarter for each area,Q4 2014-15 to Q3 2015-16
  baseline admissions
  actual admissions
"##;
    insta::assert_snapshot!(formatted(text), @r#"
    # about the area
    data area "Area"
      code  text, key                               "Code"

      # money
      fund  money, at least £0, at most £1,000,000  "Fund"  # in pounds
      rate  admissions per 100,000 people
      a_column_with_a_name_that_is_longer_than_all_of_the_others_by_far  text  "X"
      kind  one of "a first kind of thing", "a second kind of thing", "a third kind of thing", "a fourth kind of thing",
            optional  "Kind"
      # after the last

      # and more

    data quarter for each area, Q4 2014-15 to Q3 2015-16
      baseline  admissions
      actual    admissions
    "#);
}

#[test]
fn long_clauses_break_at_operators_and_commas() {
    let text = r##"parameter cap
  is £1000000 per people to 31 March 2015
  is £1490.50 per 1000 people from 1 April 2015
measure long_sum
  is (sum of quarter.baseline - sum of quarter.actual) * cap + a_very_long_name_of_a_measure * another_long_name - the_last_one / 2
measure conditional
  is if fund > £0 and code is not "x" then sum of (quarter.baseline - quarter.actual) else if rate is missing then 2 percentage points else -1
measure very_conditional
  is if fund > £0 and code is not "a long text in the middle" and kind is "a first kind of thing" then sum of (quarter.baseline - quarter.actual) else 0
measure deep
  is least of (sum of (quarter.baseline - quarter.actual), greatest of (fund, another_fund, a_third_fund), median of quarter.baseline across areas where fund > £1000)
condition d
   met when count of areas where fund > £1000000 and rate >= 475 admissions per 100000 people and kind is not "a second kind of thing"
"##;
    insta::assert_snapshot!(formatted(text), @r#"
    parameter cap
      is £1,000,000 per people to 31 March 2015
      is £1,490.50 per 1,000 people from 1 April 2015

    measure long_sum
      is (sum of quarter.baseline - sum of quarter.actual) * cap
         + a_very_long_name_of_a_measure * another_long_name
         - the_last_one / 2

    measure conditional
      is if fund > £0 and code is not "x" then sum of (quarter.baseline - quarter.actual)
         else if rate is missing then 2 percentage points
         else -1

    measure very_conditional
      is if fund > £0 and code is not "a long text in the middle" and kind is "a first kind of thing"
           then sum of (quarter.baseline - quarter.actual)
         else 0

    measure deep
      is least of (sum of (quarter.baseline - quarter.actual), greatest of (fund, another_fund, a_third_fund),
                   median of quarter.baseline across areas where fund > £1,000)

    condition d
      met when count of areas
                 where fund > £1,000,000
                   and rate >= 475 admissions per 100,000 people
                   and kind is not "a second kind of thing"
    "#);
}

#[test]
fn a_clause_with_a_comment_inside_keeps_its_line_breaks() {
    let text = r##"condition c
  met when one_thing_that_must_be_so and another_thing_that_must_be_so and (a_third_thing >= 1000 or a_fourth_thing < 3.5%) and not fifth
  unless first_reason   # why not
     or second_reason
"##;
    insta::assert_snapshot!(formatted(text), @r#"
    condition c
      met when one_thing_that_must_be_so
           and another_thing_that_must_be_so
           and (a_third_thing >= 1,000 or a_fourth_thing < 3.5%)
           and not fifth
      unless first_reason   # why not
         or second_reason
    "#);
}

#[test]
fn rows_are_aligned_and_figures_stand_to_the_right() {
    let text = r##"decision x
   first match
# rows
   | kind | amount | x |
   # a low one
   | low   or high | >=2% and <3.5% | not    approved |   # trailing
   | any|1000|  yes |

scenario s "S"
 given area fund £1000000, kind   two   words   here, code missing

 given quarter # the series
   | period | baseline | actual |
   # first
   | Q4 2014-15 | 2500 | .. | # last
   | Q1 2015-16 | 12,500 | [c] |
 expect c is met
 expect long_sum is £104300, £126650, £141550, £149000, £104300, £126650, £141550, £149000, £104300, £126650, £141550
 because   constructed
# the end
"##;
    insta::assert_snapshot!(formatted(text), @r#"
    decision x
      first match
      # rows
      | kind        | amount           | x            |
      # a low one
      | low or high | >= 2% and < 3.5% | not approved |  # trailing
      | any         | 1,000            | yes          |

    scenario s "S"
      given area fund £1,000,000, kind two words here, code missing

      given quarter  # the series
        | period     | baseline | actual |
        # first
        | Q4 2014-15 |     2500 | ..     |  # last
        | Q1 2015-16 |   12,500 | [c]    |
      expect c is met
      expect long_sum is £104,300, £126,650, £141,550, £149,000, £104,300, £126,650, £141,550, £149,000, £104,300, £126,650,
                         £141,550
      because constructed

    # the end
    "#);
}

#[test]
fn what_cannot_be_read_is_written_back_as_it_stands() {
    let text = r##"  a line of nothing
Some words in plain English.
   and more of them  # remark

unit   people
measure  broken   "Broken"
   is   1 +
   shown   as percent  # kept

   # said of the broken one
a stray line
unit   days
"##;
    insta::assert_snapshot!(formatted(text), @r#"
      a line of nothing
    Some words in plain English.
       and more of them  # remark

    unit people

    measure  broken   "Broken"
       is   1 +
       shown   as percent  # kept

       # said of the broken one
    a stray line

    unit days
    "#);
}

#[test]
fn windows_line_ends_stay() {
    assert_eq!(formatted("unit people\r\nunit   days\r\n"), "unit people\r\nunit days\r\n");
}

#[test]
fn nothing_is_nothing() {
    assert_eq!(formatted(""), "");
    assert_eq!(formatted(" \n\n"), "");
    assert_eq!(formatted("\n# alone"), "# alone\n");
}
