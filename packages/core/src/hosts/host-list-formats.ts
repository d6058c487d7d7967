import { ansibleIni } from "./formats/ansible-ini.ts";
import { ansibleYaml } from "./formats/ansible-yaml.ts";
import { clustershell } from "./formats/clustershell.ts";
import { genders } from "./formats/genders.ts";
import type { HostListFormat } from "./formats/host-list-format.ts";
import { json } from "./formats/json.ts";
import { plain } from "./formats/plain.ts";
import { pssh } from "./formats/pssh.ts";
import { sshConfig } from "./formats/ssh-config.ts";
import { wcoll } from "./formats/wcoll.ts";

/** Grammars in the order in which they are tried. Plain takes what no other recognises. */
export const hostListFormats: readonly HostListFormat[] = [
  json,
  ansibleYaml,
  ansibleIni,
  sshConfig,
  clustershell,
  genders,
  wcoll,
  pssh,
  plain,
];

/** Their names, as --hosts-format takes them. */
export const hostListFormatNames: readonly string[] = hostListFormats.map(({ name }) => name);
