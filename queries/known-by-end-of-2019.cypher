// title: What was known of HTS by the end of 2019
// question: Which ties of HTS and its predecessor could a reader know by the end of 2019, and how did they stand by what was published then?
// params: none
// expect: rows

FOR KNOWN_TIME AS OF '2019-12-31'
MATCH (me:Actor)-[r]-(other:Actor)
WHERE me IN line(actor('HTS'))
  AND NOT other IN line(actor('HTS'))
  AND status(r) <> 'denied'
RETURN startNode(r).name AS who, type(r) AS tie, endNode(r).name AS whom, r.valid AS valid, status(r) AS status
ORDER BY who, tie, whom, valid
