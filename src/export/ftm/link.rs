//! Which schema of FollowTheMoney a kind of actor and a type of relation get.

/// What an actor is in FollowTheMoney, as far as the ends of links mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Schema {
    /// One human being.
    Person,
    /// A body of a state.
    PublicBody,
    /// Any other organisation.
    Organization,
    /// A party of which no more is known, or that is no organisation.
    LegalEntity,
    /// A place.
    Address,
}

impl Schema {
    /// The schema of an actor's kind; of kinds of a data set's own, a party of which no more is known.
    pub(super) fn of(kind: &str) -> Self {
        match kind {
            "person" => Self::Person,
            "state" | "government" | "state_force" => Self::PublicBody,
            "place" => Self::Address,
            "armed_group"
            | "militia"
            | "faction"
            | "coalition"
            | "operations_room"
            | "external_mission"
            | "political_body"
            | "governing_authority"
            | "intergovernmental_org"
            | "private_actor" => Self::Organization,
            _ => Self::LegalEntity,
        }
    }

    /// Its name in FollowTheMoney.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::PublicBody => "PublicBody",
            Self::Organization => "Organization",
            Self::LegalEntity => "LegalEntity",
            Self::Address => "Address",
        }
    }

    /// Whether it can stand where a legal entity is wanted.
    pub(super) const fn is_legal_entity(self) -> bool {
        !matches!(self, Self::Address)
    }

    const fn is_organization(self) -> bool {
        matches!(self, Self::PublicBody | Self::Organization)
    }
}

/// The topics that a kind alone tells. None for armed groups: that somebody is a terrorist is a claim, and stands where it is made.
pub(super) fn topics(kind: &str) -> &'static [&'static str] {
    match kind {
        "state" | "government" => &["gov.national"],
        "state_force" => &["gov.security"],
        "intergovernmental_org" => &["gov.igo"],
        _ => &[],
    }
}

/// A link of FollowTheMoney: its schema, the property of the relation's subject, that of its object, and that in which the type is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) schema: &'static str,
    pub(super) subject: &'static str,
    pub(super) object: &'static str,
    pub(super) role: &'static str,
}

/// The link that says no more than that two are tied.
pub(super) const UNKNOWN: Link = Link { schema: "UnknownLink", subject: "subject", object: "object", role: "role" };

/// The link for a relation type between two schemata. Types that FollowTheMoney has no schema for, and ends that a schema does not take, are linked
/// in an unknown way.
pub(super) fn link(kind: &str, subject: Schema, object: Schema) -> Link {
    let link = |schema, subject, object, role| Link { schema, subject, object, role };
    let organized = subject.is_legal_entity() && object.is_organization();
    let legal = subject.is_legal_entity() && object.is_legal_entity();
    match kind {
        "part_of" | "member_of" | "wing_of" | "affiliate_of" | "belongs_to" if organized => {
            link("Membership", "member", "organization", "role")
        }
        "leads" if organized => link("Directorship", "director", "organization", "role"),
        "holds_office_in" if subject == Schema::Person && object.is_organization() => {
            link("Employment", "employee", "employer", "role")
        }
        "subordinate_to" if legal => link("Control", "controlled", "controller", "controlType"),
        "governs" if legal => link("Control", "controller", "controlled", "controlType"),
        "proxy_of" if legal => link("Representation", "agent", "client", "role"),
        "renamed_to" | "merges_into" | "absorbed_by" if legal => link("Succession", "predecessor", "successor", "role"),
        "successor_of" if legal => link("Succession", "successor", "predecessor", "role"),
        "allied_with" | "cooperates_with" if subject == Schema::Person && object == Schema::Person => {
            link("Associate", "person", "associate", "relationship")
        }
        _ => UNKNOWN,
    }
}
