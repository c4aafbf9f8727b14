// title: Friend and enemy at once
// question: Which pairs had friendly and hostile ties at the same time, on a given date?
// params: date = '2025-01'
// expect: rows

MATCH (a:Actor)-[f]-(b:Actor)
WHERE a.id < b.id
  AND f.polarity = 1
  AND possibly(validAt(f, $date))
WITH DISTINCT a, b
MATCH (a)-[h]-(b)
WHERE h.polarity = -1
  AND possibly(validAt(h, $date))
WITH DISTINCT a, b
RETURN a.name AS one, b.name AS other,
  COLLECT {
    MATCH (a)-[r]-(b)
    WHERE r.polarity = 1
      AND possibly(validAt(r, $date))
    RETURN DISTINCT type(r) + ' (' + certainty(validAt(r, $date)) + ')' AS tie
    ORDER BY tie
  } AS friendly,
  COLLECT {
    MATCH (a)-[r]-(b)
    WHERE r.polarity = -1
      AND possibly(validAt(r, $date))
    RETURN DISTINCT type(r) + ' (' + certainty(validAt(r, $date)) + ')' AS tie
    ORDER BY tie
  } AS hostile
ORDER BY one, other
