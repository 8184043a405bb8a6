import { setFlagsFromString } from 'node:v8';

/** Bytes of bytecode; V8's own limit is 460. */
const MOST_INLINED = 80;

/**
 * Has V8 inline short functions only. It compiles what has become hot beside the program, on the core that the switch's database needs just then,
 * and most of that time goes into copies of functions within functions. Ours call built-in ones nearly all the time: they are as fast without.
 */
export function spareCompiler(): void {
  setFlagsFromString(`--max-inlined-bytecode-size=${MOST_INLINED}`);
}
