/** Who asks. Only administrators may ask anything here, as both specifications demand. */
export interface Caller {
  readonly user: string;
  readonly projectId: string;
}
