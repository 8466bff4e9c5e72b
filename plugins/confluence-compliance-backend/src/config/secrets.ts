// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { text } from './words';

const KEY_BYTES = 32;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** A key that seals credentials; the secret is 32 bytes. */
export interface SealingKey {
  id: string;
  secret: Uint8Array;
}

const keySchema = z.strictObject({
  id: text.max(64),
  secret: z.string().transform((value, context): Uint8Array => {
    const bytes = Buffer.from(value.trim(), 'base64');
    if (!base64.test(value.trim()) || bytes.length !== KEY_BYTES) {
      context.addIssue({
        code: 'custom',
        message: `must be ${KEY_BYTES} bytes in base64: make one with 'openssl rand -base64 32'`,
      });
      return z.NEVER;
    }
    return new Uint8Array(bytes);
  }),
});

/** The first key seals, all of them open. */
export const secretsSchema = z
  .strictObject({ keys: z.array(keySchema).default([]) })
  .superRefine(({ keys }, context) => {
    keys.forEach(({ id }, index) => {
      if (keys.findIndex(key => key.id === id) !== index) {
        context.addIssue({
          code: 'custom',
          path: ['keys', index, 'id'],
          message: `'${id}' is used twice: give each key an id of its own`,
        });
      }
    });
  })
  .prefault({});

/** The app of Atlassian's developer console that asks people for access. */
export const oauthSchema = z
  .strictObject({
    clientId: text,
    clientSecret: text,
    callbackUrl: z.url('must be the address of the portal').optional(),
  })
  .optional();
