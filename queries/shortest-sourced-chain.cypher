// title: The shortest sourced chain between two actors
// question: By which shortest chains of ties, all possibly in force on 24 January 2025, were two actors connected, and which link is doubted?
// params: one = 'JNIM'; other = 'HTS'
// expect: rows

FOR VALID_TIME AS OF '2025-01-24' POSSIBLY
WITH actor($one) AS a, actor($other) AS b
MATCH p = allShortestPaths((a)-[:LINKED_TO*1..6]-(b))
RETURN length(p) AS links, p AS chain,
  [r IN relationships(p) WHERE status(r) <> 'supported' | type(r) + ' is ' + status(r)] AS doubts,
  COLLECT { UNWIND relationships(p) AS r UNWIND sources(r) AS s RETURN DISTINCT s ORDER BY s } AS sources
ORDER BY [n IN nodes(p) | n.name], [r IN relationships(p) | type(r)]
