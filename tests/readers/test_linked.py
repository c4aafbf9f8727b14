"""RDF, STIX and FollowTheMoney as their own libraries read them, and briefs as a Markdown parser does; held against what the program itself lists."""

import collections
import datetime
import json
import re

import pytest
import rdflib
import stix2
from followthemoney import model
from followthemoney.exc import InvalidData
from markdown_it import MarkdownIt
from rdflib.compare import isomorphic, to_isomorphic
from stix2validator import ValidationOptions, validate_instance

from conftest import ROOT, run

AGL = rdflib.Namespace("urn:allegiance:ns:")
PREFIXES = """
PREFIX agl: <urn:allegiance:ns:> PREFIX actor: <urn:allegiance:actor:> PREFIX type: <urn:allegiance:type:>
PREFIX relation: <urn:allegiance:relation:> PREFIX source: <urn:allegiance:source:> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""


def rows(*arguments):
    return json.loads(run(*arguments, "--format", "json").stdout)["rows"]


@pytest.fixture(scope="module")
def listed():
    """The shipped records as `list` tells them, by kind and readable id."""
    return {kind: {row["id"]: row for row in rows("list", kind, "--ever")} for kind in ("actors", "relations", "events", "sources")}


@pytest.fixture(scope="module")
def graph(export):
    return rdflib.Graph().parse(export("turtle"), format="turtle")


def test_turtle_and_json_ld_are_one_graph_without_blank_nodes(export, graph):
    other = rdflib.Graph().parse(export("json-ld"), format="json-ld")
    assert len(graph) > 20_000
    assert isomorphic(to_isomorphic(graph), to_isomorphic(other))
    assert not any(isinstance(term, rdflib.BNode) for triple in graph for term in triple)
    assert not [o for o in graph.objects() if isinstance(o, rdflib.Literal) and o.ill_typed], "literals are of their types"


def test_every_record_is_in_the_graph(graph, listed):
    def ids(kind):
        of = rdflib.URIRef("http://purl.org/dc/terms/identifier")
        return {str(graph.value(s, of)) for s in graph.subjects(rdflib.RDF.type, AGL[kind])}

    assert ids("Actor") == set(listed["actors"])
    assert ids("Event") == set(listed["events"])
    assert ids("Source") == set(listed["sources"])
    denied = {id for id, row in listed["relations"].items() if row["status"] == "denied"}
    assert len(denied) > 3
    assert ids("DeniedRelation") == denied
    assert ids("Relation") == set(listed["relations"]) - denied


def test_dates_claims_and_grades_are_those_of_the_list(graph, listed):
    for id, row in listed["relations"].items():
        subject = rdflib.URIRef(f"urn:allegiance:relation:{id}")
        assert str(graph.value(subject, AGL.valid)) == row["valid"]
        assert str(graph.value(subject, AGL.status)) == row["status"]
        claims = list(graph.objects(subject, AGL.claim))
        told = collections.Counter((str(graph.value(c, AGL.grade)), str(graph.value(c, AGL.stance)), str(graph.value(c, AGL.note))) for c in claims)
        assert told == collections.Counter((c["grade"], c["stance"], c["note"]) for c in row["claims"]), id
        bounds = [graph.value(subject, AGL[name]) for name in ("startEarliest", "startLatest", "endEarliest", "endLatest")]
        assert all(isinstance(day.toPython(), datetime.date) for day in bounds if day is not None)
        first, last = graph.value(subject, AGL.certainFrom), graph.value(subject, AGL.certainUntil)
        assert (first is None) == (last is None)
        assert first is None or first.toPython() <= last.toPython()


@pytest.mark.parametrize("day", ["2015-06-01", "2018-03-01", "2025-01-24"])
def test_a_sparql_query_finds_what_certainly_held_on_a_day(graph, day):
    query = PREFIXES + """
    SELECT ?id WHERE { ?r a agl:Relation ; <http://purl.org/dc/terms/identifier> ?id ; agl:certainFrom ?from ; agl:certainUntil ?until .
      FILTER(?from <= "%s"^^xsd:date && "%s"^^xsd:date <= ?until) }""" % (day, day)
    found = {str(row.id) for row in graph.query(query)}
    told = {row["id"] for row in rows("list", "relations", "--at", day, "--certain")}
    assert len(told) >= 10
    assert found == told


def test_a_sparql_query_names_the_allies_of_the_predecessor_of_hts_in_2015(graph):
    query = PREFIXES + """
    SELECT DISTINCT ?other WHERE {
      actor:hts type:successor_of ?line . ?r a agl:Relation ; agl:subject|agl:object ?line ; agl:subject|agl:object ?other ; agl:type ?type ;
        agl:status "supported" ; agl:modality "asserted" ; agl:startLatest ?start ; agl:endEarliest ?end .
      ?type agl:polarity 1 ; agl:category ?category . FILTER(?other != ?line && ?category IN ("cooperation", "structure"))
      FILTER(?start <= "2015-12-31"^^xsd:date && ?end >= "2015-01-01"^^xsd:date) }"""
    found = {str(row.other).removeprefix("urn:allegiance:actor:") for row in graph.query(query)}
    allies = rows("allies", "HTS", "--at", "2015", "--certain")
    told = {end["id"] for row in allies for end in (row["subject"], row["object"])} - {"nusra", "hts"}
    assert told == {"al-qaeda"}
    assert found == told


def test_a_claim_leads_to_its_source_and_paragraph(graph):
    query = PREFIXES + """
    SELECT ?source ?paragraph ?grade WHERE { relation:hts.cooperates_with.turkey agl:claim ?c .
      ?c prov:wasDerivedFrom ?source ; agl:paragraph ?paragraph ; agl:grade ?grade ; agl:stance "supports" }"""
    found = {(str(r.source).rsplit(":", 1)[1], int(r.paragraph), str(r.grade)) for r in graph.query(query)}
    assert found == {("giustozzi-2025-03", 25, "B2"), ("mei-2019-01", 7, "B2")}


def test_the_query_of_the_page_answers(graph):
    page = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")
    query = page.split("```sparql\n")[1].split("```")[0]
    told = {f"{r['subject']['name']} " for r in rows("list", "relations", "--at", "2016-07-28", "--certain")}
    found = list(graph.query(query))
    assert len(told) > 5 and all(any(str(row.label).startswith(name) for row in found) for name in told)


def test_no_query_for_relations_finds_what_is_denied(graph):
    assert not list(graph.subjects(AGL.deniedSubject, None, unique=True)) == []
    for subject in graph.subjects(AGL.deniedSubject):
        assert (subject, AGL.subject, None) not in graph
        ends = graph.value(subject, AGL.deniedSubject), graph.value(subject, AGL.deniedType), graph.value(subject, AGL.deniedObject)
        same = [r for r in graph.subjects(AGL.type, ends[1]) if graph.value(r, AGL.subject) == ends[0] and graph.value(r, AGL.object) == ends[2]]
        assert same or ends not in graph


def test_every_term_of_ours_is_explained_and_every_word_defined(graph):
    skos = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
    used = {p for p in graph.predicates() if p.startswith(AGL)} | {c for c in graph.objects(None, rdflib.RDF.type) if c.startswith(AGL)}
    assert len(used) > 40
    for term in used:
        assert graph.value(term, rdflib.RDFS.label) and graph.value(term, rdflib.RDFS.comment), term
    for word in set(graph.objects(None, AGL.type)) | set(graph.objects(None, AGL.kind)):
        assert graph.value(word, skos.definition), word
    objects = {o for o in graph.objects() if isinstance(o, rdflib.URIRef) and o.startswith("urn:allegiance:") and o != rdflib.URIRef(AGL)}
    missing = {o for o in objects if (o, None, None) not in graph and not o.startswith("urn:allegiance:relation:")}
    assert not missing, "whatever is named is described"


def test_names_have_their_languages(graph):
    alt = rdflib.URIRef("http://www.w3.org/2004/02/skos/core#altLabel")
    names = list(graph.objects(rdflib.URIRef("urn:allegiance:actor:hts"), alt))
    assert rdflib.Literal("هيئة تحرير الشام", lang="ar") in names
    assert rdflib.Literal("HTS") in names


# STIX


def bundle(export, *flags):
    return json.loads(export("stix", *flags).read_text(encoding="utf-8"))


# Off are: that random ids are better than steady ones, that types of relationships come from the list, and that regions do.
OPTIONS = dict(version="2.1", enforce_refs=True, strict_types=True, strict_properties=True, disabled=["uuid-check", "relationship-types", "region"])


def complaints(data):
    result = validate_instance(data, ValidationOptions(**OPTIONS))
    results = result if isinstance(result, list) else [result]
    return [str(e) for r in results for e in list(r.errors) + list(r.warnings)]


def test_the_bundle_is_valid_stix(export):
    data = bundle(export)
    assert complaints(data) == []


def test_the_validator_would_have_complained(export):
    data = bundle(export)
    kinds = {}
    for thing in data["objects"]:
        kinds.setdefault(thing["type"], thing)
    for kind, spoil in [
        ("relationship", {"stop_time": "2001-01-01T00:00:00.000Z", "start_time": "2002-01-01T00:00:00.000Z"}),
        ("relationship", {"relationship_type": "Allied With"}),
        ("relationship", {"confidence": 300}),
        ("identity", {"created": "yesterday"}),
        ("location", {"region": None}),
        ("note", {"object_refs": []}),
        ("opinion", {"opinion": "maybe"}),
    ]:
        spoilt = {k: v for k, v in {**kinds[kind], **spoil}.items() if v is not None}
        assert complaints({**data, "objects": [spoilt]}) != [], (kind, spoil)


def test_stix2_reads_every_object(export):
    data = bundle(export)
    read = stix2.parse(json.dumps(data))
    assert len(read.objects) == len(data["objects"])
    assert all(not isinstance(thing, dict) for thing in read.objects), "every object is of a class that stix2 knows"
    ids = {thing["id"] for thing in data["objects"]}
    for thing in data["objects"]:
        named = [value for key, value in thing.items() if key.endswith("_ref")]
        named += [value for key, values in thing.items() if key.endswith("_refs") for value in values]
        assert set(named) <= ids, thing["id"]


def extension(thing):
    return next(iter(thing.get("extensions", {}).values()), {})


def test_relationships_are_the_relations_that_are_not_denied(export, listed):
    data = bundle(export)
    held = {id: row for id, row in listed["relations"].items() if row["status"] != "denied"}
    found = {extension(t)["id"]: t for t in data["objects"] if t["type"] == "relationship"}
    assert set(found) == set(held)
    denied = {extension(t)["id"] for t in data["objects"] if t["type"] == "note" and "denied" in t["labels"]}
    assert denied == set(listed["relations"]) - set(held)
    names = {t["id"]: t["name"] for t in data["objects"] if t["type"] in ("identity", "location")}
    for id, row in held.items():
        thing = found[id]
        assert names[thing["source_ref"]] == row["subject"]["name"] and names[thing["target_ref"]] == row["object"]["name"]
        assert thing["relationship_type"] == row["type"].replace("_", "-")
        assert extension(thing)["valid"] == row["valid"]
        assert len(thing["external_references"]) == len(row["claims"])
        plain = row["status"] == "supported" and row["modality"] == "asserted"
        if not plain:
            assert "start_time" not in thing and "stop_time" not in thing and "confidence" not in thing, id
            assert not thing["description"].startswith(row["subject"]["name"]), "what is doubted says so first"
        if "start_time" in thing and "stop_time" in thing:
            assert thing["start_time"] < thing["stop_time"]


def test_what_speaks_against_a_tie_is_an_opinion(export, listed):
    data = bundle(export)
    against = sum(
        claim["stance"] != "supports"
        for kind in ("relations", "events")
        for row in listed[kind].values()
        if row["status"] not in ("denied", "unsourced")
        for claim in row["claims"]
    )
    opinions = [t for t in data["objects"] if t["type"] == "opinion"]
    assert len(opinions) == against > 5
    assert {o["opinion"] for o in opinions} == {"disagree", "strongly-disagree"}


def test_everything_of_a_source_is_in_its_report(export, listed):
    data = bundle(export)
    reports = {extension(t)["id"]: t for t in data["objects"] if t["type"] == "report"}
    assert set(reports) == set(listed["sources"])
    by_record = {extension(t).get("id"): t["id"] for t in data["objects"] if t["type"] == "relationship"}
    for id, row in listed["relations"].items():
        if id in by_record:
            for source in row["sources"]:
                assert by_record[id] in reports[source]["object_refs"]


# FollowTheMoney


def entities(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_followthemoney_takes_every_entity_as_it_is(export):
    ids = set()
    named = set()
    for data in entities(export("ftm")):
        schema = model.get(data["schema"])
        assert schema is not None and not schema.abstract
        schema.validate(data)
        assert set(data["properties"]) <= set(schema.properties)
        trusted, cleaned = model.get_proxy(data, cleaned=True), model.get_proxy(data, cleaned=False)
        for prop in schema.properties:
            assert sorted(trusted.get(prop)) == sorted(cleaned.get(prop)), (data["id"], prop)
        assert all(trusted.get(prop) for prop in schema.required), data["id"]
        assert data["id"] not in ids
        ids.add(data["id"])
        named |= {value for prop, value in trusted.itervalues() if prop.type.name == "entity"}
    assert named <= ids


def test_followthemoney_would_have_complained(export):
    link = next(e for e in entities(export("ftm")) if e["schema"] == "Membership")
    for spoil in [{"startDate": ["about 2016"]}, {"member": ["a_b"]}, {"member": []}]:
        with pytest.raises(InvalidData):
            model.get("Membership").validate({**link, "properties": {**link["properties"], **spoil}})


def test_links_are_the_relations_and_their_dates_as_sure_as_the_record(export, listed):
    found = {}
    for data in entities(export("ftm")):
        schema = model.get(data["schema"])
        if schema.edge:
            found[data["properties"]["recordId"][0]] = data
    held = {id: row for id, row in listed["relations"].items() if row["status"] != "denied"}
    assert set(found) == set(held)
    plain = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")
    for id, row in held.items():
        properties = found[id]["properties"]
        start, _, end = row["valid"].partition("/")
        if "/" in row["valid"]:
            assert properties.get("startDate", []) == ([start] if plain.match(start) else properties.get("startDate", [])), id
            assert not properties.get("startDate") or start[0] in "[12"
            assert not properties.get("endDate") or end[0] in "[12"
            for side, text in (("startDate", start), ("endDate", end)):
                if any(sign in text for sign in "~?%") or ".." in text:
                    assert side not in properties, id
        if row["status"] != "supported" or row["modality"] != "asserted":
            assert found[id]["schema"] == "UnknownLink", id
            assert "(" in properties["role"][0], "a doubt stands in the role"


def test_leaders_and_members_have_their_own_schemata(export):
    schemata = collections.Counter(data["schema"] for data in entities(export("ftm")))
    for schema in ("Directorship", "Membership", "Succession", "Control", "Representation", "Employment", "Sanction", "Event", "Person", "PublicBody"):
        assert schemata[schema] > 0, schema


# Briefs


def parsed(text):
    """The headings, and the plain text of each block, as a Markdown parser sees them."""
    tokens = MarkdownIt("commonmark").parse(text)
    assert not [t for t in tokens if t.type in ("html_block", "code_block", "fence", "hr")]
    inline = [t for t in tokens if t.type == "inline"]
    kinds = {child.type for t in inline for child in t.children}
    assert kinds <= {"text", "strong_open", "strong_close", "em_open", "em_close", "softbreak", "text_special"}, kinds
    headings = [tokens[n + 1].content for n, t in enumerate(tokens) if t.type == "heading_open"]
    return headings, ["".join(c.content for c in t.children) for t in inline]


@pytest.mark.parametrize("who", ["HTS", "SDF", "Turkey", "Ahmed al-Sharaa", "Islamic State"])
@pytest.mark.parametrize("flags", [(), ("--at", "2015"), ("--ever", "--full"), ("--known-by", "2019-12-31")])
def test_every_number_of_a_brief_has_its_source_and_every_source_is_cited(who, flags):
    done = run("brief", who, *flags)
    headings, blocks = parsed(done.stdout)
    assert headings[0].startswith(rows("show", who)[0]["subject"]["name"][:2]) or headings[0]
    cited = set()
    for block in blocks:
        for inside in re.findall(r"\[(\d[^\]]*)\]", block):
            cited |= {int(part.strip().split(" ")[0].rstrip(",")) for part in inside.split(";")}
    tokens = MarkdownIt("commonmark").parse(done.stdout)
    starts = [t.attrGet("start") or 1 for t in tokens if t.type == "ordered_list_open"]
    if not cited:
        assert starts == []
        return
    assert starts == [1], "the sources are one numbered list"
    opened = next(n for n, t in enumerate(tokens) if t.type == "ordered_list_open")
    listed = sum(t.type == "list_item_open" and t.markup == "." for t in tokens[opened:])
    assert cited == set(range(1, listed + 1))


def test_paragraphs_cited_are_those_of_the_claims():
    page = json.loads(run("brief", "HTS", "--format", "json").stdout)
    numbers = {s["id"]: s["number"] for s in page["sources"]}
    for row in page["rows"]:
        if row["section"] == "names":
            continue
        told = {(int(part.split(" ")[0]), place) for part in row["citations"].split("; ") if part for place in re.findall(r"¶[\d,-]+", part)}
        for number, place in told:
            paragraphs = set()
            for span in place.removeprefix("¶").split(","):
                first, _, last = span.partition("-")
                paragraphs |= set(range(int(first), int(last or first) + 1))
            claimed = set()
            for claim in row["claims"]:
                if numbers[claim["source"]] == number:
                    for span in re.findall(r"\d+(?:[-–]¶?\d+)?", claim["locator"]):
                        first, *last = re.split(r"[-–]¶?", span)
                        claimed |= set(range(int(first), int(last[0] if last else first) + 1))
            assert paragraphs <= claimed, row["text"]


NASTY = ["<script>alert(1)</script>", "[a](https://example.org/)", "# head", "1. one", "- item", "`code`", "a\nb", "**bold**", "![x](y)", "> quote", "Ünïcode جبهة 🧿"]


@pytest.fixture(scope="module")
def nasty(tmp_path_factory):
    """A data set whose every text would be something else in Markdown, RDF or JSON if it were not escaped."""
    claim = lambda text: {"source": "s", "locator": "¶1", "stance": "supports", "modality": "asserted", "credibility": 2, "note": text}
    actors = [{"id": f"a{n}", "name": text, "kind": "armed_group", "summary": text, "claims": [claim(text)]} for n, text in enumerate(NASTY)]
    actors.append({"id": "middle", "name": "Middle", "kind": "armed_group"})
    relations = [
        {"id": f"r{n}", "subject": f"a{n}", "type": "enemy_of", "object": "middle", "valid": "2016/..", "basis": "reported", "claims": [claim(text)]}
        for n, text in enumerate(NASTY)
    ]
    sources = [{"id": "s", "title": NASTY[1], "publisher": NASTY[0], "published": "2020-01-01", "kind": "news", "reliability": "B", "paragraphs": 3}]
    path = tmp_path_factory.mktemp("nasty") / "data.json"
    path.write_text(json.dumps({"sources": sources, "actors": actors, "relations": relations}), encoding="utf-8")
    return path


def test_nasty_texts_come_back_as_they_were(export, nasty):
    flags = ("--data", nasty)
    graph = rdflib.Graph().parse(export("turtle", *flags), format="turtle")
    other = rdflib.Graph().parse(export("json-ld", *flags), format="json-ld")
    assert isomorphic(to_isomorphic(graph), to_isomorphic(other))
    named = {str(graph.value(rdflib.URIRef(f"urn:allegiance:actor:a{n}"), rdflib.RDFS.label)) for n in range(len(NASTY))}
    assert named == set(NASTY)
    data = bundle(export, *flags)
    assert complaints(data) == []
    assert set(NASTY) <= {t["name"] for t in data["objects"] if t["type"] == "identity"}
    links = [e for e in entities(export("ftm", *flags)) if e["schema"] == "Organization"]
    assert set(NASTY) <= {e["properties"]["name"][0] for e in links}
    for who in ["middle", *(f"a{n}" for n in range(len(NASTY)))]:
        headings, blocks = parsed(run("brief", who, "--full", *flags).stdout)
        assert "Sources" in headings
