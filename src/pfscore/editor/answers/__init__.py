"""The answers to an editor, one module a question, in the terms of the library."""
