import type { AnyAuthMethod } from "ssh2";
import type { HostKeysToTry } from "./keys.ts";

/** Hands out one way to log in after the other; `offered` is what the host still accepts, null before it said so. */
export interface LoginMethods {
  readonly next: (offered: readonly string[] | null) => AnyAuthMethod | null;
  /** What the host last said it accepts, for the reason of a refusal. */
  readonly offered: () => readonly string[];
}

/** Agent, key files, then the password; never a second time: failed logins lock accounts and get us banned. */
export function openLoginMethods(
  username: string,
  keys: HostKeysToTry,
  password: string | null,
): LoginMethods {
  const publicKeys: AnyAuthMethod[] = keys.fileKeys.map((key) => ({ type: "publickey", username, key }));
  if (keys.agent !== null && keys.agentKeys.length > 0) {
    publicKeys.unshift({ type: "agent", username, agent: keys.agent.showing(keys.agentKeys) });
  }
  // ssh asks with "none" what the host accepts. Key files can do without, which saves a round trip; after an agent
  // ssh2 does not tell what is left, and a password is not typed into the dark.
  const asksFirst = keys.agentKeys.length > 0 || publicKeys.length === 0;
  const queue: AnyAuthMethod[] = asksFirst ? [{ type: "none", username }, ...publicKeys] : publicKeys;
  let secret = password;
  let lastOffered: readonly string[] = [];

  return {
    offered: () => lastOffered,
    next: (offered) => {
      if (offered !== null) lastOffered = offered;
      const accepts = (name: string): boolean => offered === null || offered.includes(name);
      while (queue.length > 0) {
        const method = queue.shift();
        if (method !== undefined && (method.type === "none" || accepts("publickey"))) return method;
      }
      if (secret === null) return null;
      const typed = secret;
      secret = null;
      // One of the two: both lead to the same PAM, and a wrong password tried twice counts twice.
      if (accepts("password")) return { type: "password", username, password: typed };
      if (accepts("keyboard-interactive")) return keyboardInteractive(username, typed);
      return null;
    },
  };
}

/** Answers the first hidden question with the password, all others with nothing. */
function keyboardInteractive(username: string, password: string): AnyAuthMethod {
  let answer = password;
  return {
    type: "keyboard-interactive",
    username,
    prompt: (_name, _instructions, _language, prompts, finish) => {
      finish(
        prompts.map(({ echo }) => {
          if (echo === true) return "";
          const once = answer;
          answer = "";
          return once;
        }),
      );
    },
  };
}
