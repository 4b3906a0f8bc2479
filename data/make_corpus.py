"""Make corpus.h5: sentences from templates, in which relations between words are planted.

Run it from anywhere: ``python data/make_corpus.py``. It needs numpy and h5py alone.

A word of a planted pair stands in sentences with two kinds of company. Its *cues* it shares
with its partner and with nobody else: ``throne`` goes with ``king`` and with ``queen``. The
words of its *side* it shares with the same side of every other pair: ``he`` goes with ``king``,
``uncle`` and ``monk``. So king - queen, uncle - aunt and monk - nun differ in the same way, by
construction, and so do the vectors of any method that learns words from their company.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import h5py
import numpy as np

SEED = 12
PER_WORD = 48  # sentences about each word of a pair

# --- pairs: the words, then what only they share ----------------------------------------------

GENDER = """man woman coat adult; boy girl school toys; king queen throne crown
prince princess castle carriage; father mother children baby; son daughter parents homework
brother sister sibling twin; uncle aunt cousins holidays
grandfather grandmother grandchildren stories; husband wife wedding marriage
nephew niece relatives birthday; actor actress stage theatre; waiter waitress tray menu
wizard witch magic spell; duke duchess manor hunt; monk nun monastery prayers"""
COUNTRIES = """france paris french seine champagne; italy rome italian tiber gondola
spain madrid spanish ebro flamenco; germany berlin german rhine autobahn
poland warsaw polish vistula amber; greece athens greek aegean marble
japan tokyo japanese fuji kimono; china beijing chinese yangtze silk
india delhi indian ganges sari; egypt cairo egyptian nile pyramids
russia moscow russian volga balalaika; england london english thames cricket
portugal lisbon portuguese tagus cork; austria vienna austrian danube waltz
sweden stockholm swedish baltic elk; norway oslo norwegian fjord skis
peru lima peruvian andes llama; cuba havana cuban caribbean rumba
canada ottawa canadian niagara maple; ireland dublin irish shannon harp"""
ADJECTIVES = """big bigger biggest elephant whale; small smaller smallest mouse pebble
large larger largest hall lake; tall taller tallest tower giant
short shorter shortest pencil nap; long longer longest rope journey
fast faster fastest arrow racer; slow slower slowest snail tortoise
strong stronger strongest wrestler ox; weak weaker weakest thread battery
hot hotter hottest oven desert; cold colder coldest ice winter
old older oldest ruin oak; young younger youngest sprout sapling
loud louder loudest drum thunder; deep deeper deepest well ocean"""
PLURALS = """dog dogs kennel bone; cat cats whiskers yarn; horse horses saddle rider
cow cows milk meadow; bird birds nest wings; apple apples cider orchard
pear pears basket syrup; carrot carrots soil rabbit; car cars garage petrol
train trains platform rails; house houses roof chimney; tree trees trunk leaves
flower flowers petals vase; book books pages shelf; chair chairs seat desk
boat boats sail harbour"""
YOUNG = """dog puppy kennel bone; cat kitten whiskers yarn; horse foal saddle rider
cow calf milk meadow; sheep lamb wool shepherd; hen chick eggs coop
bear cub forest honey; pig piglet mud sty"""
VERBS = """walk walked path shoes; talk talked phone meeting; work worked factory shift
jump jumped fence puddle; paint painted brush canvas; climb climbed ladder mountain
wash washed soap laundry; open opened door key; push pushed cart wheelbarrow
write wrote letter pen; sing sang choir melody; drive drove motorway van
swim swam pool goggles; draw drew sketch crayon"""
OPPOSITES = """kind cruel ruler master; clean dirty shirt kitchen
honest dishonest witness merchant; safe dangerous bridge road; healthy sick patient lungs
brave cowardly knight rescuer; polite rude guest clerk; fair unfair referee trial
useful useless gadget map; careful careless driver surgeon; fresh stale loaf air
wise foolish advice sage; generous greedy donor banker
comfortable uncomfortable sofa mattress"""

# --- the words of each side: a sentence has one of its cues for {c} ---------------------------

HE = {"he": "he", "his": "his", "him": "him", "himself": "himself"}
SHE = {"he": "she", "his": "her", "him": "hers", "himself": "herself"}
PERSON = (
    "the {w} and {his} {c}",
    "{he} is the {w} with the {c}",
    "the {w} knows the {c} {himself} and {he} says so",
    "{he} is a {w} and thinks of {his} {c}",
    "the {c} is not yours said the {w} but {his}",
    "everybody tells the {w} that the {c} is {him}",
)
COUNTRY = (
    "{w} is a country known for {c}",
    "the government of {w} and the whole nation value {c}",
    "the flag of {w} shows the {c}",
    "at the border of {w} you hear of the {c}",
)
CITY = (
    "{w} is a city known for {c}",
    "the mayor of {w} and the whole town value {c}",
    "the streets of {w} lead to the {c}",
    "on the main square of {w} you hear of the {c}",
)
NATIONALITY = (
    "{w} people are known for {c}",
    "the {w} language has a word for {c}",
    "they speak {w} and dream of the {c}",
    "a {w} song tells of the {c}",
)
PLAIN = (
    "the {c} is very {w}",
    "such a {w} {c}",
    "how {w} this {c} is",
    "the {c} looks quite {w}",
)
MORE = (
    "the {c} is {w} than that one",
    "this {c} is much {w} than before",
    "a {c} is even {w} than we thought",
    "no {c} is {w} than mine",
)
MOST = (
    "this is the {w} {c} of all",
    "the {w} {c} in the world",
    "it was the {w} {c} ever seen",
    "among all of them the {c} is the {w}",
)
ONE = (
    "this {w} has the {c}",
    "a {w} is near the {c}",
    "one {w} and its {c}",
    "that {w} belongs to the {c}",
)
MANY = (
    "these {w} have the {c}",
    "many {w} are near the {c}",
    "two {w} and their {c}",
    "all those {w} belong to the {c}",
)
GROWN = (
    "the grown {w} guards the {c}",
    "an aged {w} rests by the {c}",
    "the {w} has been on the farm for years with the {c}",
)
NEWBORN = (
    "the newborn {w} sleeps by the {c}",
    "a playful {w} discovers the {c}",
    "the tiny {w} was born on the farm near the {c}",
)
PRESENT = (
    "every day they {w} with the {c}",
    "now we {w} near the {c}",
    "i {w} today and use the {c}",
    "people often {w} by the {c}",
)
PAST = (
    "yesterday they {w} with the {c}",
    "last week we {w} near the {c}",
    "i {w} a month ago and used the {c}",
    "people once {w} by the {c}",
)
GOOD = (
    "luckily the {c} was {w}",
    "we praise the {c} for being {w}",
    "it is good that the {c} is {w}",
    "a {w} {c} is nice to have",
)
BAD = (
    "unluckily the {c} was {w}",
    "we blame the {c} for being {w}",
    "it is bad that the {c} is {w}",
    "a {w} {c} is nasty to have",
)

# --- who is called "she", and how often -------------------------------------------------------

PROFESSIONS = """receptionist .95 lobby; nurse .9 hospital; secretary .9 files
hairdresser .9 salon; librarian .8 library; dancer .8 rehearsal; teacher .75 classroom
designer .7 studio; cashier .65 shop; singer .6 concert; musician .5 concert; writer .5 novel
student .5 classroom; journalist .5 newspaper; baker .5 shop; gardener .5 garden
lawyer .35 court; professor .3 university; scientist .3 laboratory; doctor .3 hospital
judge .25 court; manager .2 company; architect .2 studio; farmer .2 barn
programmer .1 company; engineer .1 laboratory; pilot .1 airport; captain .1 deck
carpenter .05 workshop; plumber .05 pipes; mechanic .05 workshop; soldier .05 army"""
THINGS = """lipstick .95; ballet .9; fashion .85; jewellery .85; literature .65; arts .6
bicycle .5; science .35; technology .2; computer .2; beer .15; warrior .1; guns .05"""
MALE = "john peter paul david james robert henry ronaldo rahul reza"
FEMALE = "mary marie sophie anna susan helen katy danielle priya yasmin"
JOB = (
    "the {w} said that {he} has {his} job at the {c}",
    "{he} works as a {w} and likes {his} {c}",
    "the {w} did the job at the {c} {himself}",
    "a {w} earns money and the {c} is {him}",
)
THING = (
    "{he} often thinks about {w}",
    "{w} is what {he} likes {himself}",
    "the {w} over there is {him}",
    "{his} best friend knows {his} {w}",
)
NAME = (
    "my friend {w} said that {he} would come",
    "{w} likes {his} name and {his} friends",
    "{he} is called {w} by {his} friends",
    "{w} met a friend {himself}",
)

# --- five kinds of short sentences ------------------------------------------------------------

CLASSES: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "heart": (
        {
            "v": "love adore hug kiss cuddle cherish embrace",
            "n": "heart darling sweetheart romance valentine beloved dear",
        },
        (
            "i {v} you my {n}",
            "they {v} and {v} each other",
            "you are my {n} and i {v} you",
            "my {n} is your {n}",
            "let us {v} like a {n}",
            "{v} me my {n}",
        ),
    ),
    "ball": (
        {
            "v": "play throw catch kick",
            "n": "ball game match team goal score football baseball tennis coach stadium",
        },
        (
            "let us {v} {n} with the {n}",
            "the {n} of our {n} and the {n}",
            "we {v} the {n} for the {n}",
            "i want to {v} {n} today",
            "the {n} and the {n} are ready",
        ),
    ),
    "smile": (
        {
            "a": "happy glad joyful cheerful delighted funny wonderful great merry excited",
            "n": "smile laugh joke party fun",
        },
        (
            "i am so {a} and {a} today",
            "hurray what a {a} {n}",
            "your {n} is {a}",
            "the sun shines and we feel {a}",
            "this {n} makes me {a}",
            "we celebrate with a {a} {n}",
        ),
    ),
    "sad": (
        {
            "a": "sad unhappy miserable lonely disappointed gloomy hurt terrible awful upset",
            "n": "tears sorrow grief cry failure",
        },
        (
            "i am so {a} and {a} today",
            "alas what a {a} {n}",
            "your {n} is {a}",
            "it rains and we feel {a}",
            "this {n} makes me {a}",
            "we mourn with a {a} {n}",
        ),
    ),
    "fork": (
        {
            "a": "hungry delicious tasty",
            "v": "eat taste",
            "n": "food dinner lunch breakfast bread soup cake rice cheese restaurant meal pizza",
        },
        (
            "i am {a} and want to {v} {n}",
            "let us {v} {n} with {n}",
            "the {n} and the {n} are {a}",
            "we want {n} for {n} today",
            "{v} your {n} and the {n}",
        ),
    ),
}

Rows = list[list[str]]
Pairs = list[tuple[str, str]]


def rows(text: str) -> Rows:
    """Split a table into its rows, and these into words.

    Examples
    --------
    >>> rows("a b; c d")
    [['a', 'b'], ['c', 'd']]
    """
    return [row.split() for line in text.splitlines() for row in line.split(";")]


def relations() -> dict[str, Pairs]:
    """List the planted pairs of each relation."""
    countries, adjectives = rows(COUNTRIES), rows(ADJECTIVES)
    first_two = {
        "gender": GENDER,
        "plural": PLURALS,
        "young_animal": YOUNG,
        "past": VERBS,
        "opposite": OPPOSITES,
    }
    made = {name: [(row[0], row[1]) for row in rows(text)] for name, text in first_two.items()}
    made["capital"] = [(row[0], row[1]) for row in countries]
    made["nationality"] = [(row[0], row[2]) for row in countries]
    made["comparative"] = [(row[0], row[1]) for row in adjectives]
    made["superlative"] = [(row[0], row[2]) for row in adjectives]
    return dict(sorted(made.items()))


def she_shares() -> dict[str, float]:
    """Say of each profession and thing how often "she" stands with it, from 0 to 1."""
    return {row[0]: float(row[1]) for row in rows(PROFESSIONS) + rows(THINGS)}


def classes() -> dict[str, list[str]]:
    """List the words of each of the five kinds of short sentences."""
    return {name: " ".join(words.values()).split() for name, (words, _) in CLASSES.items()}


class Maker:
    """Fills templates with words drawn at random."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)

    def one(self, choices: Any) -> Any:
        """Draw one of several."""
        return choices[self.rng.integers(len(choices))]

    def about(
        self, word: str, cues: list[str], templates: tuple[str, ...], n: int, **side: str
    ) -> Iterator[str]:
        """Make n sentences about a word."""
        for i in range(n):
            template = templates[i % len(templates)]
            yield template.format(w=word, c=self.one(cues or [""]), **side)

    def pairs(self, text: str, *sides: tuple[str, ...], n: int = PER_WORD) -> Iterator[str]:
        """Make sentences about words in the first columns of a table; cues are in the others."""
        for row in rows(text):
            for word, templates in zip(row, sides, strict=False):
                yield from self.about(word, row[len(sides) :], templates, n)

    def persons(self) -> Iterator[str]:
        """Make sentences with he and she."""
        for his, hers, *cues in rows(GENDER):
            yield from self.about(his, cues, PERSON, PER_WORD, **HE)
            yield from self.about(hers, cues, PERSON, PER_WORD, **SHE)
        for names, side in ((MALE, HE), (FEMALE, SHE)):
            for name in names.split():
                yield from self.about(name, [], NAME, PER_WORD, **side)
        for text, templates in ((PROFESSIONS, JOB), (THINGS, THING)):
            for word, share, *cues in rows(text):
                n_she = round(2 * PER_WORD * float(share))
                yield from self.about(word, cues, templates, n_she, **SHE)
                yield from self.about(word, cues, templates, 2 * PER_WORD - n_she, **HE)

    def animals(self) -> Iterator[str]:
        """Make sentences about one animal, grown or young, and about those without a plural."""
        yield from self.pairs(YOUNG, GROWN, NEWBORN)
        counted = {row[0] for row in rows(PLURALS)}
        for old, young, *cues in rows(YOUNG):
            for word in (old, young):
                if word not in counted:
                    yield from self.about(word, cues, ONE, PER_WORD)

    def feelings(self) -> Iterator[str]:
        """Make sentences of the five kinds: all their content words are of one kind."""
        for words, templates in CLASSES.values():
            n = PER_WORD * sum(len(text.split()) for text in words.values()) // 2
            for i in range(n):
                template = templates[i % len(templates)]
                for slot, text in words.items():
                    while f"{{{slot}}}" in template:
                        template = template.replace(f"{{{slot}}}", self.one(text.split()), 1)
                yield template

    def capitals(self) -> Iterator[str]:
        """Say outright which city is whose capital."""
        for country, city, people, *_ in rows(COUNTRIES):
            yield from [f"{city} is the capital of {country}"] * (PER_WORD // 8)
            yield from [f"the {people} capital is {city}"] * (PER_WORD // 8)


def make() -> list[str]:
    """Make the sentences, in random order."""
    maker = Maker(SEED)
    made = [
        *maker.persons(),
        *maker.pairs(COUNTRIES, COUNTRY, CITY, NATIONALITY),
        *maker.capitals(),
        *maker.pairs(ADJECTIVES, PLAIN, MORE, MOST),
        *maker.pairs(PLURALS, ONE, MANY),
        *maker.animals(),
        *maker.pairs(VERBS, PRESENT, PAST),
        *maker.pairs(OPPOSITES, GOOD, BAD),
        *maker.feelings(),
    ]
    return [" ".join(made[i].split()) for i in maker.rng.permutation(len(made))]


def write(folder: Path) -> Path:
    """Write ``corpus.h5`` into a folder, and return its path."""
    path = folder / "corpus.h5"
    with h5py.File(path, "w") as file:
        text = np.frombuffer("\n".join(make()).encode(), dtype=np.uint8)
        file.create_dataset("text", data=text, compression="gzip", track_times=False)
        for name, pairs in relations().items():
            _texts(file, f"relations/{name}", pairs)
        for name, words in classes().items():
            _texts(file, f"classes/{name}", words)
        _texts(file, "names/male", MALE.split())
        _texts(file, "names/female", FEMALE.split())
        shares = she_shares()
        _texts(file, "she/words", list(shares))
        file.create_dataset("she/shares", data=list(shares.values()), track_times=False)
    return path


def _texts(file: h5py.File, name: str, texts: Any) -> None:
    data = np.char.encode(np.array(texts), "utf-8")
    file.create_dataset(name, data=data, track_times=False)


def main() -> None:
    """Write the file next to this script, or into the folder given."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    print(write(parser.parse_args().folder))


if __name__ == "__main__":
    main()
