// title: Long unattested
// question: Which ties without an end did no source attest after a given day, so that they are only possible since?
// params: day = '2024-12-31'
// expect: rows

MATCH (a:Actor)-[r]->(b:Actor)
WHERE startNode(r) = a
  AND status(r) = 'supported'
  AND r.until IS NULL
  AND r.last_attested <= date($day)
RETURN a.name AS who, type(r) AS tie, b.name AS whom, r.valid AS valid, r.last_attested AS last_attested, sources(r) AS sources
ORDER BY who, tie, whom
