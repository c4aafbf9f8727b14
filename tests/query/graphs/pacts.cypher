// Four states and their dated ties. Corvia has no dates of its own; the sponsorship has none, but Dorn has.
// symmetric: ALLIED_WITH, AT_WAR_WITH
CREATE (aria:State {name: 'Aria', valid: '1900-01-01/..'}),
       (borel:State {name: 'Borel', valid: '1900-01-01/1950-12-31'}),
       (corvia:State {name: 'Corvia'}),
       (dorn:State {name: 'Dorn', valid: '1930/..'})
CREATE (aria)-[:ALLIED_WITH {id: 'entente', valid: '1910-01-01/1920-12-31', known: '1921'}]->(borel),
       (aria)-[:ALLIED_WITH {id: 'treaty', valid: '1935/1940', known: '1936-05-01'}]->(corvia),
       (borel)-[:AT_WAR_WITH {id: 'great-war', valid: '1914-08-01/1918-11-11', known: '1914-08-04'}]->(corvia),
       (corvia)-[:SPONSORS {id: 'aid'}]->(dorn),
       (dorn)-[:ALLIED_WITH {id: 'secret', valid: '1938~/1944-06-30', known: '1990'}]->(corvia),
       (aria)-[:AT_WAR_WITH {id: 'last-war', valid: '1941-06-22/1945-05-08', known: '1941-06-23'}]->(dorn);
