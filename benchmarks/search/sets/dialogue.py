#!/usr/bin/env python3
"""Makes corpora for `benchmarks/run search` from conversations in the format of LoCoMo.

    dialogue.py OUT CONVERSATION.json ...

Each session is a note in Markdown: a heading with the speakers and the date, then a line for each
turn. A question asks for the lines of its evidence; those without an answer (category 5) are left
out.
"""
import json
import os
import re
import sys


def write_sessions(talk, out):
    places = {}
    for number in range(1, 60):
        turns = talk.get(f"session_{number}")
        if not turns:
            continue
        path = f"notes/session-{number:02d}.md"
        date = talk[f"session_{number}_date_time"]
        lines = [f"# {talk['speaker_a']} and {talk['speaker_b']}, {date}", ""]
        for turn in turns:
            text = turn["text"].replace("\n", " ")
            if turn.get("blip_caption"):
                text += f" [shares {turn['blip_caption']}]"
            lines.append(f"{turn['speaker']}: {text}")
            places[turn["dia_id"]] = f"{path}#{len(lines)}"
        file = os.path.join(out, "tree", path)
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "w", encoding="utf8") as target:
            target.write("\n".join(lines) + "\n")
    return places


def main(out, *files):
    for file in files:
        with open(file, encoding="utf8") as source:
            talk = json.load(source)
        corpus = os.path.join(out, os.path.basename(file).removesuffix(".json"))
        places = write_sessions(talk, corpus)
        with open(os.path.join(corpus, "queries.jsonl"), "w", encoding="utf8") as target:
            for asked in talk["qa"]:
                evidence = re.findall(r"D\d+:\d+", str(asked.get("evidence", [])))
                relevant = sorted({places[turn] for turn in evidence if turn in places})
                if asked.get("category") != 5 and relevant:
                    line = {"query": asked["question"], "relevant": relevant}
                    target.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
