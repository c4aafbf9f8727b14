// title: Disputed ties
// question: On which ties do the sources contradict one another, and who stands on which side?
// params: none
// expect: rows

MATCH (a:Actor)-[r]->(b:Actor)
WHERE startNode(r) = a
  AND status(r) IN ['contested', 'disputed']
RETURN a.name AS who, type(r) AS tie, b.name AS whom, r.valid AS valid, status(r) AS status,
  [c IN claims(r) WHERE c.stance = 'supports' | c.source + ' ' + c.locator] AS for_it,
  [c IN claims(r) WHERE c.stance <> 'supports' | c.source + ' ' + c.locator] AS against_it
ORDER BY who, tie, whom
