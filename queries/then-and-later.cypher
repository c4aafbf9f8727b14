// title: Friends then and later
// question: Which friendly ties of HTS certainly held in 2018, and which in January 2025, and with whom?
// params: none
// expect: rows

CALL {
  FOR VALID_TIME AS OF '2018'
  MATCH (me:Actor)-[r:FRIENDLY_TO]-(f:Actor)
  WHERE me IN line(actor('HTS'))
  RETURN collect({who: f.id, tie: type(r)}) AS then
}
CALL {
  FOR VALID_TIME AS OF '2025-01'
  MATCH (me:Actor)-[r:FRIENDLY_TO]-(f:Actor)
  WHERE me IN line(actor('HTS'))
  RETURN collect({who: f.id, tie: type(r)}) AS later
}
MATCH (f:Actor)
WHERE f.id IN [x IN then + later | x.who]
RETURN f.name AS friend,
  COLLECT { UNWIND then AS x WITH x WHERE x.who = f.id RETURN DISTINCT x.tie AS tie ORDER BY tie } AS in_2018,
  COLLECT { UNWIND later AS x WITH x WHERE x.who = f.id RETURN DISTINCT x.tie AS tie ORDER BY tie } AS in_2025
ORDER BY friend
