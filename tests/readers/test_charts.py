"""Timelines and lineages as drawings, read by an XML parser and laid out by a browser: well-formed, self-contained, and no two labels collide.

What is checked of their contents is checked by `tests/chart.rs`; here the letters are those that a reader gets to see.
"""

import itertools

import pytest
from conftest import ROOT, run
from lxml import etree

SVG = "{http://www.w3.org/2000/svg}"

DRAWINGS = {
    "timeline-hts": ["timeline", "HTS", "--footnotes"],
    "timeline-turkey-sdf": ["timeline", "Turkey", "SDF"],
    "timeline-al-qaeda-isis": ["timeline", "al-Qaeda", "ISIS", "--footnotes"],
    "timeline-window": ["timeline", "HTS", "--during", "2024-11/2025-03", "--category", "support"],
    "timeline-day": ["timeline", "United States", "--with", "HTS", "--at", "2024-12-08"],
    "timeline-known-by": ["timeline", "HTS", "--known-by", "2019"],
    "timeline-small-set": ["timeline", "NF", "--data", "tests/cli/data"],
    "lineage-hts": ["lineage", "HTS", "--footnotes"],
    "lineage-al-qaeda": ["lineage", "al-Qaeda"],
    "lineage-sdf": ["lineage", "SDF"],
    "lineage-none": ["lineage", "ISIS"],
}


@pytest.fixture(scope="module")
def drawings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("charts")
    paths = {}
    for name, arguments in DRAWINGS.items():
        path = folder / f"{name}.svg"
        path.write_text(run(*arguments, "--format", "svg", cwd=ROOT).stdout, encoding="utf-8")
        paths[name] = path
    return paths


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("name", DRAWINGS)
def test_it_is_well_formed_named_and_asks_for_nothing_from_outside(drawings, name):
    root = etree.parse(str(drawings[name])).getroot()
    assert root.tag == SVG + "svg"
    assert root.find(SVG + "title").text and root.find(SVG + "desc").text
    for element in root.iter(etree.Element):
        assert element.tag.startswith(SVG), element.tag
        assert element.tag not in (SVG + "script", SVG + "image", SVG + "use", SVG + "foreignObject", SVG + "style")
        for key, value in element.attrib.items():
            assert "href" not in key and not key.startswith("on")
            assert "url(" not in value or value.startswith("url(#")
    defined = {element.get("id") for element in root.iter(etree.Element) if element.get("id")}
    for element in root.iter(etree.Element):
        for value in element.attrib.values():
            if value.startswith("url(#"):
                assert value[5:-1] in defined, value


@pytest.mark.parametrize("name", [n for n in DRAWINGS if n != "lineage-none"])
def test_every_record_tells_its_sources_when_pointed_at(drawings, name):
    root = etree.parse(str(drawings[name])).getroot()
    told = [g for g in root.iter(SVG + "g") if g.get("class") in ("row", "event", "passage")]
    assert told
    names = 0
    for group in told:
        tip = group.find(SVG + "title").text.split("\n")
        names += len(tip) < 3  # a name over time has no claims
        assert len(tip) < 3 or ("¶" in tip[2] or "p. " in tip[2]), tip
    assert names <= 3


LABELS = """() => [...document.querySelectorAll('text')].map(t => {
    const b = t.getBBox();
    return {text: t.textContent, kind: t.getAttribute('class'), box: [b.x, b.y, b.x + b.width, b.y + b.height]};
}).concat([{text: '', kind: 'page', box: [0, 0, document.documentElement.viewBox.baseVal.width,
    document.documentElement.viewBox.baseVal.height]}])"""


@pytest.mark.parametrize("name", DRAWINGS)
def test_no_two_labels_collide_and_all_stay_on_the_page(drawings, name, page):
    page.goto(drawings[name].as_uri())
    labels = page.evaluate(LABELS)
    frame = labels.pop()["box"]
    assert len(labels) > 5
    for label in labels:
        left, top, right, bottom = label["box"]
        assert left >= -0.5 and top >= -0.5 and right <= frame[2] + 0.5 and bottom <= frame[3] + 0.5, label
    # Boxes of letters hold room above and below; what is drawn keeps two pixels of it.
    for a, b in itertools.combinations(labels, 2):
        (al, at, ar, ab), (bl, bt, br, bb) = a["box"], b["box"]
        wide, high = min(ar, br) - max(al, bl), min(ab, bb) - max(at, bt)
        assert wide < 1 or high < 4, (a, b)


MARKS = """() => [...document.querySelectorAll('path.happened')].map(p => {
    const b = p.getBBox();
    return [b.x, b.y, b.x + b.width, b.y + b.height];
})"""


@pytest.mark.parametrize("name", [n for n in DRAWINGS if n.startswith("timeline")])
def test_no_words_cover_the_mark_of_an_event(drawings, name, page):
    page.goto(drawings[name].as_uri())
    words = [label for label in page.evaluate(LABELS) if label["kind"] == "event"]
    for left, top, right, bottom in page.evaluate(MARKS):
        for label in words:
            al, at, ar, ab = label["box"]
            assert min(ar, right) - max(al, left) < 1 or min(ab, bottom) - max(at, top) < 4, (label, left, top)


def test_the_same_question_gives_the_same_bytes(drawings):
    for name in ("timeline-hts", "lineage-hts"):
        again = run(*DRAWINGS[name], "--format", "svg", cwd=ROOT).stdout
        assert again == drawings[name].read_text(encoding="utf-8")
