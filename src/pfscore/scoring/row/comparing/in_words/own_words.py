"""Whether words are the row's own, and which words say the same."""

from __future__ import annotations

from functools import cache

from pfscore.cells.lexicon.around import left_out_words, strange_words
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.foundation.runtime.resources import section_lines

# In grammar/words/answers.txt.
_WHOLE_SCOPE, _NO_PART = rules("whole_scope", "no_part_of_it")
_FILE = "answers.txt"


def is_of_row(subject: str, known: str) -> bool:
    """Return whether what an answer speaks of is all that its row is about, and no part of it.

    >>> is_of_row("传统村落知名度", "传统村落知名度"), is_of_row("试点村落", "传统村落知名度")
    (True, False)
    """
    if is_of_part(subject, known):
        return False
    counts = any(letter.isdigit() and letter not in known for letter in subject)
    rest = _WHOLE_SCOPE.sub("", subject)
    return not (counts or strange_words(rest, known) or left_out_words(rest, known))


def is_of_part(words: str, known: str) -> bool:
    """Return whether words speak of a part of what a row is about, which the row does not name."""
    return any(match[0] not in known for match in _NO_PART.finditer(words))


def words_for(word: str) -> tuple[str, ...]:
    """Return the words that say the same as a word: itself, synonyms, and of a deed and how it is done the other order.

    >>> words_for("规范使用")
    ('规范使用', '使用规范')
    """
    found = _synonyms().get(word, (word,))
    half = 2
    return (*found, word[half:] + word[:half]) if len(word) == 2 * half else found


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    lines = [line.split() for line in section_lines(_FILE)["same"]]
    words = {word for line in lines for word in line}
    return {
        word: tuple(dict.fromkeys((word, *(one for line in lines if word in line for one in line)))) for word in words
    }


def shares_words(words: str, known: str) -> bool:
    """Return whether words share two characters in a row with others."""
    return any(words[at : at + 2] in known for at in range(len(words) - 1))
