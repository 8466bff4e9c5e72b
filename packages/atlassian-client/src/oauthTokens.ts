// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { Endpoint } from './endpoints';
import {
  type AtlassianError,
  CredentialRefusedError,
  GrantRefusedError,
  UpstreamError,
} from './errors';
import type { Answer } from './exchange';
import { detailsOf } from './failures';
import { optional } from './fields';
import type { OAuthTokens } from './OAuthApp';

const tokenText = z.string().regex(/^[\x21-\x7e]{1,8192}$/);
const tokensSchema = z.object({
  access_token: tokenText,
  // One that cannot be read must not pass for none: the one before is about to end.
  refresh_token: optional(tokenText),
  expires_in: z.number().positive().max(1e9).catch(3600),
  scope: z.string().catch(''),
});
const refusalSchema = z.object({ error: z.string() });

/** The grant is over, as RFC 6749 says it and as Atlassian does. */
const grantErrors = ['invalid_grant', 'unauthorized_client'];
/** The app itself is not accepted. */
const appErrors = ['access_denied', 'invalid_client'];
/** What else may be wrong, of the words that are safe to repeat. */
const requestErrors = [
  'invalid_request',
  'invalid_scope',
  'unsupported_grant_type',
];

/**
 * Reads the tokens out of a good answer.
 *
 * @param asked - when the answer was asked for, in milliseconds since the epoch
 * @throws {@link UpstreamError} of kind `invalid-response`
 */
export function readTokens(
  endpoint: Endpoint,
  answer: Answer,
  asked: number,
): OAuthTokens {
  const parsed = tokensSchema.safeParse(answer.json);
  if (!parsed.success) {
    throw new UpstreamError('invalid-response', {
      ...detailsOf(endpoint, answer),
      reason: 'no usable token',
    });
  }
  const { access_token, refresh_token, expires_in, scope } = parsed.data;
  return {
    accessToken: access_token,
    ...(refresh_token && { refreshToken: refresh_token }),
    expiresAt: new Date(asked + expires_in * 1000),
    scopes: scope.split(/\s+/).filter(Boolean),
  };
}

/**
 * Says what the token address means by a refusal. Only its own word makes a person connect again:
 * whatever else stands in the way, such as the page of a proxy, may pass.
 */
export function explainRefusedGrant(
  endpoint: Endpoint,
  answer: Answer,
): AtlassianError | undefined {
  const { status } = answer;
  if (status < 400 || status >= 500) {
    return undefined;
  }
  const details = detailsOf(endpoint, answer);
  const word = refusalSchema.safeParse(answer.json).data?.error;
  if (word === undefined) {
    const reason = 'a refusal that is not its own';
    return new UpstreamError('invalid-response', { ...details, reason });
  }
  if (grantErrors.includes(word)) {
    return new GrantRefusedError(details);
  }
  if (appErrors.includes(word)) {
    return new CredentialRefusedError(
      'unauthenticated',
      details,
      'Atlassian does not accept the OAuth app: its client id or its client secret is wrong',
    );
  }
  const reason = requestErrors.find(known => known === word);
  return new UpstreamError('client', { ...details, reason });
}
