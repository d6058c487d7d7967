/** Beyond what JSON must escape: DEL, C1 and format characters, so that a terminal shows JSON as it is. */
const unprintable = /[\u007f-\u009f\p{Cf}\u2028\u2029]/gu;

/** A value as JSON text; the same value comes back, and no character of it acts on a terminal. */
export function toJson(value: unknown, indent: "line" | "tree" = "line"): string {
  return JSON.stringify(value, null, indent === "tree" ? 2 : undefined).replaceAll(unprintable, (found) =>
    found
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}
