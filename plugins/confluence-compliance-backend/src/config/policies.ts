// SPDX-License-Identifier: Apache-2.0
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';
import { DOCUMENT_IDS } from './documents';
import { isoDuration } from './duration';
import { FRAMEWORKS, STANDARD_FRAMEWORKS } from './frameworks';
import { checkConnection, KnownConnection } from './known';
import { mistake } from './mistakes';
import {
  headingsSchema,
  structureSchema,
  type StructureRule,
} from './policyStructure';
import { idSchema, text } from './words';

/** How the page of a policy is found. */
export type PageRule =
  | { by: 'id'; id: string }
  | { by: 'label'; label: string }
  | { by: 'title'; space: string; title: string };

/** A document that the organization must have. */
export interface PolicyConfig {
  id: string;
  title: string;
  connection: string;
  page: PageRule;
  /** Default: nothing is looked for. */
  structure?: StructureRule;
  /** Ids of the documents of frameworks that it is. */
  fulfils?: string[];
  /** Refs of the groups whom it concerns; default nobody. */
  acknowledgedBy?: string[];
  /** How long ago its last review may be: an ISO 8601 duration. Default what the check says. */
  reviewEvery?: string;
}

const documentIds = z.array(
  z
    .string()
    .refine(
      id => DOCUMENT_IDS.includes(id),
      `must be one of ${DOCUMENT_IDS.join(', ')}`,
    ),
);

/** Refs of groups, each once. */
const groupsSchema = z
  .array(
    text.transform((entered, context) => {
      try {
        const ref = parseEntityRef(entered, {
          defaultKind: 'group',
          defaultNamespace: 'default',
        });
        if (ref.kind.toLowerCase() === 'group') {
          return stringifyEntityRef(ref);
        }
      } catch {
        // What it must be is said below.
      }
      context.addIssue({
        code: 'custom',
        message: 'must be a group of the catalog, such as group:default/staff',
      });
      return z.NEVER;
    }),
  )
  .max(50)
  .transform(refs => [...new Set(refs)])
  .optional();

const pageSchema = z
  .strictObject({
    connection: text,
    // YAML reads an id without quotes as a number.
    id: z
      .union([text, z.number().int().transform(String)], 'must be a page id')
      .optional(),
    label: text.optional(),
    space: text.optional(),
    title: text.optional(),
  })
  .transform(({ connection, id, label, space, title }, context) => {
    const rules: PageRule[] = [];
    if (id !== undefined) {
      rules.push({ by: 'id', id });
    }
    if (label !== undefined) {
      rules.push({ by: 'label', label });
    }
    if (space !== undefined && title !== undefined) {
      rules.push({ by: 'title', space, title });
    }
    if (rules.length !== 1 || (space === undefined) !== (title === undefined)) {
      context.addIssue({
        code: 'custom',
        message:
          'must name the page in one way: by id, by label, or by space and title',
      });
      return z.NEVER;
    }
    return { connection, rule: rules[0] };
  });

export const policiesSchema = z
  .strictObject({
    frameworks: z
      .array(z.enum(FRAMEWORKS, `must be one of ${FRAMEWORKS.join(', ')}`))
      .default(STANDARD_FRAMEWORKS),
    required: z
      .array(
        z.strictObject({
          id: idSchema,
          title: text,
          page: pageSchema,
          headings: headingsSchema,
          fulfils: documentIds.optional(),
          acknowledgedBy: groupsSchema,
          reviewEvery: isoDuration('P12M').optional(),
        }),
      )
      .default([]),
    structure: structureSchema,
    documentsNotNeeded: documentIds.default([]),
  })
  .prefault({});

/** Policies of connections that exist and read pages, each with an id of its own. */
export function readPolicies(
  { required, structure }: z.output<typeof policiesSchema>,
  connections: KnownConnection[],
): PolicyConfig[] {
  const seen = new Set<string>();
  return required.map((entry, index) => {
    const { id, title, page, headings, fulfils } = entry;
    const { acknowledgedBy, reviewEvery } = entry;
    const { connection, rule } = page;
    const path = ['policies', 'required', index];
    if (seen.has(id)) {
      throw mistake(
        [...path, 'id'],
        `'${id}' is used twice: give each policy an id of its own`,
      );
    }
    seen.add(id);
    checkConnection(connections, connection, 'policy', [
      ...path,
      'page',
      'connection',
    ]);
    return {
      id,
      title,
      connection,
      page: rule,
      // A policy that is called what a document is called is that document.
      fulfils: [
        ...new Set([
          ...DOCUMENT_IDS.filter(document => document === id),
          ...(fulfils ?? []),
        ]),
      ],
      ...(acknowledgedBy && { acknowledgedBy }),
      ...(reviewEvery && { reviewEvery }),
      structure: {
        ...structure,
        headings: [...new Set([...structure.headings, ...headings])],
      },
    };
  });
}
