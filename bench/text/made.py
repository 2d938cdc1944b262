"""Invented texts in three scripts, by seed: words of syllables, as frequent as words are (Zipf)."""

import itertools
import random

SYLLABLES = {
    "latin": ("ba be bi bo da de di do fa fe ga ge ha hi ka ke la le li lo ma me mi mo na ne ni no pa pe ra re ri ro "
              "sa se si so ta te ti to va ve vi wa we").split(),
    "cyrillic": "ба бе би да де ди га го за ки ла ло ма ме ми на не но па ра ре ро са се со та те то ва ви жи шу".split(),
    "arabic": "با بي تا تي جا حا دا را رو سا سي شا صا طا عا فا قا كا كو لا لي ما مي نا ني ها وا يا".split(),
}
SHARES = {"latin": 80, "cyrillic": 12, "arabic": 8}
HOMOGLYPHS = str.maketrans("aeopc", "аеорс")


class Texts:
    def __init__(self, seed, words=60_000):
        self.random = random.Random(seed)
        self.words, self.weights = {}, {}
        for script, share in SHARES.items():
            pool = set()
            while len(pool) < words:
                pool.add("".join(self.random.choices(SYLLABLES[script], k=self.random.choice((1, 2, 2, 3, 3, 4)))))
            pool = sorted(pool, key=lambda word: (len(word), self.random.random()))
            self.words[script] = pool
            self.weights[script] = list(itertools.accumulate(1 / (rank + 20) for rank in range(len(pool))))

    def plain(self, least=8, most=32, script=None):
        """A text of words with spaces between."""
        script = script or self.random.choices(list(SHARES), list(SHARES.values()))[0]
        count = self.random.randint(least, most)
        return " ".join(self.random.choices(self.words[script], cum_weights=self.weights[script], k=count))

    def rare(self, script="latin"):
        """A word that is seldom used."""
        return self.words[script][self.random.randrange(len(self.words[script]) // 10, len(self.words[script]))]

    def written(self, text):
        """The same with capitals and signs."""
        words = text.split(" ")
        out, start = [], True
        for at, word in enumerate(words):
            word = word.capitalize() if start or at % 17 == 5 else word
            start = at % 9 == 8 or at + 1 == len(words)
            out.append(word + (self.random.choice(".!?") if start else "," if at % 9 == 4 else ""))
        return " ".join(out)


def homoglyphs(text):
    return text.translate(HOMOGLYPHS)


def zero_width(text):
    return "\u200b".join(text)


def cut(text, share=0.6):
    words = text.split(" ")
    return " ".join(words[: max(1, int(len(words) * share))])


def one_word(text):
    words = text.split(" ")
    words[len(words) // 2] = "otherwise"
    return " ".join(words)
