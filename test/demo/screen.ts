/** What the demo prints: a title for each step, and indented lines below it. */

export function title(text: string): void {
  process.stdout.write(`\n== ${text}\n`);
}

export function say(text: string): void {
  process.stdout.write(`   ${text}\n`);
}
