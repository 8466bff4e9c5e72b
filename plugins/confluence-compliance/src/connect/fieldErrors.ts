// SPDX-License-Identifier: Apache-2.0
import type { AuthMethod } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** What is wrong, by the field that it stands at: `site`, `api-token.secret`, `organization.id`. */
export type FieldErrors = Record<string, string>;

const token = new Map([
  ['email', 'email'],
  ['token', 'secret'],
  ['expiresAt', 'expiresAt'],
]);

/** The fields that are drawn of each method, by what the backend calls them. */
const drawn: Record<AuthMethod, Map<string, string>> = {
  oauth: new Map(),
  'service-account': new Map([
    ['clientId', 'clientId'],
    ['clientSecret', 'secret'],
    ['expiresAt', 'expiresAt'],
  ]),
  'scoped-api-token': token,
  'api-token': token,
};

/** The field that shows what the backend says about `path`; undefined where none is drawn. */
function fieldOf(path: string, methods: AuthMethod[]): string | undefined {
  const auth = path.match(/^auth\[(\d+)\]\.(\w+)$/);
  if (auth) {
    const method = methods[Number(auth[1])];
    const name = method && drawn[method].get(auth[2]);
    return name && `${method}.${name}`;
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
      const said = text.replace(/^[`']?[\w[\].]+[`']?:\s/, '').trim();
      fields[field] = fields[field] ? `${fields[field]}. ${said}` : said;
    } else {
      rest.push(part.trim());
    }
  }
  return { fields, rest: rest.join(' ') || undefined };
}
