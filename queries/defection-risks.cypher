// title: Defection risks
// question: Who, as the sources see it, may leave whom or go over to whom, and how firmly is that said?
// params: date = '2025'
// expect: rows

MATCH (s:Actor)-[r:MAY_DEFECT_TO|MAY_BREAK_WITH]->(o:Actor)
WHERE possibly(validAt(r, $date))
RETURN s.name AS who, type(r) AS risk, o.name AS whom, r.modality AS modality,
  size(claims(r)) AS claims, size([c IN claims(r) WHERE c.anonymous]) AS anonymous,
  [c IN claims(r) | c.source + ' ' + c.locator] AS said_in
ORDER BY who, risk, whom
