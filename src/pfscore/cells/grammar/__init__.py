"""From the text of a cell to clauses, by the grammars."""
