"""Drawings of the shipped data, judged from outside: nothing overlaps, and Graphviz draws the same graph no better."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from conftest import run

sys.path.insert(0, str(Path(__file__).parent))
from drawing import Drawing  # noqa: E402

VIEWS = [["--at", "2015"], ["--at", "2018"], ["--at", "2025-11"], ["--at", "2025-01", "--around", "HTS"]]


@pytest.fixture(scope="module", params=VIEWS, ids=" ".join)
def drawn(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn")
    svg, dot = folder / "own.svg", folder / "own.dot"
    run("export", "svg", "--out", svg, *request.param)
    run("export", "dot", "--out", dot, *request.param)
    return Drawing(svg), dot


def test_boxes_of_actors_do_not_overlap(drawn):
    assert drawn[0].overlaps() == []


def test_the_page_lies_on_its_side(drawn):
    assert 1.05 < drawn[0].width / drawn[0].height < 1.75


@pytest.mark.skipif(not shutil.which("sfdp"), reason="Graphviz is not installed")
def test_graphviz_draws_the_same_graph_with_more_crossings_and_no_fewer_lines_through_boxes(drawn, tmp_path):
    own, dot = drawn
    theirs = tmp_path / "sfdp.svg"
    subprocess.run(["sfdp", "-Tsvg", str(dot), "-o", str(theirs)], check=True, stderr=subprocess.DEVNULL, timeout=120)
    other = Drawing(theirs)
    assert set(own.boxes) == set(other.boxes), "both show the same actors"
    ours, sfdp = own.figures(), other.figures()
    assert ours["crossings"] < sfdp["crossings"], (ours, sfdp)
    assert ours["through boxes"] <= sfdp["through boxes"], (ours, sfdp)


def test_a_png_has_twice_the_pixels_and_the_ink_of_its_letters(tmp_path):
    file = tmp_path / "turkey.png"
    done = run("export", "png", "--at", "2025-01", "--around", "Turkey", "--out", file)
    assert "signs that its letters lack" not in done.stderr
    svg = run("export", "svg", "--at", "2025-01", "--around", "Turkey").stdout
    width, height = (int(svg.split(f'{side}="')[1].split('"')[0]) for side in ("width", "height"))
    picture = Image.open(file).convert("L")
    assert picture.size == (2 * width, 2 * height)
    # The title stands in the upper left corner, in nearly black.
    title = picture.crop((0, 0, width, 120))
    assert sum(title.histogram()[:80]) > 500


def test_arabic_and_signs_that_no_letters_are_there_for(tmp_path):
    (tmp_path / "data.json").write_text(
        """{"sources": [{"id": "s", "title": "S", "published": "2020-01-01", "kind": "news", "reliability": "B"}],
        "actors": [{"id": "a", "name": "جبهة النصرة", "kind": "armed_group"}, {"id": "b", "name": "日本", "kind": "state"}],
        "relations": [{"id": "r", "subject": "a", "type": "enemy_of", "object": "b", "valid": "2015/2021", "basis": "reported",
          "claims": [{"source": "s", "locator": "1", "stance": "supports", "modality": "asserted", "credibility": 2, "note": "N."}]}]}""",
        encoding="utf-8",
    )
    file = tmp_path / "a.png"
    done = run("export", "png", "--data", tmp_path / "data.json", "--out", file)
    assert "日 (U+65E5), 本 (U+672C): signs that its letters lack" in done.stderr, done.stderr
    assert Image.open(file).size[0] > 600
