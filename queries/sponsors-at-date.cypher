// title: Sponsors at a date
// question: Which states, their forces and their firms armed, funded, hosted, guarded or fought for somebody on a given date?
// params: date = '2024-11'
// expect: rows

MATCH (s:State|Government|StateForce|PrivateActor)-[r:SUPPORT]->(c:Actor)
WHERE NOT type(r) IN ['SPARED_BY', 'SHARES_INTELLIGENCE_WITH', 'BENEFITS']
  AND possibly(validAt(r, $date))
RETURN s.name AS sponsor, type(r) AS tie, c.name AS client, r.valid AS valid,
  certainty(validAt(r, $date)) AS holds, r.modality AS modality, sources(r) AS sources
ORDER BY sponsor, client, tie, valid
