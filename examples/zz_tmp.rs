//! tmp
use ringfence::source::Sources;
fn main() {
    let name = std::env::args().nth(1).unwrap();
    let text = std::fs::read_to_string(&name).unwrap();
    let sources = Sources::single(&name, &text);
    let file = sources.iter().next().unwrap();
    let (_tree, problems) = ringfence::syntax::parse(file);
    for p in &problems {
        println!("{p:?}");
    }
    eprintln!("{} problems", problems.len());
    if problems.is_empty() {
        print!("{}", ringfence::format::format(&_tree, file).unwrap());
    }
}
