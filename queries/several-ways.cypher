// title: Several ways from one to another
// question: By which three shortest chains of ties, all possibly in force in January 2025, were two actors connected?
// params: one = 'HTS'; other = 'Russia'
// expect: rows

FOR VALID_TIME AS OF '2025-01' POSSIBLY
CALL path.kShortest(actor($one), actor($other), 3) YIELD path, length
RETURN length AS links, path AS chain,
  COLLECT { UNWIND relationships(path) AS r UNWIND sources(r) AS s RETURN DISTINCT s ORDER BY s } AS sources
ORDER BY links, [n IN nodes(path) | n.name], [r IN relationships(path) | type(r)]
