// title: History of a pair
// question: What is recorded between two actors, ever, and on which side of friend and enemy is each tie?
// params: one = 'HTS'; other = 'United States'
// expect: rows

MATCH (a:Actor)-[r]-(b:Actor)
WHERE a IN line(actor($one))
  AND b IN line(actor($other))
RETURN CASE r.polarity WHEN 1 THEN 'friend' WHEN -1 THEN 'enemy' ELSE 'dealings' END AS side,
  startNode(r).name AS who, type(r) AS tie, endNode(r).name AS whom, r.valid AS valid, status(r) AS status, sources(r) AS sources
ORDER BY side, tie, who, valid
