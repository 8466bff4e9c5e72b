// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { idSchema, text } from './words';

const MEGABYTE = 1024 * 1024;

const catalogSource = z.strictObject({
  source: z.literal('catalog'),
  filter: z
    .record(
      z.string(),
      z.union(
        [text, z.array(text).min(1)],
        'must be a text or a list of texts',
      ),
    )
    .default({ 'metadata.namespace': 'default' }),
});

const fileSource = z
  .strictObject({
    source: z.literal('file'),
    id: idSchema.refine(
      id => id !== 'catalog',
      'must not be catalog, which is the catalog itself: choose another, such as hr',
    ),
    path: text.optional(),
    url: text.regex(/^https:\/\/[^\s/]+/, 'must be an https URL').optional(),
    format: z.enum(['csv', 'json']).optional(),
    ignore: z.array(text).default([]),
    maxBytes: z
      .number()
      .int()
      .min(1)
      .max(200 * MEGABYTE)
      .default(20 * MEGABYTE),
  })
  .refine(({ path, url }) => (path === undefined) !== (url === undefined), {
    path: ['path'],
    message: 'or url must be set, and not both',
  });

/** Where personnel records come from; more than the catalog add to what it says. */
export const peopleSchema = z
  .array(
    z.discriminatedUnion('source', [catalogSource, fileSource], {
      error: 'must be catalog or file',
    }),
  )
  .superRefine((sources, context) => {
    const seen = new Set<string>();
    sources.forEach((source, index) => {
      if (source.source === 'file' && seen.has(source.id)) {
        context.addIssue({
          code: 'custom',
          path: [index, 'id'],
          message: `'${source.id}' is there twice: give each source an id of its own`,
        });
      }
      if (source.source === 'file') {
        seen.add(source.id);
      }
    });
  })
  .prefault([{ source: 'catalog' }]);

type AnySource = z.output<typeof peopleSchema>[number];

/** People of the catalog. */
export type CatalogSourceConfig = Extract<AnySource, { source: 'catalog' }>;

/** People of a CSV or JSON file. */
export type FileSourceConfig = Extract<AnySource, { source: 'file' }>;
