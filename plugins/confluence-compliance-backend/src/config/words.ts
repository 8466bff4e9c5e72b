// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

export const text = z.string().trim().min(1);

/** Keys of later versions: named, so that nobody believes that they already do something. */
export const later = z
  .undefined('is not supported by this version yet: remove it')
  .optional();

export const idSchema = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    'must be 1 to 63 lowercase letters, digits and dashes, with a letter or digit at both ends',
  );
