// title: Arms
// question: Who armed whom at a date?
// params: date = '2014'; to = 'NF'

MATCH (a:Actor)-[r:ARMS]->(b:Actor)
WHERE b IN line(actor($to))
  AND possibly(validAt(r, $date))
RETURN a.name AS supplier, r.valid AS valid, certainty(validAt(r, $date)) AS holds
ORDER BY supplier
