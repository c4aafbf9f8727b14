// Two ways of three hops from one stone to another.
CREATE (s:Stone {name: 's'}), (a:Stone {name: 'a'}), (b:Stone {name: 'b'}), (c:Stone {name: 'c'}), (d:Stone {name: 'd'}), (t:Stone {name: 't'})
CREATE (s)-[:NEXT]->(a), (s)-[:NEXT]->(b), (a)-[:NEXT]->(c), (b)-[:NEXT]->(d), (c)-[:NEXT]->(t), (d)-[:NEXT]->(t);
