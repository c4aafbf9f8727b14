// title: Proxies at a date
// question: Which armed actors acted for a state, or under its orders, on a given date?
// params: date = '2024'
// expect: rows

MATCH (p:Actor)-[r:PROXY_OF|SUBORDINATE_TO]->(s:State|Government|StateForce)
WHERE possibly(validAt(r, $date))
RETURN s.name AS principal, p.name AS proxy, type(r) AS tie, r.valid AS valid,
  certainty(validAt(r, $date)) AS holds, r.basis AS basis, sources(r) AS sources
ORDER BY principal, proxy, tie, valid
