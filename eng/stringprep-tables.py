#!/usr/bin/env python3
"""Writes src/CkiSdk.Pki/Names/stringprep.txt: the tables of RFC 4518 section 2 for caseIgnoreMatch, from Unicode 3.2 as stringprep demands.

Two texts are equal in NFKC exactly if they are equal in NFKD, so that one table holds all of mapping, case folding (RFC 3454 B.2)
and full compatibility decomposition. Syllables of Hangul are decomposed by rule, not by table.
"""
import stringprep
import unicodedata

UNICODE = unicodedata.ucd_3_2_0
CODE_POINTS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]


def ranges(*pairs):
    return {c for first, last in pairs for c in range(first, last + 1)}


# RFC 4518 2.2
NOTHING = ranges(
    (0x00AD, 0x00AD), (0x1806, 0x1806), (0x034F, 0x034F), (0x180B, 0x180D), (0xFE00, 0xFE0F), (0xFFFC, 0xFFFC),
    (0x0000, 0x0008), (0x000E, 0x001F), (0x007F, 0x0084), (0x0086, 0x009F), (0x06DD, 0x06DD), (0x070F, 0x070F),
    (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2063), (0x206A, 0x206F), (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB), (0x1D173, 0x1D17A), (0xE0001, 0xE0001), (0xE0020, 0xE007F))
SPACE = ranges((0x0009, 0x000D), (0x0085, 0x0085)) | {c for c in CODE_POINTS if UNICODE.category(chr(c)) in ('Zs', 'Zl', 'Zp')} - NOTHING


def mapped(c):
    if c in NOTHING:
        return ''
    if c in SPACE:
        return ' '
    return UNICODE.normalize('NFKD', stringprep.map_table_b2(chr(c)))


def is_prohibited(c):  # RFC 4518 2.4
    text = chr(c)
    return stringprep.in_table_a1(text) or stringprep.in_table_c3(text) or stringprep.in_table_c4(text) or c == 0xFFFD


def write(out, keyword, value_of):
    """Writes the ranges of code points that have the same value."""
    start = value = None
    for c in CODE_POINTS + [None]:
        current = None if c is None else value_of(c)
        if value is not None and (current != value or c != last + 1):
            place = f'{start:X}' if start == last else f'{start:X}-{last:X}'
            out.write(f'{keyword} {place}{value}\n')
            value = None
        if current is not None and value is None:
            start, value = c, current
        last = c


def main():
    with open('src/CkiSdk.Pki/Names/stringprep.txt', 'w', encoding='ascii', newline='\n') as out:
        out.write('# Tables of RFC 4518 section 2 for caseIgnoreMatch; written by eng/stringprep-tables.py from Unicode 3.2.\n')
        out.write('# map: what a code point becomes. class: combining class. mark: combining mark. refuse: prohibited.\n')
        for c in CODE_POINTS:
            if not 0xAC00 <= c <= 0xD7A3 and not is_prohibited(c) and mapped(c) != chr(c):
                out.write(' '.join([f'map {c:X}', *(f'{ord(m):X}' for m in mapped(c))]) + '\n')
        write(out, 'class', lambda c: f' {UNICODE.combining(chr(c))}' if UNICODE.combining(chr(c)) else None)
        write(out, 'mark', lambda c: '' if UNICODE.category(chr(c)).startswith('M') else None)
        write(out, 'refuse', lambda c: '' if is_prohibited(c) else None)


main()
