// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** An id that can be stored and asked for: short, without control characters and half ones. */
export const idText = z
  .string()
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u);

/** A word of Atlassian's own, known to us or new. */
export const word = z
  .string()
  .max(32)
  .regex(/^[^\p{Cc}\p{Cs}/]+$/u);

/** Ids are texts, but numbers are seen where an older part of Confluence answers. */
export const id = z.union([
  idText,
  z
    .number()
    .int()
    .transform(value => String(value)),
]);

/** `null` and what is missing are the same to us. */
export function optional<T extends z.ZodType>(schema: T) {
  return schema
    .nullable()
    .transform(value => value ?? undefined)
    .optional();
}

/** As `optional`, where an empty text also means "not told". */
export const optionalText = z
  .string()
  .nullable()
  .transform(value => value || undefined)
  .optional();

/** A path below the site's `/wiki`. Whatever could lead elsewhere is dropped. */
export const links = z
  .object({
    webui: z
      .string()
      .regex(/^\/(?![/\\])/)
      .optional()
      .catch(undefined),
  })
  .optional()
  .catch(undefined);

export function withWebui<T extends { _links?: { webui?: string } }>(
  record: T,
) {
  const { _links, ...rest } = record;
  return { ...rest, webui: _links?.webui };
}
