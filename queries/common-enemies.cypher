// title: Common enemies
// question: Which enemies did two actors have in common at a date?
// params: one = 'HTS'; other = 'United States'; date = '2024-11'
// expect: rows

MATCH (a:Actor)-[h:HOSTILITY]-(x:Actor)-[g:HOSTILITY]-(b:Actor)
WHERE a IN line(actor($one))
  AND b IN line(actor($other))
WITH x, h, g, validAt(h, $date) AND validAt(g, $date) AND coexist(h, g) AS held
WHERE possibly(held)
RETURN x.name AS enemy, type(h) AS with_one, type(g) AS with_other, certainty(held) AS holds
ORDER BY enemy, with_one, with_other
