// title: Who changed sides
// question: Who stood with somebody at one date and turned against them, left them or went over to others by a later one?
// params: earlier = '2015'; later = '2018'
// expect: rows

CALL {
  MATCH (w:Actor)-[b:FRIENDLY_TO|SUPPORTIVE_OF|SYMPATHISES_WITH|BELONGS_TO]-(o:Actor)
  WHERE possibly(validAt(b, $earlier))
  MATCH (w)-[t:HOSTILITY|BREAKS_WITH|SPLITS_FROM]->(o)
  WHERE NOT possibly(validAt(t, $earlier))
    AND possibly(validDuring(t, $earlier + '/' + $later))
  RETURN w, type(b) AS before, b.valid AS before_valid, t, o,
    validAt(b, $earlier) AND validDuring(t, $earlier + '/' + $later) AS held
  UNION
  // Going over names the new side; what somebody had been part of tells whom they left.
  MATCH (w:Actor)-[t:DEFECTS_TO]->(o:Actor)
  WHERE NOT possibly(validAt(t, $earlier))
    AND possibly(validDuring(t, $earlier + '/' + $later))
  OPTIONAL MATCH (w)-[b:PART_OF|BELONGS_TO]->(old:Actor)
  WHERE old <> o
  RETURN w, type(b) + ' ' + old.name AS before, b.valid AS before_valid, t, o,
    validDuring(t, $earlier + '/' + $later) AS held
}
RETURN w.name AS who, before, before_valid, type(t) AS turn, o.name AS whom, t.valid AS turn_valid, certainty(held) AS holds
ORDER BY who, whom, turn, before
