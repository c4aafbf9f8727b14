// title: Intelligence sharing
// question: Who passed intelligence to whom at a date, against whom, and how firmly is it said?
// params: date = '2025-01'
// expect: rows

MATCH (a:Actor)-[r:SHARES_INTELLIGENCE_WITH]->(b:Actor)
WHERE possibly(validAt(r, $date))
// Against whom is told by id or in words.
OPTIONAL MATCH (target:Actor {id: r.roles.against})
RETURN a.name AS who, b.name AS whom, coalesce(target.name, r.roles.against) AS against, r.valid AS valid, r.modality AS modality,
  certainty(validAt(r, $date)) AS holds, r.basis AS basis, sources(r) AS sources
ORDER BY who, whom, valid
