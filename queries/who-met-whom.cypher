// title: Who met whom
// question: Who met whom face to face, when, and on whose word?
// params: none
// expect: rows

MATCH (a:Actor)-[r:MEETS_WITH]->(b:Actor)
WHERE startNode(r) = a
RETURN a.name AS one, b.name AS other, r.valid AS valid, r.basis AS basis,
  any(c IN claims(r) WHERE c.anonymous) AS anonymous, sources(r) AS sources
ORDER BY one, other
