"""What comes in from elsewhere, and our own JSON, held against programs that we did not write: entities made by the followthemoney library are
imported, and what `export json` and the mappings of the examples hold is checked by the jsonschema library against the schemas we print."""

import csv
import json

import pytest
from conftest import ROOT, run
from followthemoney import model
from jsonschema import Draft202012Validator


def proxy(schema, key, **properties):
    """An entity as the library makes it: values cleaned and checked by its own types."""
    entity = model.make_entity(schema)
    entity.id = key
    for name, values in properties.items():
        for value in [values] if isinstance(values, str) else values:
            entity.add(name, value)
    return entity


@pytest.fixture(scope="module")
def entities(tmp_path_factory):
    doc = proxy("Article", "doc", title="A report (invented)", publishedAt="2020-05-01", publisher="A paper", sourceUrl="https://example.org/a")
    made = [
        doc,
        proxy("Person", "p", name=["Ann Example", "آن"], birthDate="1970", wikidataId="Q42"),
        proxy("Organization", "o", name='The "Group" <b>', topics="crime.terror", previousName="The Band", abbreviation="TG"),
        proxy("PublicBody", "g", name="The Government", topics="gov.national"),
        proxy("Company", "c", name="Iron & Co."),
        proxy("Membership", "m", member="p", organization="o", startDate="2012-03", endDate="2014", proof="doc"),
        proxy("Directorship", "d", director="p", organization="c", startDate="2015", proof="doc"),
        proxy("Ownership", "w", owner="g", asset="c", percentage="80", proof="doc"),
        proxy("UnknownLink", "u", subject="g", object="o", role="enemy of", startDate="2013", proof="doc"),
        proxy("UnknownLink", "v", subject="g", object="c", role="knows", proof="doc"),
        proxy("Succession", "s", predecessor="o", successor="c", date="2016", proof="doc"),
        proxy("Event", "e", name="A raid", keywords="attack", date="2016-02-01T10:00:00", involved=["o", "g"], proof="doc"),
        proxy("Family", "f", person="p", relative="p", relationship="self"),
    ]
    path = tmp_path_factory.mktemp("ftm") / "entities.ftm.json"
    # As the library's own tools write them: also the fragments of one entity on lines of their own.
    lines = [json.dumps(entity.to_dict()) for entity in made]
    lines.append(json.dumps(proxy("Organization", "o", alias="Groupe").to_dict()))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def exported(folder):
    return json.loads(run("export", "json", "--data", folder).stdout)


def test_entities_of_the_library_become_actors_relations_events_and_sources(entities, tmp_path):
    done = run("import", "ftm", entities, "--out", tmp_path / "set")
    assert "1 Family left out: no rule covers it" in done.stdout
    assert '1 UnknownLink left out: no relation type is called "knows"' in done.stdout
    data = exported(tmp_path / "set")
    kinds = {actor["name"]: actor["kind"] for actor in data["actors"]}
    assert kinds == {
        "Ann Example": "person",
        'The "Group" <b>': "armed_group",
        "The Government": "government",
        "Iron & Co.": "private_actor",
    }
    relations = {(r["subject"], r["type"], r["object"], r["valid"]) for r in data["relations"]}
    assert relations == {
        ("ann-example", "belongs_to", "the-group-b", "2012-03/2014"),
        ("ann-example", "leads", "iron-co", "2015/"),
        ("iron-co", "subordinate_to", "the-government", "/.."),
        ("the-government", "enemy_of", "the-group-b", "2013/"),
        ("iron-co", "successor_of", "the-group-b", "2016"),
    }
    group = next(a for a in data["actors"] if a["id"] == "the-group-b")
    assert {(n["name"], n["kind"]) for n in group["names"]} == {("TG", "acronym"), ("The Band", "former"), ("Groupe", "alias")}
    (event,) = data["events"]
    assert (event["kind"], event["date"], len(event["participants"])) == ("attack", "2016-02-01", 2)
    (source,) = data["sources"]
    assert (source["kind"], source["published"], source["url"]) == ("news", "2020-05-01", "https://example.org/a")
    assert all(c["source"] == source["id"] for r in data["relations"] for c in r["claims"])
    assert run("check", tmp_path / "set").returncode == 0


def test_what_export_ftm_writes_comes_back_through_the_library(export, tmp_path):
    # Read and written by the library between our export and our import.
    path = tmp_path / "again.ftm.json"
    with open(export("ftm"), encoding="utf-8") as lines, open(path, "w", encoding="utf-8") as out:
        for line in lines:
            out.write(json.dumps(model.get_proxy(json.loads(line)).to_dict()) + "\n")
    run("import", "ftm", path, "--out", tmp_path / "set")
    ours, back = json.loads(run("export", "json").stdout), exported(tmp_path / "set")
    for field in ("id", "subject", "type", "object", "valid"):
        assert [r[field] for r in ours["relations"]] == [r[field] for r in back["relations"]], field
    for field in ("id", "name", "kind"):
        assert [a[field] for a in ours["actors"]] == [a[field] for a in back["actors"]], field
    assert [(e["id"], e["date"], e["kind"]) for e in ours["events"]] == [(e["id"], e["date"], e["kind"]) for e in back["events"]]
    count = lambda data: sum(len(r.get("claims", [])) for kind in ("actors", "relations", "events") for r in data[kind])
    assert count(ours) == count(back)


def test_our_json_is_what_our_schema_says(export, tmp_path):
    schema = json.loads(run("schema").stdout)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    validator.validate(json.loads(export("json").read_text("utf-8")))
    validator.validate(json.loads(export("json", "--at", "2016", "--source", "WaPo").read_text("utf-8")))
    run("import", "json", export("json"), "--out", tmp_path / "set")
    # The marker of the import is no data file: like loads, pass over names that begin with a dot.
    files = sorted(p for p in (tmp_path / "set").glob("*.json") if not p.name.startswith("."))
    assert len(files) >= 4
    for path in files:
        validator.validate(json.loads(path.read_text("utf-8")))
    for path in (ROOT / "data").rglob("*.json"):
        if "schema" not in path.name and path.name != "lexicon.json":
            validator.validate(json.loads(path.read_text("utf-8")))
    # And refuses what is not.
    assert not validator.is_valid({"actors": [{"id": "a", "nam": "A", "kind": "state"}]})


@pytest.mark.parametrize("name", ["ties.map.json", "incidents.map.json"])
def test_mappings_are_what_their_schema_says(name):
    schema = json.loads(run("schema", "mapping").stdout)
    Draft202012Validator.check_schema(schema)
    mapping = json.loads((ROOT / "examples" / "import" / name).read_text("utf-8"))
    Draft202012Validator(schema).validate(mapping)
    mapping["tables"][0]["actors"][0]["nmae"] = "x"
    assert not Draft202012Validator(schema).is_valid(mapping)


def test_the_map_of_entities_is_what_its_schema_says():
    schema = json.loads(run("schema", "ftm").stdout)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate({"kinds": {"Organization": None}, "links": {"Ownership": None, "Directorship": {"type": "leads"}}})
    assert not Draft202012Validator(schema).is_valid({"kind": {}})


def test_tables_written_by_another_library_are_read_as_they_are(tmp_path):
    names = ['say "no"', "two\nlines", "semi;colon, comma\ttab", "جبهة الشمال", " padded ", "'single'", "emoji 🐐"]
    mapping = tmp_path / "map.json"
    mapping.write_text(json.dumps({"tables": [{"actors": [{"name": {"column": "name"}, "kind": "state", "summary": {"column": "text"}}]}]}))
    for dialect in ("excel", "excel-tab", "unix"):
        table = tmp_path / f"{dialect}.csv"
        with open(table, "w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out, dialect=dialect)
            writer.writerow(["name", "text"])
            writer.writerows([name, f"about {name}"] for name in names)
        folder = tmp_path / dialect
        run("import", "csv", table, "--map", mapping, "--out", folder)
        actors = exported(folder)["actors"]
        assert {a["name"]: a["summary"] for a in actors} == {n.strip(): f"about {n}".strip() for n in names}
