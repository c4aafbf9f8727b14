// title: The shortest certain chain between two actors
// question: By which shortest chains of ties, every one certainly in force on 24 January 2025, were two actors connected?
// params: one = 'Hamas'; other = 'HTS'
// expect: rows

FOR VALID_TIME AS OF '2025-01-24'
WITH actor($one) AS a, actor($other) AS b
MATCH p = allShortestPaths((a)-[:LINKED_TO*1..8]-(b))
RETURN length(p) AS links, p AS chain, certainty(coexist(p)) AS on_one_day,
  COLLECT { UNWIND relationships(p) AS r UNWIND sources(r) AS s RETURN DISTINCT s ORDER BY s } AS sources
ORDER BY [n IN nodes(p) | n.name], [r IN relationships(p) | type(r)]
