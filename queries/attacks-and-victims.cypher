// title: Attacks and their victims
// question: Which attacks, massacres, clashes and thwarted plots are recorded, by whom, on whom, and who was hit?
// params: none
// expect: rows

MATCH (e:Attack|Massacre|Assassination|Clash|ThwartedAttack|Plot)
OPTIONAL MATCH (e)-[:IN_PLACE]->(p:Actor)
RETURN e.date AS date, e.name AS event, p.name AS place,
  COLLECT { MATCH (e)-[:AGENT|PARTY]->(a:Actor) RETURN a.name AS n ORDER BY n } AS by_whom,
  COLLECT { MATCH (e)-[:TARGET]->(a:Actor) RETURN a.name AS n ORDER BY n } AS on_whom,
  COLLECT { MATCH (e)-[:VICTIM]->(a:Actor) RETURN a.name AS n ORDER BY n } AS victims
ORDER BY bounds(e).startEarliest, date, event
