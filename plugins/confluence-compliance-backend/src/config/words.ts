// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

export const text = z.string().trim().min(1);

export const idSchema = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    'must be 1 to 63 lowercase letters, digits and dashes, with a letter or digit at both ends',
  );
