"""The closed sets of words that records use; each set's questions are methods, so that no caller compares strings."""

from __future__ import annotations

from enum import StrEnum


class GoalKind(StrEnum):
    """What sort of thing a goal is."""

    PROMOTION = "promotion"
    MENTOR = "mentor"
    SPONSOR = "sponsor"
    PATH = "path"
    REACH = "reach"
    SKILL = "skill"
    PRESENCE = "presence"
    COLLABORATION = "collaboration"
    GIVE_BACK = "give-back"


class Status(StrEnum):
    """Whether a goal or a play is being worked on."""

    ACTIVE = "active"
    PAUSED = "paused"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def is_open(self) -> bool:
        """Whether its items may appear among what to do."""
        return self is Status.ACTIVE


class Relation(StrEnum):
    """What somebody is to you."""

    COLLEAGUE = "colleague"
    MANAGER = "manager"
    REPORT = "report"
    PEER = "peer"
    MENTOR = "mentor"
    MENTEE = "mentee"
    SPONSOR = "sponsor"
    ALUM = "alum"
    FRIEND = "friend"
    FAMILY = "family"
    RECRUITER = "recruiter"
    THOUGHT_LEADER = "thought-leader"
    CONNECTION = "connection"


class Stage(StrEnum):
    """How far a relationship has come, in its own order; the last three stand outside that order."""

    IDENTIFIED = "identified"
    CONTACTED = "contacted"
    CONNECTED = "connected"
    ACTIVE = "active"
    DORMANT = "dormant"
    DECLINED = "declined"
    CLOSED = "closed"

    @property
    def is_open(self) -> bool:
        """Whether a nudge about this person can be welcome."""
        return self not in (Stage.DORMANT, Stage.DECLINED, Stage.CLOSED)

    @property
    def is_ever_due(self) -> bool:
        """Whether a rhythm applies at all: somebody only identified has not been met, somebody declined has said no."""
        return self.is_open and self is not Stage.IDENTIFIED

    def has_reached(self, other: Stage) -> bool:
        """Whether this stage is `other` or lies beyond it. A tie gone quiet was once active."""
        order = (Stage.IDENTIFIED, Stage.CONTACTED, Stage.CONNECTED, Stage.ACTIVE)
        if self is Stage.DORMANT:
            return other in order
        if self not in order:
            return self is other
        return other in order and order.index(self) >= order.index(other)


class LogKind(StrEnum):
    """What happened between you and somebody."""

    NOTE = "note"
    MET = "met"
    WROTE = "wrote"
    HEARD = "heard"
    CALLED = "called"
    ASKED = "asked"
    GAVE = "gave"
    RECEIVED = "received"
    THANKED = "thanked"
    UPDATED = "updated"
    INTRODUCED = "introduced"
    ENGAGED = "engaged"

    @property
    def is_touch(self) -> bool:
        """Whether the two of you were in contact; a note, or an engagement with somebody's work, is none."""
        return self not in (LogKind.NOTE, LogKind.ENGAGED)

    @property
    def is_giving(self) -> bool:
        """Whether you gave something: help, thanks, an introduction."""
        return self in (LogKind.GAVE, LogKind.INTRODUCED)

    @property
    def is_receiving(self) -> bool:
        """Whether you got something."""
        return self is LogKind.RECEIVED

    @property
    def is_reply(self) -> bool:
        """Whether it shows that they answered (it ends a run of nudges)."""
        return self in (LogKind.HEARD, LogKind.MET, LogKind.CALLED, LogKind.RECEIVED)


class By(StrEnum):
    """Who owes a promise."""

    ME = "me"
    THEM = "them"


class MentoringRole(StrEnum):
    """What the other one is to you."""

    MENTOR = "mentor"
    MENTEE = "mentee"


class OrganizationKind(StrEnum):
    """What sort of organization it is."""

    EMPLOYER = "employer"
    ASSOCIATION = "association"
    COMMUNITY = "community"
    PROGRAM = "program"
    VOLUNTEER = "volunteer"
    SCHOOL = "school"
    PLATFORM = "platform"


class MembershipState(StrEnum):
    """Where a membership stands."""

    CONSIDERING = "considering"
    APPLIED = "applied"
    MEMBER = "member"
    LAPSED = "lapsed"


class EventKind(StrEnum):
    """What sort of event it is."""

    CONFERENCE = "conference"
    MEETUP = "meetup"
    SEMINAR = "seminar"
    WORKSHOP = "workshop"
    TRAINING = "training"
    NETWORKING = "networking"
    COMPANY = "company"
    VOLUNTEER = "volunteer"
    INTERVIEW = "interview"
    ONLINE = "online"


class EventStatus(StrEnum):
    """Whether you go."""

    CONSIDERING = "considering"
    REGISTERED = "registered"
    ATTENDED = "attended"
    SKIPPED = "skipped"

    @property
    def is_going(self) -> bool:
        """Whether there is anything to prepare or follow up."""
        return self is not EventStatus.SKIPPED


class Purpose(StrEnum):
    """What an outreach template is for."""

    MENTOR_REQUEST = "mentor-request"
    SPONSOR_ASK = "sponsor-ask"
    INFORMATIONAL_INTERVIEW = "informational-interview"
    EVENT_OPENER = "event-opener"
    FOLLOW_UP = "follow-up"
    NUDGE = "nudge"
    THANK_YOU = "thank-you"
    RECONNECT = "reconnect"
    INTRODUCTION_REQUEST = "introduction-request"
    INTRODUCTION_OFFER = "introduction-offer"
    OFFER = "offer"
    CONGRATULATION = "congratulation"
    PROGRESS_UPDATE = "progress-update"
    PROGRAM_APPLICATION = "program-application"
    MEETING_AGENDA = "meeting-agenda"


class Channel(StrEnum):
    """The ways to reach somebody that the playbook knows; other names are allowed as labels."""

    EMAIL = "email"
    LINKEDIN = "linkedin"
    LINKEDIN_NOTE = "linkedin-note"
    LINKEDIN_MESSAGE = "linkedin-message"
    MASTODON = "mastodon"
    PHONE = "phone"
    TEXT = "text"
    CHAT = "chat"
    VIDEO = "video"
    IN_PERSON = "in-person"
    LETTER = "letter"


class JournalKind(StrEnum):
    """What a journal entry records."""

    ACHIEVEMENT = "achievement"
    CONTRIBUTION = "contribution"
    LEARNING = "learning"
    READING = "reading"
    PRAISE = "praise"
    REVIEW = "review"


class Paper(StrEnum):
    """The paper you print on."""

    A4 = "a4"
    LETTER = "letter"


class LinkedIn(StrEnum):
    """Which LinkedIn account you have; it sets how long a connection note may be."""

    FREE = "free"
    PREMIUM = "premium"


class CommitWhen(StrEnum):
    """Whether the playbook commits what it writes for you."""

    ASK = "ask"
    DAILY = "daily"
    OFF = "off"
