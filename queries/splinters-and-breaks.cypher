// title: Splinters, breaks and defectors
// question: Who left whom, by splitting off, breaking a tie or going over, and does every source agree?
// params: none
// expect: rows

MATCH (a:Actor)-[r:SPLITS_FROM|BREAKS_WITH|DEFECTS_TO]->(b:Actor)
RETURN a.name AS who, type(r) AS step, b.name AS whom, r.valid AS valid, status(r) AS status,
  size([c IN claims(r) WHERE c.stance = 'supports']) AS claims_for, size([c IN claims(r) WHERE c.stance <> 'supports']) AS claims_against
ORDER BY who, step, whom
