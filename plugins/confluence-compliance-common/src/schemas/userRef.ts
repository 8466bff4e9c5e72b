// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** Entity ref of a user: who owns, decides or removes something has to be one, not a team. @public */
export const userRefSchema = z
  .string()
  .regex(
    /^user:[^\s:/]+\/[^\s:/]+$/i,
    'must be the entity ref of a user such as user:default/lena',
  )
  .max(255);
