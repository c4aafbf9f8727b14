"""The matrix as CSV, SVG and HTML, read by parsers we did not write, each cell held against what `between` says of the pair."""

import base64
import csv
import hashlib
import io
import itertools
import json
import re
import xml.etree.ElementTree as ElementTree

import html5lib
import pytest
import tinycss2

from conftest import run

ACTORS = ["hts", "isis", "al-qaeda", "sdf", "turkey", "russia", "iran", "united-states", "israel", "assad-regime"]
SVG = "{http://www.w3.org/2000/svg}"
HTML = "{http://www.w3.org/1999/xhtml}"
MARKS = {"+": "friend", "−": "enemy", "±": "mixed", "○": "dealings", "·": "nothing known"}


def matrix(*flags):
    return run("matrix", *ACTORS, *flags).stdout


@pytest.fixture(scope="module")
def signs():
    """What `between` says of each pair on two dates: the oracle, which goes another way through the program."""
    found = {}
    for date in ("2015", "2025-01"):
        for a, b in itertools.combinations(ACTORS, 2):
            answer = json.loads(run("between", a, b, "--at", date, "--format", "json", check=False).stdout)
            found[date, a, b] = found[date, b, a] = answer["sign"]
    assert len({sign for sign in found.values()}) == 5, "every sign is among them"
    return found


def test_json_has_every_pair_once_with_the_sign_of_between_and_its_claims(signs):
    page = json.loads(matrix("--at", "2025-01", "--format", "json"))
    assert [actor["id"] for actor in page["actors"]] == ACTORS
    pairs = [(row["first"]["id"], row["second"]["id"]) for row in page["rows"]]
    assert pairs == list(itertools.combinations(ACTORS, 2))
    for row in page["rows"]:
        assert row["sign"] == signs["2025-01", row["first"]["id"], row["second"]["id"]]
        deciding = [relation for relation in row["relations"] if relation["decides"]]
        assert bool(deciding) == (row["sign"] != "nothing known")
        assert all(relation["claims"] for relation in row["relations"])
        polarities = {relation["polarity"] for relation in deciding}
        assert {"friend": polarities >= {1} and -1 not in polarities, "enemy": polarities >= {-1} and 1 not in polarities,
                "mixed": polarities >= {1, -1}, "dealings": polarities == {0}, "nothing known": not polarities}[row["sign"]]


def test_csv_is_a_square_that_reads_the_same_both_ways(signs):
    rows = list(csv.reader(io.StringIO(matrix("--at", "2015", "--format", "csv"))))
    names = rows[0][1:]
    assert [row[0] for row in rows[1:]] == names and len(names) == len(ACTORS)
    for i, a in enumerate(ACTORS):
        assert rows[i + 1][i + 1] == ""
        for j, b in enumerate(ACTORS):
            if i != j:
                assert rows[i + 1][j + 1] == rows[j + 1][i + 1]
                assert rows[i + 1][j + 1].split(",")[0] == signs["2015", a, b]


def test_csv_long_says_what_changed(signs):
    rows = list(csv.DictReader(io.StringIO(matrix("--at", "2015", "--vs", "2025-01", "--format", "csv", "--long"))))
    assert len(rows) == 45
    for row in rows:
        was, now = (signs[date, row["first_id"], row["second_id"]] for date in ("2015", "2025-01"))
        assert (row["from_sign"], row["to_sign"]) == (was, now)
        change = "same" if was == now else "appeared" if was == "nothing known" else "lapsed" if now == "nothing known" else "turned"
        assert row["change"] == change


def test_svg_has_a_cell_for_each_pair_both_ways_with_its_claims(signs):
    root = ElementTree.fromstring(matrix("--at", "2025-01", "--format", "svg"))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    cells = {i: e for i, e in ((e.get("id"), e) for e in root.iter(SVG + "g")) if i and i.startswith("cell.")}
    assert set(cells) == {f"cell.{a}.{b}" for a, b in itertools.permutations(ACTORS, 2)}
    for a, b in itertools.permutations(ACTORS, 2):
        cell, sign = cells[f"cell.{a}.{b}"], signs["2025-01", a, b]
        assert cell.get("class") == sign.replace(" ", "-")
        told = cell.find(SVG + "title").text
        assert f": {sign}" in told
        assert ("¶" in told) == (sign != "nothing known"), "the tooltip cites"
    assert "2025-01" in root.find(SVG + "title").text
    words = " ".join("".join(e.itertext()) for e in root.iter(SVG + "text"))
    assert "Sources:" in words and "Washington Post" in words
    assert not list(root.iter(SVG + "script")) and "href" not in ElementTree.tostring(root, encoding="unicode")


def page_of(text):
    """The page, parsed by the rules of the standard; whatever is not as the standard wants it is an error."""
    parser = html5lib.HTMLParser(strict=True, tree=html5lib.getTreeBuilder("etree"))
    return parser.parse(text)


def the_page_asks_nobody_for_anything(text):
    root = page_of(text)
    names = {element.tag.removeprefix(HTML) for element in root.iter() if isinstance(element.tag, str)}
    assert names <= set("html head meta title style body main h1 h2 h3 p ul li div table caption thead tbody tr th td a span bdi small b section details summary".split())
    for element in root.iter():
        assert not any(name.startswith("on") or name in ("style", "src", "srcdoc") for name in element.attrib)
    policy = next(e.get("content") for e in root.iter(HTML + "meta") if e.get("http-equiv") == "Content-Security-Policy")
    style = next(root.iter(HTML + "style")).text
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "url(" not in style and "@import" not in style
    rules = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    assert not [rule for rule in rules if rule.type == "error"]
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    for link in root.iter(HTML + "a"):
        target = link.get("href")
        assert target.startswith(("https://", "http://")) or target[1:] in ids, target
    return root


def test_html_cells_lead_to_the_claims_of_their_pair(signs):
    root = the_page_asks_nobody_for_anything(matrix("--at", "2015", "--format", "html"))
    sections = {e.get("id"): e for e in root.iter(HTML + "section")}
    rows = next(root.iter(HTML + "tbody")).findall(HTML + "tr")
    for a, row in zip(ACTORS, rows, strict=True):
        for b, cell in zip(ACTORS, row.findall(HTML + "td"), strict=True):
            if a == b:
                assert "".join(cell.itertext()) == ""
                continue
            sign = signs["2015", a, b]
            assert MARKS[next(cell.iter(HTML + "b")).text] == sign
            assert f": {sign}" in "".join(cell.itertext())
            link = cell.find(HTML + "a")
            assert (link is not None) == (sign != "nothing known")
            if link is not None:
                section = "".join(sections[link.get("href")[1:]].itertext())
                assert sign in section and "¶" in section


def test_html_shows_both_times_of_what_changed(signs):
    root = the_page_asks_nobody_for_anything(matrix("--at", "2015", "--vs", "2025-01", "--format", "html"))
    rows = next(root.iter(HTML + "tbody")).findall(HTML + "tr")
    changed = 0
    for a, row in zip(ACTORS, rows, strict=True):
        for b, cell in zip(ACTORS, row.findall(HTML + "td"), strict=True):
            if a != b:
                marks = [MARKS[e.text] for e in cell.iter(HTML + "b")]
                was, now = signs["2015", a, b], signs["2025-01", a, b]
                assert marks == ([was, now] if was != now else [now])
                changed += was != now
    assert changed > 10


NASTY = [
    "<script>alert(1)</script>", "\" onmouseover=\"alert(1)", "</style></title></svg>", "]]> <!--", "R&D &amp; &gt;", "جبهة الشمال",
    "two\nlines", "=HYPERLINK(\"x\")", "\u202ereversed", "🏴 flag", "x" * 300, "javascript:alert(1)",
]


@pytest.fixture(scope="module")
def nasty(tmp_path_factory):
    """A data set whose every text would be markup if it could."""
    folder = tmp_path_factory.mktemp("nasty")
    claim = lambda n: {"source": "s1", "locator": NASTY[n], "stance": "supports", "modality": "asserted", "credibility": 2, "note": NASTY[(n + 1) % len(NASTY)]}
    data = {
        "sources": [{"id": "s1", "title": NASTY[0], "publisher": NASTY[2], "published": "2020-01-01", "kind": "news", "reliability": "B", "url": "javascript:alert(1)"}],
        "actors": [{"id": f"a{n:02}", "name": name, "kind": "armed_group"} for n, name in enumerate(NASTY)],
        "relations": [
            {"id": f"r{n:02}", "subject": f"a{n:02}", "type": ["arms", "enemy_of", "engages_with"][n % 3], "object": f"a{(n + 1) % len(NASTY):02}",
             "valid": ["2019/..", "../2021", "2017/2018"][n % 3], "basis": "reported", "claims": [claim(n)]}
            for n in range(len(NASTY))
        ],
    }
    (folder / "data.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


def test_names_that_would_be_markup_are_names(nasty):
    ids = [f"a{n:02}" for n in range(len(NASTY))]
    for flags in (["--at", "2019-06"], ["--at", "2018", "--vs", "2021"]):
        ask = lambda form: run("matrix", *ids, *flags, "--data", nasty, "--format", form).stdout
        root = the_page_asks_nobody_for_anything(ask("html"))
        heads = ["".join(e.itertext()) for e in root.iter(HTML + "span") if e.find(HTML + "bdi") is not None and e.get("class") is None]
        assert [re.sub(r"\s", " ", name) for name in NASTY] == heads[: len(NASTY)]
        drawing = ElementTree.fromstring(ask("svg"))
        assert {e.tag.removeprefix(SVG) for e in drawing.iter()} <= set("svg title desc defs pattern rect circle path polygon line g text".split())
        rows = list(csv.reader(io.StringIO(ask("csv"))))
        assert len(rows) == len(NASTY) + 1 and all(len(row) == len(NASTY) + 1 for row in rows)
        assert not any(cell.startswith("=") for row in rows for cell in row), "no formula"
        assert len(json.loads(ask("json"))["rows"]) == len(NASTY) * (len(NASTY) - 1) // 2
