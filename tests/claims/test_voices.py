"""Who says it and how firmly."""

from __future__ import annotations

import pytest

from geo.claims.claim import Stance
from tests.claims.said import voice_of

# ruff: noqa: E501
SAID: list[tuple[str, str, str, Stance, str | None]] = [
    ("weapons", "arms_flow", "Freedonia ships weapons to the rebels of the valley.", "asserted", None),
    ("weapons", "arms_flow", "Freedonia ships weapons to the rebels, said Maria Lopez, a teacher in the valley.", "alleged", "Maria Lopez"),
    ("weapons", "arms_flow", "Villagers accused Freedonia of shipping weapons to the rebels.", "alleged", "Villagers"),
    ("weapons", "arms_flow", "According to two shepherds, Freedonia ships weapons to the rebels.", "alleged", "two shepherds"),
    ("weapons", "arms_flow", "Freedonia never sent weapons to the rebels, the envoy Peter Holm told reporters.", "denied", "Peter Holm"),
    ("arming", "arms_flow", "Freedonia denies arming the rebels.", "denied", "Freedonia"),
    ("arms", "arms_flow", "The minister dismissed the charge that Freedonia arms the rebels.", "denied", "The minister"),
    ("weapons", "arms_flow", "Freedonia has allegedly sent weapons to the rebels.", "alleged", None),
    ("weapons", "arms_flow", "The Daily Herald reported that Freedonia sent weapons to the rebels.", "reported", "The Daily Herald"),
    ("weapons", "arms_flow", "There is no evidence that Freedonia sent weapons, Anna Berg said.", "denied", "Anna Berg"),
    ("talks", "meeting", "The two sides held talks in the old town hall on Monday.", "asserted", None),
    ("talks", "meeting", "The two sides held talks on Monday, a spokesman said.", "reported", "a spokesman"),
    ("talks", "meeting", "The two sides held talks on Monday, the agency Example reported.", "reported", "the agency Example"),
    ("talks", "meeting", "No talks were held on Monday, said Anna Berg.", "denied", "Anna Berg"),
    ("talks", "meeting", "The rebels rejected talks with the mayor.", "asserted", None),
    ("talks", "meeting", "The rebels claimed that the mayor had held talks with bandits.", "alleged", "The rebels"),
    ("tents", "arms_flow", "\"We send tents and rifles to nobody,\" said Anna Berg.", "denied", "Anna Berg"),
    ("rifles", "arms_flow", "A panel of the United Nations said that rifles from Freedonia had reached the valley.", "reported", "A panel of the United Nations"),
    ("rifles", "arms_flow", "Police said that a gang of the port had sold rifles to the hill clans.", "reported", "Police"),
    ("rifles", "arms_flow", "The government has handed 300 rifles to the police of the valley, a clerk said.", "reported", "a clerk"),
    ("rifles", "arms_flow", "Freedonia has handed 300 rifles to the rebels of the valley, a clerk said.", "alleged", "a clerk"),
    ("rifles", "arms_flow", "Traders claimed that Freedonia sent rifles to the rebels.", "alleged", "Traders"),
    ("talks", "meeting", "An aide to the mayor, Oleg Bartosz, said that talks would open on Monday.", "reported", "Oleg Bartosz"),
    ("rally", "protest", "Police said that a rally blocked the bridge.", "reported", "Police"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "kind", "text", "stance", "speaker"), SAID, ids=[row[2][:60] for row in SAID])
def test_stance_and_speaker_of_a_sentence(word: str, kind: str, text: str, stance: Stance, speaker: str | None) -> None:
    voice = voice_of(word, text, kind=kind)[0]
    assert (voice.stance, voice.speaker) == (stance, speaker)
    assert voice.because.endswith(".")


def test_a_pronoun_is_the_last_speaker_named() -> None:
    voice = voice_of(
        "weapons", "Maria Lopez, a teacher, spoke of hunger and said nobody helps.", "Freedonia sends weapons, she added."
    )[0]
    assert voice.speaker == "Maria Lopez"
    assert "the last such speaker named" in voice.because


def test_they_are_the_last_group_named() -> None:
    voice = voice_of(
        "weapons", "The harvest is lost, said farmers in the valley.", "Freedonia sends weapons to the rebels, they say."
    )[0]
    assert voice.speaker is not None
    assert voice.speaker.startswith("farmers")


def test_a_surname_is_completed_and_keeps_its_role() -> None:
    voice = voice_of(
        "weapons",
        "The road is closed, said Maria Lopez, a teacher in the valley.",
        "Freedonia sends weapons, Lopez said.",
    )[0]
    assert (voice.speaker, voice.role) == ("Maria Lopez", "a teacher in the valley")


def test_a_quotation_goes_on_to_its_speaker() -> None:
    voices = voice_of("weapons", '"We saw the lorries ourselves," said Maria Lopez. "Freedonia sends weapons."')
    assert voices[0].speaker == "Maria Lopez"


def test_the_outlet_told_is_kept_apart_from_the_speaker() -> None:
    voice = voice_of("weapons", "Maria Lopez told Radio Example that Freedonia sends weapons to the rebels.")[0]
    assert (voice.speaker, voice.via) == ("Maria Lopez", "Radio Example")


def test_a_denial_beside_contrary_evidence_gives_two_judgements() -> None:
    found = voice_of("arming", "Although Freedonia denies arming the rebels, there is growing evidence to the contrary.")
    assert [v.stance for v in found] == ["denied", "asserted"]


def test_unnamed_officials_stay_unnamed() -> None:
    voice = voice_of("weapons", "Freedonia sends weapons to the rebels, security officials said.")[0]
    assert voice.speaker == "security officials"
