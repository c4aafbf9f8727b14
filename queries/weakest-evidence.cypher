// title: Resting on the weakest grades
// question: Which friendly and hostile ties have no claim that is at least "possibly true" (credibility 3)?
// params: none
// expect: rows

MATCH (a:Actor)-[r]->(b:Actor)
WHERE startNode(r) = a
  AND r.polarity <> 0
  AND status(r) = 'supported'
UNWIND [c IN claims(r) WHERE c.stance = 'supports'] AS c
WITH a, r, b, min(c.credibility) AS best, collect(DISTINCT c.modality) AS modalities
// 6 is "cannot be judged", not worst: it is shown apart.
WHERE best > 3
RETURN CASE best WHEN 6 THEN 'cannot be judged' ELSE toString(best) END AS credibility,
  a.name AS who, type(r) AS tie, b.name AS whom, r.valid AS valid, modalities[0] AS modality, sources(r) AS sources
ORDER BY credibility, who, tie, whom, valid
