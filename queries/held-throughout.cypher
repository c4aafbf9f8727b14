// title: Steady ties
// question: Which friendly and hostile ties certainly held on every day of a period?
// params: period = '2018/2024-11'
// expect: rows

MATCH (a:Actor)-[r]->(b:Actor)
WHERE startNode(r) = a
  AND r.polarity <> 0
  AND validThroughout(r, $period)
RETURN a.name AS who, type(r) AS tie, b.name AS whom, r.valid AS valid,
  CASE r.polarity WHEN 1 THEN 'friend' ELSE 'enemy' END AS side, sources(r) AS sources
ORDER BY side, who, tie, whom
