// title: What came before
// question: Which events with an actor in them were certainly over before another event began?
// params: actor = 'HTS'; event = 'fall-of-assad-2024-12'
// expect: rows

MATCH (f:Event {id: $event})
MATCH (e:Event)
WHERE before(e, f)
  AND EXISTS {
    MATCH (e)-[:INVOLVES]->(a:Actor)
    WHERE a IN line(actor($actor))
  }
RETURN e.date AS date, e.name AS event, e.kind AS kind,
  COLLECT {
    MATCH (e)-[i:INVOLVES]->(a:Actor)
    RETURN a.name + ' (' + i.role + ')' AS part
    ORDER BY part
  } AS participants
ORDER BY bounds(e).startEarliest, date, event
