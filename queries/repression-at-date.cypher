// title: Held down
// question: Who held whom down, by arrests, marginalising or force, or broke them up, at a given date?
// params: date = '2019-01'
// expect: rows

MATCH (a:Actor)-[r:REPRESSES|DISMANTLES|BLOCKS]->(b:Actor)
WHERE possibly(validAt(r, $date))
RETURN a.name AS who, type(r) AS deed, b.name AS whom, r.valid AS valid, status(r) AS status,
  certainty(validAt(r, $date)) AS holds, sources(r) AS sources
ORDER BY who, deed, whom
