// SPDX-License-Identifier: Apache-2.0
import type { AuthMethod } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** What is wrong, by the field that it stands at: `site`, `oauth.clientId`, `organization.id`. */
export type FieldErrors = Record<string, string>;

const secrets = new Set(['clientSecret', 'token']);

/** The field that shows what the backend says about `path`, or undefined. */
function fieldOf(path: string, methods: AuthMethod[]): string | undefined {
  const auth = path.match(/^auth\[(\d+)\]\.(\w+)$/);
  if (auth) {
    const method = methods[Number(auth[1])];
    const name = secrets.has(auth[2]) ? 'secret' : auth[2];
    return method && `${method}.${name}`;
  }
  return /^(site|title|owner|adminConfirmed|organization\.(id|apiKey|expiresAt))$/.test(
    path,
  )
    ? path
    : undefined;
}

/**
 * Puts what the backend refused where it was entered. It names fields either as zod does
 * (`✖ message`, then `→ at auth[0].token`), or at the beginning of a sentence
 * (`site: message`, `auth[0].token must …`). What names no field here is the rest.
 */
export function serverErrors(
  message: string,
  methods: AuthMethod[],
): { fields: FieldErrors; rest?: string } {
  const fields: FieldErrors = {};
  const rest: string[] = [];
  const parts = message.includes('✖')
    ? message.split(/^✖ /m).filter(part => part.trim())
    : [message];
  for (const part of parts) {
    const [text, where] = part.split(/\n\s*→ at /);
    const begins = part.match(
      /^[`']?([a-zA-Z]+(?:\[\d+\])?(?:\.[a-zA-Z]+)?)[`']?(?::\s*|\s)/,
    )?.[1];
    const path = where?.trim() ?? begins ?? '';
    const field = fieldOf(path, methods);
    if (field) {
      fields[field] = text.replace(/^[`']?[\w[\].]+[`']?:\s/, '').trim();
    } else {
      rest.push(part.trim());
    }
  }
  return { fields, rest: rest.join(' ') || undefined };
}
