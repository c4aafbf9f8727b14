// title: Widest doubt about dates
// question: For which ties of an actor with a written beginning is it open in the most years whether they held?
// params: actor = 'HTS'
// expect: rows

MATCH (me:Actor)-[r]-(:Actor)
WHERE me IN line(actor($actor))
  AND status(r) = 'supported'
  AND r.modality = 'asserted'
  AND r.since IS NOT NULL
// Null is "possibly": neither certain nor ruled out.
WITH DISTINCT r, [y IN range(2011, 2025) WHERE validAt(r, toString(y)) IS NULL] AS years
WHERE size(years) >= 5
RETURN startNode(r).name AS who, type(r) AS tie, endNode(r).name AS whom, r.valid AS valid,
  size(years) AS open_years, toString(years[0]) + ' to ' + toString(years[-1]) AS between
ORDER BY open_years DESC, who, tie, whom
