// title: Talks and who arranged them
// question: Which meetings, visits, negotiations and agreements are recorded, between whom, hosted and mediated by whom?
// params: none
// expect: rows

MATCH (e:Meeting|Visit|Negotiation|Agreement|Ceasefire)
OPTIONAL MATCH (e)-[:IN_PLACE]->(p:Actor)
RETURN e.date AS date, e.name AS event, p.name AS place,
  COLLECT { MATCH (e)-[:PARTY|AGENT|TARGET]->(a:Actor) RETURN a.name AS n ORDER BY n } AS parties,
  COLLECT { MATCH (e)-[:HOST]->(a:Actor) RETURN a.name AS n ORDER BY n } AS hosts,
  COLLECT { MATCH (e)-[:MEDIATOR]->(a:Actor) RETURN a.name AS n ORDER BY n } AS mediators
ORDER BY bounds(e).startEarliest, date, event
