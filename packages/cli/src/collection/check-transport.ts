import { hasSsh, UsageError } from "@inquest/core";
import type { FleetOptions } from "@inquest/core";
import type { ParsedArgs } from "../command.ts";
import { flagOf } from "../options/option-values.ts";

/** Whether the transport that is asked for can do what is asked. Throws UsageError, before anything is begun. */
export async function checkTransport(
  { transport }: Pick<FleetOptions, "transport">,
  args: ParsedArgs,
): Promise<void> {
  if (transport !== "openssh") return;
  if (flagOf(args, "ask-password") && !flagOf(args, "batch"))
    throw new UsageError(
      "password-by-openssh",
      "--transport openssh: ssh is not given a password, -A has no use",
      {
        hint: "log in by a key, an agent or a certificate, or leave --transport openssh out",
      },
    );
  if (!(await hasSsh()))
    throw new UsageError("no-ssh", "--transport openssh: there is no ssh on the PATH", {
      hint: "install OpenSSH's client, or leave --transport openssh out",
    });
}
