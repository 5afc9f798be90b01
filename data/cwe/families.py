"""Prints src/metric/cweFamilies.ts: which CWEs are forms of one weakness, from MITRE's own relations.

    pip download --no-deps cwe2==3.0.0 && unzip cwe2-3.0.0-py3-none-any.whl 'cwe2/database_v49/cwec_v4.14.xml'
    python data/cwe/families.py cwe2/database_v49/cwec_v4.14.xml > src/metric/cweFamilies.ts && npx prettier --write src/metric/cweFamilies.ts

The rule: a CWE belongs to the nearest head above it (or is one), going up ChildOf relations of view 1000 (Research Concepts), MITRE's
primary parent first where two heads are equally near. What has no head above it is a family of its own and is not printed.
"""

import hashlib
import sys
import xml.etree.ElementTree as ElementTree

# Where the names that scanners (Bandit, Bearer, CodeQL's Python queries) and labels (SecCodePLT) give to one weakness meet.
HEADS = {
    20: "input validation",
    22: "path traversal",
    77: "command injection",
    79: "cross-site scripting",
    89: "SQL injection",
    94: "code injection",
    119: "memory bounds",
    200: "exposed information",
    285: "authorization",
    287: "authentication",
    295: "certificate validation",
    311: "missing encryption",
    327: "cryptography, randomness",
    345: "data authenticity",
    347: "signature verification",
    352: "request forgery",
    362: "race condition",
    377: "temporary file",
    400: "resource exhaustion",
    494: "unverified download",
    502: "deserialization",
    522: "unprotected credentials",
    703: "error handling",
    732: "file permissions",
    798: "hard-coded credentials",
    915: "object modification",
}

# Siblings of a head under CWE-693 that tools give the same name: a predictable random number is 338 in SecCodePLT, 330 in Bandit and 327
# in Bearer; a weak hash is 327 in Bandit and 328 in Bearer, whose parents are 326 and 327. MITRE's category 1346 holds all of them.
JOINED = {326: 327, 330: 327}

NAMESPACE = {"cwe": "http://cwe.mitre.org/cwe-7"}


def parents_of(weakness):
    related = weakness.iterfind("cwe:Related_Weaknesses/cwe:Related_Weakness", NAMESPACE)
    wanted = [each for each in related if each.get("View_ID") == "1000" and each.get("Nature") == "ChildOf"]
    return [int(each.get("CWE_ID")) for each in sorted(wanted, key=lambda each: each.get("Ordinal") != "Primary")]


def family_of(cwe, parents):
    level = [cwe]
    while level:
        for each in level:
            if each in HEADS or each in JOINED:
                return JOINED.get(each, each)
        level = [parent for each in level for parent in parents[each]]
    return cwe


def main(path):
    text = open(path, "rb").read()
    root = ElementTree.fromstring(text)
    parents = {int(each.get("ID")): parents_of(each) for each in root.find("cwe:Weaknesses", NAMESPACE)}
    members = {head: [] for head in HEADS}
    for cwe in sorted(parents):
        family = family_of(cwe, parents)
        if family != cwe:
            members[family].append(cwe)
    print("/**")
    print(f" * CWE {root.get('Version')} ({root.get('Date')}), the XML file with SHA-256")
    print(f" * {hashlib.sha256(text).hexdigest()}.")
    print(" * Made by data/cwe/families.py, which states the rule; do not edit. The relations are facts of the CWE list, copyright The MITRE")
    print(" * Corporation, used under its terms of use (https://cwe.mitre.org/about/termsofuse.html).")
    print(" */")
    print("")
    print("/** Families by their head: its number, what it is about, the CWEs below it. */")
    print("export const cweFamilies: readonly (readonly [head: number, name: string, members: readonly number[]])[] = [")
    for head, name in HEADS.items():
        print(f'  [{head}, "{name}", {members[head]}],')
    print("];")


main(sys.argv[1])
