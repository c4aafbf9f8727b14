// title: Who held what ground
// question: Who held, ruled or had a base in which place or country at a given date?
// params: date = '2024-12'
// expect: rows

MATCH (a:Actor)-[r:CONTROLS|GOVERNS|BASED_IN|OCCUPIES]->(p:Place|State)
WHERE possibly(validAt(r, $date))
RETURN p.name AS place, a.name AS holder, type(r) AS tie, r.valid AS valid,
  certainty(validAt(r, $date)) AS holds, sources(r) AS sources
ORDER BY place, holder, tie
