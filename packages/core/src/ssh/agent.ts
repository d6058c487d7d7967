import pLimit from "p-limit";
import ssh2 from "ssh2";
import type { IdentityCallback, ParsedKey, SignCallback, SigningRequestOptions } from "ssh2";

/** An ssh-agent asked once a run for its keys, and for at most eight signatures at a time. */
export interface Agent {
  /** Keys that ssh2 can log in with; certificates and FIDO keys are left out. */
  readonly keys: readonly ParsedKey[];
  /** The agent as ssh2 wants it, showing only these of its keys, in this order. */
  readonly showing: (keys: readonly ParsedKey[]) => ssh2.BaseAgent<ParsedKey>;
}

/** Agents answer one connection after the other; some ask a person each time. */
const signaturesAtOnce = 8;

/** An agent that holds a certificate fails the whole login in ssh2; these kinds it can sign with. */
const usable = /^(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521))$/;

/** Connects to the agent at a socket path (`SSH_AUTH_SOCK`, `IdentityAgent`) and lists its keys. */
export async function openAgent(socketPath: string): Promise<Agent> {
  const agent = new ssh2.OpenSSHAgent(socketPath);
  const limit = pLimit(signaturesAtOnce);
  const listed = await new Promise<readonly ParsedKey[]>((resolve, reject) => {
    agent.getIdentities((error, keys) => (error ? reject(error) : resolve((keys ?? []).filter(isParsed))));
  });
  const sign: Sign = (key, data, options, done) => {
    const signOne = async (): Promise<void> =>
      new Promise((signed) => {
        agent.sign(key, data, options, (error, signature) => {
          signed();
          done(error, signature);
        });
      });
    void limit(signOne);
  };
  return {
    keys: listed.filter(({ type }) => usable.test(type)),
    showing: (keys) => new PartOfAgent(keys, sign),
  };
}

function isParsed(key: unknown): key is ParsedKey {
  return typeof key === "object" && key !== null && "getPublicSSH" in key;
}

type Sign = (key: ParsedKey, data: Buffer, options: SigningRequestOptions, done: SignCallback) => void;

class PartOfAgent extends ssh2.BaseAgent<ParsedKey> {
  readonly #keys: readonly ParsedKey[];
  readonly #sign: Sign;

  constructor(keys: readonly ParsedKey[], sign: Sign) {
    super();
    this.#keys = keys;
    this.#sign = sign;
  }

  getIdentities(done: IdentityCallback<ParsedKey>): void {
    done(null, [...this.#keys]);
  }

  sign(
    key: ParsedKey,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    done?: SignCallback,
  ): void {
    if (typeof options === "function") this.#sign(key, data, {}, options);
    else if (done !== undefined) this.#sign(key, data, options, done);
  }
}
