"""Reads drawings of networks (ours and Graphviz's SVG) and tells how good they are to look at, in figures.

Shares nothing with the program: shapes are read from the drawing alone. Run as a program it prints a table:
`python tests/readers/drawing.py a.svg b.svg`.
"""

import itertools
import math
import re
import statistics
import sys
import xml.etree.ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


def numbers(text):
    return [float(n) for n in NUMBER.findall(text)]


def pairs(text):
    flat = numbers(text)
    return list(zip(flat[::2], flat[1::2]))


def frame(points):
    xs, ys = zip(*points)
    return min(xs), min(ys), max(xs), max(ys)


def box_of(group):
    """The frame of the first outline in a group: rectangle, polygon or ellipse."""
    found = []
    for element in group.iter():
        if element.tag == SVG + "rect":
            x, y, w, h = (float(element.get(k)) for k in ("x", "y", "width", "height"))
            found.append((x, y, x + w, y + h))
        elif element.tag == SVG + "polygon":
            found.append(frame(pairs(element.get("points"))))
        elif element.tag == SVG + "ellipse":
            x, y, w, h = (float(element.get(k)) for k in ("cx", "cy", "rx", "ry"))
            found.append((x - w, y - h, x + w, y + h))
    return (min(b[0] for b in found), min(b[1] for b in found), max(b[2] for b in found), max(b[3] for b in found))


def flattened(path, pieces=16):
    """The points of a path of M, L and C commands, curves as straight pieces."""
    points = []
    for command, text in re.findall(r"([MLC])([^MLCZz]*)", path):
        given = pairs(text)
        if command in "ML":
            points.extend(given)
            continue
        for n in range(0, len(given), 3):
            a, (b, c, d) = points[-1], given[n : n + 3]
            for step in range(1, pieces + 1):
                t = step / pieces
                r = 1 - t
                points.append(
                    tuple(r**3 * a[k] + 3 * r * r * t * b[k] + 3 * r * t * t * c[k] + t**3 * d[k] for k in (0, 1))
                )
    return points


class Drawing:
    """Boxes by actor, lines by the pair they join."""

    def __init__(self, file):
        root = ET.parse(file).getroot()
        self.boxes, self.lines = {}, []
        groups = [g for g in root.iter(SVG + "g") if g.get("class")]
        if any(g.get("class") == "node" for g in groups):
            self._graphviz(groups)
        else:
            self._ours(groups)
        xs = [x for b in self.boxes.values() for x in (b[0], b[2])]
        ys = [y for b in self.boxes.values() for y in (b[1], b[3])]
        self.width, self.height = max(xs) - min(xs), max(ys) - min(ys)

    def _ours(self, groups):
        for group in groups:
            if group.get("class") == "actor":
                self.boxes[group.get("id").removeprefix("actor-")] = box_of(group)
            elif group.get("class") == "tie":
                seen = [p for p in group.findall(SVG + "path") if p.get("stroke-opacity") != "0"]
                first = group.find(f"{SVG}g[@class='relation']")
                ends = (first.get("data-subject"), first.get("data-object"))
                self.lines.append((ends, flattened(seen[0].get("d"))))

    def _graphviz(self, groups):
        for group in groups:
            title = group.findtext(SVG + "title", "")
            if title.startswith("legend "):
                continue
            if group.get("class") == "node":
                self.boxes[title] = box_of(group)
            elif group.get("class") == "edge":
                ends = tuple(re.split("->", title))
                self.lines.append((ends, flattened(group.find(f".//{SVG}path").get("d"))))

    def overlaps(self):
        """Pairs of actors whose boxes share ground."""
        return [
            (a, b)
            for (a, p), (b, q) in itertools.combinations(self.boxes.items(), 2)
            if min(p[2], q[2]) - max(p[0], q[0]) > 0.05 and min(p[3], q[3]) - max(p[1], q[1]) > 0.05
        ]

    def crossings(self):
        """Pairs of lines between four different actors that cross."""
        framed = [(ends, points, frame(points)) for ends, points in self.lines if len(points) > 1]
        count = 0
        for (e, p, f), (g, q, h) in itertools.combinations(framed, 2):
            if set(e) & set(g) or f[2] < h[0] or h[2] < f[0] or f[3] < h[1] or h[3] < f[1]:
                continue
            count += any(cross(a, b, c, d) for a, b in zip(p, p[1:]) for c, d in zip(q, q[1:]))
        return count

    def hidden(self):
        """Lines that run through the box of an actor that is not theirs: (ends, actor)."""
        return [
            (ends, name)
            for ends, points in self.lines
            for name, box in self.boxes.items()
            if name not in ends and any(enters(a, b, box) for a, b in zip(points, points[1:]))
        ]

    def lengths(self):
        return [sum(math.dist(a, b) for a, b in zip(points, points[1:])) for _, points in self.lines]

    def figures(self):
        lengths = self.lengths()
        ink = sum((b[2] - b[0]) * (b[3] - b[1]) for b in self.boxes.values())
        return {
            "actors": len(self.boxes),
            "lines": len(self.lines),
            "overlaps": len(self.overlaps()),
            "crossings": self.crossings(),
            "through boxes": len(self.hidden()),
            "mean length": round(statistics.mean(lengths)),
            "length spread": round(statistics.pstdev(lengths) / statistics.mean(lengths), 2),
            "size": f"{self.width:.0f}x{self.height:.0f}",
            "area per box area": round(self.width * self.height / ink, 1),
        }


def turn(a, b, c):
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def cross(a, b, c, d):
    return turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0


def enters(a, b, box, slack=1.0):
    """Whether a straight line enters a box by more than `slack` (Liang and Barsky's clipping)."""
    x0, y0, x1, y1 = box[0] + slack, box[1] + slack, box[2] - slack, box[3] - slack
    low, high = 0.0, 1.0
    for p, q in (
        (a[0] - b[0], a[0] - x0),
        (b[0] - a[0], x1 - a[0]),
        (a[1] - b[1], a[1] - y0),
        (b[1] - a[1], y1 - a[1]),
    ):
        if p == 0:
            if q < 0:
                return False
        elif p < 0:
            low = max(low, q / p)
        else:
            high = min(high, q / p)
    return low < high


if __name__ == "__main__":
    for name in sys.argv[1:]:
        told = Drawing(name).figures()
        print(name, "  ".join(f"{k}: {v}" for k, v in told.items()))
