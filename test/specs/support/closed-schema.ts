/** The schema, taking no attributes but those that it names; a dictionary names none and takes all. */
export function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, each]) => [name, closed(each)]));
  return 'properties' in schema && 'type' in schema && isObject(schema.type)
    ? { ...inner, additionalProperties: false }
    : inner;
}

const isObject = (type: unknown): boolean => [type].flat().includes('object');
