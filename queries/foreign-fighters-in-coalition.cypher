// title: Foreign fighters in a coalition
// question: Which groups of foreign fighters belonged to, worked with or held posts under an actor at a date?
// params: actor = 'HTS'; date = '2025-01'
// expect: rows

MATCH (f:Actor)-[r:STRUCTURE|COOPERATION]-(me:Actor)
WHERE 'foreign_fighters' IN f.traits
  AND me IN line(actor($actor))
  AND possibly(validAt(r, $date))
RETURN f.name AS fighters, type(r) AS tie, me.name AS actor, r.valid AS valid, r.modality AS modality,
  certainty(validAt(r, $date)) AS holds, sources(r) AS sources
ORDER BY fighters, tie
