import { isDeepStrictEqual } from "node:util";
import type { HostTarget } from "../model/host.ts";
import type { IsPlainName } from "./plain-names.ts";
import type { ResolvedTarget } from "./resolved-target.ts";

/** Asks ssh itself about one host. */
export type AskOne = (
  target: HostTarget,
) => Promise<{ readonly answer: ResolvedTarget; readonly plainNames: IsPlainName }>;

/**
 * Asks ssh about as few hosts as is safe. Hosts that no `Host` line is about, listed with the same user and port, get
 * the same answer but for their name: two of them are asked, and where the two agree the others take it over.
 */
export function shareAnswers(askOne: AskOne): (target: HostTarget) => Promise<ResolvedTarget> {
  let plainNames: Promise<IsPlainName> | null = null;
  const samples = new Map<string, Promise<ResolvedTarget>[]>();
  return async (target) => {
    if (plainNames === null) {
      const first = askOne(target);
      // Where the first question fails, each host asks for itself, and fails with its own reason.
      plainNames = first.then(
        (asked) => asked.plainNames,
        () => () => false,
      );
      const { answer, plainNames: isPlain } = await first;
      if (isPlain(target.name)) samples.set(likeness(target), [first.then((asked) => asked.answer)]);
      return answer;
    }
    const ask = async (): Promise<ResolvedTarget> => (await askOne(target)).answer;
    if (!(await plainNames)(target.name)) return ask();
    const alike = samples.get(likeness(target)) ?? [];
    samples.set(likeness(target), alike);
    if (alike.length < 2) {
      const asked = ask();
      alike.push(asked);
      return asked;
    }
    const [one, other] = await Promise.allSettled(alike);
    const model =
      one?.status === "fulfilled" && other?.status === "fulfilled"
        ? agreementOf(one.value, other.value)
        : null;
    return model === null ? ask() : withName(model, target.name);
  };
}

function likeness({ name, user, port, jump, identityFile, address }: HostTarget): string {
  // A host listed by its address has that for a name, too: it is no setting of its own.
  return JSON.stringify([user, port, jump, identityFile, address === name ? null : address]);
}

/** What both answers say but for the name, or null where they differ or have another address than their name. */
function agreementOf(one: ResolvedTarget, other: ResolvedTarget): ResolvedTarget | null {
  const isByName = [one, other].every(({ name, hostname }) => hostname === name.toLowerCase());
  return isByName && isDeepStrictEqual(withName(one, other.name), other) ? one : null;
}

function withName(answer: ResolvedTarget, name: string): ResolvedTarget {
  return { ...answer, name, hostname: name.toLowerCase() };
}
