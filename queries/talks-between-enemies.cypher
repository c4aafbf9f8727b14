// title: Talking to the enemy
// question: Which pairs dealt with one another at a date while a hostile tie stood between them?
// params: date = '2025'
// expect: rows

MATCH (a:Actor)-[d:DIPLOMACY]-(b:Actor)-[h:HOSTILITY|DESIGNATION]-(a)
WHERE a.id < b.id
// Both in one year is not yet both on one day.
WITH a, b, d, h, validAt(d, $date) AND validAt(h, $date) AND coexist(d, h) AS held
WHERE possibly(held)
RETURN a.name AS one, b.name AS other, type(d) AS dealing, d.valid AS dealing_valid, type(h) AS hostility, h.valid AS hostility_valid,
  certainty(held) AS holds
ORDER BY one, other, dealing, dealing_valid, hostility
