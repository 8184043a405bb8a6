import { type ValidationArguments, ValidateBy } from 'class-validator';

/** What an attribute of a body may be, and how its refusal is worded. */
export interface AttributeRule {
  readonly accepts: (value: unknown) => boolean;
  readonly reason: (value: unknown) => string;
  /** What a spelling that clients use stands for. */
  readonly read: (value: unknown) => unknown;
}

const rules = new Map<object, Map<string, AttributeRule>>();

/**
 * Makes a rule a class-validator decorator. It is kept here besides, for bulks: class-validator takes a dozen times as long as the rule
 * itself, and 10,000 items would hold up everybody else.
 */
export function attribute(
  name: string,
  accepts: AttributeRule['accepts'],
  reason: AttributeRule['reason'],
  read: AttributeRule['read'] = (value) => value,
): PropertyDecorator {
  const rule: AttributeRule = { accepts: (value) => value === undefined || accepts(value), reason, read };
  const message = (args: ValidationArguments): string => rule.reason(args.value);
  const decorate = ValidateBy({ name, validator: { validate: rule.accepts } }, { message });
  return (target, property) => {
    const known = rules.get(target) ?? new Map<string, AttributeRule>();
    rules.set(target, known.set(String(property), rule));
    decorate(target, property);
  };
}

type Rules = ReadonlyMap<string, AttributeRule>;

const collected = new Map<object, Rules>();

/** The rules of a body, those that it inherits among them. */
export function rulesOf(type: { readonly prototype: object }): Rules {
  const known = collected.get(type) ?? collect(type.prototype);
  collected.set(type, known);
  return known;
}

function collect(prototype: object): Rules {
  const parent = Object.getPrototypeOf(prototype) as object | null;
  const inherited = parent === null ? [] : [...collect(parent)];
  return new Map([...inherited, ...(rules.get(prototype) ?? [])]);
}
