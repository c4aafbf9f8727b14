// title: Lineage of a group
// question: What did a group come from, what did it become, and who left it or came over to it?
// params: actor = 'HTS'
// expect: rows

MATCH (me:Actor)-[r:LINEAGE]-(:Actor)
WHERE me IN line(actor($actor))
WITH DISTINCT r
RETURN startNode(r).name AS who, type(r) AS step, endNode(r).name AS whom, r.valid AS valid, status(r) AS status, sources(r) AS sources
ORDER BY step, who, whom
