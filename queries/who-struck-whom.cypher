// title: Who struck whom
// question: Who attacked, killed, besieged, drove out or clashed with whom between two dates?
// params: earlier = '2023'; later = '2025-03'
// expect: rows

MATCH (a:Actor)-[r:ATTACKS|KILLS|CLASHES_WITH|DEFEATS|OVERTHROWS|SEIZES_TERRITORY_FROM|BESIEGES|DISMANTLES]->(b:Actor)
WHERE startNode(r) = a
  AND possibly(validDuring(r, $earlier + '/' + $later))
RETURN a.name AS who, type(r) AS deed, b.name AS whom, r.valid AS valid,
  certainty(validDuring(r, $earlier + '/' + $later)) AS holds, sources(r) AS sources
ORDER BY who, deed, whom, valid
