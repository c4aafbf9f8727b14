// title: Separate worlds
// question: Into which groups, without any certain tie between them, did the recorded actors fall in 2015?
// params: none
// expect: rows

FOR VALID_TIME AS OF '2015'
CALL algo.components() YIELD node, component, size
WHERE size > 1
WITH component, size, node.name AS actor
ORDER BY actor
WITH component, size, collect(actor) AS actors
RETURN size, actors
ORDER BY size DESC, actors
