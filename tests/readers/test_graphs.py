"""The graph formats, read by the tools they are for, against `allegiance list` of the same view.

GraphML by networkx and igraph, GEXF by networkx and graphology, node-link JSON by networkx, the tables by Python's csv and by an engine of Kuzu's
line, DOT by Graphviz, Mermaid by Mermaid itself (parsed, and drawn in a browser), openCypher by an engine that runs it and by Neo4j's own checker.
"""

import csv
import json
import re
import subprocess
import xml.etree.ElementTree as xml

import igraph
import kglite
import ladybug
import networkx
import pytest

from conftest import ROOT, run

NASTY = [
    "say \"no\" and 'yes'",
    "back\\slash \\n \\u0027 \\",
    "جبهة الشمال",
    "<b onclick='x()'>bold</b> &amp; ]]> <script>alert(1)</script>",
    "two\nlines\tand a tab",
    "'}) DETACH DELETE (n); //",
    '=HYPERLINK("x")',
    "semi;colon, | bar, `tick` #35; %%{init}%% **x**",
    "a --> b[end]\nsubgraph x",
    "🕊 peace",
]


@pytest.fixture(scope="session")
def nasty(tmp_path_factory):
    """A data set with such names: a ring, with a second strand, a possible and a contested relation. Returns its flags."""
    claim = {"source": "s1", "locator": "¶1", "stance": "supports", "modality": "asserted", "credibility": 2}
    against = {**claim, "source": "s2", "stance": "denies", "note": "No."}
    actors = [
        {"id": f"a{n:02}" if n else "end", "name": name, "kind": "state" if n % 2 else "armed_group"}
        for n, name in enumerate(NASTY)
    ]
    actors[2]["names"] = [{"name": NASTY[7], "kind": "alias"}, {"name": "=1+1", "kind": "alias"}]
    actors[4]["exists"] = "2014/2030"

    def relation(n, name, valid):
        claims = [{**claim, "note": NASTY[n], "modality": "reported" if n == 2 else "asserted"}]
        return {
            "id": name,
            "subject": actors[n]["id"],
            "type": "enemy_of" if n % 3 else "arms",
            "object": actors[(n + 1) % len(actors)]["id"],
            "valid": valid,
            "basis": "reported",
            "claims": claims + ([against] if n == 3 else []),
            "note": NASTY[n],
        }

    relations = [relation(n, f"r{n:02}", "2015/2018") for n in range(len(NASTY))] + [relation(0, "r00-again", "2019-02~/..")]
    event = {
        "id": "e1",
        "name": NASTY[5],
        "kind": "attack",
        "date": "2016-03",
        "claims": [{**claim, "note": NASTY[1]}],
        "participants": [{"actor": "end", "role": "agent"}, {"actor": "a01", "role": "target"}],
    }
    source = {"title": NASTY[1], "published": "2020-01-01", "kind": "news", "reliability": "B"}
    folder = tmp_path_factory.mktemp("nasty")
    data = {
        "sources": [{"id": "s1", **source}, {"id": "s2", **source}],
        "actors": actors,
        "relations": relations,
        "events": [event],
    }
    (folder / "data.json").write_text(json.dumps(data), encoding="utf-8")
    return ("--data", folder)


@pytest.fixture(scope="session", params=["shipped", "nasty", "2016"])
def flags(request, nasty):
    """The views that are compared: all that ships, a year of it, and texts that would break a careless writer."""
    return {"shipped": (), "nasty": nasty, "2016": ("--at", "2016")}[request.param]


def rows(what, *flags):
    """What `allegiance list` tells, by id."""
    return {row["id"]: row for row in json.loads(run("list", what, "--format", "json", *flags).stdout)["rows"]}


def relations(*flags):
    """The relations that hold in some way in the days of the flags, by id."""
    return {name: row for name, row in rows("relations", *flags).items() if row["holds"] != "no"}


def ends(row):
    return (row["subject"]["id"], row["object"]["id"])


def compare_actors(told, flags):
    """Names and kinds by id. A view also holds actors of whose life nothing is known in its days."""
    listed = rows("actors", *flags)
    assert set(told) == set(listed)
    for name, actor in listed.items():
        assert told[name] == (actor["name"], actor["kind"]), name


def compare_relations(told, flags):
    """Ends, type, dates, status and so on by id."""
    listed = relations(*flags)
    assert set(told) == set(listed)
    assert len(listed) > 10
    for name, row in listed.items():
        told_ends, values = told[name]
        assert told_ends == ends(row), name
        for field in ("category", "polarity", "valid", "holds", "status", "modality", "basis"):
            assert str(values[field]) == str(row[field]), (name, field)
        assert values.get("type", values.get("relation_type")) == row["type"]
        assert (values.get("note") or None) == row.get("note"), name


def items(cell):
    """The items of a list in one cell: bars part them unless a backslash stands before."""
    parts = re.split(r" (?<!\\)\| ", cell) if cell else []
    return [re.sub(r"\\(.)", r"\1", part) for part in parts]


def test_graphml_is_read_by_networkx(export, flags):
    graph = networkx.read_graphml(export("graphml", *flags))
    assert graph.is_directed() and graph.is_multigraph()
    compare_actors({n: (v["name"], v["kind"]) for n, v in graph.nodes(data=True)}, flags)
    compare_relations({key: ((a, b), v) for a, b, key, v in graph.edges(keys=True, data=True)}, flags)
    values = next(iter(graph.edges(data=True)))[2]
    assert isinstance(values["polarity"], int) and isinstance(values["symmetric"], bool)


def test_graphml_is_read_by_igraph(export, flags):
    graph = igraph.Graph.Read_GraphML(str(export("graphml", *flags)))
    assert graph.is_directed()
    compare_actors({v["id"]: (v["name"], v["kind"]) for v in graph.vs}, flags)
    told = {}
    for edge in graph.es:
        values = edge.attributes()
        values["polarity"] = int(values["polarity"])
        told[values["id"]] = ((graph.vs[edge.source]["id"], graph.vs[edge.target]["id"]), values)
    compare_relations(told, flags)


def test_parallel_relations_stay_apart(export):
    pairs = {}
    for name, row in relations().items():
        pairs.setdefault((*ends(row), row["type"]), set()).add(name)
    several = {key: names for key, names in pairs.items() if len(names) > 1}
    assert several, "the shipped data has some"
    graph = networkx.read_graphml(export("graphml"))
    for (a, b, kind), names in several.items():
        assert {key for key, v in graph[a][b].items() if v["type"] == kind} == names
    edges = read_table(export("csv", name="parallel"), "edges")
    # Tools that merge edges of one kind between the same two keep them all.
    kinds = [(row["Source"], row["Target"], row["Kind"]) for row in edges]
    assert len(set(kinds)) == len(kinds)


def test_gexf_is_read_by_networkx(export, flags):
    graph = networkx.read_gexf(export("gexf", *flags), version="1.3")
    compare_actors({n: (v["label"], v["kind"]) for n, v in graph.nodes(data=True)}, flags)
    keyed = graph.edges(data=True)
    compare_relations({v["id"]: ((a, b), v) for a, b, v in keyed}, flags)


def test_gexf_is_read_by_graphology(export, flags, javascript):
    told = javascript("gexf", export("gexf", *flags))
    compare_actors({node["key" if "key" in node else "id"]: (node["label"], node["kind"]) for node in told["nodes"]}, flags)
    compare_relations({edge["id"]: ((edge["source"], edge["target"]), edge) for edge in told["edges"]}, flags)


GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"
DAY = re.compile(r"\d{4}-\d\d-\d\d$")
# The elements and attributes of GEXF 1.3 that may stand there, with what their values may be.
GRAMMAR = {
    GEXF + "gexf": {"version": "1.3"},
    GEXF + "meta": {},
    GEXF + "creator": {},
    GEXF + "description": {},
    GEXF + "graph": {
        "mode": "dynamic",
        "defaultedgetype": "directed",
        "idtype": "string",
        "timeformat": "date",
        "timerepresentation": "interval",
    },
    GEXF + "attributes": {"class": "node|edge", "mode": "static|dynamic"},
    GEXF + "attribute": {"id": ".+", "title": ".+", "type": "string|integer|boolean"},
    GEXF + "nodes": {"count": r"\d+"},
    GEXF + "node": {"id": ".+", "label": "(?s).*"},
    GEXF + "edges": {"count": r"\d+"},
    GEXF + "edge": {
        "id": ".+",
        "source": ".+",
        "target": ".+",
        "type": "directed",
        "kind": ".+",
        "label": ".+",
        "weight": r"[\d.]+",
    },
    GEXF + "attvalues": {},
    GEXF + "attvalue": {"for": ".+", "value": "(?s).*", "start": DAY, "end": DAY},
    GEXF + "spells": {},
    GEXF + "spell": {"start": DAY, "end": DAY},
    VIZ + "color": {"r": r"\d+", "g": r"\d+", "b": r"\d+"},
    VIZ + "position": {"x": r"-?[\d.]+", "y": r"-?[\d.]+", "z": "0"},
    VIZ + "size": {"value": r"[\d.]+"},
    VIZ + "thickness": {"value": r"\d"},
    VIZ + "shape": {"value": "solid|dashed|dotted|double"},
}


def test_gexf_holds_what_the_schema_of_1_3_allows(export, flags):
    root = xml.parse(export("gexf", *flags)).getroot()
    declared = {(e.get("class"), a.get("id")) for e in root.iter(GEXF + "attributes") for a in e}
    for element in root.iter():
        allowed = GRAMMAR[element.tag]
        for name, value in element.items():
            if name.startswith("{http://www.w3.org/2001/XMLSchema-instance}"):
                continue
            assert re.fullmatch(allowed[name], value), (element.tag, name, value)
        if element.tag == GEXF + "spells":
            assert len(element) > 0
        if element.tag in (GEXF + "spell", GEXF + "attvalue") and element.get("start") and element.get("end"):
            assert element.get("start") <= element.get("end")
    for kind in ("node", "edge"):
        assert len(root.findall(f".//{GEXF}{kind}")) == int(root.find(f".//{GEXF}{kind}s").get("count"))
        used = {(kind, v.get("for")) for e in root.iter(GEXF + kind) for v in e.iter(GEXF + "attvalue")}
        assert used <= declared
    ids = [e.get("id") for e in root.iter(GEXF + "edge")]
    assert len(ids) == len(set(ids))


def covers(start, end, day):
    return (start in (None, "None") or start <= day) and (end in (None, "None") or day <= end)


@pytest.mark.parametrize("day", ["2013-06-01", "2016-07-28", "2018-01-01", "2024-12-08", "2025-11-01"])
def test_days_in_the_files_answer_as_the_program_does(export, day):
    listed = {name: row["holds"] for name, row in relations("--at", day).items()}
    # Renamings join actors who need not live at once; a view of one day shows them while both do.
    lineage = {name for name, row in rows("relations").items() if row["category"] == "lineage"}

    def check(told):
        told = {name: holds for name, holds in told.items() if name in listed or name not in lineage}
        assert told == listed

    gexf = networkx.read_gexf(export("gexf"), version="1.3")
    told = {}
    for _, _, values in gexf.edges(data=True):
        if all(covers(*spell, day) for spell in values.get("spells", [])[:1]):
            said = [word for word, start, end in values["holds_on_day"] if covers(start, end, day)]
            assert len(said) == 1
            told[values["id"]] = said[0]
    check(told)
    told = {}
    for row in read_table(export("csv", name=f"days-{day}"), "edges"):
        if covers(row["possible_from"] or None, row["possible_until"] or None, day):
            is_certain = row["certain_from"] and row["certain_from"] <= day <= row["certain_until"]
            told[row["Id"]] = "certain" if is_certain else "possible"
    check(told)


def test_node_link_json_is_read_by_networkx_without_being_told_how(export, flags):
    text = json.loads(export("node-link", *flags).read_text(encoding="utf-8"))
    graph = networkx.node_link_graph(text)
    compare_actors({n: (v["name"], v["kind"]) for n, v in graph.nodes(data=True)}, flags)
    compare_relations({key: ((a, b), v) for a, b, key, v in graph.edges(keys=True, data=True)}, flags)
    listed = relations(*flags)
    for _, _, key, values in graph.edges(keys=True, data=True):
        told = [(c["source"], c["locator"], c["stance"], c["modality"], c["grade"], c["note"]) for c in values["claims"]]
        claims = listed[key]["claims"]
        assert told == [(c["source"], c["locator"], c["stance"], c["modality"], c["grade"], c["note"]) for c in claims]
    listed = rows("events", *flags)
    assert graph.graph["events"]
    for event in graph.graph["events"]:
        for field in ("name", "kind", "date", "status", "modality"):
            assert event[field] == listed[event["id"]][field]


def test_the_python_of_the_page_tells_what_is_certain_on_a_day(export, monkeypatch):
    page = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")
    path = export("node-link", name="syria.json")
    monkeypatch.chdir(path.parent)
    names = {}
    exec(page.split("```python\n")[1].split("```")[0], names)
    monkeypatch.undo()
    listed = relations("--at", names["day"])
    assert {key for _, _, key in names["certain"]} == {key for key, row in listed.items() if row["holds"] == "certain"}


def read_table(path, part, ending="csv"):
    with open(f"{path}.{part}.{ending}", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, dialect="excel" if ending == "csv" else "excel-tab"))


def unguarded(cell):
    """A text without the apostrophe that keeps spreadsheets from running it."""
    return cell[1:] if re.match(r"'+(\s*[=+\-@]|[\t\r\n])", cell) else cell


@pytest.mark.parametrize("ending", ["csv", "tsv"])
def test_tables_are_read_by_the_csv_module(export, flags, ending):
    path = export(ending, *flags, name=f"table-{ending}-{abs(hash(flags))}")
    nodes, edges = read_table(path, "nodes", ending), read_table(path, "edges", ending)
    listed = rows("actors", *flags)
    plain = str if ending == "csv" else lambda text: re.sub(r"[\t\r\n]", " ", text)
    assert {row["Id"] for row in nodes} == set(listed)
    for row in nodes:
        actor = listed[row["Id"]]
        assert (unguarded(row["Label"]), row["kind"]) == (plain(actor["name"]), actor["kind"])
        assert not any(re.match(r"\s*[=+@]", cell) for cell in row.values())
    told = {row["Id"]: row for row in edges}
    assert set(told) == set(relations(*flags))
    for name, row in relations(*flags).items():
        assert (told[name]["Source"], told[name]["Target"]) == ends(row)
        assert (told[name]["relation_type"], told[name]["valid"]) == (row["type"], row["valid"])
        assert unguarded(told[name]["note"]) == plain(row.get("note", ""))
        assert told[name]["Type"] in ("Directed", "Undirected")
        assert items(told[name]["sources"]) == row["sources"]


def test_tables_load_into_an_engine_of_kuzus_line(export, flags):
    path = export("csv", *flags, name=f"kuzu-{abs(hash(flags))}")
    connection = ladybug.Connection(ladybug.Database(":memory:"))
    for statement in kuzu_statements(path):
        connection.execute(statement)
    found = connection.execute("MATCH (a:Actor)-[r:Relation]->(b:Actor) RETURN r.id, a.id, b.id, r.type, r.certain_from")
    told = {}
    while found.has_next():
        name, a, b, kind, certain_from = found.get_next()
        told[name] = (a, b, kind)
        assert certain_from is None or certain_from.year > 1900
    assert told == {name: (*ends(row), row["type"]) for name, row in relations(*flags).items()}


def kuzu_statements(path):
    """The statements that docs/exchange.md gives, with the files of this test."""
    page = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")
    block = page.split("<!-- kuzu -->")[1].split("```")[1].removeprefix("cypher")
    return [part.strip().replace("'syria.", f"'{path}.") for part in block.split(";") if part.strip()]


@pytest.fixture(scope="session")
def script():
    """Loads the openCypher script of a view into an engine."""
    loaded = {}

    def load(path):
        if path not in loaded:
            graph = kglite.KnowledgeGraph()
            lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("//")]
            # This engine takes the properties of the first node of a label for those of all, so one node that has them all goes before.
            for label in ("Source", "Actor", "Event"):
                of_label = [line for line in lines if line.startswith(f"CREATE (:{label}")]
                names = sorted({name for line in of_label for name in re.findall(r"[{,] ?(`\w+`|\w+): ", line)} - {"id"})
                graph.cypher(f"CREATE (:{label} {{id: 'first', " + ", ".join(f"{name}: ''" for name in names) + "})")
            for line in lines:
                graph.cypher(line)
            graph.cypher("MATCH (n {id: 'first'}) DELETE n")
            loaded[path] = graph
        return loaded[path]

    return load


def test_the_script_builds_the_graph_in_an_engine(export, flags, script):
    graph = script(export("cypher", *flags))
    actors = graph.cypher("MATCH (a:Actor) RETURN a.id AS id, a.name AS name, a.kind AS kind")
    compare_actors({row["id"]: (row["name"], row["kind"]) for row in actors}, flags)
    fields = ("type", "category", "polarity", "valid", "holds", "status", "modality", "basis", "note", "citations", "certain_from")
    told = {}
    wanted = ", ".join(f"r.{field} AS {field}" for field in fields)
    for row in graph.cypher(f"MATCH (a:Actor)-[r]->(b:Actor) RETURN r.id AS id, a.id AS a, b.id AS b, type(r) AS name, {wanted}"):
        assert row["name"] == row["type"].upper()
        told[row["id"]] = ((row["a"], row["b"]), dict(row))
    compare_relations(told, flags)
    for name, row in relations(*flags).items():
        cited = {f"{c['source']} {c['locator']}" for c in row["claims"]}
        assert set(told[name][1]["citations"]) == cited
    events, fields = rows("events", *flags), ("name", "date", "status", "modality")
    found = list(graph.cypher("MATCH (e:Event) RETURN e.id AS id, " + ", ".join(f"e.{field} AS {field}" for field in fields)))
    assert found
    for row in found:
        assert [row[field] for field in fields] == [events[row["id"]][field] for field in fields]


QUERIES = [
    "MATCH (a:ArmedGroup)-[r:ENEMY_OF]-(b:Actor) RETURN a.id AS a, r.id AS r, b.id AS b",
    "MATCH (a:Actor {id: 'hts'})-[r:ENEMY_OF|HOSTILE_TO]-(b:Actor) RETURN b.id AS b, r.valid AS valid",
    "MATCH (e:Event)-[:TARGET]->(a:Actor) RETURN e.id AS e, a.id AS a",
    "MATCH (e:Event)-[:IN_PLACE]->(p:Place) RETURN e.id AS e, p.name AS p",
    "MATCH (a:State)-[r:DESIGNATES|ATTACKS]->(b) WHERE r.status = 'supported' RETURN a.name AS a, b.name AS b, r.until AS until",
    "MATCH (e:Event) WHERE e.status <> 'supported' RETURN e.id AS id, e.status AS status, e.modality AS modality",
    "MATCH (s:Source) WHERE s.reliability = 'B' RETURN s.id AS id, s.published AS published",
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_ours_has_the_same_rows_there(export, script, query):
    graph = script(export("cypher", name="same-rows.cypher"))
    key = lambda row: json.dumps(row, sort_keys=True, ensure_ascii=False)
    there = sorted(key(dict(row)) for row in graph.cypher(query))
    # Our language leaves out what is only denied unless a query says otherwise, as the script does.
    ours = sorted(key(row) for row in json.loads(run("query", "-e", query, "--format", "json").stdout)["rows"])
    assert there == ours and there


def test_neo4js_own_checker_takes_the_script(export, nasty, javascript):
    for flags in (nasty, ("--around", "HTS", "--at", "2016")):
        path = export("cypher", *flags)
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("//")]
        told = javascript("cypher", path)
        assert told["diagnostics"] == []
        assert told["statements"] == len(lines) > 20


def test_neo4js_own_checker_refuses_what_is_broken(tmp_path, javascript):
    broken = tmp_path / "broken.cypher"
    broken.write_text("CREATE (:Actor {name: 'it's'});\n", encoding="utf-8")
    assert javascript("cypher", broken)["diagnostics"]


def drawn(*flags):
    """Drawings leave attitudes and places out, and actors without a relation."""
    return {name: row for name, row in relations(*flags).items() if row["category"] not in ("stance", "territory")}


DRAWN = [("--around", "HTS", "--hops", "1", "--at", "2016"), ("--at", "2025-01-24"), ("--ever",)]


@pytest.mark.parametrize("flags", [*DRAWN, "nasty"], ids=str)
def test_mermaid_is_read_by_mermaid(export, flags, nasty, javascript):
    flags = (*nasty, "--ever") if flags == "nasty" else flags
    told = javascript("mermaid", export("mermaid", *flags))
    nodes = {node["id"]: node["label"] for node in told["nodes"] if node["id"].startswith("a_")}
    edges = [edge for edge in told["edges"] if edge["from"].startswith("a_")]
    actors = rows("actors", *nasty if "--data" in flags else ())
    by_node = {"a_" + re.sub(r"[^a-z0-9]", "_", name): actor for name, actor in actors.items()}
    # Control signs are blanks in labels.
    label = lambda text: re.sub(r"\t", " ", text)
    if "--around" not in flags:
        names = {name for name in by_node if name in nodes}
        assert names == set(nodes)
        if "--ever" in flags:
            assert nodes == {name: label(by_node[name]["name"]) for name in nodes}
        listed = drawn(*flags)
        told_ends = sorted((edge["from"], edge["to"], edge["label"].split("\n")[1]) for edge in edges)
        node = lambda name: "a_" + name.replace("-", "_")
        assert told_ends == sorted((*map(node, ends(row)), row["valid"]) for row in listed.values())
    assert len(edges) > 5 and told["groups"] == ["legend"]
    assert {edge["stroke"] for edge in edges} <= {"normal", "dotted"}


def test_mermaid_draws_names_as_text_alone(export, nasty, javascript, browser, tmp_path):
    text = export("mermaid", *nasty, "--ever").read_text(encoding="utf-8")
    script = (javascript.folder / "node_modules" / "mermaid" / "dist" / "mermaid.min.js").read_text(encoding="utf-8")
    page_file = tmp_path / "page.html"
    page_file.write_text("<!doctype html><meta charset=utf-8><div id=chart></div>", encoding="utf-8")
    page = browser.new_page()
    page.goto(page_file.as_uri())
    page.add_script_tag(content=script)
    page.evaluate(
        """async text => {
            mermaid.initialize({ startOnLoad: false });
            document.getElementById("chart").innerHTML = (await mermaid.render("drawn", text)).svg;
        }""",
        text,
    )
    texts = page.eval_on_selector_all("#chart .node .nodeLabel", "all => all.map(each => each.innerText.trim())")
    inside = page.eval_on_selector_all("#chart .nodeLabel *", "all => all.map(each => each.tagName.toLowerCase())")
    page.close()
    plain = lambda text: re.sub(r"\s+", " ", text).strip()
    shown = {plain(text) for text in texts}
    for name in NASTY:
        assert plain(name) in shown, name
    assert set(inside) <= {"p", "br"}


@pytest.mark.parametrize("flags", [DRAWN[0], DRAWN[1], "nasty"], ids=str)
def test_dot_is_read_by_graphviz(export, flags, nasty):
    flags = (*nasty, "--ever") if flags == "nasty" else flags
    path = export("dot", *flags, "--no-legend")
    done = subprocess.run(["dot", "-Tdot_json", path], capture_output=True, encoding="utf-8", timeout=120, check=True)
    assert done.stderr == ""
    told = json.loads(done.stdout)
    nodes = {node["_gvid"]: node["name"] for node in told["objects"] if "shape" in node}
    edges = {e["id"]: (nodes[e["tail"]], nodes[e["head"]], e.get("dir") == "none") for e in told["edges"]}
    listed = drawn(*flags[-2:] if "--around" in flags else flags)
    symmetric = {t["name"]: t["symmetric"] for t in json.loads(run("list", "types", "--format", "json").stdout)["rows"]}
    expected = {name: (*ends(row), symmetric[row["type"]]) for name, row in listed.items()}
    if "--around" in flags:
        assert edges.items() <= expected.items() and len(edges) > 5
    else:
        assert edges == expected
    assert set(nodes.values()) == {end for a, b, _ in edges.values() for end in (a, b)}


def test_what_is_only_denied_is_in_no_file(export):
    """A reader who overlooks `status` must not take a denial for a fact."""
    denied = {name for name, row in rows("relations").items() if row["status"] == "denied"}
    assert denied
    for form in ("graphml", "gexf", "node-link", "cypher"):
        text = export(form).read_text(encoding="utf-8")
        assert not any(f'"{name}"' in text or f"'{name}'" in text for name in denied), form
