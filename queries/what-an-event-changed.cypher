// title: What an event changed
// question: Which ties did an event begin, and which did it end?
// params: event = 'fall-of-assad-2024-12'
// expect: rows

MATCH (e:Event {id: $event})
CALL (e) {
  MATCH (a:Actor)-[r]->(b:Actor)
  WHERE startNode(r) = a
    AND r.id IN e.opens
  RETURN 'began' AS change, a, r, b
  UNION
  MATCH (a:Actor)-[r]->(b:Actor)
  WHERE startNode(r) = a
    AND r.id IN e.closes
  RETURN 'ended' AS change, a, r, b
}
RETURN e.name AS event, e.date AS date, change, a.name AS who, type(r) AS tie, b.name AS whom, r.valid AS valid
ORDER BY change, who, tie, whom
