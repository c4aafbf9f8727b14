//! Who stands so: sets of actors, one inside the other.

use super::super::meant::Why;
use super::super::question::{Manner, Named, Sort, Who};
use super::super::reply::{Answered, Reply, Rows, Standing};
use super::meant::Other;
use super::wording::{list, modality_in_words};
use super::{Asking, assume, evidence, join};
use crate::model::{ActorId, Category, Polarity};
use crate::question::{Lens, Line, RelationRow, RelationWord, When};
use crate::time::{Bounds, End, Holds, Window};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How many answers a text tells more of than the name.
const TOLD: usize = 8;

/// One of a set of actors, with what makes it one.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) actor: ActorId,
    /// How it holds that it is one.
    pub(super) holds: Holds,
    /// Only by relations of another than the one named.
    pub(super) is_via: bool,
    /// What makes it one, the firmest first, each with how it reads from the member to the other end.
    pub(super) ties: Vec<(RelationRow, String)>,
}

impl Member {
    fn is_doubted(&self) -> bool {
        self.ties.iter().all(|(row, _)| row.status != "supported" || row.modality != "asserted")
    }
}

impl Asking<'_, '_> {
    /// Who stands so.
    pub(super) fn who(&self, set: &Who, sort: Option<&Sort>, manner: Manner) -> Reply {
        let mut reply = self.reply("who");
        let mut asked = Vec::new();
        named_in(set, &mut asked);
        let mut members = self.members(set, manner, &mut reply);
        self.widen_allies(set, manner, &mut members, &mut reply);
        members.retain(|member| self.bears_out(member));
        if let Some(sort) = sort {
            let kept = self.of_sort(sort);
            members.retain(|member| kept.contains(&member.actor));
        }
        // Before somebody existed only what is certain of its line is an answer.
        let is_before = asked.iter().any(|named| self.not_then(named.actor).is_some());
        if is_before && members.iter().all(|member| member.holds != Holds::Certain) {
            members.clear();
        }
        self.sort_members(&mut members);
        members.truncate(self.lens.scope.limit.unwrap_or(usize::MAX));
        if members.is_empty()
            && let Some(earlier) = self.earlier(set, sort, manner)
        {
            return earlier;
        }
        if members.is_empty() {
            self.nobody(set, sort, &asked, &mut reply);
            return reply;
        }
        reply.answers = members.iter().map(|member| self.answered(member)).collect();
        if manner == Manner::Denied {
            for answer in &mut reply.answers {
                answer.relation = answer.relation.take().map(|label| format!("not {label}"));
            }
        }
        for member in &members {
            evidence::add(&mut reply, member.ties.iter().flat_map(|(row, _)| &row.claims));
        }
        reply.text = self.who_in_words(&members, manner);
        let mut rows: Vec<RelationRow> = Vec::new();
        for (row, _) in members.iter().flat_map(|member| &member.ties) {
            if !rows.iter().any(|other| other.relation == row.relation) {
                rows.push(row.clone());
            }
        }
        reply.tables.push((String::new(), Rows::Relations(rows)));
        reply
    }

    /// Those of whom it was so at any time, where a question in the present that names no day is about help given and nothing holds on the
    /// last day: articles tell in the present of what they do not date.
    fn earlier(&self, set: &Who, sort: Option<&Sort>, manner: Manner) -> Option<Reply> {
        if self.asked.is_dated || self.asked.is_now || self.asked.scope.when != When::Now || manner != Manner::Holding {
            return None;
        }
        let mut asked = self.asked.clone();
        asked.scope.when = When::Ever;
        asked.is_dated = true;
        let ever = Asking { asked: &asked, lens: Lens::new(self.lens.graph, asked.scope.clone()), ..*self };
        let mut reply = ever.who(set, sort, manner);
        let is_help = reply.tables.iter().all(|(_, rows)| match rows {
            Rows::Relations(rows) => rows.iter().all(|row| row.category == "support"),
            _ => false,
        });
        if reply.status != Standing::Answered || !is_help {
            return None;
        }
        let now = self.asked.scope.when_in_words(self.lens.graph);
        reply.text = format!("Nothing is recorded {now}. At some time before: {}", reply.text);
        reply.is_widened = true;
        assume(&mut reply, "nothing holds on the last day the data speaks for, so earlier ties are told".to_owned());
        Some(reply)
    }

    /// Adds those bound in other friendly ways (by support, as a proxy, as a part) where nobody, or nobody without a doubt, is an ally.
    fn widen_allies(&self, set: &Who, manner: Manner, members: &mut Vec<Member>, reply: &mut Reply) {
        let vocabulary = self.lens.graph.vocabulary();
        let (Ok(allied), Ok(mut friendly)) =
            (RelationWord::read(vocabulary, "allied-with"), RelationWord::read(vocabulary, "friendly-to"))
        else {
            return;
        };
        let Who::Related { tie, to } = set else { return };
        // A part of it, and what it is a part of, is no ally.
        let parts = RelationWord::read(vocabulary, "segment-of").map(|word| word.types).unwrap_or_default();
        friendly.types.retain(|kind| !parts.contains(kind));
        let is_plain = allied.types.iter().all(|kind| tie.types.contains(kind))
            && tie.types.iter().all(|kind| friendly.types.contains(kind))
            && matches!(**to, Who::Named(_))
            && manner == Manner::Holding;
        if !is_plain || !members.iter().all(Member::is_doubted) {
            return;
        }
        // A part is no ally.
        if let Ok(parts) = RelationWord::read(vocabulary, "segment-of") {
            friendly.types.retain(|kind| !parts.types.contains(kind));
        }
        let is_nobody = members.is_empty();
        let wide = Who::Related { tie: friendly, to: to.clone() };
        let mut assumed = Reply::new("", "who");
        let mut more = self.members(&wide, manner, &mut assumed);
        more.retain(|member| {
            (is_nobody || !member.is_doubted()) && !members.iter().any(|known| known.actor == member.actor)
        });
        if more.is_empty() {
            return;
        }
        reply.is_widened = true;
        assume(reply, "allied taken broadly: support, command, proxies and recognition too".to_owned());
        for words in assumed.assumptions {
            assume(reply, words);
        }
        members.append(&mut more);
    }

    /// The members of a set, in no order; what was assumed goes to the reply.
    pub(super) fn members(&self, set: &Who, manner: Manner, reply: &mut Reply) -> Vec<Member> {
        match set {
            Who::Named(named) => {
                let line = self.lens.line(named.actor);
                self.say_line(reply, &line);
                line.members
                    .iter()
                    .map(|id| Member { actor: *id, holds: Holds::Certain, is_via: false, ties: Vec::new() })
                    .collect()
            }
            Who::Anybody => {
                let all = (0..self.lens.graph.actor_count()).map(ActorId::new);
                all.map(|actor| Member { actor, holds: Holds::Certain, is_via: false, ties: Vec::new() }).collect()
            }
            Who::Related { tie, to } => match &**to {
                Who::Named(named) => {
                    let mut members = self.related_to_named(tie, named, manner, reply);
                    if members.is_empty() {
                        members = self.next_in_lead(tie, named, reply);
                    }
                    members
                }
                inner => {
                    let mut targets = self.members(inner, Manner::Holding, reply);
                    if targets.is_empty()
                        && let Some(whole) = self.whole(inner)
                    {
                        reply.is_widened = true;
                        assume(
                            reply,
                            format!("no part of {} is recorded: asked of all of it", self.lens.name(whole.actor)),
                        );
                        targets = self.members(&Who::Named(whole.clone()), Manner::Holding, reply);
                    }
                    let mut asked = Vec::new();
                    named_in(inner, &mut asked);
                    let lines: Vec<Line> = asked.iter().map(|named| self.lens.line(named.actor)).collect();
                    let reach: Vec<(ActorId, Holds)> = targets.iter().map(|m| (m.actor, m.holds)).collect();
                    self.image(tie, &reach, manner, &|id| lines.iter().any(|line| line.contains(id)), true, reply)
                }
            },
            Who::Both(first, second) => {
                let (first, second) = (self.members(first, manner, reply), self.members(second, manner, reply));
                let mut asked = Vec::new();
                named_in(set, &mut asked);
                let lines: Vec<Line> = asked.iter().map(|named| self.lens.line(named.actor)).collect();
                first
                    .into_iter()
                    .filter(|member| !lines.iter().any(|line| line.contains(member.actor)))
                    .filter_map(|member| {
                        let other = second.iter().find(|other| other.actor == member.actor)?;
                        let mut ties = member.ties;
                        let label = |row: &RelationRow, label: &str| self.with_target(row, member.actor, label);
                        ties.extend(other.ties.iter().cloned());
                        for (row, words) in &mut ties {
                            *words = label(row, words);
                        }
                        Some(Member {
                            actor: member.actor,
                            holds: member.holds.min(other.holds),
                            is_via: member.is_via || other.is_via,
                            ties,
                        })
                    })
                    .collect()
            }
        }
    }

    /// The one named whose parts a set asks for: "X's units".
    fn whole<'w>(&self, set: &'w Who) -> Option<&'w Named> {
        let Who::Related { tie, to } = set else { return None };
        let part_of = self.lens.graph.vocabulary().type_named("part_of")?;
        match &**to {
            Who::Named(named) if tie.types.contains(&part_of) && tie.reads(self.lens.graph.vocabulary(), part_of).0 => {
                Some(named)
            }
            _ => None,
        }
    }

    /// Who led what somebody led right after (or before) that one, for "who succeeded Assad".
    fn next_in_lead(&self, tie: &RelationWord, named: &Named, reply: &mut Reply) -> Vec<Member> {
        let graph = self.lens.graph;
        let vocabulary = graph.vocabulary();
        let (Some(succeeds), Some(leads)) = (vocabulary.type_named("successor_of"), vocabulary.type_named("leads"))
        else {
            return Vec::new();
        };
        if !tie.types.contains(&succeeds) || self.kind_of(named.actor) != "person" {
            return Vec::new();
        }
        let is_after = tie.reads(vocabulary, succeeds).0;
        let is_lead =
            |neighbour: &&crate::graph::Neighbour| neighbour.kind == leads && self.lens.is_sourced(neighbour.relation);
        let mut members: Vec<Member> = Vec::new();
        for own in graph.outgoing(named.actor).iter().filter(is_lead) {
            for other in graph.incoming(own.other).iter().filter(is_lead).filter(|other| other.other != named.actor) {
                let (first, second) = if is_after { (own, other) } else { (other, own) };
                let (before, after) = (self.lens.view.dated(first.relation), self.lens.view.dated(second.relation));
                let (End::Known(end), End::Known(start)) = (before.end(), after.start()) else { continue };
                let is_next = start.latest.is_bounded()
                    && end.earliest.is_bounded()
                    && start.earliest <= end.latest.plus(1)
                    && end.earliest <= start.latest;
                if !is_next || members.iter().any(|member| member.actor == other.other) {
                    continue;
                }
                let row = self.lens.row(other.relation);
                let label = self.with_target(&row, other.other, &vocabulary.relation_type(leads).label);
                members.push(Member {
                    actor: other.other,
                    holds: Holds::Certain,
                    is_via: false,
                    ties: vec![(row, label)],
                });
            }
        }
        if !members.is_empty() {
            let which = if is_after { "next" } else { "before" };
            reply.is_widened = true;
            assume(reply, format!("no succession is recorded as such; who led the same {which}"));
        }
        members
    }

    /// Those who stand so to one that is named, or to those whom its name may mean besides.
    fn related_to_named(&self, tie: &RelationWord, named: &Named, manner: Manner, reply: &mut Reply) -> Vec<Member> {
        let mut meant = self.meant(named.actor);
        // Of what became of somebody the line itself is the answer.
        let vocabulary = self.lens.graph.vocabulary();
        if tie.types.iter().all(|kind| vocabulary.relation_type(*kind).continues) {
            meant.line = Line::exactly(named.actor);
            reply.is_widened = true;
        }
        self.say_line(reply, &meant.line);
        let reach = |line: &Line| line.members.iter().map(|id| (*id, Holds::Certain)).collect::<Vec<_>>();
        let mut members = self.image(tie, &reach(&meant.line), manner, &|id| meant.line.contains(id), false, reply);
        if !members.is_empty() && !matches!(self.kind_of(named.actor), "person" | "state") {
            return members;
        }
        let gets_it = self.gets_it(tie);
        let mut others = self.others(&meant, Some(tie));
        // Attitudes are told of factions: those inside an organisation are asked of it after all others.
        let is_attitude = tie.types.iter().all(|t| vocabulary.relation_type(*t).category == Category::Stance);
        let first_segment = others.len();
        if is_attitude && !self.lens.scope.exact {
            others.extend(self.segments(&meant.line));
        }
        let segments: Vec<ActorId> = others.iter().skip(first_segment).map(|other| other.line.named).collect();
        let is_asked = |id: ActorId| meant.line.contains(id) || others.iter().any(|other| other.line.contains(id));
        // What a person heads and the governments and services of a state are as good as named; others only where there is nothing else.
        let is_near = |other: &Other| {
            other.why == Why::Heads || matches!(self.kind_of(other.line.named), "state" | "government" | "state_force")
        };
        let (near, far): (Vec<&Other>, Vec<&Other>) = others.iter().partition(|other| is_near(other));
        for (at, other) in near.iter().chain(&far).enumerate() {
            if at >= near.len() && !members.is_empty() {
                break;
            }
            let mut via = self.image(tie, &reach(&other.line), manner, &is_asked, true, reply);
            for member in &mut via {
                let is_segment = segments.contains(&other.line.named);
                let how = |row: &RelationRow| {
                    if is_segment && self.overlaps(other, row) {
                        return Holds::Certain;
                    }
                    self.carried(named.actor, other, Some(tie), !gets_it, row)
                };
                member.ties.retain(|(row, _)| how(row) != Holds::No);
                let firmest = member.ties.iter().map(|(row, _)| how(row)).max().unwrap_or(Holds::No);
                // A doubt about whom the name stood for is no doubt about the relation, which is all that a query asks about.
                reply.is_widened |= firmest < member.holds && firmest != Holds::No;
                member.holds = member.holds.min(firmest);
            }
            via.retain(|member| {
                !member.ties.is_empty() && !members.iter().any(|known| known.actor == member.actor && !known.is_via)
            });
            if via.is_empty() {
                continue;
            }
            assume(reply, self.also_in_words(named.actor, other));
            for mut member in via {
                member.is_via = true;
                match members.iter_mut().find(|known| known.actor == member.actor) {
                    Some(known) => {
                        known.holds = known.holds.max(member.holds);
                        known.ties.append(&mut member.ties);
                    }
                    None => members.push(member),
                }
            }
        }
        members
    }

    /// Whether the named end of a tie, read from those asked for to it, is the receiving one in all its types.
    fn gets_it(&self, tie: &RelationWord) -> bool {
        tie.types.iter().all(|kind| tie.reads(self.lens.graph.vocabulary(), *kind).0)
    }

    /// Those who stand so to one of the targets, in the days asked about; `names_target` puts the target into how it reads.
    fn image(
        &self,
        tie: &RelationWord,
        targets: &[(ActorId, Holds)],
        manner: Manner,
        is_asked: &dyn Fn(ActorId) -> bool,
        names_target: bool,
        reply: &mut Reply,
    ) -> Vec<Member> {
        let mut outweighed: Vec<RelationRow> = Vec::new();
        let mut found: BTreeMap<ActorId, Member> = BTreeMap::new();
        for (actor, row, how) in image_rows(&self.lens, tie, targets) {
            let how = self.in_manner(&row, how, manner);
            if how == Holds::No || is_asked(actor) || !self.lens.keeps(how) {
                continue;
            }
            // A place is no friend and no foe; and what more sources dispute than support is no answer.
            let is_place = tie.either_way && self.kind_of(actor) == "place";
            if is_place || (row.status == "disputed" && manner == Manner::Holding) {
                if !is_place {
                    outweighed.push(row);
                }
                continue;
            }
            let label = if row.subject_id == actor { row.label.clone() } else { row.inverse_label.clone() };
            let label = if names_target { self.with_target(&row, actor, &label) } else { label };
            let member = found.entry(actor).or_insert_with(|| Member {
                actor,
                holds: Holds::No,
                is_via: false,
                ties: Vec::new(),
            });
            member.holds = member.holds.max(how);
            member.ties.push((row, label));
        }
        for row in &outweighed {
            if !found.contains_key(&row.subject_id) && !found.contains_key(&row.object_id) {
                let (subject, object) = (self.lens.name(row.subject_id), self.lens.name(row.object_id));
                assume(
                    reply,
                    format!("left out, as more sources dispute it than support it: {subject} {} {object}", row.label),
                );
            }
        }
        found.into_values().collect()
    }

    /// How far a relation stands as it must for those it joins to be meant: it holds, or is denied, or has ended by the last day asked about.
    fn in_manner(&self, row: &RelationRow, how: Holds, manner: Manner) -> Holds {
        match manner {
            Manner::Holding => how,
            Manner::Denied if row.status == "denied" => Holds::Certain,
            Manner::Denied => Holds::No,
            Manner::Ended => match self.lens.view.dated(row.relation).end() {
                // An end of which only the earliest day is known may still be to come.
                End::Known(end) if row.status != "denied" && end.latest.is_bounded() => {
                    ended_within(end, self.lens.window)
                }
                _ => Holds::No,
            },
        }
    }

    /// How a relation reads from one end, with the other end's name.
    fn with_target(&self, row: &RelationRow, from: ActorId, label: &str) -> String {
        let target = if row.subject_id == from { row.object_id } else { row.subject_id };
        let name = self.lens.name(target);
        if label.ends_with(name) { label.to_owned() } else { format!("{label} {name}") }
    }

    /// Certain ones first, undoubted before doubted, of the one named before others, then by name; the ties of each the same way.
    pub(super) fn sort_members(&self, members: &mut [Member]) {
        for member in members.iter_mut() {
            member.ties.sort_by_cached_key(|(row, _)| {
                (Reverse(row.how), row.status != "supported" || row.modality != "asserted", row.id.clone())
            });
        }
        members.sort_by_cached_key(|member| {
            let doubted = member.is_doubted() && !member.ties.is_empty();
            (Reverse(member.holds), doubted, member.is_via, self.lens.name(member.actor).to_lowercase(), member.actor)
        });
    }

    /// The actors of a sort.
    fn of_sort(&self, sort: &Sort) -> BTreeSet<ActorId> {
        match sort {
            Sort::Kinds { kinds, .. } => {
                let all = (0..self.lens.graph.actor_count()).map(ActorId::new);
                all.filter(|id| kinds.contains(&self.lens.graph.kind_of(*id))).collect()
            }
            Sort::PartsOf(named) => self.parts_of(named.actor),
        }
    }

    /// An actor's line and all that is or was part of it, through any number of steps.
    fn parts_of(&self, actor: ActorId) -> BTreeSet<ActorId> {
        let vocabulary = self.lens.graph.vocabulary();
        let steps = ["part_of", "wing_of", "member_of"].map(|name| vocabulary.type_named(name));
        let mut parts: BTreeSet<ActorId> = self.lens.line(actor).members.into_iter().collect();
        let mut queue: Vec<ActorId> = parts.iter().copied().collect();
        let always = self.lens.at(Window::ALL);
        while let Some(whole) = queue.pop() {
            for part in self.lens.graph.incoming(whole) {
                let is_part = steps.contains(&Some(part.kind)) && always.holds(part.relation) != Holds::No;
                if is_part && parts.insert(part.other) {
                    queue.push(part.other);
                }
            }
        }
        parts
    }

    /// A member as an answer.
    pub(super) fn answered(&self, member: &Member) -> Answered {
        let mut labels: Vec<String> = Vec::new();
        let mut sources: BTreeSet<String> = BTreeSet::new();
        for (row, label) in &member.ties {
            if !labels.contains(label) {
                labels.push(label.clone());
            }
            sources.extend(row.sources.iter().cloned());
        }
        Answered {
            id: self.lens.graph.actor(member.actor).slug.to_string(),
            name: self.lens.name(member.actor).to_owned(),
            kind: self.kind_of(member.actor).to_owned(),
            valid: member.ties.first().map(|(row, _)| row.valid.clone()),
            holds: Some(member.holds.word()),
            relation: (!labels.is_empty()).then(|| labels.join(", ")),
            sources: sources.into_iter().collect(),
        }
    }

    fn who_in_words(&self, members: &[Member], manner: Manner) -> String {
        let mut wording = self.wording();
        let mut parts = Vec::new();
        let mut told = 0;
        for (holds, opening) in [
            (Holds::Certain, if manner == Manner::Denied { "Denied" } else { "Recorded" }),
            (Holds::Possible, "Possibly"),
        ] {
            let mut items = Vec::new();
            for member in members.iter().filter(|member| member.holds == holds) {
                let name = wording.name(member.actor);
                told += 1;
                if told > TOLD {
                    items.push(name);
                    continue;
                }
                let mut labels: Vec<String> = Vec::new();
                for (row, label) in &member.ties {
                    let mut label = self.with_target(row, member.actor, label);
                    if manner == Manner::Denied {
                        label = format!("not {label}, as the sources deny it");
                    }
                    label.extend(
                        wording.roles(row).iter().filter(|role| role.starts_with("as ")).map(|role| format!(" {role}")),
                    );
                    if !labels.contains(&label) && labels.len() < 2 {
                        labels.push(label);
                    }
                }
                labels.extend(member.ties.first().and_then(|(row, _)| self.doubt(row)));
                items.push(format!("{name} ({})", labels.join("; ")));
            }
            if !items.is_empty() {
                parts.push(format!("{opening}: {}.", list(&items)));
            }
        }
        let claims = members.iter().take(TOLD).flat_map(|m| m.ties.iter().take(2)).flat_map(|(row, _)| &row.claims);
        parts.push(format!("Sources: {}.", evidence::citations(claims)));
        join(&parts)
    }

    /// Why a relation is not certain for the days asked about, in a few words.
    pub(super) fn doubt(&self, row: &RelationRow) -> Option<String> {
        match (row.status, row.modality) {
            ("supported", "asserted") => {}
            ("supported", modality) => return Some(modality_in_words(modality).to_owned()),
            (status, _) => return Some(status.to_owned()),
        }
        match (&row.last_attested, row.how) {
            (_, Holds::Certain) => None,
            (Some(day), _) if row.stale => Some(format!("last attested {}", super::wording::published(day))),
            _ => Some(format!("dated {}", super::wording::reading(&row.valid))),
        }
    }

    /// Says that nobody is recorded, with the nearest recorded facts.
    fn nobody(&self, set: &Who, sort: Option<&Sort>, asked: &[&Named], reply: &mut Reply) {
        reply.status = Standing::NothingRecorded;
        let mut wording = self.wording();
        let mut parts = vec!["Nothing is recorded of that.".to_owned()];
        for named in asked {
            parts.extend(self.not_then(named.actor));
        }
        if let Some(Sort::Kinds { text, .. }) =
            sort.filter(|sort| !matches!(sort, Sort::Kinds { text, .. } if text.is_empty()))
        {
            parts.push(format!("Only {text} were looked for."));
        }
        let tie = if let Who::Related { tie, .. } = set { Some(tie) } else { None };
        if let [named] = asked {
            let line = self.lens.line(named.actor);
            let targets: Vec<(ActorId, Holds)> = line.members.iter().map(|id| (*id, Holds::Certain)).collect();
            let mut near: Vec<RelationRow> = Vec::new();
            if let (Some(tie), Who::Related { to, .. }) = (tie, set)
                && matches!(**to, Who::Named(_))
            {
                near.extend(image_rows(&self.lens, tie, &targets).into_iter().map(|(_, row, _)| row));
            }
            near.sort_by_cached_key(|row| {
                (Reverse(self.lens.view.standing(row.relation).dates.start.latest), row.id.clone())
            });
            let polarity = tie.and_then(|tie| tie.polarity);
            near.extend(self.of_polarity(&line, polarity).into_iter().take(3));
            near.retain(|row| !line.contains(row.subject_id) || !line.contains(row.object_id));
            let mut seen = BTreeSet::new();
            near.retain(|row| seen.insert(row.relation));
            reply.nearest = near.iter().take(3).map(|row| wording.told(row)).collect();
        }
        reply.text = join(&parts);
    }

    /// The relations of a line that hold in the days asked about and are of a polarity, friend or foe.
    fn of_polarity(&self, line: &Line, polarity: Option<Polarity>) -> Vec<RelationRow> {
        let Some(polarity) = polarity.filter(|p| *p != Polarity::Neutral) else { return Vec::new() };
        let vocabulary = self.lens.graph.vocabulary();
        let ids = self.lens.relations_of(line);
        let fits = |id: &crate::model::RelationId| {
            vocabulary.relation_type(self.lens.graph.relation(*id).kind).polarity == polarity
                && self.lens.holds(*id) != Holds::No
        };
        ids.into_iter().filter(fits).map(|id| self.lens.row(id)).collect()
    }

    /// That an actor is not recorded as existing in the days asked about: `Hayat Tahrir al-Sham is recorded since 2017.`
    pub(super) fn not_then(&self, actor: ActorId) -> Option<String> {
        let exists = self.lens.graph.actor(actor).exists.as_ref()?;
        let is_absent = self.lens.graph.life(actor).holds(self.lens.window.of_lives()) == Holds::No;
        is_absent.then(|| {
            format!("{} is recorded {}.", self.lens.graph.actor(actor).name, super::wording::reading(exists.text()))
        })
    }
}

/// Whether an end between these days lies in a window.
fn ended_within(end: Bounds, window: Window) -> Holds {
    if window.first <= end.earliest && end.latest <= window.last {
        Holds::Certain
    } else if end.earliest <= window.last && end.latest >= window.first {
        Holds::Possible
    } else {
        Holds::No
    }
}

/// The relations through which somebody stands so to one of the targets, of any days: who, by which, and how it holds then.
fn image_rows(lens: &Lens<'_>, tie: &RelationWord, targets: &[(ActorId, Holds)]) -> Vec<(ActorId, RelationRow, Holds)> {
    let vocabulary = lens.graph.vocabulary();
    let mut rows = Vec::new();
    for (target, reach) in targets {
        let mut ids = lens.relations_of(&Line::exactly(*target));
        ids.retain(|id| tie.types.contains(&lens.graph.relation(*id).kind));
        for id in ids {
            let relation = lens.graph.relation(id);
            let (forwards, backwards) = tie.reads(vocabulary, relation.kind);
            let how = lens.holds(id).min(*reach);
            if forwards && relation.object == *target && relation.subject != *target {
                rows.push((relation.subject, lens.row(id), how));
            } else if backwards && relation.subject == *target && relation.object != *target {
                rows.push((relation.object, lens.row(id), how));
            }
        }
    }
    rows
}

/// Those named in a set, in the order of the sentence.
pub(super) fn named_in<'s>(set: &'s Who, into: &mut Vec<&'s Named>) {
    match set {
        Who::Named(named) => into.push(named),
        Who::Anybody => {}
        Who::Related { to, .. } => named_in(to, into),
        Who::Both(first, second) => {
            named_in(first, into);
            named_in(second, into);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::ask::Question;

    fn who(set: Who, date: &str) -> Reply {
        let reply = reply(Question::Who { set, sort: None, manner: Manner::Holding }, date);
        assert!(reply.answers.iter().all(|answer| !answer.sources.is_empty()), "uncited: {}", reply.text);
        assert_eq!(reply.status == Standing::Answered, !reply.answers.is_empty(), "{}", reply.text);
        reply
    }

    fn named_set(slug: &str) -> Who {
        Who::Named(named(slug))
    }

    #[test]
    fn backers_of_a_person_are_asked_of_what_he_leads_too() {
        let backers = ties(&["backs", "fights_for", "arms", "funds", "trains", "supplies"], false);
        let reply = who(related(backers, named_set("bashar-al-assad")), "2016");
        assert!(ids(&reply).contains(&"russia"));
        assert!(!ids(&reply).contains(&"turkey"));
        let reply = who(related(tie("hostile-to"), named_set("bashar-al-assad")), "2024-12");
        assert!(ids(&reply).contains(&"hts"));
        // Syria was his to the end of 2024: its later friends are none of his.
        let reply = who(related(tie("allied-with"), named_set("bashar-al-assad")), "ever");
        assert!(
            !ids(&reply).contains(&"anti-isis-coalition") && !ids(&reply).contains(&"united-states"),
            "{:?}",
            ids(&reply)
        );
    }

    #[test]
    fn directions_are_kept() {
        let shares = || ties(&["shares_intelligence_with"], false);
        let reply = who(related(shares(), named_set("syrian-interim-government")), "now");
        assert!(ids(&reply).contains(&"united-states"));
        assert!(!ids(&reply).contains(&"hts"));
        let reply = who(related(shares(), named_set("united-states")), "now");
        assert!(!ids(&reply).contains(&"us-intelligence"));
        assert!(reply.answers.iter().all(|answer| answer.holds == Some("possible")));
    }

    #[test]
    fn nothing_is_said_to_be_recorded_where_nothing_is() {
        for (word, slug, date) in [
            (tie("leads"), "jnim", "now"),
            (tie("leads"), "al-qaeda", "now"),
            (tie("allied-with"), "hts", "2008"),
            (ties(&["at_war_with", "attacks", "clashes_with"], false), "taliban", "now"),
            (ties(&["leads"], false), "sdf", "now"),
            (ties(&["funds"], false), "hts", "ever"),
        ] {
            let reply = who(related(word, named_set(slug)), date);
            assert_eq!(reply.status, Standing::NothingRecorded, "{slug}: {}", reply.text);
        }
    }

    #[test]
    fn sets_nest_and_meet() {
        let allies = related(tie("allied-with"), named_set("turkey"));
        let reply = who(related(tie("hostile-to"), allies), "now");
        assert!(ids(&reply).contains(&"isis"));
        let both = Who::Both(
            Box::new(related(tie("hostile-to"), named_set("united-states"))),
            Box::new(related(tie("hostile-to"), named_set("hts"))),
        );
        let reply = who(both, "now");
        assert!(ids(&reply).contains(&"isis"));
        let friends = related(tie("allied-with"), named_set("hezbollah"));
        let reply = who(related(tie("allied-with"), friends), "ever");
        assert!(!ids(&reply).contains(&"hezbollah"), "{}", reply.text);
    }

    #[test]
    fn sorts_narrow_the_answers() {
        let set = || related(tie("linked-to"), named_set("hts"));
        let parts = Sort::PartsOf(named("central-asians"));
        let reply = reply(Question::Who { set: set(), sort: Some(parts), manner: Manner::Holding }, "now");
        assert!(ids(&reply).contains(&"ktj"));
        assert!(!ids(&reply).contains(&"isis"));
    }

    #[test]
    fn what_is_denied_is_told_as_denied() {
        let set = related(ties(&["breaks_with"], false), named_set("al-qaeda"));
        let reply = reply(Question::Who { set, sort: None, manner: Manner::Denied }, "ever");
        assert!(reply.text.starts_with("Denied: "), "{}", reply.text);
        let is_negated = |label: &Option<String>| label.as_ref().is_some_and(|label| label.starts_with("not "));
        assert!(!reply.answers.is_empty() && reply.answers.iter().all(|answer| is_negated(&answer.relation)));
    }

    #[test]
    fn nobody_is_an_answer_to_what_is_asked_of_himself() {
        for (word, slug, date) in [
            (tie("allied-with"), "hts", "2017/2019"),
            (tie("allied-with"), "al-qaeda", "2025"),
            (tie("hostile-to"), "isis", "2025-01"),
            (tie("hostile-to"), "isis", "now"),
            (ties(&["designates"], false), "hts", "ever"),
            (ties(&["leads"], false), "hts", "2019-01"),
            (ties(&["leads"], false), "syria", "now"),
            (ties(&["leads", "governs"], false), "united-states", "now"),
            (ties(&["subordinate_to", "proxy_of"], true), "sna", "now"),
            (ties(&["hosts"], false), "al-qaeda", "now"),
            (ties(&["hosts"], true), "taliban", "now"),
            (ties(&["splits_from", "breaks_with"], false), "hts", "ever"),
            (tie("allied-with"), "united-states", "now"),
            (tie("allied-with"), "syria", "now"),
        ] {
            let reply = who(related(word, named_set(slug)), date);
            assert!(!ids(&reply).contains(&slug), "{slug}: {}", reply.text);
        }
    }
}
