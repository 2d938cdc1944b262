#!/usr/bin/env python3
"""Accounts on several services, of which some have the same actor, with a known truth. Everything is invented.

    actors_world.py SEED OUT [--accounts N] [--other]

writes OUT.accounts.csv (account,service,handle,name), OUT.links.csv (from,to,where), OUT.uploads.csv (time,account,object) and
OUT.truth.csv (account,actor,kind). Same actors have the same, a varied or an unlike handle. Decoys: fans with copied handles,
common names, circles that share the same content at the same hours, friends that link each other, mirrors that upload others'
content within minutes, flash crowds. How many there are of each is drawn anew for each seed. `--other` is another process,
which the model was not made with: more fans, fewer same actors, no bios, stronger circles, times to the hour.
"""

import argparse
import csv

import numpy as np

SERVICES = ["video.test", "chat.test", "files.test", "forum.test", "photo.test"]
FIRST = """adam ahmed alex ali amir anna ben carla chris dan david elena emma eva fatima george hana hassan ibrahim ivan jan
john karim khaled lara leo lina luca marco maria martin max mina mona nadia nina noor omar paul peter rami sam sara sofia tom
yusuf zara""".split()
WORDS = "news media voice truth daily lion star sky north free real light wolf sun moon fire river stone iron nova".split()
DAY = 86_400
DAYS = 60


class World:
    def __init__(self, seed, accounts, other):
        self.rng = np.random.default_rng(seed)
        self.other = other
        self.wanted = accounts
        self.rows, self.links, self.acts, self.actor_of = [], set(), [], []
        r = self.rng
        self.several = r.uniform(0.05, 0.10) if other else r.uniform(0.10, 0.20)
        self.fans = r.uniform(0.05, 0.10) if other else r.uniform(0.01, 0.03)
        self.mirrors = r.uniform(0.01, 0.03)
        self.common = r.uniform(0.25, 0.45)
        self.kept_name = r.dirichlet([7, 7, 6]) if not other else r.dirichlet([5, 8, 7])

    def chance(self, p):
        return self.rng.random() < p

    def pick(self, of):
        return of[int(self.rng.integers(len(of)))]

    def syllables(self):
        r = self.rng
        return "".join(self.pick("bcdfghjklmnprstvwz") + self.pick("aeiou") + (self.pick("nrslmt") if r.random() < 0.25 else "")
                       for _ in range(int(r.integers(2, 5))))

    def name(self):
        """A handle: common in many ways, or rare."""
        if self.chance(self.common):
            first = self.pick(FIRST)
            return first + self.pick(["", str(int(self.rng.integers(1, 100))), "_" + self.pick(WORDS), self.pick(WORDS),
                                      str(int(self.rng.integers(1970, 2010)))])
        kind = self.rng.random()
        if kind < 0.25:
            return self.pick(WORDS) + self.pick(["", "_", "."]) + self.pick(WORDS) + self.pick(["", str(int(self.rng.integers(1, 1000)))])
        return self.syllables() + self.pick(["", "", str(int(self.rng.integers(1, 100)))])

    def varied(self, handle):
        """What people do to a handle that is taken."""
        r = self.rng
        for _ in range(1 + (r.random() < 0.3)):
            way = int(r.integers(8))
            at = int(r.integers(1, max(2, len(handle))))
            if way == 0:
                handle += str(int(r.integers(1, 100)))
            elif way == 1:
                handle = handle[:at] + "_" + handle[at:]
            elif way == 2:
                handle = self.pick(["the", "real", "its", "x"]) + self.pick(["", "_"]) + handle
            elif way == 3:
                handle = handle.translate(str.maketrans("aeiost", "431057")) if r.random() < 0.5 else handle.replace("o", "0")
            elif way == 4:
                handle += self.pick(["_2", "_new", "_backup", "tv", "_official", "2"])
            elif way == 5:
                handle = handle[:at] + handle[at - 1] + handle[at:]
            elif way == 6 and len(handle) > 5:
                handle = handle[:at] + handle[at + 1:]
            else:
                handle = handle.replace("_", "").replace(".", "")
        return handle

    def shown(self, handle):
        """The name that is shown: often the handle in another dress."""
        if self.chance(0.3):
            return ""
        return handle.replace("_", " ").title() if self.chance(0.6) else self.pick(FIRST).title()

    def add(self, service, handle, shown, actor, kind):
        self.rows.append((service, handle, shown))
        self.actor_of.append((actor, kind))
        return len(self.rows) - 1

    def make(self):
        r = self.rng
        self.circles = max(3, self.wanted // 150)
        self.actors = []
        while len(self.rows) < self.wanted * (1 - self.fans - self.mirrors):
            self.actor(len(self.actors))
        weight = 1 / np.arange(1, len(self.actors) + 1) ** 0.9
        self.fame = r.permutation(weight / weight.sum())
        self.share()
        for _ in range(int(self.wanted * self.fans)):
            self.fan()
        for _ in range(int(self.wanted * self.mirrors)):
            self.mirror()
        self.link()

    def actor(self, number):
        r = self.rng
        count = 1 if not self.chance(self.several) else int(r.choice([2, 3, 4], p=[0.7, 0.2, 0.1]))
        handle, shown = self.name(), None
        shown = self.shown(handle)
        places = r.permutation(len(SERVICES))[:count]
        own = []
        for at, place in enumerate(places):
            kind, called, seen = "single" if count == 1 else "first", handle, shown
            if at > 0:
                kind = ["same", "varied", "unlike"][int(r.choice(3, p=self.kept_name))]
                called = handle if kind == "same" else self.varied(handle) if kind == "varied" else self.name()
                seen = shown if kind == "same" or (kind == "varied" and self.chance(0.5)) else self.shown(called)
            own.append(self.add(SERVICES[place], called, seen, f"p{number}", kind))
        circle = int(r.integers(self.circles))
        zone = (circle * 5 + int(r.integers(-2, 3))) % 24
        self.actors.append({"accounts": own, "circle": circle, "zone": zone, "width": r.uniform(2, 5),
                            "rate": r.lognormal(1.6, 1.1), "cross": r.beta(1.2, 1.2) if r.random() < 0.75 else 0.0})

    def time(self, actor):
        """A time at the hours at which the actor is awake."""
        r = self.rng
        hour = r.normal(actor["zone"] + 14, actor["width"]) % 24
        return int(r.integers(DAYS)) * DAY + hour * 3600

    def post(self, at, account, what):
        if 0 <= at < (DAYS + 3) * DAY:
            self.acts.append(((at // 3600) * 3600 if self.other else at, account, what))

    def share(self):
        """Own uploads, some of them on other accounts too; content of the circle; what everybody shares."""
        r = self.rng
        pool = [[(f"c{circle}-{n}", r.uniform(0, DAYS) * DAY) for n in range(40)] for circle in range(self.circles)]
        popular = 1 / np.arange(1, 41) ** (1.1 if self.other else 0.8)
        popular /= popular.sum()
        crowds = [(f"v{n}", r.uniform(1, DAYS - 1) * DAY) for n in range(12)]
        for number, actor in enumerate(self.actors):
            for account in actor["accounts"]:
                count = min(400, r.poisson(actor["rate"] * r.lognormal(0, 0.5)))
                for _ in range(count):
                    kind = r.random()
                    if kind < 0.45:
                        what, at = f"o{number}-{account}-{int(r.integers(1 << 30))}", self.time(actor)
                        self.post(at, account, what)
                        for twin in actor["accounts"]:
                            if twin != account and self.chance(actor["cross"] * 0.6):
                                self.post(at + r.lognormal(np.log(600), 1.8), twin, what)
                    else:
                        items = pool[actor["circle"] if kind < 0.93 else int(r.integers(self.circles))]
                        what, born = items[int(r.choice(40, p=popular))]
                        day = (born + r.exponential(1.5 * DAY)) // DAY
                        self.post(day * DAY + self.time(actor) % DAY, account, what)
                for what, born in crowds:
                    if self.chance(0.04):
                        self.post(born + r.exponential(2400), account, what)
        self.by_account = {}
        for at, account, what in self.acts:
            self.by_account.setdefault(account, []).append((at, what))

    def famous(self):
        return self.actors[int(self.rng.choice(len(self.actors), p=self.fame))]

    def fan(self):
        """Another person under a copied name, who shares what the original shared, later, and often links to it."""
        r = self.rng
        star = self.famous()
        original = self.pick(star["accounts"])
        _, handle, shown = self.rows[original]
        service = self.pick([s for s in SERVICES if s != self.rows[original][0]])
        called = handle if self.chance(0.35) else self.varied(handle)
        fan = self.add(service, called, shown if self.chance(0.5) else self.shown(called), f"fan{len(self.rows)}", "fan")
        own = {"zone": (star["zone"] + int(r.integers(-6, 7))) % 24, "width": r.uniform(2, 5)}
        for at, what in self.by_account.get(original, []):
            if self.chance(0.25):
                self.post((at + r.lognormal(np.log(5 * 3600), 1.2)) // DAY * DAY + self.time(own) % DAY, fan, what)
        for _ in range(min(400, r.poisson(r.lognormal(1.2, 1)))):
            self.post(self.time(own), fan, f"f{fan}-{int(r.integers(1 << 30))}")
        if self.chance(0.5):
            self.links.add((fan, original, "bio" if self.chance(0.5) and not self.other else "post"))

    def mirror(self):
        """A machine that uploads again what others upload, within minutes."""
        r = self.rng
        mirror = self.add(self.pick(SERVICES), self.name(), "", f"mirror{len(self.rows)}", "mirror")
        for original in r.choice(list(self.by_account), size=int(r.integers(1, 6)), replace=False):
            for at, what in self.by_account[int(original)]:
                if self.chance(0.8):
                    self.post(at + r.lognormal(np.log(300), 1), mirror, what)

    def link(self):
        r = self.rng
        for actor in self.actors:
            for a in actor["accounts"]:
                for b in actor["accounts"]:
                    if a != b and self.chance(0.3):
                        self.links.add((a, b, "bio" if self.chance(0.5) and not self.other else "post"))
        by_circle = [[] for _ in range(self.circles)]
        for actor in self.actors:
            by_circle[actor["circle"]] += actor["accounts"]
        for actor in self.actors:
            for a in actor["accounts"]:
                for _ in range(r.poisson(0.8)):
                    famous = self.pick(self.famous()["accounts"])
                    self.links.add((a, famous, "post" if self.chance(0.85) or self.other else "bio"))
                if self.chance(0.25):
                    friend = self.pick(by_circle[actor["circle"]])
                    self.links.add((a, friend, "post"))
                    if self.chance(0.4):
                        self.links.add((friend, a, "post"))

    def write(self, out):
        # Accounts stand in the files in an order that says nothing.
        order = self.rng.permutation(len(self.rows))
        code = {int(row): f"a{place}" for place, row in enumerate(order)}
        files = {
            "accounts": ("account,service,handle,name", [(code[int(row)], *self.rows[int(row)]) for row in order]),
            "links": ("from,to,where", sorted((code[a], code[b], where) for a, b, where in self.links if a != b)),
            "uploads": ("time,account,object", [(int(at), code[account], what) for at, account, what in sorted(self.acts)]),
            "truth": ("account,actor,kind", [(code[int(row)], *self.actor_of[int(row)]) for row in order]),
        }
        for kind, (head, rows) in files.items():
            with open(f"{out}.{kind}.csv", "w", newline="") as file:
                file.write(head + "\n")
                csv.writer(file, lineterminator="\n").writerows(rows)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("seed", type=int)
    options.add_argument("out")
    options.add_argument("--accounts", type=int, default=4_000)
    options.add_argument("--other", action="store_true")
    chosen = options.parse_args()
    world = World(chosen.seed, chosen.accounts, chosen.other)
    world.make()
    world.write(chosen.out)


if __name__ == "__main__":
    main()
