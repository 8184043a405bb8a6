/** The ground moved under a repair: another epoch, or the ops after its first page are forgotten. It starts over. */
export class RepairOvertaken extends Error {
  override readonly name = 'RepairOvertaken';
}
