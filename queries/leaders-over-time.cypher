// title: Leaders over time
// question: Who led or ruled what, and when?
// params: none
// expect: rows

MATCH (p:Person)-[r:LEADS|GOVERNS]->(o:Actor)
RETURN o.name AS led, p.name AS leader, type(r) AS tie, r.valid AS valid, status(r) AS status, sources(r) AS sources
ORDER BY led, valid, leader, tie
