"""Readers of the app without a browser: each speaks Streamlit's own protocol over a socket, as the page's script does.

A browser costs more than the server it asks; twenty of them on two cores would measure themselves.
"""

from __future__ import annotations

import json
import random
import re
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

_PLACE = re.compile(r"\[(-?\d+),-?\d+\.\d+,-?\d+\.\d+,\d+,[012],")
_LONGEST = 60.0  # seconds for an answer


class Wrong(AssertionError):
    """The app answered with an error, or not at all."""


@dataclass
class Reader:
    """One reader with a page open. ``press`` and ``choose`` return the seconds until the page has its answer."""

    address: str
    socket: ClientConnection = field(init=False)
    values: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    kinds: str = ""
    options: tuple[str, ...] = ()
    map: str = ""
    fragment: str = ""
    places: tuple[int, ...] = ()
    cards: int = 0

    def __post_init__(self) -> None:
        stream = self.address.replace("http", "ws", 1) + "/_stcore/stream"
        self.socket = connect(stream, subprotocols=["streamlit"], max_size=None, compression=None)  # type: ignore[list-item]
        self._run()

    def press(self, place: int) -> float:
        """A click on a marker."""
        click = {"last_active_drawing": {"properties": {"stops": [place], "t": time.time_ns() // 1_000_000}}}
        self.values[self.map] = {"json_value": json.dumps(click)}
        return self._run(self.fragment)

    def choose(self, number: int) -> float:
        """Press the filter of a kind, so that it alone is on."""
        self.values[self.kinds] = {"string_array_value": {"data": [self.options[number % len(self.options)]]}}
        return self._run()

    def close(self) -> None:
        self.socket.close()

    def _run(self, fragment: str = "") -> float:
        asked = BackMsg()
        asked.rerun_script.query_string = self.query
        asked.rerun_script.fragment_id = fragment
        for id, value in self.values.items():
            state = asked.rerun_script.widget_states.widgets.add(id=id)
            if "json_value" in value:
                state.json_value = value["json_value"]
            else:
                state.string_array_value.data.extend(value["string_array_value"]["data"])
        begun = time.monotonic()
        self.cards = 0
        self.socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg()
            told.ParseFromString(self.socket.recv(timeout=_LONGEST))
            if told.WhichOneof("type") == "script_finished":
                # A page that asks to be run again says so and is run again; only then is it done.
                if told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return time.monotonic() - begun
            else:
                self._hear(told)

    def _hear(self, told: ForwardMsg) -> None:
        match told.WhichOneof("type"):
            case "page_info_changed":
                self.query = told.page_info_changed.query_string
            case "delta" if told.delta.WhichOneof("type") == "new_element":
                element = told.delta.new_element
                match element.WhichOneof("type"):
                    case "exception":
                        raise Wrong(element.exception.message)
                    case "html":
                        self.cards += element.html.body.count('<article class="card"')
                    case "component_instance":
                        self.map, self.fragment = element.component_instance.id, told.delta.fragment_id
                        self.places = tuple(map(int, _PLACE.findall(element.component_instance.json_args)))
                    case "button_group" if "filter-kinds" in element.button_group.id:
                        self.kinds = element.button_group.id
                        self.options = tuple(option.content for option in element.button_group.options)


@dataclass
class Crowd:
    """What a number of readers at once met with."""

    taken: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def crowd(address: str, *, readers: int = 20, seconds: float = 60, pause: float = 2.0) -> Crowd:
    """So many readers at once, each clicking every ``pause`` seconds: three times a marker, then a filter."""
    met = Crowd()
    ends = time.monotonic() + seconds

    def one(number: int) -> None:
        chance = random.Random(number)
        time.sleep(number * pause / readers)
        try:
            reader = Reader(address)
            click = 0
            while time.monotonic() < ends:
                begun, click = time.monotonic(), click + 1
                filtering = click % 4 == 0
                taken = reader.choose(chance.randrange(9)) if filtering else reader.press(chance.choice(reader.places))
                with met.lock:
                    met.taken.append(taken)
                time.sleep(max(0.0, pause - (time.monotonic() - begun)))
            reader.close()
        except Exception as error:  # whatever goes wrong for a reader is what is measured here
            with met.lock:
                met.errors.append(f"{type(error).__name__}: {error}"[:300])

    threads = [threading.Thread(target=one, args=(n,)) for n in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return met
