// title: Brokers between two camps
// question: Who, outside both camps, stood with or dealt with somebody in each of them on a given date?
// params: one = 'HTS'; other = 'Assad regime'; date = '2024-11'
// expect: rows

// A camp: an actor through its renamings, those it cooperated with, and those who belonged to it or to whom it belonged.
CALL {
  MATCH (m:Org)-[r:COOPERATION|AFFILIATE_OF|MEMBER_OF|PART_OF|PROXY_OF]-(c:Actor)
  WHERE c IN line(actor($one))
    AND possibly(validAt(r, $date))
  WITH collect(DISTINCT m) AS others
  RETURN line(actor($one)) + others AS first_camp
}
CALL {
  MATCH (m:Org)-[r:COOPERATION|AFFILIATE_OF|MEMBER_OF|PART_OF|PROXY_OF]-(c:Actor)
  WHERE c IN line(actor($other))
    AND possibly(validAt(r, $date))
  WITH collect(DISTINCT m) AS others
  RETURN line(actor($other)) + others AS second_camp
}
MATCH (x:Actor)
WHERE NOT x IN (first_camp + second_camp)
WITH x,
  COLLECT {
    MATCH (x)-[r:FRIENDLY_TO|DIPLOMACY]-(c:Actor)
    WHERE c IN first_camp
      AND NOT c IN second_camp
      AND possibly(validAt(r, $date))
    RETURN DISTINCT type(r) + ' ' + c.name + ' (' + certainty(validAt(r, $date)) + ')' AS tie
    ORDER BY tie
  } AS with_first,
  COLLECT {
    MATCH (x)-[r:FRIENDLY_TO|DIPLOMACY]-(c:Actor)
    WHERE c IN second_camp
      AND NOT c IN first_camp
      AND possibly(validAt(r, $date))
    RETURN DISTINCT type(r) + ' ' + c.name + ' (' + certainty(validAt(r, $date)) + ')' AS tie
    ORDER BY tie
  } AS with_second
WHERE size(with_first) > 0
  AND size(with_second) > 0
RETURN x.name AS broker, with_first, with_second
ORDER BY broker
