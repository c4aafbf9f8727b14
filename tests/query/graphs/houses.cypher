// Five houses, what they hold, whom they follow and fight.
CREATE (anjou:House {name: 'Anjou', seat: 'Angers', men: 900, founded: 1060}),
       (blois:House {name: 'Blois', seat: 'Chartres', men: 700, founded: 1050}),
       (capet:House:Royal {name: 'Capet', seat: 'Paris', men: 2000, founded: 987}),
       (normandy:House {name: 'Normandy', seat: 'Rouen', men: 1500}),
       (flanders:House {name: 'Flanders', men: 700, founded: 862}),
       (tours:Town {name: 'Tours', walls: true}),
       (mans:Town {name: 'Le Mans', walls: false}),
       (vexin:Region {name: 'Vexin'})
CREATE (anjou)-[:VASSAL_OF {since: 1060}]->(capet),
       (blois)-[:VASSAL_OF {since: 1050}]->(capet),
       (normandy)-[:VASSAL_OF {since: 1066}]->(capet),
       (flanders)-[:VASSAL_OF {since: 1071}]->(capet)
CREATE (anjou)-[:HOLDS {since: 1044}]->(tours),
       (anjou)-[:HOLDS {since: 1110}]->(mans),
       (normandy)-[:HOLDS {since: 1063}]->(mans),
       (normandy)-[:HOLDS {since: 1030}]->(vexin),
       (capet)-[:HOLDS]->(vexin)
CREATE (anjou)-[:ALLIED_WITH {since: 1128}]->(flanders),
       (blois)-[:ALLIED_WITH {since: 1135}]->(normandy)
CREATE (blois)-[:FOUGHT {year: 1016, won: false}]->(anjou),
       (anjou)-[:FOUGHT {year: 1044, won: true}]->(blois),
       (anjou)-[:FOUGHT {year: 1136}]->(normandy);
