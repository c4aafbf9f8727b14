// title: Linked to both sides
// question: Who had ties of any kind with both of two actors on a given date, and of what sort?
// params: one = 'HTS'; other = 'Iran'; date = '2024-11'
// expect: rows

WITH line(actor($one)) AS one_side, line(actor($other)) AS other_side
UNWIND one_side AS a
MATCH (a)-[r]-(x:Actor)-[s]-(b:Actor)
WHERE b IN other_side
  AND NOT x IN (one_side + other_side)
// Each in one month is not yet both on one day.
WITH x, type(r) AS with_one, type(s) AS with_other, validAt(r, $date) AND validAt(s, $date) AND coexist(r, s) AS held
WHERE possibly(held)
WITH x, with_one, with_other, held
ORDER BY with_one, with_other
// The surest of its ties counts: 'certain' comes before 'possible'.
RETURN x.name AS linked, collect(DISTINCT with_one) AS with_one, collect(DISTINCT with_other) AS with_other,
  min(certainty(held)) AS holds
ORDER BY linked
