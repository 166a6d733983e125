"""The method page tells the rules, how right they are and where they go wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

from geo.view import method
from geo.view.kinds import looks


def test_each_kind_says_what_it_counts_and_leaves_out() -> None:
    html = method.kinds()
    assert html.count("<b>Counts:</b>") == html.count("<b>Left out:</b>") == html.count("<b>After:</b>") == len(looks())


def test_every_weighty_sign_is_told_with_its_weight(tmp_path: Path) -> None:
    html = method.judges(tmp_path)
    assert html.count("signs and their weights") == len(looks())
    assert re.search(r"<li>\+\d\.\d: words that name a protest</li>", html)
    assert re.search(r"<li>-\d\.\d: words that only ask</li>", html)
    assert "only just after a sentence that makes such a claim" in html
    assert "<table>" not in html  # nothing was measured here


def test_figures_and_mistakes_are_shown_as_text(tmp_path: Path) -> None:
    row = {"precision": 0.5, "recall": 0.25, "F1": 0.333, "claims": 4, "sentences": 10}
    wrong = [
        {"text": "A <b>doubtful</b> march", "claimed": True, "score": 0.4},
        {"text": "A sure mistake", "claimed": False, "score": 0.99},
    ]
    file = tmp_path / method.JUDGED
    file.parent.mkdir()
    file.write_text(json.dumps({"protest": {"sets": {"briefs, signs": row}, "wrong": wrong}}))
    html = method.judges(tmp_path)
    assert "<td>briefs, signs</td><td>0.5</td><td>0.25</td><td>0.333</td><td>4</td><td>10</td>" in html
    assert "A &lt;b&gt;doubtful&lt;/b&gt; march" in html
    assert html.index("A &lt;b&gt;") < html.index("A sure mistake")


def test_a_damaged_file_of_figures_costs_only_the_figures(tmp_path: Path) -> None:
    file = tmp_path / method.JUDGED
    file.parent.mkdir()
    for damage in ("", "[1]", '{"protest": 3}', '{"protest": {"sets": 1, "wrong": [2]}}'):
        file.write_text(damage)
        assert "signs and their weights" in method.judges(tmp_path)
