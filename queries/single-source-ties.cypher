// title: Ties with a single source
// question: Which ties of an actor that certainly held at a date does only one source tell of?
// params: actor = 'HTS'; date = '2024-12'
// expect: rows

MATCH (me:Actor)-[r]-(other:Actor)
WHERE me IN line(actor($actor))
  AND validAt(r, $date)
  AND size(sources(r)) = 1
RETURN startNode(r).name AS who, type(r) AS tie, endNode(r).name AS whom, r.valid AS valid, sources(r)[0] AS source, size(claims(r)) AS claims
ORDER BY source, who, tie, whom, valid
