//! The program as a person runs it: arguments, exit codes, what is on stdout and what on stderr.
