# dkimpy.py DNS.JSON FILE...  prints "FILE pass|fail|ERROR" for every file; every signature in a file must verify for "pass".
import json
import sys

import dkim

with open(sys.argv[1], encoding="ascii") as zone:
    records = json.load(zone)


def txt(name, timeout=5):
    name = name.decode() if isinstance(name, bytes) else name
    record = records.get(name.rstrip("."))
    return "".join(record["TXT"][0]).encode() if record else None


for path in sys.argv[2:]:
    with open(path, "rb") as file:
        message = file.read()
    try:
        verifier = dkim.DKIM(message)
        signatures = sum(1 for name, _ in verifier.headers if name.lower() == b"dkim-signature")
        passed = signatures > 0 and all(dkim.DKIM(message).verify(idx=i, dnsfunc=txt) for i in range(signatures))
        print(path, "pass" if passed else "fail")
    except Exception as error:  # whatever it is, it is this peer's answer
        print(path, repr(error).replace("\n", " "))
