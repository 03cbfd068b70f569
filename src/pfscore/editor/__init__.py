"""The language server for rulesets: what an editor asks about an open file, answered by the library."""
