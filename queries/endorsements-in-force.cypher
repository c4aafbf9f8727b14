// title: Endorsed by a state
// question: Had any state allied itself with an actor, endorsed or recognised it at a date? (Of HTS the record has only denials.)
// params: actor = 'HTS'; date = '2025-01'
// expect: none

MATCH (s:State|Government)-[r:ALLIED_WITH|ENDORSES|RECOGNISES]-(me:Actor)
WHERE me IN line(actor($actor))
  AND possibly(validAt(r, $date))
RETURN s.name AS state, type(r) AS tie, me.name AS actor, r.valid AS valid, certainty(validAt(r, $date)) AS holds
ORDER BY state, tie
