/**
 * CWE 4.14 (2024-02-29), the XML file with SHA-256
 * 828d4c1a2ad2c28e5c2e107f7385793f280722bfb335bae4b44beb866cd09de1.
 * Made by data/cwe/families.py, which states the rule; do not edit. The relations are facts of the CWE list, copyright The MITRE
 * Corporation, used under its terms of use (https://cwe.mitre.org/about/termsofuse.html).
 */

/** Families by their head: its number, what it is about, the CWEs below it. */
export const cweFamilies: readonly (readonly [head: number, name: string, members: readonly number[]])[] = [
  [
    20,
    "input validation",
    [
      102, 105, 106, 108, 109, 112, 129, 179, 180, 181, 554, 606, 622, 781, 1173, 1174, 1284, 1285, 1286, 1287, 1288,
      1289,
    ],
  ],
  [22, "path traversal", [23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40]],
  [77, "command injection", [78, 88, 624, 917]],
  [79, "cross-site scripting", [80, 81, 82, 83, 84, 85, 86, 87]],
  [89, "SQL injection", [564]],
  [94, "code injection", [95, 96, 97, 1336]],
  [
    119,
    "memory bounds",
    [120, 121, 122, 123, 124, 125, 126, 127, 415, 416, 466, 785, 786, 787, 788, 805, 806, 822, 823, 824, 825],
  ],
  [
    200,
    "exposed information",
    [
      201, 203, 204, 205, 206, 207, 208, 209, 210, 211, 213, 214, 215, 359, 497, 531, 532, 535, 536, 537, 538, 540, 541,
      548, 550, 598, 615, 651, 1254, 1255, 1258, 1273, 1295, 1300, 1303,
    ],
  ],
  [
    285,
    "authorization",
    [
      202, 219, 220, 424, 425, 433, 527, 528, 529, 530, 539, 551, 552, 553, 566, 612, 638, 639, 647, 804, 862, 863, 926,
      927, 939, 942, 1230, 1244, 1256, 1297, 1314, 1328,
    ],
  ],
  [
    287,
    "authentication",
    [
      262, 263, 288, 289, 290, 291, 293, 294, 301, 302, 303, 304, 305, 306, 307, 308, 309, 322, 350, 521, 593, 603, 620,
      640, 645, 836, 1299, 1390, 1391, 1392, 1393, 1394,
    ],
  ],
  [295, "certificate validation", [296, 297, 298, 299, 370, 599]],
  [311, "missing encryption", [5, 312, 313, 314, 315, 316, 317, 318, 319, 526, 614]],
  [
    327,
    "cryptography, randomness",
    [
      6, 323, 326, 328, 329, 330, 331, 332, 333, 334, 335, 336, 337, 338, 339, 340, 341, 342, 343, 344, 587, 759, 760,
      780, 916, 1204, 1240, 1241,
    ],
  ],
  [345, "data authenticity", [346, 348, 349, 351, 353, 354, 360, 422, 616, 646, 649, 924, 925, 940, 1293, 1385]],
  [347, "signature verification", []],
  [352, "request forgery", []],
  [362, "race condition", [363, 364, 366, 367, 368, 421, 432, 479, 689, 828, 831, 1223, 1298]],
  [377, "temporary file", [378, 379]],
  [
    400,
    "resource exhaustion",
    [
      405, 406, 407, 408, 409, 770, 771, 773, 774, 776, 779, 789, 920, 1042, 1046, 1049, 1050, 1063, 1067, 1072, 1073,
      1084, 1089, 1094, 1176, 1235, 1246, 1325, 1333,
    ],
  ],
  [494, "unverified download", []],
  [502, "deserialization", []],
  [522, "unprotected credentials", [13, 256, 257, 258, 260, 261, 523, 549, 555]],
  [601, "open redirect", []],
  [611, "XML entities", []],
  [
    703,
    "error handling",
    [
      7, 12, 130, 166, 167, 168, 228, 229, 230, 231, 232, 233, 234, 235, 236, 237, 238, 239, 240, 241, 248, 252, 253,
      273, 274, 280, 390, 391, 392, 393, 394, 395, 396, 397, 455, 460, 476, 544, 600, 636, 690, 754, 755, 756, 1247,
      1261, 1332, 1351, 1384,
    ],
  ],
  [732, "file permissions", [276, 277, 278, 279, 281, 766, 1004]],
  [798, "hard-coded credentials", [259, 321]],
  [915, "object modification", [1321]],
  [918, "server-side requests", []],
];
