// title: Blocs
// question: Which blocs did alliances, membership, subordination and backing form that certainly held in November 2024, when the offensive on Damascus began?
// params: none
// expect: rows

FOR VALID_TIME AS OF '2024-11'
CALL algo.components(['ALLIED', 'PART_OF', 'WING_OF', 'PROXY_OF', 'SUBORDINATE_TO', 'BACKS', 'FIGHTS_FOR']) YIELD node, component, size
WHERE size > 1
WITH component, size, node.name AS actor
ORDER BY actor
WITH component, size, collect(actor) AS actors
RETURN size, actors
ORDER BY size DESC, actors
