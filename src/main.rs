//! The `ringfence` program.

fn main() -> std::process::ExitCode {
    ringfence::cli::main()
}
