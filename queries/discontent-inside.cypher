// title: Discontent inside
// question: Which parts of an actor, or its allies, were unhappy with, wary of or against the approach to whom, at a date?
// params: actor = 'HTS'; date = '2025-03'
// expect: rows

MATCH (part:Actor)-[m:PART_OF|ALLIED_WITH]-(me:Actor)
WHERE me IN line(actor($actor))
  AND (type(m) = 'ALLIED_WITH' OR startNode(m) = part)
  AND possibly(validAt(m, $date))
MATCH (part)-[r:DISCONTENTED_WITH|OPPOSES_APPROACH_TO|WARY_OF|HOSTILE_TO]->(o:Actor)
WHERE possibly(validAt(r, $date))
RETURN DISTINCT part.name AS segment, type(r) AS attitude, o.name AS towards, r.valid AS valid, r.modality AS modality,
  certainty(validAt(r, $date)) AS holds
ORDER BY segment, attitude, towards
