// title: Rivals with a common enemy
// question: Which pairs were hostile to one another at a date although they had the same enemy?
// params: date = '2024-11'
// expect: rows

MATCH (a:Actor)-[h:HOSTILITY]-(b:Actor)
WHERE a.id < b.id
  AND possibly(validAt(h, $date))
MATCH (a)-[f:HOSTILITY]-(x:Actor)-[g:HOSTILITY]-(b)
WITH a, b, x, validAt(h, $date) AND validAt(f, $date) AND validAt(g, $date) AND coexist(f, g, h) AS held
WHERE possibly(held)
// The surest of their ties counts: 'certain' comes before 'possible'.
RETURN a.name AS one, b.name AS other, x.name AS common_enemy, min(certainty(held)) AS holds
ORDER BY one, other, common_enemy
