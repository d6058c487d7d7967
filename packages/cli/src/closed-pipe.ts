/** Nobody reads our output any more (EPIPE): the command ends quietly. */
export class ClosedPipe extends Error {}
