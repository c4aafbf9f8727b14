// Made by rows rather than by hand: what the loader can do between its writes.
UNWIND range(1, 6) AS i
CREATE (n:Number {value: i, square: i * i})
WITH collect(n) AS all
UNWIND range(0, size(all) - 2) AS i
WITH all[i] AS a, all[i + 1] AS b
CREATE (a)-[:BEFORE {by: b.value - a.value}]->(b);

MATCH (n:Number) WHERE n.value % 2 = 0
CREATE (n)-[:IS]->(:Half {value: n.value / 2});

// A semicolon in a text; and parts no statement
CREATE (:Note {text: 'one; two'});
MATCH (n:Half {value: 3}) DETACH DELETE n;
