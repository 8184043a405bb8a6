/** A pattern of exactly the decimal texts, without leading zeros, of the whole numbers from `lowest` (0 or more) to `highest`. */
export function decimals(lowest: number, highest: number): string {
  const ends = [...new Set([...endsOfNines(lowest, highest), ...endsOfDecades(lowest, highest), highest])];
  const parts: string[] = [];
  let start = lowest;
  for (const end of ends.sort((a, b) => a - b)) {
    parts.push(sameLength(String(start), String(end)));
    start = end + 1;
  }
  return `^(${parts.join('|')})$`;
}

/** 9, 99, 999 … from the lowest upwards: after these another digit may be anything, or there is one more. */
function endsOfNines(lowest: number, highest: number): readonly number[] {
  return powersOfTen(highest)
    .map((power) => (Math.floor(lowest / power) + 1) * power - 1)
    .filter((end) => end >= lowest && end < highest);
}

/** From the highest downwards: the last number before its first digits begin. */
function endsOfDecades(lowest: number, highest: number): readonly number[] {
  return powersOfTen(highest)
    .map((power) => Math.floor((highest + 1) / power) * power - 1)
    .filter((end) => end >= lowest && end < highest);
}

function powersOfTen(highest: number): readonly number[] {
  return Array.from({ length: String(highest).length }, (_, index) => 10 ** (index + 1));
}

function sameLength(start: string, end: string): string {
  return [...start].map((from, index) => (from === end[index] ? from : `[${from}-${end[index] ?? ''}]`)).join('');
}
