// title: States with ties to the designated
// question: Which states had friendly ties with somebody who was on a state's list, or under its sanctions, at that date?
// params: date = '2024'
// expect: rows

MATCH (l:Actor)-[d:DESIGNATION]->(x:Actor)
WHERE possibly(validAt(d, $date))
MATCH (s:State|Government|StateForce)-[r:FRIENDLY_TO]-(x)
WITH s, l, x, r, d, validAt(r, $date) AND validAt(d, $date) AND coexist(r, d) AS held
WHERE possibly(held)
RETURN DISTINCT s.name AS state, type(r) AS tie, x.name AS designated, type(d) AS measure, l.name AS listed_by,
  s = l AS listed_by_itself, certainty(held) AS holds
ORDER BY state, designated, measure, tie, holds
