// title: What the sources say was not so
// question: Which ties do sources deny, with no source for them?
// params: none
// expect: rows

MATCH (a:Actor)-[r]->(b:Actor)
WHERE startNode(r) = a
  AND status(r) = 'denied'
UNWIND claims(r) AS c
RETURN a.name AS who, type(r) AS tie, b.name AS whom, r.valid AS valid, c.source AS source, c.locator AS locator, c.note AS note
ORDER BY who, tie, whom, source, locator
