// title: Friends of both enemies
// question: Who was on friendly terms, at a date, with two who were hostile to one another then?
// params: date = '2024'
// expect: rows

MATCH (x:Actor)-[f:FRIENDLY_TO]-(a:Actor)-[h:HOSTILITY]-(b:Actor)-[g:FRIENDLY_TO]-(x)
WHERE a.id < b.id
// Each in one year is not yet all on one day.
WITH x, a, b, f, g, h, validAt(f, $date) AND validAt(h, $date) AND validAt(g, $date) AND coexist(f, g, h) AS held
WHERE possibly(held)
WITH x, a, b, type(f) AS with_one, type(g) AS with_other, type(h) AS hostility, held
ORDER BY with_one, with_other, hostility
RETURN x.name AS friend_of_both, a.name AS one, collect(DISTINCT with_one) AS with_one,
  b.name AS other, collect(DISTINCT with_other) AS with_other, collect(DISTINCT hostility) AS hostility,
  // The surest of them: 'certain' comes before 'possible'.
  min(certainty(held)) AS holds
ORDER BY friend_of_both, one, other
