// title: What belongs to an actor, through every layer
// question: Which parts, wings, members and subordinates did an actor have at a date, directly or through others?
// params: actor = 'HTS'; date = '2025-02'
// expect: rows

MATCH p = (x:Actor)-[:PART_OF|WING_OF|MEMBER_OF|AFFILIATE_OF|SUBORDINATE_TO*1..3]->(top:Actor)
WHERE top IN line(actor($actor))
WITH p, x, all(r IN relationships(p) WHERE validAt(r, $date)) AND coexist(p) AS held
WHERE possibly(held)
RETURN length(p) AS layers, x.name AS part, p AS chain, certainty(held) AS holds
ORDER BY layers, [n IN nodes(p) | n.name], [r IN relationships(p) | type(r)]
