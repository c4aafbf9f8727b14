// title: Never asserted as a fact
// question: Which friendly or hostile ties of an actor does no source assert, only report, suppose, offer or predict?
// params: actor = 'HTS'
// expect: rows

MATCH (me:Actor)-[r]-(other:Actor)
WHERE me IN line(actor($actor))
  AND NOT other IN line(actor($actor))
  AND r.polarity <> 0
  AND none(c IN claims(r) WHERE c.stance = 'supports' AND c.modality = 'asserted')
  AND status(r) <> 'denied'
RETURN startNode(r).name AS who, type(r) AS tie, endNode(r).name AS whom, r.valid AS valid, r.modality AS modality, sources(r) AS sources
ORDER BY who, tie, whom, valid
