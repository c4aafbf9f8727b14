//! A graph whose edges weigh what a function says.

use petgraph::Direction;
use petgraph::visit::{
    Data, EdgeCount, EdgeRef, GetAdjacencyMatrix, GraphBase, GraphProp, GraphRef, IntoEdgeReferences, IntoEdges,
    IntoEdgesDirected, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, IntoNodeReferences,
    NodeCompactIndexable, NodeCount, NodeIndexable, Visitable,
};

/// Gives every edge of a graph a computed weight, for the algorithms that read the edge weight itself.
///
/// petgraph's `bellman_ford`, `min_spanning_tree` and `articulation_points` want weights that are numbers or at least
/// ordered; a relation is neither. `graph` is a reference such as `&View`; everything else passes through to it.
///
/// ```
/// use allegiance::graph::{Builder, RelationRef, Weighed};
/// use allegiance::time::Reading;
/// use petgraph::algo::min_spanning_tree;
///
/// let graph = Builder::default().build();
/// let view = graph.all_time(Reading::Possible).undirected();
/// let weighed = Weighed::new(&view, |edge: RelationRef| edge.relation().claims.len());
/// assert_eq!(min_spanning_tree(&weighed).count(), 0);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Weighed<G, F> {
    graph: G,
    weight: F,
}

impl<G, F, W> Weighed<G, F>
where
    G: IntoEdgeReferences,
    F: Fn(G::EdgeRef) -> W,
{
    /// Weighs the edges of `graph` by `weight`, which is called each time an edge is walked.
    pub const fn new(graph: G, weight: F) -> Self {
        Self { graph, weight }
    }
}

/// An edge with its computed weight.
#[derive(Clone, Copy, Debug)]
pub struct WeighedEdge<R, W> {
    edge: R,
    weight: W,
}

impl<R, W> WeighedEdge<R, W> {
    /// The edge of the graph underneath.
    pub const fn edge(&self) -> &R {
        &self.edge
    }
}

impl<R: EdgeRef, W: Copy> EdgeRef for WeighedEdge<R, W> {
    type NodeId = R::NodeId;
    type EdgeId = R::EdgeId;
    type Weight = W;

    fn source(&self) -> R::NodeId {
        self.edge.source()
    }
    fn target(&self) -> R::NodeId {
        self.edge.target()
    }
    fn weight(&self) -> &W {
        &self.weight
    }
    fn id(&self) -> R::EdgeId {
        self.edge.id()
    }
}

/// Edges of the graph underneath, weighed as they come.
#[derive(Clone, Debug)]
pub struct WeighedEdges<'w, I, F> {
    edges: I,
    weight: &'w F,
}

impl<I, F, W> Iterator for WeighedEdges<'_, I, F>
where
    I: Iterator,
    I::Item: Copy,
    F: Fn(I::Item) -> W,
{
    type Item = WeighedEdge<I::Item, W>;

    fn next(&mut self) -> Option<Self::Item> {
        self.edges.next().map(|edge| WeighedEdge { edge, weight: (self.weight)(edge) })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.edges.size_hint()
    }
}

impl<G: GraphBase, F> GraphBase for Weighed<G, F> {
    type NodeId = G::NodeId;
    type EdgeId = G::EdgeId;
}

impl<G, F, W> Data for Weighed<G, F>
where
    G: IntoEdgeReferences,
    F: Fn(G::EdgeRef) -> W,
{
    type NodeWeight = G::NodeWeight;
    type EdgeWeight = W;
}

impl<G: GraphProp, F> GraphProp for Weighed<G, F> {
    type EdgeType = G::EdgeType;
}

impl<G: NodeCount, F> NodeCount for Weighed<G, F> {
    fn node_count(&self) -> usize {
        self.graph.node_count()
    }
}

impl<G: EdgeCount, F> EdgeCount for Weighed<G, F> {
    fn edge_count(&self) -> usize {
        self.graph.edge_count()
    }
}

impl<G: NodeIndexable, F> NodeIndexable for Weighed<G, F> {
    fn node_bound(&self) -> usize {
        self.graph.node_bound()
    }
    fn to_index(&self, node: G::NodeId) -> usize {
        self.graph.to_index(node)
    }
    fn from_index(&self, index: usize) -> G::NodeId {
        self.graph.from_index(index)
    }
}

impl<G: NodeCompactIndexable, F> NodeCompactIndexable for Weighed<G, F> {}

impl<G: Visitable, F> Visitable for Weighed<G, F> {
    type Map = G::Map;

    fn visit_map(&self) -> G::Map {
        self.graph.visit_map()
    }
    fn reset_map(&self, map: &mut G::Map) {
        self.graph.reset_map(map);
    }
}

impl<G: GetAdjacencyMatrix, F> GetAdjacencyMatrix for Weighed<G, F> {
    type AdjMatrix = G::AdjMatrix;

    fn adjacency_matrix(&self) -> G::AdjMatrix {
        self.graph.adjacency_matrix()
    }
    fn is_adjacent(&self, matrix: &G::AdjMatrix, a: G::NodeId, b: G::NodeId) -> bool {
        self.graph.is_adjacent(matrix, a, b)
    }
}

impl<G: IntoNeighbors, F> IntoNeighbors for &Weighed<G, F> {
    type Neighbors = G::Neighbors;

    fn neighbors(self, node: G::NodeId) -> G::Neighbors {
        self.graph.neighbors(node)
    }
}

impl<G: IntoNeighborsDirected, F> IntoNeighborsDirected for &Weighed<G, F> {
    type NeighborsDirected = G::NeighborsDirected;

    fn neighbors_directed(self, node: G::NodeId, direction: Direction) -> G::NeighborsDirected {
        self.graph.neighbors_directed(node, direction)
    }
}

impl<G: IntoNodeIdentifiers, F> IntoNodeIdentifiers for &Weighed<G, F> {
    type NodeIdentifiers = G::NodeIdentifiers;

    fn node_identifiers(self) -> G::NodeIdentifiers {
        self.graph.node_identifiers()
    }
}

impl<G, F, W> IntoNodeReferences for &Weighed<G, F>
where
    G: IntoNodeReferences + IntoEdgeReferences,
    F: Fn(<G as IntoEdgeReferences>::EdgeRef) -> W,
{
    type NodeRef = G::NodeRef;
    type NodeReferences = G::NodeReferences;

    fn node_references(self) -> G::NodeReferences {
        self.graph.node_references()
    }
}

impl<'w, G, F, W> IntoEdgeReferences for &'w Weighed<G, F>
where
    G: IntoEdgeReferences + GraphRef,
    F: Fn(G::EdgeRef) -> W,
    W: Copy,
{
    type EdgeRef = WeighedEdge<G::EdgeRef, W>;
    type EdgeReferences = WeighedEdges<'w, G::EdgeReferences, F>;

    fn edge_references(self) -> Self::EdgeReferences {
        WeighedEdges { edges: self.graph.edge_references(), weight: &self.weight }
    }
}

impl<'w, G, F, W> IntoEdges for &'w Weighed<G, F>
where
    G: IntoEdges,
    F: Fn(G::EdgeRef) -> W,
    W: Copy,
{
    type Edges = WeighedEdges<'w, G::Edges, F>;

    fn edges(self, node: G::NodeId) -> Self::Edges {
        WeighedEdges { edges: self.graph.edges(node), weight: &self.weight }
    }
}

impl<'w, G, F, W> IntoEdgesDirected for &'w Weighed<G, F>
where
    G: IntoEdgesDirected,
    F: Fn(G::EdgeRef) -> W,
    W: Copy,
{
    type EdgesDirected = WeighedEdges<'w, G::EdgesDirected, F>;

    fn edges_directed(self, node: G::NodeId, direction: Direction) -> Self::EdgesDirected {
        WeighedEdges { edges: self.graph.edges_directed(node, direction), weight: &self.weight }
    }
}
