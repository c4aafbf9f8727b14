//! `MATCH`: patterns to nodes, hops and conditions.

use super::Resolver;
use super::expr::{EQUAL, unknown};
use super::typing::Known;
use crate::query::error::{Error, Result};
use crate::query::graph::{Graph, Term, Toward, TypeSet};
use crate::query::plan::{
    Access, At, Condition, Expr, HopKind, PathPart, Pattern, PatternHop, PatternNode, Plan, RelationFilter, Slot, Walk,
    WalkStep,
};
use crate::query::tree::{
    self, Direction, Element, ExprKind, Hops, LabelExpr, Match, Name, NodePattern, PatternKind, RelationPattern, Span,
};
use crate::query::types::Types;

/// A pattern while it is being resolved.
#[derive(Default)]
struct Draft<'t> {
    pattern: Pattern,
    /// Nodes that have names, by name.
    named: Vec<(String, usize)>,
    /// Relations named in this pattern.
    relations: Vec<(String, Span)>,
    /// Properties and labels that are resolved when all variables are known.
    pending: Vec<Pending<'t>>,
    /// Slots that this pattern fills.
    fresh: Vec<Slot>,
}

/// What is still to be said of a slot.
struct Pending<'t> {
    slot: Slot,
    types: Types,
    labels: Option<&'t LabelExpr>,
    properties: Option<&'t tree::Expr>,
    place: Place,
}

/// Where a condition goes.
#[derive(Clone, Copy)]
enum Place {
    /// Among those of the pattern.
    Pattern,
    /// Of a step of the walk of a hop.
    Step(usize, usize),
    /// Of the first node of each round of the walk of a hop.
    First(usize),
}

impl<G: Graph> Resolver<'_, G> {
    pub(super) fn match_clause(&mut self, input: Plan, clause: &Match) -> Result<Plan> {
        self.refuse_aggregates("`MATCH` and its `WHERE`", |this| {
            if !clause.optional {
                return this.matching(input, &clause.patterns, clause.condition.as_ref(), false);
            }
            let before = this.names.len();
            let inner = this.matching(Plan::Argument, &clause.patterns, clause.condition.as_ref(), false)?;
            let slots = this.variables.iter().map(|v| v.slot).filter(|slot| *slot >= before).collect();
            Ok(Plan::Optional { input: Box::new(input), inner: Box::new(inner), slots })
        })
    }

    /// The matches of patterns under a condition. `only_bound` where patterns may not make variables.
    pub(super) fn matching(
        &mut self,
        input: Plan,
        patterns: &[tree::Pattern],
        condition: Option<&tree::Expr>,
        only_bound: bool,
    ) -> Result<Plan> {
        let mut draft = Draft { pattern: Pattern { slice: self.slice, ..Pattern::default() }, ..Draft::default() };
        for pattern in patterns {
            self.pattern(&mut draft, pattern, only_bound)?;
        }
        // A node that a hop is followed from need not be looked up in the whole graph first; one that stands alone may be null.
        let Pattern { nodes, hops, .. } = &mut draft.pattern;
        for (at, node) in nodes.iter_mut().enumerate().filter(|(_, node)| node.is_bound) {
            node.checked |= !hops.iter().any(|hop| hop.from == at || hop.to == at);
        }
        for pending in std::mem::take(&mut draft.pending) {
            for condition in self.conditions_of(&pending)? {
                let hop = |draft: &mut Draft<'_>, at: usize, add: &mut dyn FnMut(&mut Walk)| {
                    if let HopKind::Many(walk) | HopKind::Shortest { walk, .. } = &mut draft.pattern.hops[at].kind {
                        add(walk);
                    }
                };
                match pending.place {
                    Place::Pattern => draft.pattern.conditions.push(condition),
                    Place::First(at) => hop(&mut draft, at, &mut |walk| walk.first.push(condition.clone())),
                    Place::Step(at, step) => {
                        hop(&mut draft, at, &mut |walk| walk.steps[step].conditions.push(condition.clone()));
                    }
                }
            }
        }
        if let Some(condition) = condition {
            let expr = self.predicate(condition)?;
            self.place_condition(&mut draft.pattern, expr);
        }
        Ok(Plan::Match { input: Box::new(input), pattern: draft.pattern })
    }

    /// Puts the condition of `WHERE` where it belongs: what speaks of a shortest path must be true of the path that is looked for.
    fn place_condition(&self, pattern: &mut Pattern, expr: Expr) {
        let paths: Vec<(usize, Vec<Slot>)> = pattern
            .hops
            .iter()
            .enumerate()
            .filter_map(|(at, hop)| match &hop.kind {
                HopKind::Shortest { walk, path, .. } => {
                    Some((at, path.iter().copied().chain([walk.relations]).collect()))
                }
                _ => None,
            })
            .collect();
        if paths.is_empty() {
            pattern.conditions.push(self.condition(expr));
            return;
        }
        let parts = if let Expr::And(parts, _) = expr { parts } else { vec![expr] };
        for part in parts {
            // What speaks of several paths can only be asked when all of them are there.
            let mut owners = paths.iter().filter(|(_, slots)| part.reads(&|slot| slots.contains(&slot)));
            let owner = owners.next().filter(|_| owners.next().is_none());
            let condition = self.condition(part);
            if let Some((at, _)) = owner
                && let HopKind::Shortest { conditions, .. } = &mut pattern.hops[*at].kind
            {
                conditions.push(condition);
            } else {
                pattern.conditions.push(condition);
            }
        }
    }

    fn pattern<'t>(&mut self, draft: &mut Draft<'t>, pattern: &'t tree::Pattern, only_bound: bool) -> Result<()> {
        if let Some(name) = &pattern.variable {
            self.variables.refuse(name)?;
            if let Some(other) = names_in(&pattern.elements).find(|n| n.text == name.text) {
                return Err(Error::syntax(
                    "VariableAlreadyBound",
                    other.span.clone(),
                    format!("the variable `{}` is the path already", name.text),
                )
                .also(name.span.clone(), "the path")
                .help("choose another name"));
            }
        }
        if pattern.kind != PatternKind::Every {
            return self.shortest(draft, pattern, only_bound);
        }
        let mut parts = Vec::new();
        let mut from: Option<usize> = None;
        let is_path = pattern.variable.is_some();
        // A piece between two nodes waits for the node after it.
        let mut between: Option<&'t Element> = None;
        for element in &pattern.elements {
            self.one_more(&pattern.span)?;
            let Element::Node(node) = element else {
                between = Some(element);
                continue;
            };
            let to = self.node(draft, node, only_bound)?;
            if let (Some(from), Some(element)) = (from, between.take()) {
                let part = match element {
                    Element::Relation(relation) => self.relation(draft, relation, from, to, only_bound, is_path)?,
                    Element::Group { elements, least, most, span } => {
                        self.group(draft, elements, (*least, *most), (from, to), span, is_path)?
                    }
                    Element::Node(_) => None,
                };
                parts.extend(part);
            }
            parts.push(PathPart::Node(draft.pattern.nodes[to].slot));
            from = Some(to);
        }
        if let Some(name) = &pattern.variable {
            let slot = self.slot();
            draft.fresh.push(slot);
            self.declare(name, slot, Known::of(Types::PATH));
            draft.pattern.paths.push((slot, parts));
        }
        Ok(())
    }

    fn shortest<'t>(&mut self, draft: &mut Draft<'t>, pattern: &'t tree::Pattern, only_bound: bool) -> Result<()> {
        let [Element::Node(a), Element::Relation(relation), Element::Node(b)] = pattern.elements.as_slice() else {
            return Err(Error::syntax(
                "UnexpectedSyntax",
                pattern.span.clone(),
                "a shortest path goes from one node by one variable-length relation to another",
            )
            .help("write `shortestPath((a)-[:TYPE*..10]-(b))`"));
        };
        let (from, to) = (self.node(draft, a, only_bound)?, self.node(draft, b, only_bound)?);
        let hops = relation.range.unwrap_or(Hops { least: 1, most: Some(1) });
        let at = draft.pattern.hops.len();
        let walk = self.walk(draft, relation, hops, at)?;
        let path = match &pattern.variable {
            None => None,
            Some(name) => {
                let slot = self.slot();
                draft.fresh.push(slot);
                self.declare(name, slot, Known::of(Types::PATH));
                Some(slot)
            }
        };
        if hops.least > 1 {
            return Err(Error::syntax(
                "UnexpectedSyntax",
                relation.span.clone(),
                "a shortest path begins at no or one relation, not at more",
            )
            .help("leave out the lower bound: `*..10`; or match all paths and keep those long enough with `WHERE length(p) >= …`"));
        }
        let all = pattern.kind == PatternKind::AllShortest;
        let kind = HopKind::Shortest { walk, all, path, conditions: Vec::new() };
        draft.pattern.hops.push(PatternHop { from, to, kind });
        Ok(())
    }

    fn node<'t>(&mut self, draft: &mut Draft<'t>, node: &'t NodePattern, only_bound: bool) -> Result<usize> {
        let at = match &node.variable {
            None => self.new_node(draft, String::new(), None),
            Some(name) => {
                if let Some((_, at)) = draft.named.iter().find(|(known, _)| *known == name.text) {
                    *at
                } else if let Some(variable) = self.variables.find(&name.text) {
                    if !variable.known.types.intersects(Types::NODE) {
                        return Err(conflict(name, "a node", variable.known.types, &variable.span));
                    }
                    let (slot, is_node) = (variable.slot, variable.known.types == Types::NODE);
                    let at = self.new_node(draft, name.text.clone(), Some(slot));
                    draft.pattern.nodes[at].checked = !(is_node && self.scope.is_empty());
                    draft.named.push((name.text.clone(), at));
                    at
                } else if only_bound {
                    return Err(self.variables.expect(name).err().unwrap_or_else(|| {
                        Error::syntax("UndefinedVariable", name.span.clone(), "a variable is not known here")
                    }));
                } else {
                    let at = self.new_node(draft, name.text.clone(), None);
                    let label = match &node.labels {
                        Some(LabelExpr::Name(label)) => match self.graph.label(&label.text) {
                            Term::Known(id) => Some(id),
                            _ => None,
                        },
                        _ => None,
                    };
                    let known = Known { label, ..Known::of(Types::NODE) };
                    self.declare(name, draft.pattern.nodes[at].slot, known);
                    draft.named.push((name.text.clone(), at));
                    at
                }
            }
        };
        if node.labels.is_some() || node.properties.is_some() {
            draft.pending.push(Pending {
                slot: draft.pattern.nodes[at].slot,
                types: Types::NODE,
                labels: node.labels.as_ref(),
                properties: node.properties.as_ref(),
                place: Place::Pattern,
            });
        }
        Ok(at)
    }

    fn new_node(&mut self, draft: &mut Draft<'_>, name: String, bound: Option<Slot>) -> usize {
        let slot = bound.unwrap_or_else(|| self.slot());
        if bound.is_none() {
            draft.fresh.push(slot);
        }
        let is_bound = bound.is_some();
        draft.pattern.nodes.push(PatternNode { slot, name, is_bound, access: Access::All, checked: is_bound });
        draft.pattern.nodes.len() - 1
    }

    fn relation<'t>(
        &mut self,
        draft: &mut Draft<'t>,
        relation: &'t RelationPattern,
        from: usize,
        to: usize,
        only_bound: bool,
        is_path: bool,
    ) -> Result<Option<PathPart>> {
        let at = draft.pattern.hops.len();
        if let Some(hops) = relation.range {
            let mut walk = self.walk(draft, relation, hops, at)?;
            walk.is_listed |= is_path;
            let part = Some(PathPart::Relations(walk.relations));
            draft.pattern.hops.push(PatternHop { from, to, kind: HopKind::Many(walk) });
            return Ok(part);
        }
        let filter = self.filter(relation)?;
        let mut is_bound = false;
        let slot = match &relation.variable {
            None => self.slot(),
            Some(name) => {
                self.refuse_twice(draft, name)?;
                if let Some(variable) = self.variables.find(&name.text) {
                    if !variable.known.types.intersects(Types::RELATION) {
                        return Err(conflict(name, "a relation", variable.known.types, &variable.span));
                    }
                    is_bound = true;
                    variable.slot
                } else if only_bound {
                    self.variables.expect(name)?.slot
                } else {
                    let slot = self.slot();
                    self.declare(name, slot, Known::of(Types::RELATION));
                    slot
                }
            }
        };
        if !is_bound {
            draft.fresh.push(slot);
        }
        if relation.properties.is_some() {
            draft.pending.push(Pending {
                slot,
                types: Types::RELATION,
                labels: None,
                properties: relation.properties.as_ref(),
                place: Place::Pattern,
            });
        }
        let name = relation.variable.as_ref().map_or_else(String::new, |n| n.text.clone());
        draft.pattern.hops.push(PatternHop { from, to, kind: HopKind::One { slot, name, is_bound, filter } });
        Ok(Some(PathPart::Relation(slot)))
    }

    /// A relation may stand once in a pattern, and never where a node stands.
    fn refuse_twice(&self, draft: &mut Draft<'_>, name: &Name) -> Result<()> {
        if draft.named.iter().any(|(known, _)| *known == name.text) {
            let span = self.variables.find(&name.text).map_or(name.span.clone(), |v| v.span.clone());
            return Err(conflict(name, "a relation", Types::NODE, &span));
        }
        if let Some((_, first)) = draft.relations.iter().find(|(known, _)| *known == name.text) {
            return Err(Error::syntax(
                "RelationshipUniquenessViolation",
                name.span.clone(),
                format!("`{}` stands twice in one pattern, and a pattern takes each relation once", name.text),
            )
            .also(first.clone(), "the first time")
            .help("give the second one another name, or put it into a second `MATCH`"));
        }
        draft.relations.push((name.text.clone(), name.span.clone()));
        Ok(())
    }

    /// The walk of a variable-length relation that will be hop `at`.
    fn walk<'t>(
        &mut self,
        draft: &mut Draft<'t>,
        relation: &'t RelationPattern,
        hops: Hops,
        at: usize,
    ) -> Result<Walk> {
        let filter = self.filter(relation)?;
        let mut is_bound = false;
        let relations = match &relation.variable {
            None => self.slot(),
            Some(name) => {
                self.refuse_twice(draft, name)?;
                match self.variables.find(&name.text) {
                    Some(variable) => {
                        if !variable.known.types.intersects(Types::LIST) {
                            return Err(conflict(name, "a list of relations", variable.known.types, &variable.span));
                        }
                        is_bound = true;
                        variable.slot
                    }
                    None => {
                        let slot = self.slot();
                        draft.fresh.push(slot);
                        self.declare(name, slot, Known::list(Types::RELATION));
                        slot
                    }
                }
            }
        };
        let (relation_slot, node_slot) = (self.slot(), self.slot());
        self.call_slot(relation_slot, relation.variable.as_ref().map_or("", |name| &name.text));
        if relation.properties.is_some() {
            draft.pending.push(Pending {
                slot: relation_slot,
                types: Types::RELATION,
                labels: None,
                properties: relation.properties.as_ref(),
                place: Place::Step(at, 0),
            });
        }
        Ok(Walk {
            steps: vec![WalkStep { filter, conditions: Vec::new(), relation_slot, node_slot }],
            least: hops.least,
            most: hops.most,
            relations,
            is_listed: relation.variable.is_some(),
            is_bound,
            node_lists: Vec::new(),
            relation_lists: Vec::new(),
            path: None,
            first: Vec::new(),
            first_slot: None,
            name: relation.variable.as_ref().map_or_else(String::new, |n| n.text.clone()),
        })
    }

    fn group<'t>(
        &mut self,
        draft: &mut Draft<'t>,
        elements: &'t [Element],
        (least, most): (u64, Option<u64>),
        (from, to): (usize, usize),
        span: &Span,
        is_path: bool,
    ) -> Result<Option<PathPart>> {
        let at = draft.pattern.hops.len();
        let mut walk = Walk {
            steps: Vec::new(),
            least,
            most,
            relations: self.slot(),
            is_listed: false,
            is_bound: false,
            node_lists: Vec::new(),
            relation_lists: Vec::new(),
            path: None,
            first: Vec::new(),
            first_slot: None,
            name: String::new(),
        };
        let mut names: Vec<(Name, Slot, Types)> = Vec::new();
        let mut list = |this: &mut Self, name: &Option<Name>, types: Types| -> Result<Option<Slot>> {
            let Some(name) = name else { return Ok(None) };
            this.variables.refuse(name)?;
            if names.iter().any(|(known, _, _)| known.text == name.text)
                || draft.named.iter().any(|(n, _)| *n == name.text)
            {
                return Err(Error::syntax(
                    "VariableAlreadyBound",
                    name.span.clone(),
                    format!("`{}` stands twice in or around a repeated group", name.text),
                )
                .help("each variable of a group becomes a list of its own; choose another name"));
            }
            let slot = this.slot();
            names.push((name.clone(), slot, types));
            Ok(Some(slot))
        };
        let mut waiting: Option<&'t RelationPattern> = None;
        for element in elements {
            match element {
                Element::Relation(relation) => {
                    if relation.range.is_some() {
                        return Err(Error::syntax(
                            "UnexpectedSyntax",
                            relation.span.clone(),
                            "a repeated group cannot hold a variable-length relation",
                        ));
                    }
                    waiting = Some(relation);
                }
                Element::Group { span, .. } => {
                    return Err(Error::syntax("UnexpectedSyntax", span.clone(), "repeated groups cannot be nested"));
                }
                Element::Node(node) => {
                    let node_slot = self.slot();
                    self.call_slot(node_slot, node.variable.as_ref().map_or("", |name| &name.text));
                    let place = match waiting.take() {
                        None => {
                            walk.first_slot = Some(node_slot);
                            Place::First(at)
                        }
                        Some(relation) => {
                            let relation_slot = self.slot();
                            self.call_slot(relation_slot, relation.variable.as_ref().map_or("", |name| &name.text));
                            let filter = self.filter(relation)?;
                            let step = walk.steps.len();
                            if relation.properties.is_some() {
                                draft.pending.push(Pending {
                                    slot: relation_slot,
                                    types: Types::RELATION,
                                    labels: None,
                                    properties: relation.properties.as_ref(),
                                    place: Place::Step(at, step),
                                });
                            }
                            if let Some(slot) = list(self, &relation.variable, Types::RELATION)? {
                                walk.relation_lists.push((step, slot));
                            }
                            walk.steps.push(WalkStep { filter, conditions: Vec::new(), relation_slot, node_slot });
                            Place::Step(at, step)
                        }
                    };
                    if let Some(slot) = list(self, &node.variable, Types::NODE)? {
                        walk.node_lists.push((walk.steps.len(), slot));
                    }
                    if node.labels.is_some() || node.properties.is_some() {
                        draft.pending.push(Pending {
                            slot: node_slot,
                            types: Types::NODE,
                            labels: node.labels.as_ref(),
                            properties: node.properties.as_ref(),
                            place,
                        });
                    }
                }
            }
        }
        if walk.steps.is_empty() {
            return Err(Error::syntax(
                "UnexpectedSyntax",
                span.clone(),
                "a repeated group holds at least one relation",
            ));
        }
        if most.is_some_and(|most| most < least) {
            return Err(Error::syntax("UnexpectedSyntax", span.clone(), "the most times are fewer than the fewest"));
        }
        for (name, slot, types) in names {
            draft.fresh.push(slot);
            self.declare(&name, slot, Known::list(types));
        }
        let part = is_path.then(|| {
            let slot = self.slot();
            walk.path = Some(slot);
            PathPart::Path(slot)
        });
        draft.fresh.extend(walk.path);
        draft.pattern.hops.push(PatternHop { from, to, kind: HopKind::Many(walk) });
        Ok(part)
    }

    fn filter(&mut self, relation: &RelationPattern) -> Result<RelationFilter> {
        let toward = match relation.direction {
            Direction::Out => Toward::Out,
            Direction::In => Toward::In,
            Direction::Either => Toward::Either,
        };
        let types = match &relation.types {
            None => None,
            Some(types) => Some(self.types(types)?),
        };
        let type_names = relation.types.as_ref().map_or_else(String::new, label_text);
        Ok(RelationFilter { toward, types, type_names, time: None })
    }

    fn types(&self, types: &LabelExpr) -> Result<TypeSet> {
        Ok(match types {
            LabelExpr::Any(_) => self.graph.all_types(),
            LabelExpr::Or(a, b) => self.types(a)?.or(&self.types(b)?),
            LabelExpr::And(a, b) => self.types(a)?.and(&self.types(b)?),
            LabelExpr::Not(a) => {
                let without = self.types(a)?;
                TypeSet::of(self.graph.all_types().iter().filter(|id| !without.contains(*id)))
            }
            LabelExpr::Name(name) => match self.graph.relation_type(&name.text) {
                Term::Known(set) => set,
                Term::Absent => TypeSet::default(),
                Term::Unknown { near, all } => {
                    let message = format!("there is no type of relation called `{}`", name.text);
                    let listed = "types of relations here";
                    let error = unknown("UnknownRelationType", &name.span, &message, listed, &near, &all);
                    return Err(self.maybe_label(error, &name.text, near.is_empty()));
                }
            },
        })
    }

    fn conditions_of(&mut self, pending: &Pending<'_>) -> Result<Vec<Condition>> {
        let mut conditions = Vec::new();
        let slot = || Box::new(Expr::Slot(pending.slot));
        let mut label = None;
        if let Some(labels) = pending.labels {
            let test = self.label_test(labels, pending.types)?;
            if let crate::query::plan::LabelTest::Name(id, _, _) = &test {
                label = *id;
            }
            let expr = Expr::HasLabels { base: slot(), test, at: At::default() };
            conditions.push(Condition { expr, possibly: false });
        }
        let Some(properties) = pending.properties else { return Ok(conditions) };
        match &properties.kind {
            ExprKind::Map(entries) => {
                let known = Known { label, ..Known::of(pending.types) };
                for (key, value) in entries {
                    let property = self.property_of(Expr::Slot(pending.slot), known, key)?;
                    let before = std::mem::replace(&mut self.is_predicate, false);
                    let value = self.expr(value);
                    self.is_predicate = before;
                    let (value, _) = value?;
                    let at = At(key.span.clone());
                    let expr = Expr::Compare(EQUAL, Box::new(property), Box::new(value), at);
                    conditions.push(Condition { expr, possibly: false });
                }
            }
            ExprKind::Parameter(name) => {
                return Err(Error::syntax(
                    "InvalidParameterUse",
                    properties.span.clone(),
                    format!("`${name}` cannot stand for all properties of a pattern"),
                )
                .help(format!("name the properties: `{{name: ${name}.name}}`")));
            }
            _ => {
                return Err(Error::syntax(
                    "UnexpectedSyntax",
                    properties.span.clone(),
                    "the properties of a pattern are a map",
                ));
            }
        }
        Ok(conditions)
    }
}

/// Every name that elements of a pattern give.
fn names_in(elements: &[Element]) -> Box<dyn Iterator<Item = &Name> + '_> {
    Box::new(elements.iter().flat_map(|element| -> Box<dyn Iterator<Item = &Name> + '_> {
        match element {
            Element::Node(node) => Box::new(node.variable.iter()),
            Element::Relation(relation) => Box::new(relation.variable.iter()),
            Element::Group { elements, .. } => names_in(elements),
        }
    }))
}

/// Types as written, for plans.
fn label_text(labels: &LabelExpr) -> String {
    match labels {
        LabelExpr::Name(name) => name.text.clone(),
        LabelExpr::Any(_) => "%".to_owned(),
        LabelExpr::Or(a, b) => format!("{}|{}", label_text(a), label_text(b)),
        LabelExpr::And(a, b) => format!("{}&{}", label_text(a), label_text(b)),
        LabelExpr::Not(a) => format!("!{}", label_text(a)),
    }
}

/// A variable that is of another kind than the place it stands at asks for.
fn conflict(name: &Name, wanted: &str, found: Types, span: &Span) -> Box<Error> {
    Error::syntax(
        "VariableTypeConflict",
        name.span.clone(),
        format!("`{}` stands for {wanted} here, and is {found} already", name.text),
    )
    .also(span.clone(), "made here")
    .help("choose another name")
}
