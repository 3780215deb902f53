//! The page of each code: what it means, a wrong example and the mended one.
//!
//! In: a code such as `units::mismatch`. Out: its section of `pages/<family>.md`, heading included.
//! A section is headed `## family::what-is-wrong` and reaches to the next such heading; a heading inside a
//! fenced block is part of the example.

/// The families with their pages, in the order in which a compilation meets them.
const FAMILIES: [(&str, &str); 16] = [
    ("syntax", include_str!("pages/syntax.md")),
    ("amendments", include_str!("pages/amendments.md")),
    ("names", include_str!("pages/names.md")),
    ("types", include_str!("pages/types.md")),
    ("units", include_str!("pages/units.md")),
    ("levels", include_str!("pages/levels.md")),
    ("periods", include_str!("pages/periods.md")),
    ("cycles", include_str!("pages/cycles.md")),
    ("tables", include_str!("pages/tables.md")),
    ("parameters", include_str!("pages/parameters.md")),
    ("lint", include_str!("pages/lint.md")),
    ("scenarios", include_str!("pages/scenarios.md")),
    ("folder", include_str!("pages/folder.md")),
    ("data", include_str!("pages/data.md")),
    ("format", include_str!("pages/format.md")),
    ("internal", include_str!("pages/internal.md")),
];

/// The page of a code, `None` where there is none.
pub fn page(code: &str) -> Option<&'static str> {
    let (family, _) = code.split_once("::")?;
    let (_, text) = FAMILIES.iter().find(|(name, _)| *name == family)?;
    sections(text).into_iter().find(|(heading, _)| *heading == code).map(|(_, section)| section)
}

/// Every code that has a page, family by family, in the order of the pages.
pub fn codes() -> Vec<&'static str> {
    FAMILIES.iter().flat_map(|(_, text)| sections(text)).map(|(heading, _)| heading).collect()
}

/// The families of codes, in the order in which a compilation meets them.
pub fn families() -> impl Iterator<Item = &'static str> {
    FAMILIES.iter().map(|(name, _)| *name)
}

/// The sections of a family's text: heading without its marks, and the text from the heading on.
fn sections(text: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut headings: Vec<(&'static str, usize)> = Vec::new();
    let mut in_fence = false;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("```") {
            in_fence = !in_fence;
        } else if let Some(heading) = line.strip_prefix("## ").filter(|_| !in_fence) {
            headings.push((heading.trim(), offset));
        }
        offset += line.len();
    }
    let ends = headings.iter().skip(1).map(|(_, start)| *start).chain(std::iter::once(text.len()));
    headings
        .iter()
        .zip(ends)
        .filter_map(|((heading, start), end)| Some((*heading, text.get(*start..end)?.trim_end())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_heading_inside_an_example_does_not_end_the_section() {
        let text = "# x\n\n## x::one\n\nA.\n\n```\n## not a heading\n```\n\n## x::two\nB.\n";
        assert_eq!(
            sections(text),
            [("x::one", "## x::one\n\nA.\n\n```\n## not a heading\n```"), ("x::two", "## x::two\nB.")]
        );
    }

    #[test]
    fn every_page_is_found_by_its_code_and_in_its_own_family() {
        let mut seen = BTreeSet::new();
        for (family, text) in FAMILIES {
            assert!(text.starts_with(&format!("# {family}\n")), "the first line names the family: {family}");
            for (code, section) in sections(text) {
                assert_eq!(code.split_once("::").map(|(first, _)| first), Some(family));
                assert!(seen.insert(code), "two pages for {code}");
                assert_eq!(page(code), Some(section));
                assert_eq!(section.matches("\n```").count() % 2, 0, "a block is not closed in {code}");
            }
        }
        assert_eq!(codes().len(), seen.len());
        assert_eq!(page("syntax::no-such-code"), None);
        assert_eq!(page("nonsense"), None);
    }
}
