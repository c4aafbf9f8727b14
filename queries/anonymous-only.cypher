// title: Resting on anonymous voices alone
// question: Which ties rest only on what sources without a name said?
// params: none
// expect: rows

MATCH (a:Actor)-[r]->(b:Actor)
WHERE startNode(r) = a
  AND status(r) <> 'denied'
  AND all(c IN claims(r) WHERE c.stance <> 'supports' OR c.anonymous)
RETURN a.name AS who, type(r) AS tie, b.name AS whom, r.valid AS valid, r.modality AS modality, sources(r) AS sources
ORDER BY who, tie, whom, valid
