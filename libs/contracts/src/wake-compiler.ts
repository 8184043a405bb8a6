/** An empty message: facts have been committed, the compiler has something to do. Losing it costs one poll interval. */
export const wakeCompiler = { type: 'l2gw.compiler.wake.v1', subject: 'l2gw.v1.wake.compiler' } as const;
