/** A table of texts as the openstack client draws it. */

/** Narrower than this a column is not made, whatever the width of the terminal. */
const NARROWEST = 8;

/** `maxWidth` 0: as wide as it needs to be. Cells may have several lines. */
export function drawTable(heading: readonly string[], rows: readonly (readonly string[])[], maxWidth = 0): string {
  const widths = fitted(
    heading.map((title, column) => Math.max(...[title, ...rows.map((row) => row[column] ?? '')].map(widthOf))),
    maxWidth,
  );
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+`;
  const body = rows.flatMap((row) => drawRow(row, widths));
  return `${[rule, ...drawRow(heading, widths), rule, ...body, ...(rows.length === 0 ? [] : [rule])].join('\n')}\n`;
}

/** Takes from the widest column as long as the table is too wide. */
function fitted(natural: readonly number[], maxWidth: number): readonly number[] {
  const widths = [...natural];
  const frame = 3 * widths.length + 1;
  for (let excess = sum(widths) + frame - maxWidth; maxWidth > 0 && excess > 0; excess -= 1) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= NARROWEST) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function drawRow(cells: readonly string[], widths: readonly number[]): readonly string[] {
  const wrapped = widths.map((width, column) => wrap(cells[column] ?? '', width));
  const height = Math.max(1, ...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => {
    const texts = widths.map((width, column) => padded(wrapped[column]?.[line] ?? '', width));
    return `| ${texts.join(' | ')} |`;
  });
}

/** Breaks at the last space that fits, else anywhere. */
function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let rest = [...paragraph];
    while (rest.length > width) {
      const space = rest.lastIndexOf(' ', width);
      const end = space > 0 ? space : width;
      lines.push(rest.slice(0, end).join(''));
      rest = rest.slice(space > 0 ? end + 1 : end);
    }
    return [...lines, rest.join('')];
  });
}

function widthOf(text: string): number {
  return Math.max(...text.split('\n').map((line) => [...line].length));
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - [...text].length));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
