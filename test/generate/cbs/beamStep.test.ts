import { describe, expect, test } from "vitest";
import { type BeamRules, beamStep } from "../../../src/generate/cbs/beamStep.js";
import { newState } from "../../../src/generate/cbs/phraseState.js";
import { tokenTrie } from "../../../src/generate/cbs/tokenTrie.js";
import { seededRandom } from "../../../src/stat/seededRandom.js";

/** Tokens 0 "md", 1 "5", 2 "md5", 3 "sha"; the model likes all alike. */
const pieces = ["md", "5", "md5", "sha"];
const row = pieces.map((_, id) => ({ id, logprob: Math.log(1 / pieces.length) }));

function textsAfter(text: string, ids: readonly number[], change: Partial<BeamRules>): string[] {
  const rules: BeamRules = {
    ...{ beams: 10, demands: [], banned: tokenTrie([]), bannedTexts: [], temperature: 1, topP: 1 },
    pieceOf: (id) => pieces[id],
    isEnd: () => false,
    isOver: () => false,
    ...change,
  };
  const beam = { ids, text, score: 0, state: newState([]) };
  const { beams } = beamStep([beam], [row], { rules, random: seededRandom(1).uniform });
  return beams
    .map((each) =>
      each.ids
        .slice(ids.length)
        .map((id) => pieces[id])
        .join(""),
    )
    .sort();
}

describe("a banned phrase", () => {
  test("is not completed by tokens that nobody listed", () => {
    expect(textsAfter("md", [0], { bannedTexts: ["md5"] })).toEqual(["md", "sha"]);
  });

  test("is not completed by listed tokens whose text is not known yet", () => {
    const unknown = { banned: tokenTrie([[0, 1], [2]]), bannedTexts: ["md5"], pieceOf: () => undefined };
    expect(textsAfter("md", [0], unknown)).toEqual(["md", "sha"]);
  });

  test("bars nothing else", () => {
    expect(textsAfter("sha", [3], { bannedTexts: ["md5"], banned: tokenTrie([[0, 1], [2]]) })).toEqual([
      "5",
      "md",
      "sha",
    ]);
  });
});
