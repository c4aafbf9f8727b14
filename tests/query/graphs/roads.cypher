// Posts on roads: two ways from A to C, a ferry that closes the ring, a patrol that goes round on itself, and F apart from all.
CREATE (a:Post {name: 'A'}), (b:Post {name: 'B'}), (c:Post {name: 'C'}),
       (d:Post {name: 'D'}), (e:Post:Fort {name: 'E'}), (:Post {name: 'F'})
CREATE (a)-[:ROAD {miles: 1}]->(b),
       (b)-[:ROAD {miles: 2}]->(c),
       (c)-[:ROAD {miles: 3}]->(d),
       (a)-[:ROAD {miles: 5}]->(c),
       (d)-[:ROAD {miles: 1}]->(e)
CREATE (e)-[:PATROL]->(e),
       (d)-[:FERRY {miles: 10}]->(a);
