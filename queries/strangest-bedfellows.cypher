// title: Strangest bedfellows
// question: Which pairs worked together at a date although an ally of the one fought the other, or they had been hostile to one another?
// params: date = '2025-01'
// expect: rows

CALL {
  MATCH (a:Actor)-[c:COOPERATION|SHARES_INTELLIGENCE_WITH|MEMBER_OF]-(b:Actor)-[h:HOSTILITY]-(x:Actor)-[f:COOPERATION|AFFILIATE_OF|MEMBER_OF]-(a)
  WITH a, b, c, type(h) + ' ' + x.name + ', friend of ' + a.name AS although,
    validAt(c, $date) AND validAt(h, $date) AND validAt(f, $date) AND coexist(c, f, h) AS held
  WHERE possibly(held)
  RETURN a, b, c, although, held
  UNION
  MATCH (a:Actor)-[c:COOPERATION|SHARES_INTELLIGENCE_WITH|MEMBER_OF]-(b:Actor)-[h:HOSTILITY|DESIGNATION]-(a)
  WHERE a.id < b.id
  // Hostility that had begun by the date, over or not.
  WITH a, b, c, type(h) + ' between the two, ' + h.valid AS although, validAt(c, $date) AND validDuring(h, '../' + $date) AS held
  WHERE possibly(held)
  RETURN a, b, c, although, held
}
RETURN DISTINCT a.name AS one, type(c) AS together, b.name AS other, although, certainty(held) AS holds
ORDER BY one, other, together, although, holds
