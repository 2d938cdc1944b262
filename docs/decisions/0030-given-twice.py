#!/usr/bin/env python3
"""Values that own something and are used again after they were given to a callee (0030-compiler-gvn.md).

    RUSTFLAGS=--emit=mir cargo build --release
    python3 docs/decisions/0030-given-twice.py target/release/deps/*.mir

Reads the text of optimised MIR. In each function, a local that a call takes is followed along all branches until it is
assigned anew or dead; a use on the way is told: file, function, type, the call, the use. Told are types of which some
function of the files drops a value, by their last names, and the owning ones of the standard library. A type that is a
parameter is left out: whether it owns anything is known only where it is filled in.
"""
import collections
import multiprocessing
import os
import re
import sys

LET = re.compile(r"^\s*let (?:mut )?(_\d+): (.+?);")
PARAMETER = re.compile(r"(_\d+): ([^,)]+(?:<[^>]*>)?)")
BLOCK = re.compile(r"^\s*bb(\d+)(?: \(cleanup\))?: \{")
CALL = re.compile(r"= .*\((.*)\) -> \[?(?:return|unwind|bb)|^\s*\S.*\((.*)\) -> unwind")
USE = re.compile(r"\b(?:copy|move) (_\d+)\b(?!\.)")
TARGET = re.compile(r"\bbb(\d+)\b")
DROP = re.compile(r"drop\((_\d+)\)")
OWNING = re.compile(r"\(?(Vec|String|Box|HashMap|HashSet|BTreeMap|BTreeSet|VecDeque|Arc|Rc|PathBuf|Builder)\b")


def short(kind):
    """The type without the paths to its names."""
    return re.sub(r"(\w+::)+", "", kind.strip())


def functions(path):
    """Each function: its head, the types of its locals, its blocks as lists of lines."""
    head = None
    for line in open(path, errors="replace"):
        if line[0] not in " }/\n" and line.rstrip().endswith("{"):
            head, blocks, block = line.strip(), {}, None
            kinds = {found[1]: found[2] for found in PARAMETER.finditer(line)}
        elif head and line[0] == "}":
            yield head, kinds, blocks
            head = None
        elif head and (found := BLOCK.match(line)):
            block = blocks.setdefault(int(found[1]), [])
        elif head and block is None:
            if found := LET.match(line):
                kinds[found[1]] = found[2]
        elif head and line.strip() == "}":
            block = None
        elif head:
            block.append(line.strip())


def taken(line):
    """The locals that the call at the end of a block takes."""
    found = CALL.search(line)
    return set(USE.findall(found[1] or found[2] or "")) if found else set()


def after(line):
    return [int(number) for number in TARGET.findall(line.partition("->")[2])]


def again(blocks, local, begin):
    """The first uses of a local on the ways from some blocks."""
    use, assigned = re.compile(rf"\b(?:copy|move) {local}\b(?!\.)"), re.compile(rf"^{local} = ")
    dead = re.compile(rf"\bStorage(?:Dead|Live)\({local}\)")
    seen, open_blocks = set(), list(begin)
    while open_blocks:
        number = open_blocks.pop()
        if number in seen:
            continue
        seen.add(number)
        for line in blocks.get(number, []):
            if use.search(line.partition(" = ")[2] or line) and "discriminant" not in line:
                yield line
                break
            if dead.search(line) or assigned.match(line):
                break
        else:
            if blocks.get(number):
                open_blocks += after(blocks[number][-1])


def owns(kind, dropped):
    """Whether a type, or a part of a tuple, owns something."""
    if OWNING.match(kind) or (kind in dropped and not re.fullmatch(r"[A-Z]\w?|Self|&.*|\*.*", kind)):
        return True
    return kind.startswith("(") and any(owns(part.strip(), dropped) for part in kind[1:-1].split(",") if part.strip())


def read(path):
    found, dropped = [], set()
    for head, kinds, blocks in functions(path):
        lines = [line for block in blocks.values() for line in block]
        dropped |= {short(kinds[one]) for line in lines for one in DROP.findall(line) if one in kinds}
        # What no line copies was not taken for another value.
        copied = {one for line in lines for one in re.findall(r"\bcopy (_\d+)\b", line)}
        for call in (block[-1] for block in blocks.values() if block):
            for local in taken(call) & copied & kinds.keys():
                if not call.startswith(f"{local} = "):
                    found += [(head, short(kinds[local]), call, use) for use in again(blocks, local, after(call))]
    return os.path.basename(path), found, dropped


def main():
    with multiprocessing.Pool() as pool:
        files = pool.map(read, sys.argv[1:], chunksize=1)
    dropped = set().union(*(file[2] for file in files))
    counts = collections.Counter()
    for name, found, _ in sorted(files):
        for head, kind, call, use in found:
            if owns(kind, dropped):
                counts[name.rpartition("-")[0] or name, kind] += 1
                print(" | ".join([name, head[:120], kind, call[:120], use[:120]]))
    for (name, kind), count in counts.most_common():
        print(f"{count:6} {name}: {kind}", file=sys.stderr)


if __name__ == "__main__":
    main()
