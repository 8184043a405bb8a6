import type { ClassConstructor } from 'class-transformer';
import { validateSync } from 'class-validator';
import { rulesOf } from './attribute-rules.js';
import { badRequest, invalidAttribute } from './neutron-error.js';

/** How one noun is spelled in bodies, and which attributes it takes. Bodies are class-validator classes. */
export interface Resource<Create extends object, Update extends object> {
  readonly singular: string;
  readonly plural: string;
  readonly create: ClassConstructor<Create>;
  readonly update: ClassConstructor<Update>;
  /** Attributes of `create` without which there is nothing to create. */
  readonly required: readonly string[];
  /** Attributes that answers have and that nobody can set. */
  readonly readOnly: readonly string[];
  /** Its attributes may stand in a body without an envelope, if the first that is required is among them. */
  readonly bare?: true;
  /** Other spellings on input → ours. */
  readonly aliases?: Readonly<Record<string, string>>;
}

/** Reads the body of a POST. Throws the `NeutronError` that Neutron's clients expect for each kind of fault. */
export function readCreate<Create extends object>(resource: Resource<Create, object>, body: unknown): Create {
  return readNew(resource, body, checked);
}

function readNew<Create extends object>(
  resource: Resource<Create, object>,
  body: unknown,
  check: (type: ClassConstructor<Create>, attributes: Record<string, unknown>) => Create,
): Create {
  const attributes = unwrap(resource, body);
  const known = attributesOf(resource.create);
  refuseUnknown(attributes, [...known, ...resource.readOnly]);
  const forbidden = resource.readOnly.find((name) => name in attributes && !known.includes(name));
  if (forbidden !== undefined) throw badRequest(`Attribute '${forbidden}' not allowed in POST`);
  const missing = resource.required.find((name) => attributes[name] === undefined);
  if (missing !== undefined) throw badRequest(`Failed to parse request. Required attribute '${missing}' not specified`);
  return check(resource.create, attributes);
}

/** Reads the body of a POST that creates several at once, or `undefined` if it is for one. */
export function readBulk<Create extends object>(
  resource: Resource<Create, object>,
  body: unknown,
): readonly Create[] | undefined {
  if (typeof body !== 'object' || body === null || !(resource.plural in body)) return undefined;
  const items: unknown = (body as Record<string, unknown>)[resource.plural];
  if (!Array.isArray(items) || items.length === 0) throw badRequest('Resources required');
  return items.map((item: unknown) => readNew(resource, { [resource.singular]: item }, checkedByRules));
}

/** Reads the body of a PUT: attributes that are absent stay as they are. */
export function readUpdate<Update extends object>(resource: Resource<object, Update>, body: unknown): Update {
  const attributes = unwrap(resource, body);
  const known = attributesOf(resource.update);
  const creatable = attributesOf(resource.create);
  refuseUnknown(attributes, [...known, ...creatable, ...resource.readOnly]);
  const fixed = Object.keys(attributes).find((name) => !known.includes(name));
  if (fixed !== undefined) throw badRequest(`Cannot update read-only attribute ${asGiven(resource, body, fixed)}`);
  return checked(resource.update, attributes);
}

/** The name under which the body has the attribute: clients say `tenant_id` more often than `project_id`. */
function asGiven(resource: Resource<object, object>, body: unknown, name: string): string {
  const attributes = (body as Record<string, Record<string, unknown>>)[resource.singular] ?? {};
  return name === 'project_id' && !(name in attributes) ? 'tenant_id' : name;
}

function unwrap(resource: Resource<object, object>, body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Object.keys(body).length === 0) {
    throw badRequest('Resource body required');
  }
  if (resource.plural in body && !(resource.singular in body)) throw badRequest('Bulk operation not supported');
  const attributes = isBare(resource, body) ? body : (body as Record<string, unknown>)[resource.singular];
  if (typeof attributes !== 'object' || attributes === null || Array.isArray(attributes)) {
    throw badRequest(`Unable to find '${resource.singular}' in request body`);
  }
  return mergeProject(renamed(resource, attributes as Record<string, unknown>));
}

function isBare({ bare, singular, required: [first] }: Resource<object, object>, body: object): boolean {
  return bare === true && first !== undefined && first in body && !(singular in body);
}

function renamed(resource: Resource<object, object>, attributes: Record<string, unknown>): Record<string, unknown> {
  const aliases = new Map(Object.entries(resource.aliases ?? {}));
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [aliases.get(name) ?? name, value]));
}

/** `project_id` and `tenant_id` are two names of one attribute; inside, it is `project_id`. */
function mergeProject({ tenant_id, ...others }: Record<string, unknown>): Record<string, unknown> {
  if (tenant_id === undefined) return others;
  if (others['project_id'] !== undefined && others['project_id'] !== tenant_id) {
    throw badRequest("'project_id' and 'tenant_id' do not match");
  }
  return { ...others, project_id: tenant_id };
}

function refuseUnknown(attributes: Record<string, unknown>, known: readonly string[]): void {
  const unknown = Object.keys(attributes).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw badRequest(`Unrecognized attribute(s) '${unknown.sort().join(', ')}'`);
}

/** What is inside an attribute stays as it came: it may have any name, `constructor` among them. */
function checked<Body extends object>(type: ClassConstructor<Body>, attributes: Record<string, unknown>): Body {
  const body = bodyOf(type, attributes);
  const [fault] = validateSync(body, { stopAtFirstError: true, forbidUnknownValues: false });
  if (fault === undefined) return body;
  throw invalidAttribute(fault.property, Object.values(fault.constraints ?? {})[0] ?? 'not understood');
}

/** The same without class-validator, for which the items of a bulk are too many. */
function checkedByRules<Body extends object>(type: ClassConstructor<Body>, attributes: Record<string, unknown>): Body {
  const body = bodyOf(type, attributes);
  for (const [name, { accepts, reason }] of rulesOf(type)) {
    const value: unknown = Reflect.get(body, name);
    if (!accepts(value)) throw invalidAttribute(name, reason(value));
  }
  return body;
}

function bodyOf<Body extends object>(type: ClassConstructor<Body>, attributes: Record<string, unknown>): Body {
  const rules = rulesOf(type);
  const read = Object.entries(attributes).map(([name, value]) => [name, rules.get(name)?.read(value) ?? value]);
  return Object.assign(new type(), Object.fromEntries(read));
}

function attributesOf(type: ClassConstructor<object>): readonly string[] {
  return [...rulesOf(type).keys()];
}
