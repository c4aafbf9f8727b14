// title: Only this source says so
// question: What does one source say of a pair that the other sources, which speak of the pair as well, do not?
// params: source = 'wapo-2025-01'; actor = 'HTS'
// expect: rows

MATCH (s:Source)
WHERE s.id = $source
MATCH (me:Actor)-[r]-(other:Actor)
WHERE me IN line(actor($actor))
  AND sources(r) = [s.id]
  AND EXISTS {
    MATCH (me)-[q]-(other)
    WHERE q <> r
      AND any(id IN sources(q) WHERE id <> s.id)
  }
RETURN startNode(r).name AS who, type(r) AS tie, endNode(r).name AS whom, r.valid AS valid, status(r) AS status
ORDER BY who, whom, tie, valid
