"""Suggests a category for an opinion: a small linear classifier over runs of characters (item 59).

``train`` needs scikit-learn and runs in a worker. What it gives is plain numbers (JSON), never a pickle, and
``Model`` works with them alone: web processes do not load scikit-learn. A person confirms every suggestion.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST_RUN = 2  # characters; three are no better
RUNS = 3000  # different runs kept
FEWEST = 2  # examples of a category, below which it is never suggested
UNSURE = 0.4  # below this probability nothing is suggested
_SPACES = re.compile(r"\s\s+")


def _runs(text: str) -> Counter[str]:
    """Runs of one and two characters with their numbers, cut as scikit-learn cuts them."""
    words = _SPACES.sub(" ", text.lower())
    sizes = range(1, LONGEST_RUN + 1)
    return Counter(words[i : i + n] for n in sizes for i in range(len(words) - n + 1))


@dataclass(frozen=True)
class Model:
    """``runs``: for each run its idf, then its weight for each of ``codes``."""

    codes: Sequence[str]
    intercepts: Sequence[float]
    runs: dict[str, Sequence[float]]

    def probabilities(self, text: str) -> dict[str, float]:
        """How probable each category is; they add up to 1."""
        found = {run: (1 + math.log(n)) * self.runs[run][0] for run, n in _runs(text).items() if run in self.runs}
        length = math.sqrt(sum(value * value for value in found.values())) or 1.0
        scores = [
            intercept + sum(value * self.runs[run][place] for run, value in found.items()) / length
            for place, intercept in enumerate(self.intercepts, start=1)
        ]
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        return {code: power / sum(powers) for code, power in zip(self.codes, powers, strict=True)}

    def suggest(self, text: str) -> str:
        """The most probable category; empty when none is probable enough."""
        if not text.strip():
            return ""
        found = self.probabilities(text)
        code = max(found, key=lambda one: found[one])
        return code if found[code] >= UNSURE else ""

    def as_json(self) -> dict[str, Any]:
        """Plain numbers, for the cache."""
        return {"codes": list(self.codes), "intercepts": list(self.intercepts), "runs": self.runs}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Model":
        """The model that ``as_json`` gave."""
        return cls(data["codes"], data["intercepts"], data["runs"])


def train(examples: Iterable[tuple[str, str]]) -> Model | None:
    """A model from pairs of text and category; ``None`` when they are of fewer than two categories."""
    pairs = [(text, code) for text, code in examples if text.strip()]
    enough = {code for code, n in Counter(code for _text, code in pairs).items() if n >= FEWEST}
    pairs = [pair for pair in pairs if pair[1] in enough]
    if len(enough) < 2:
        return None
    # Loaded here only: it takes a second and 90 MB that no other process needs.
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    cut = TfidfVectorizer(analyzer="char", ngram_range=(1, LONGEST_RUN), max_features=RUNS, sublinear_tf=True)
    values = cut.fit_transform([text for text, _code in pairs])
    line = LogisticRegression(C=10, max_iter=300, class_weight="balanced")
    with threadpool_limits(1):  # so little work takes longer when several threads share it
        line.fit(values, [code for _text, code in pairs])
    weights, intercepts = line.coef_.tolist(), line.intercept_.tolist()
    if len(enough) == 2:  # scikit-learn then keeps one row: the second category against the first
        weights, intercepts = [[0.0] * len(weights[0]), weights[0]], [0.0, intercepts[0]]
    runs = {
        run: [round(number, 4) for number in (cut.idf_[place], *(row[place] for row in weights))]
        for run, place in cut.vocabulary_.items()
    }
    return Model(list(map(str, line.classes_)), [round(number, 4) for number in intercepts], runs)
