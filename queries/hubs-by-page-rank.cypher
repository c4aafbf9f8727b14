// title: Hubs by page rank
// question: On which ten actors did the friendly ties that certainly held in December 2024 centre, by page rank?
// params: none
// expect: rows

FOR VALID_TIME AS OF '2024-12'
CALL algo.pageRank(['FRIENDLY_TO']) YIELD node, score
RETURN node.name AS actor, round(score, 4) AS page_rank
ORDER BY page_rank DESC, actor
LIMIT 10
