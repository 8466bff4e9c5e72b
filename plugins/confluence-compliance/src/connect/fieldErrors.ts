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

/** What stands at the beginning of a sentence of the backend: `site`, `auth[0].token`. */
const beginning =
  /^[`']?([a-zA-Z]+(?:\[\d+\])?(?:\.[a-zA-Z]+)?)[`']?(:\s+|\s+)/;

/** A sentence begins with a capital; an address stays as it is. */
const upper = (text: string) =>
  text.replace(/^[a-z](?=[a-z']*[,:]?\s)/, first => first.toUpperCase());

/** What was said, with the path that zod puts beside it. */
function partsOf(message: string): Array<{ text: string; where?: string }> {
  const parts = message.includes('✖')
    ? message.split(/^✖ /m).filter(part => part.trim())
    : [message];
  return parts.map(part => {
    const [text, where] = part.trim().split(/\n\s*→ at /);
    return { text, where };
  });
}

/** What a person calls the field at a path of the backend; undefined where it is none. */
export type NameOf = (path: string) => string | undefined;

/** A sentence that begins with the path of a field, or stands at one, as a person says it. */
function sentence(text: string, nameOf: NameOf, path?: string): string {
  const [begins, begun, colon = ''] = text.match(beginning) ?? [];
  const name = begun && nameOf(begun);
  if (begins && name) {
    const said = text.slice(begins.length).trim();
    if (colon.startsWith(':')) {
      return path ? upper(said) : `${name}: ${said}`;
    }
    return `${name} ${said}`;
  }
  const standing = path && nameOf(path);
  return standing && /^[a-z]/.test(text) ? `${standing} ${text}` : upper(text);
}

/** What the backend refused, with fields called by their names. */
export const inWords = (message: string, nameOf: NameOf): string =>
  partsOf(message)
    .map(({ text, where }) => sentence(text, nameOf, where))
    .join(' ');

/**
 * Puts what the backend refused where it was entered. It names fields either as zod does
 * (`✖ message`, then `→ at auth[0].token`), or at the beginning of a sentence
 * (`site: message`, `auth[0].token must …`). What names no field here is the rest.
 */
export function serverErrors(
  message: string,
  methods: AuthMethod[],
  nameOf: NameOf,
): { fields: FieldErrors; rest?: string } {
  const fields: FieldErrors = {};
  const rest: string[] = [];
  for (const { text, where } of partsOf(message)) {
    const path = where ?? text.match(beginning)?.[1] ?? '';
    const field = fieldOf(path, methods);
    if (field) {
      const said = sentence(text, nameOf, path);
      fields[field] = fields[field] ? `${fields[field]}. ${said}` : said;
    } else {
      rest.push(sentence(text, nameOf, where));
    }
  }
  return { fields, rest: rest.join(' ') || undefined };
}
