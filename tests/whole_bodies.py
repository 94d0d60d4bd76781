"""One body for every route that takes one, with every field filled: where bad inputs are put into."""

from typing import Any

from tests.briefs import VISIT
from tests.cast import PASSWORD, PLAN, days_ago
from tests.push_device import push_device
from tests.taken_along import draft

EXPERIMENT: dict[str, Any] = {
    **PLAN,
    "stopped_on": "2026-01-02",
    "prescriber_told": {"told_on": "2026-01-10", "name": "Dr B"},
    "own_measures": [{"key": "own1", "name": "fog", "low": "clear", "middle": "some", "high": "thick"}],
    "side_effects": ["dry mouth"],
    "measures_offered": ["energy"],
    "prediction": {"direction": "lower", "points": 1.5},
    "hope": "to know",
    "mood_floor": 3,
    "start_on": days_ago(12),
    "length_days": 14,
    "day_end": "04:00",
}
CHECK_IN: dict[str, Any] = {
    **{"hard_day": False, "mood": 5, "dose": "not_taken", "dose_reason": "forgot", "sleep_hours": 7.5},
    **{"sleep_quality": 3, "like_myself": 4, "energy": 5, "own": {"own1": 5}, "side_effects": {"dry mouth": 1}},
    **{"side_effects_words": "a little", "worrying": ["rash"], "thoughts": "no", "anything_else": "tea"},
    **{"note": "slept badly", "note_starred": True, "base_revision": 0},
    **{"written_at": "2026-03-01T22:10:00Z", "zone": "Europe/Berlin"},
}
SCALE: dict[str, Any] = {"column": "mood", "minimum": 0, "maximum": 10, "step": 1}
CSV = "day,dose,mood\n" + "\n".join(f"{n},{n % 2},{n % 11}" for n in range(14))
DIARY: dict[str, Any] = {
    "csv": CSV,
    "mapping": {
        **{"day": "day", "day_format": "number", "dose": "dose", "dose_values": {"1": "taken", "0": "not_taken"}},
        **{"dose_empty": "not_taken", "measures": {"mood": SCALE}, "lag": 0, "skip": 0},
    },
    "window": {"start_on": 0, "length_days": 14},
    "reading": {"app": "table", "moods": {"rad": 5}, "zero": "nothing"},
}
SUPERVISION: dict[str, Any] = {
    "notes": ["6a9f0f4e-6f8f-4f0e-9d0b-0f6f6f0f4e6b"],
    **{"parts": ["words", "reflection"], "remove": ["the bakery"]},
}
WHOLE: dict[tuple[str, str], dict[str, Any]] = {
    ("POST", "/api/accounts"): {"token": "x" * 43, "role": "client", "name": "ana", "password": PASSWORD},
    ("PUT", "/api/account/password"): {"current_password": "not this one", "new_password": PASSWORD},
    ("POST", "/api/account/recovery-codes"): {"password": "not this one"},
    ("DELETE", "/api/account"): {"password": "not this one"},
    ("POST", "/api/session/confirm"): {"password": "not this one"},
    ("POST", "/api/session"): {"sign_in": "ana-0000", "password": "not this one"},
    ("POST", "/api/session/recovery"): {"sign_in": "ana-0000", "recovery_code": "x", "new_password": PASSWORD},
    ("POST", "/api/invitations/look-up"): {"token": "x" * 43},
    ("POST", "/api/invitations"): {"name": "Dr B"},
    ("PUT", "/api/experiments/{experiment_id}/visit"): {**VISIT, "base_revision": 0},
    ("POST", "/api/experiments/{experiment_id}/briefs"): {"seen": "0" * 64, "paper": "a4"},
    ("POST", "/api/experiments/{experiment_id}/briefs/{brief_id}/links"): {
        "days": 7,
        "with_code": True,
        "most_openings": 3,
    },
    ("POST", "/api/links/open"): {"token": "x" * 43, "code": "123456"},
    ("POST", "/api/sharings/look-up"): {"code": "abcd-efgh"},
    ("POST", "/api/sharings"): {
        **{"code": "abcd-efgh", "experiment_id": "6a9f0f4e-6f8f-4f0e-9d0b-0f6f6f0f4e6a", "called": "R."},
        **{"fields": ["mood", "sleep"], "text_version": 1},
    },
    ("PUT", "/api/sharings/{sharing_id}/experiments/{experiment_id}"): {
        **{"fields": ["mood"], "text_version": 1, "base_revision": 1},
    },
    ("PUT", "/api/sharings/{sharing_id}/experiments/{experiment_id}/doses"): {"base_revision": 1},
    ("POST", "/api/sharings/{sharing_id}/resume"): {"base_revision": 1},
    ("PUT", "/api/sharings/{sharing_id}/session-pages/agenda/{number}"): {
        **{"lines": ["the mornings", "my sister"], "session_on": "2026-03-12", "zone": "UTC", "base_revision": 0},
    },
    ("PUT", "/api/sharings/{sharing_id}/session-pages/check/{number}"): {
        **{"session_on": "2026-03-05", "heard": 8, "matters": 6, "fit": 9, "words": "a lot", "base_revision": 0},
    },
    ("PUT", "/api/sharings/{sharing_id}/session-pages/{kind}/{number}/shown"): {
        **{"shown": True, "base_revision": 1},
    },
    ("PUT", "/api/experiments/{experiment_id}/comparison/cover"): {"covered": True},
    ("POST", "/api/clients"): {"code": "abcd-efgh", "name": "Mia"},
    ("PUT", "/api/clients/{sharing_id}/session"): {"next_on": "2026-03-12", "zone": "Europe/Berlin"},
    ("PUT", "/api/experiments/{experiment_id}/review"): {
        **{"conclusion": "It was quieter.", "next_step": "go_on", "base_revision": 0},
    },
    ("POST", "/api/experiments/{experiment_id}/shared-view"): {"fields": ["mood"], "reader": "supporter"},
    ("PUT", "/api/experiments/{experiment_id}/reflections/balance/{day}"): {
        "lines": [
            {
                **{"cell": "not_good", "words": "clear head", "weight": 3},
                "measure": {"key": "own1", "name": "clear head"},
            }
        ],
        "base_revision": 0,
    },
    ("PUT", "/api/experiments/{experiment_id}/reflections/rulers/{day}"): {
        **{"importance": 6, "confidence": 4, "base_revision": 0}
    },
    ("PUT", "/api/experiments/{experiment_id}/reflections/words/{day}"): {
        **{"meaning": "rest", "miss": "laughing", "base_revision": 0}
    },
    ("PUT", "/api/offers"): {"on": True},
    ("POST", "/api/experiments"): EXPERIMENT,
    ("POST", "/api/experiments/from-file"): {"file": draft()},
    ("PUT", "/api/experiments/{experiment_id}"): {**EXPERIMENT, "base_revision": 1},
    ("PUT", "/api/experiments/{experiment_id}/check-ins/{day}"): CHECK_IN,
    ("POST", "/api/diaries/preview"): {
        **{"csv": CSV, "day": "day", "day_format": "number", "dose": "dose", "window": DIARY["window"]},
        **{"reading": DIARY["reading"]},
    },
    ("POST", "/api/experiments/{experiment_id}/diary"): DIARY,
    ("POST", "/api/medicine-fit"): {
        **{name: EXPERIMENT[name] for name in ("medicine", "pattern", "fits", "prescriber_told", "way_in")},
        "length_days": 14,
    },
    ("PUT", "/api/experiments/{experiment_id}/reminders"): {
        **{
            "base_revision": 0,
            "zone": "Europe/Berlin",
            "on": True,
            "times": ["08:30", "20:30"],
            "weekdays": [1, 7],
        },
        **{"every_other": False, "quiet_from": "22:00", "quiet_until": "07:00", "paused_until": days_ago(-3)},
        **{"not_today": False, "words": "hello"},
    },
    ("POST", "/api/reminders/{reminder_id}/later"): {"day": days_ago(0)},
    ("POST", "/api/reminders/{reminder_id}/not-today"): {"day": days_ago(1)},
    ("PUT", "/api/push-subscriptions"): push_device("a phone"),
    ("PUT", "/api/clients/{sharing_id}/notes/{note_id}"): {
        "session_on": days_ago(2),
        "moments": [
            {
                **{"words": "I am two people.", "situation": "at work", "affect": "torn", "theme": "two people"},
                "intensity": 7,
            }
        ],
        **{"reflection": "a lot to hold", "base_revision": 0},
    },
    **{("POST", f"/api/clients/{{sharing_id}}/supervision{form}"): SUPERVISION for form in ("", "/text", "/pdf")},
    ("PUT", "/api/safety-plan"): {
        **{"notice_first": "a", "what_helps": "b", "who_i_call": "c", "country": "DE", "base_revision": 0}
    },
}
