// title: Resting on one publisher
// question: How many friendly and hostile ties rest on the word of one publisher alone, and how many on several?
// params: none
// expect: rows

MATCH (a:Actor)-[r]->(b:Actor)
WHERE startNode(r) = a
  AND r.polarity <> 0
  AND status(r) <> 'denied'
MATCH (s:Source)
WHERE s.id IN sources(r)
// Where no publisher is recorded, the title of the document stands for it.
WITH r, collect(DISTINCT coalesce(s.publisher, s.title)) AS publishers
WITH CASE WHEN size(publishers) = 1 THEN publishers[0] ELSE 'several' END AS publisher, r
RETURN publisher, count(r) AS ties,
  sum(CASE WHEN r.polarity = 1 THEN 1 ELSE 0 END) AS friendly, sum(CASE WHEN r.polarity = -1 THEN 1 ELSE 0 END) AS hostile
ORDER BY ties DESC, publisher
