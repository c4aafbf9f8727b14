// title: Patrons of HTS
// question: Who backed HTS, by any kind of support, on a given date?
// params: actor = 'HTS'; date = '2018'
// expect: rows

UNWIND line(actor($actor)) AS client
CALL (client) {
  MATCH (p:Actor)-[r:SUPPORT]->(client)
  WHERE type(r) <> 'SPARED_BY'
  RETURN p, r
  UNION
  // These are told from the side of the one who gains.
  MATCH (client)-[r:SPARED_BY|PROXY_OF|SUBORDINATE_TO]->(p:Actor)
  RETURN p, r
}
WITH client, p, r
WHERE possibly(validAt(r, $date))
RETURN client.name AS actor, p.name AS patron, type(r) AS tie, r.valid AS valid,
  certainty(validAt(r, $date)) AS holds, sources(r) AS sources
ORDER BY patron, tie, valid
