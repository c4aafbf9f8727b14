// title: Who was lined up when the government fell
// question: In the month before the fall of the Assad regime, who stood with it and who against it?
// params: actor = 'Assad regime'; period = '2024-11-08/2024-12-08'
// expect: rows

MATCH (me:Actor)-[r]-(other:Actor)
WHERE me = actor($actor)
  AND r.polarity <> 0
  AND possibly(validDuring(r, $period))
WITH other, r.polarity AS polarity, collect(validDuring(r, $period)) AS held
WITH other, polarity, any(h IN held WHERE h) AS is_certain
RETURN CASE polarity WHEN 1 THEN 'with it' ELSE 'against it' END AS side, other.name AS actor,
  CASE WHEN is_certain THEN 'certain' ELSE 'possible' END AS holds
ORDER BY side, holds, actor
