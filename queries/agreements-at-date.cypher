// title: Agreements in force
// question: Which agreements, cease-fires and negotiations bound or occupied whom at a date?
// params: date = '2025-03'
// expect: rows

MATCH (a:Actor)-[r:AGREEMENT_WITH|CEASEFIRE_WITH|NEGOTIATES_WITH]->(b:Actor)
WHERE startNode(r) = a
  AND possibly(validAt(r, $date))
RETURN a.name AS one, type(r) AS tie, b.name AS other, r.roles.agreement AS agreement, r.valid AS valid,
  certainty(validAt(r, $date)) AS holds, sources(r) AS sources
ORDER BY one, other, tie, valid
