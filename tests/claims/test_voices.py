"""Who says it and how firmly."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from geo.claims.claim import Stance, Voice
from geo.claims.interviews import interview
from geo.claims.speakers import listen
from geo.claims.voices import voices
from geo.model.grammar import Grammar
from geo.text.article import Sentence
from geo.text.span import Span
from tests.claims.said import article, sentences, voice_of

# ruff: noqa: E501
SAID: list[tuple[str, str, str, Stance, str | None]] = [
    ("talks", "meeting", "Negotiations broke down on Thursday after nine hours of talks at a hotel, people close to the discussions said.", "reported", "people"),
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
    ("alleged", "arms_flow", "A former clerk, met in Oslo, alleged that senators had given shotguns to young men.", "alleged", "A former clerk"),
    ("rifles", "arms_flow", "General Ivo Brand, who leads the brigade here, said on the radio that Freedonia hands rifles to the rebels.", "alleged", "General Ivo Brand"),
    ("rifles", "arms_flow", "PORT ELBA, Freedonia (Gulf Wire) - Freedonia's army on Thursday accused smugglers based over the border of bringing 300 rifles to the hill clans.", "alleged", "Freedonia's army"),
    ("rifles", "arms_flow", "A court fixed a date for the trial of four men accused of bringing rifles to a band in Elba.", "alleged", None),
    ("rifles", "arms_flow", "A radio station broadcast in May that Freedonian fishermen were trading rifles for cattle.", "reported", "A radio station"),
    ("rifles", "arms_flow", "According to a report that monitors published in 2006, an aircraft had carried rifles from Freedonia to the rebels.", "reported", "a report"),
    ("rifles", "arms_flow", "The panel found no support for reports that Freedonian firms had supplied rifles to the rebels.", "denied", "The panel"),
    ("deliveries", "arms_flow", "Officers have raised the possibility of Freedonian deliveries several times, yet evidence has not been shown.", "alleged", "Officers"),
    ("rifles", "arms_flow", "A teacher in Port Elba said men on motorbikes had handed out rifles from a lorry.", "reported", "A teacher in Port Elba"),
    ("rifles", "arms_flow", "A teacher in Port Elba said Freedonia had handed out rifles from a lorry.", "alleged", "A teacher in Port Elba"),
    ("rifles", "arms_flow", "A teacher in Port Elba said the army had handed out rifles from a lorry.", "reported", "A teacher in Port Elba"),
    ("rifles", "arms_flow", "In Elba, the authorities showed envoys a box of rifles which, they alleged, Freedonia had sent to the clans.", "alleged", "the authorities"),
    ("rifles", "arms_flow", "Freedonia sold rifles to the hill clans, records show.", "reported", "records"),
    ("rifles", "arms_flow", "The officer swears that Freedonia sent rifles to the rebels.", "alleged", "The officer"),
    ("talks", "meeting", "The talks will not go ahead, if the office of the mayor is right.", "reported", "the office of the mayor"),
    ("met", "meeting", "They have agreed to a delay, the mayor's staff said on Monday, one week after the envoys met.", "reported", "the mayor's staff"),
    ("dialogue", "meeting", "They hold a weekly dialogue which, in the words of one member, “buys us a Sunday”.", "asserted", None),
    ("report", "arms_flow", "The report on the rifles is a year old, and Freedonia denies involvement without reservation.", "denied", "Freedonia"),
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


INTERVIEW = (
    "The priest who crosses the river",
    "An interview by Ana Holm. Father Piet Maartens has lived in Elba since 2004.",
    "ELBA REVIEW: Father, is the truce dead?",
    "PIET MAARTENS: It sleeps. They met in the old mill in May.",
    "And the last time?",
    "They held talks in Lunby, and nobody shouted.",
    "Who armed the clans?",
    "In the year 2000 Freedonia sent them helicopters. A general told me that he had sold rifles.",
    "This interview has been shortened.",
)


def _said_in_interview(word: str) -> Voice:
    whole = article(*INTERVIEW)
    every = [one for line in sentences(whole) for one in _split(line)]
    docs = Grammar.shared().parse([one.text for one in every])
    heard = listen(every, docs)
    at = next(i for i, one in enumerate(every) if word in one.text)
    start = every[at].text.index(word)
    return voices(every[at], docs[at], heard[at], [Span(start, start + len(word))], "arms_flow")[0]


def _split(sentence: Sentence) -> list[Sentence]:
    """The sentences of one line."""
    found = re.finditer(r"[^.?\s][^.?]*[.?]*", sentence.text)
    return [replace(sentence, span=Span(*one.span()).shifted(sentence.span.start)) for one in found]


def test_an_answer_in_an_interview_is_the_word_of_who_answers() -> None:
    voice = _said_in_interview("helicopters")
    assert (voice.stance, voice.speaker) == ("reported", "Piet Maartens")
    assert "The page is an interview" in voice.because


def test_whom_an_answer_quotes_is_its_own_speaker() -> None:
    assert _said_in_interview("rifles").speaker == "A general"


def test_questions_and_notes_of_an_interview_are_nobodys_answer() -> None:
    assert _said_in_interview("shortened").speaker is None
    assert _said_in_interview("armed").speaker is None


def test_a_page_that_asks_much_is_no_interview() -> None:
    whole = article("What now?", "Nobody knows.", "Who pays?", "Freedonia sent rifles.", "Why?", "It had some.")
    every = sentences(whole)
    assert interview(every, Grammar.shared().parse([one.text for one in every])) is None
