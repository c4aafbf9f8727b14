// title: Pledges still unrevoked
// question: Which oaths of allegiance and pledges of support were not known to be withdrawn at a given date?
// params: date = '2025'
// expect: rows

MATCH (s:Actor)-[p:PLEDGES_ALLEGIANCE_TO|PLEDGES_SUPPORT_TO]->(o:Actor)
WHERE possibly(validAt(p, $date))
  // A break that the sources deny took nothing back.
  AND NOT EXISTS {
    MATCH (s)-[b:BREAKS_WITH]->(o)
    WHERE status(b) <> 'denied'
      AND possibly(validDuring(b, '../' + $date))
  }
RETURN s.name AS who, type(p) AS pledge, o.name AS whom, p.valid AS valid,
  certainty(validAt(p, $date)) AS holds, knownSince(p) AS known_since, sources(p) AS sources
ORDER BY who, whom, pledge
