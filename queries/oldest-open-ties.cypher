// title: Oldest ties without an end
// question: Which ties that began by a given year have no recorded end, oldest first?
// params: year = '2021'
// expect: rows

MATCH (a:Actor)-[r]->(b:Actor)
WHERE startNode(r) = a
  AND status(r) <> 'denied'
  AND r.until IS NULL
  // A beginning written as one date, not "by then" (`..2019`) or one of several (`[2016,2017]`).
  AND r.since =~ '[0-9].*'
  AND left(r.since, 4) <= $year
RETURN r.since AS since, a.name AS who, type(r) AS tie, b.name AS whom, r.valid AS valid, status(r) AS status, sources(r) AS sources
ORDER BY since, who, tie, whom
