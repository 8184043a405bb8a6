/** Who asks. Only administrators may ask anything here, as both specifications demand. */
export interface Caller {
  /** The id by which the identity service knows the user; with tokens from a file, his name. */
  readonly userId: string;
  readonly user: string;
  readonly projectId: string;
  readonly admin: boolean;
}
