/** A JSON text as a test may look into it. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the test names the type it reads
export function parsed<T>(text: string): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the assertions that follow check it
  return JSON.parse(text) as T;
}
