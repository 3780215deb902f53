//! Made-up rules and tables: well typed, over the whole language, the same for the same seed.
//!
//! In: a seed. Out: a [`Case`], as texts that a person could have written. What the checker refuses is left out
//! of the rules, so that a case always evaluates; how much that was is told.

pub(crate) mod agreement;
mod cells;
mod clauses;
mod declarations;
mod expression;
mod files;
mod further;
mod gathered;
mod logic;
mod number;
mod quantity;
mod random;
mod rows;
pub(crate) mod shrink;
mod tables;
mod world;

use random::Random;
use ringfence::data::Input;
use ringfence::driver;
use ringfence::meaning::RunOptions;
use ringfence::model::{Model, ParameterId};
use ringfence::source::Sources;
use ringfence::value::Date;
use world::World;

/// How large cases are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    /// The most declarations.
    pub(crate) declarations: usize,
    /// How deep expressions nest.
    pub(crate) depth: usize,
    /// Records of a table of the nation.
    pub(crate) records: usize,
}

impl Size {
    /// For a test among others.
    pub(crate) const SMALL: Self = Self { declarations: 10, depth: 3, records: 4 };
}

/// Rules and data.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// Everything before the declarations, then each of them.
    pub(crate) pieces: Vec<String>,
    /// Name and text of each data file.
    pub(crate) files: Vec<(String, String)>,
    /// How the run is asked for.
    pub(crate) options: RunOptions,
    /// How many declarations were made, and how many of them the checker refused.
    pub(crate) made: usize,
    pub(crate) refused: usize,
    world: World,
}

impl Case {
    /// Rules and files that were written by hand.
    pub(crate) fn given(rules: &str, files: &[(&str, &str)]) -> Self {
        Self {
            pieces: vec![rules.to_owned()],
            files: files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
            options: RunOptions::default(),
            made: 0,
            refused: 0,
            world: World::default(),
        }
    }

    /// The text of the rules.
    pub(crate) fn rules(&self) -> String {
        self.pieces.join("\n")
    }

    /// The files as they are read.
    pub(crate) fn inputs(&self) -> Vec<Input> {
        self.files.iter().map(|(name, text)| Input { name: name.clone(), bytes: text.as_bytes().to_vec() }).collect()
    }

    /// The same rules with other tables.
    pub(crate) fn with_other_data(&self, seed: u64, records: usize) -> Self {
        let files = files::files(&self.world, &mut Random::new(seed), records);
        Self { files, ..self.clone() }
    }

    /// The model of the rules, where they have no errors.
    pub(crate) fn model(&self) -> Option<Model> {
        driver::compile(&Sources::single("case.rules", &self.rules())).model
    }
}

/// The case of a seed.
pub(crate) fn case(seed: u64, size: Size) -> Case {
    case_of(Random::new(seed), size)
}

/// The case that a fuzzer's bytes choose.
pub(crate) fn case_of_bytes(bytes: &[u8], size: Size) -> Case {
    case_of(Random::of_bytes(bytes), size)
}

fn case_of(mut random: Random, size: Size) -> Case {
    let mut world = World::default();
    tables::tables(&mut world, &mut random);
    let applies = random.chance(60);
    let mut head = "rules made_up\n  status in force\n".to_owned();
    if applies {
        head.push_str("  applies 1 April 2014 to 31 March 2016\n");
    }
    head.push_str("\nunit people\n\nunit admissions\n\nunit days\n");
    for table in &world.tables {
        head.push('\n');
        head.push_str(&tables::table_text(&world, table));
    }
    for text in tables::parameters(&mut world, &mut random, applies) {
        head.push('\n');
        head.push_str(&text);
    }
    let mut pieces = vec![head];
    let count = random.between(size.declarations.div_ceil(2), size.declarations);
    for number in 0..count {
        let depth = random.below(size.depth + 1);
        let declared = declarations::declaration(&world, &mut random, number, depth);
        pieces.push(declared.text);
        world.named.extend(declared.named);
    }
    let made = pieces.len() - 1;
    let pieces = accepted(pieces);
    let refused = made + 1 - pieces.len();
    let files = files::files(&world, &mut random, size.records);
    let mut case = Case { pieces, files, options: RunOptions::default(), made, refused, world };
    case.options = options(&case, &mut random);
    case
}

/// The pieces without the declarations that have errors, and without those that read them.
fn accepted(mut pieces: Vec<String>) -> Vec<String> {
    while pieces.len() > 1 {
        let text = pieces.join("\n");
        let compiled = driver::compile(&Sources::single("case.rules", &text));
        if compiled.model.is_some() {
            break;
        }
        let mut ends = Vec::new();
        let mut end = 0;
        for piece in &pieces {
            end += piece.len() + 1;
            ends.push(end);
        }
        let wrong: Vec<usize> = compiled
            .problems
            .iter()
            .filter_map(|problem| problem.span())
            .map(|span| ends.partition_point(|end| *end <= span.start as usize))
            .collect();
        let before = pieces.len();
        let mut number = 0;
        pieces.retain(|_| {
            number += 1;
            number == 1 || !wrong.contains(&(number - 1))
        });
        // Nothing that can be left out is wrong: what is read is, so nothing is left.
        if pieces.len() == before {
            pieces.truncate(1);
        }
    }
    pieces
}

/// A date of the law, or none; now and then a parameter with another value.
fn options(case: &Case, random: &mut Random) -> RunOptions {
    let mut options = RunOptions::default();
    if random.chance(40) {
        let month = i8::try_from(random.between(1, 12)).unwrap_or(1);
        options.as_at = Date::new(i16::try_from(random.between(2013, 2017)).unwrap_or(2015), month, 1).ok();
    }
    if random.chance(20)
        && let Some(model) = case.model()
        && !model.parameters.is_empty()
    {
        let number = random.below(model.parameters.len());
        let value = model.parameters.get(number).and_then(|parameter| parameter.values.last());
        options.parameters.extend(value.map(|dated| (ParameterId::from_index(number), dated.value.clone())));
    }
    options
}
