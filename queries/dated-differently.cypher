// title: Dated differently
// question: Which ties does some source date otherwise than the record as a whole, and how?
// params: none
// expect: rows

MATCH (a:Actor)-[r]->(b:Actor)
WHERE startNode(r) = a
UNWIND claims(r) AS c
WITH a, b, r, c
WHERE c.valid <> r.valid
RETURN a.name AS who, type(r) AS tie, b.name AS whom, r.valid AS valid, c.valid AS dated_by_source,
  c.source AS source, c.locator AS locator, c.stance AS stance
ORDER BY who, tie, whom, source, locator, stance
