//! Makes the illustrative half of every example.
//!
//! What is not public about a fund is made up here, one module for each regime, area by area, and scaled so that the
//! national lines come out at the published figures. The real files of an example are read and never written. Nothing
//! depends on a clock, a network or the machine: whole numbers only, and a seed in [`draw`].
//!
//! ```text
//! cargo run --example generate
//! ```

mod answer;
mod bcf_2015_16;
mod bcf_2015_16_february_2014;
mod bcf_2015_16_march_2015;
mod bcf_2015_16_original;
mod bcf_2016_17;
mod draw;
mod nhs_transfers;
mod pioneers;
mod pooling_duty_2014;
mod pooling_powers;
mod real;
mod sharing;
mod spending_round_2013;
mod text;
mod white_paper_2010;

use std::error::Error;
use std::path::{Path, PathBuf};
use text::{Files, ReadReal};

/// An example: its folder in `examples/`, and what makes its illustrative files.
pub(crate) struct Example {
    pub(crate) folder: &'static str,
    make: fn(&ReadReal<'_>) -> Result<Files, Box<dyn Error>>,
}

/// Every example that has illustrative files.
pub(crate) const EXAMPLES: [Example; 11] = [
    Example { folder: "pooling-powers", make: pooling_powers::files },
    Example { folder: "white-paper-2010", make: white_paper_2010::files },
    Example { folder: "nhs-transfers", make: nhs_transfers::files },
    Example { folder: "spending-round-2013", make: spending_round_2013::files },
    Example { folder: "pioneers", make: pioneers::files },
    Example { folder: "bcf-2015-16-original", make: bcf_2015_16_original::files },
    Example { folder: "bcf-2015-16-february-2014", make: bcf_2015_16_february_2014::files },
    Example { folder: "pooling-duty-2014", make: pooling_duty_2014::files },
    Example { folder: "bcf-2015-16", make: bcf_2015_16::files },
    Example { folder: "bcf-2015-16-march-2015", make: bcf_2015_16_march_2015::files },
    Example { folder: "bcf-2016-17", make: bcf_2016_17::files },
];

impl Example {
    /// Where its data are.
    pub(crate) fn data(&self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(self.folder).join("data")
    }

    /// Its illustrative files, made from the real ones that are there.
    pub(crate) fn files(&self) -> Result<Files, Box<dyn Error>> {
        (self.make)(&|name| Ok(std::fs::read_to_string(self.data().join(name))?))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    for example in &EXAMPLES {
        for (name, text) in example.files()? {
            std::fs::write(example.data().join(name), text)?;
        }
    }
    Ok(())
}
