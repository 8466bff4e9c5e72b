// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { idText } from './fields';
import { moment, text } from './told';

/**
 * An API token that a managed account of an organization has made, never the token itself. The label
 * is what people typed: treat it as hostile. What Atlassian does not tell is absent.
 *
 * @public
 */
export interface OrganizationApiToken {
  /** Atlassian's id of the token. */
  id: string;
  /** Account id of who made it and acts through it. */
  accountId: string;
  /** What its owner called it. */
  label?: string;
  /** `ALLOWED`, `BLOCKED`, or something new. */
  status?: string;
  /** ISO 8601 in UTC. */
  createdAt?: string;
  /** ISO 8601 in UTC. */
  expiresAt?: string;
  /** When it was last used, ISO 8601 in UTC. */
  lastActiveAt?: string;
}

/**
 * A service account of an organization. All texts are what people typed: treat them as hostile. What
 * Atlassian does not tell is absent.
 *
 * @public
 */
export interface OrganizationServiceAccount {
  /** Account id, by which sites know it. */
  accountId: string;
  /** Its name. */
  displayName?: string;
  /** Its email, which no mail reaches. */
  email?: string;
  /** Its state in a word of Atlassian's, of which the reference names none. */
  status?: string;
  /** Account id of who made it. */
  createdById?: string;
}

export const apiTokenSchema: z.ZodType<OrganizationApiToken> = z
  .object({
    id: idText,
    user: z.object({ id: idText }),
    label: text,
    status: text,
    createdAt: moment,
    expiresAt: moment,
    lastActiveAt: moment,
  })
  .transform(({ user, ...token }) => ({ ...token, accountId: user.id }));

export const serviceAccountSchema: z.ZodType<OrganizationServiceAccount> = z
  .object({
    atlassianId: idText,
    displayName: text,
    email: text,
    status: text,
    createdById: text,
  })
  .transform(({ atlassianId, ...account }) => ({
    ...account,
    accountId: atlassianId,
  }));
