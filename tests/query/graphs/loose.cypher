// Labels that cross, a node without any, and a tie of one unknown day.
CREATE (both:Red:Round {name: 'both', id: 1}), (red:Red {name: 'red', id: 2}), (round:Round {name: 'round', id: 3}), (bare {name: 'bare', id: 4})
CREATE (both)-[:TIE {id: 'day', valid: '1950-07'}]->(bare);
