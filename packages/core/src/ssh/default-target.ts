import { join } from "node:path";
import type { SshQuestion } from "./ask-ssh.ts";
import type { Account, ResolvedTarget } from "./resolved-target.ts";

/** DSA and the FIDO kinds are left out of OpenSSH's list: ssh2 cannot sign with them. */
const defaultIdentities = ["id_rsa", "id_ecdsa", "id_ed25519"];

/** OpenSSH's defaults for a host that no ssh_config is asked about (readconf.c, fill_default_options). */
export function defaultTarget(question: SshQuestion, account: Account): ResolvedTarget {
  const inHome = (file: string): string => join(account.home, ".ssh", file);
  return {
    name: question.name,
    hostname: (question.address ?? question.name).toLowerCase(),
    port: question.port ?? 22,
    user: question.user ?? account.user,
    family: 0,
    identityFiles: defaultIdentities.map(inHome),
    identitiesOnly: false,
    identityAgent: null,
    userKnownHostsFiles: ["known_hosts", "known_hosts2"].map(inHome),
    globalKnownHostsFiles: ["/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"],
    configFile: null,
    hostKeyAlias: null,
    hashKnownHosts: false,
    proxyJump: question.jump?.toLowerCase() === "none" ? null : question.jump,
    proxyCommand: null,
    proxyUseFdpass: false,
  };
}
