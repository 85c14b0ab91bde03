"""Computes the message imprints of the archive-time-stamps-v3 of a CMS file again, straight from EN 319 122-1 5.5.2 and 5.5.3.

Usage: archive_imprint.py FILE [CONTENT]. Prints one word for each: holds, or what does not.
"""

import hashlib
import sys

from asn1crypto import core, parser, tsp

ARCHIVE_V3, INDEX_V3 = "0.4.0.1733.2.4", "0.4.0.19122.1.5"


def children(octets):
    """The elements in the content of an element, each with tag and length."""
    _, _, _, _, content, _ = parser.parse(octets)
    found = []
    while content:
        _, _, _, header, inside, trailer = parser.parse(content)
        length = len(header) + len(inside) + len(trailer)
        found.append(content[:length])
        content = content[length:]
    return found


def content_of(octets):
    return parser.parse(octets)[4]


def fields(message):
    explicit = children(message)[1]
    return children(children(explicit)[0])


def tagged(elements, tag):
    for element in elements:
        if element[0] == tag:
            return children(element)
    return []


def dotted(octets):
    return core.ObjectIdentifier.load(octets).dotted


def check(message, signer, content, value):
    token = fields(value)
    info = tsp.TSTInfo.load(content_of(children(children(token[2])[1])[0]))
    imprint = info["message_imprint"]
    name = imprint["hash_algorithm"]["algorithm"].native

    def digest(octets):
        return hashlib.new(name, octets).digest()

    indexes = []
    for attribute in tagged(children(children(token[-1])[0]), 0xA1):
        kind, values = children(attribute)
        if dotted(kind) == INDEX_V3:
            indexes += children(values)
    if len(indexes) != 1:
        return "no-single-index"
    algorithm, *lists = children(indexes[0])
    if dotted(children(algorithm)[0]) != imprint["hash_algorithm"]["algorithm"].dotted:
        return "other-algorithm"
    listed = [[content_of(entry) for entry in children(entries)] for entries in lists]
    values = []
    for attribute in tagged(children(signer), 0xA1):
        kind, held = children(attribute)
        values += [kind + one for one in children(held)]
    there = [tagged(message[3:], 0xA0), tagged(message[3:], 0xA1), values]
    for entries, objects in zip(listed, there):
        if not set(entries) <= {digest(one) for one in objects}:
            return "index-of-something-else"
    encapsulated = children(message[2])
    if len(encapsulated) > 1:
        content = content_of(children(encapsulated[1])[0])
    signed = b"".join(element for element in children(signer) if element[0] != 0xA1)
    computed = digest(encapsulated[0] + digest(content) + signed + indexes[0])
    return "holds" if computed == imprint["hashed_message"].native else "broken"


def main():
    message = fields(open(sys.argv[1], "rb").read())
    content = open(sys.argv[2], "rb").read() if len(sys.argv) > 2 else b""
    for signer in children(message[-1]):
        for attribute in tagged(children(signer), 0xA1):
            kind, values = children(attribute)
            if dotted(kind) == ARCHIVE_V3:
                for value in children(values):
                    print(check(message, signer, content, value))


main()
