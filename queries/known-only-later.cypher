// title: True then, told later
// question: Which ties of an actor certainly held at a date, as sources tell, none of which had been published by a later day?
// params: actor = 'HTS'; date = '2018'; known = '2019-12-31'
// expect: rows

MATCH (me:Actor)-[r]-(other:Actor)
WHERE me IN line(actor($actor))
  AND validAt(r, $date)
  AND NOT possibly(knownBy(r, $known))
RETURN startNode(r).name AS who, type(r) AS tie, endNode(r).name AS whom, r.valid AS valid,
  knownSince(r) AS known_since, sources(r) AS sources
ORDER BY who, tie, whom
