//! The projects in `examples/` evaluate, and give what they say they give.
