// title: Enemies of allies
// question: Who were the enemies of an actor's allies on a given date, and whose enemies were they?
// params: actor = 'Turkey'; date = '2020'
// expect: rows

UNWIND line(actor($actor)) AS me
MATCH (me)-[a:COOPERATION|AFFILIATE_OF|MEMBER_OF]-(friend:Actor)-[h:HOSTILITY]-(foe:Actor)
WHERE NOT foe IN line(actor($actor))
  AND NOT friend IN line(actor($actor))
WITH friend, foe, a, h, validAt(a, $date) AND validAt(h, $date) AND coexist(a, h) AS held
WHERE possibly(held)
RETURN friend.name AS ally, type(a) AS alliance, foe.name AS enemy, type(h) AS hostility,
  certainty(held) AS holds, h.valid AS hostile_when
ORDER BY ally, enemy, alliance, hostility, hostile_when
