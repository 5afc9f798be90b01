"""Lays out NLTK's data from two wheels: `nltk_data.py FOLDER_OF_WHEELS TARGET`.

llama-index-core ships stop words and the sentence splitter, vaderSentiment the lexicon of VADER; NLTK's own server is not needed.
"""

import pathlib
import sys
import zipfile

wheels, target = map(pathlib.Path, sys.argv[1:3])
CACHE = "llama_index/core/_static/nltk_cache/"
LEXICON = "vaderSentiment/vader_lexicon.txt"

with zipfile.ZipFile(next(wheels.glob("llama_index_core-*.whl"))) as wheel:
    for name in wheel.namelist():
        place = target / name.removeprefix(CACHE)
        if name.startswith((CACHE + "corpora/", CACHE + "tokenizers/")) and not name.endswith((".zip", "/")):
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(wheel.read(name))
with zipfile.ZipFile(next(wheels.glob("vaderSentiment-*.whl"))) as wheel:
    place = target / "sentiment" / "vader_lexicon.zip"
    place.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(place, "w") as lexicon:
        lexicon.writestr("vader_lexicon/vader_lexicon.txt", wheel.read(LEXICON))
