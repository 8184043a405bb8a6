import type { Resource } from '../http/resource.js';
import type { Schema } from './schema.js';

/** What is told about the things under one path of the API; the schemas of requests and answers are made from it. */
export interface Noun {
  /** Of the schemas: `Network`, from which `NetworkCreate` and `NetworkUpdate` are named. */
  readonly name: string;
  /** In sentences: `network`. */
  readonly says: string;
  readonly plural: string;
  readonly singular: string;
  /** What the API itself reads bodies by; the attributes that it takes are those of its classes. */
  readonly resource?: Resource<object, object>;
  /** For bodies that are read by hand: the attributes of a POST. */
  readonly creates?: { readonly attributes: readonly string[]; readonly required: readonly string[] };
  /** Attributes of answers. */
  readonly attributes: Readonly<Record<string, Schema>>;
  /** Those that some answers do not have. */
  readonly sometimes?: readonly string[];
  /** Attributes of requests that are not shown, or are shown in another shape. */
  readonly asked?: Readonly<Record<string, Schema>>;
  /** What lists can be filtered and sorted by; absent: lists are whole. */
  readonly listing?: {
    readonly attributes: Readonly<Record<string, string>>;
    readonly special?: object;
    readonly tagged?: true;
  };
  /** More schemas that its routes refer to. */
  readonly schemas?: Readonly<Record<string, Schema>>;
  /** A POST may create several, under the plural. */
  readonly bulk?: true;
  /** Routes that are not those of every noun, by method and path below the noun's, and those that say something of their own. */
  readonly routes?: Readonly<Record<string, Partial<RouteNote>>>;
}

/** What is told about one route. */
export interface RouteNote {
  readonly summary: string;
  readonly description: string;
  readonly request: Schema;
  /** Absent: there is no body. */
  readonly answer: Schema;
  /** Of the answer, if it is not JSON. */
  readonly media: string;
  readonly query: Readonly<Record<string, Schema>>;
  /** The request names other things, which may not be there. */
  readonly refers: true;
  /** The route refuses every request. */
  readonly refused: true;
}
