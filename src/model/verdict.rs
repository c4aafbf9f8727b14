//! The words in which answers are given.

use super::words;

words!(
    /// The answer to "was A … B at D?".
    Verdict {
        /// A supported relation of that sort certainly holds then.
        Yes = "yes",
        /// It is recorded as ended, not begun or denied, or the opposite is certain and nothing supports it.
        No = "no",
        /// Its dates leave it open, or it is claimed only as possible or unconfirmed.
        Possible = "possible",
        /// Credible claims stand on both sides, or sources date it differently so that the day falls between.
        Disputed = "disputed",
        /// Nothing is recorded. Never the same as `no`.
        Unknown = "unknown",
    }
);

words!(
    /// How the claims of a relation stand to one another.
    Status {
        /// Claims for it, none against.
        Supported = "supported",
        /// Claims on both sides, at least as many sources for it as against.
        Contested = "contested",
        /// More sources against it than for it.
        Disputed = "disputed",
        /// Claims against it only: the record says that it was not so.
        Denied = "denied",
        /// No claim is left, as when a filter keeps none.
        Unsourced = "unsourced",
    }
);

words!(
    /// What the relations in force between two actors come to.
    Sign {
        /// Only ties of polarity +1.
        Friend = "friend",
        /// Only ties of polarity −1.
        Enemy = "enemy",
        /// Both at once. An answer, never collapsed into one of them.
        Mixed = "mixed",
        /// Only ties without polarity: talks, agreements, structure, attitudes.
        Dealings = "dealings",
        /// Nothing is recorded as in force.
        NothingKnown = "nothing known",
    }
);
