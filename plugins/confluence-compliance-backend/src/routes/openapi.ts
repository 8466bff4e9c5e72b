// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { Route } from './route';

type Json = Record<string, unknown>;

const errorTexts = {
  400: 'The request is wrong; the message names the field',
  401: 'Nobody is signed in',
  403: 'Not allowed; the message names what is missing',
  404: 'There is no such thing',
  409: 'Not possible in the present state',
  410: 'Not kept any more: start over',
  503: 'Confluence or another service does not answer as it should',
} as const;

/** The OpenAPI 3.1 document of the given routes. */
export function openApiDocument(routes: Route[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Confluence Compliance',
      version: '1',
      description:
        'Who can do what in Confluence, its policy pages, and the checks on them.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/confluence-compliance' }],
    security: [{ backstage: [] }],
    paths,
    components: {
      securitySchemes: { backstage: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Error: toSchema(
          z.looseObject({
            error: z.looseObject({ name: z.string(), message: z.string() }),
          }),
          'output',
        ),
      },
    },
  };
}

function operation(route: Route): Json {
  const errors = [400, 401, 403, ...route.errors] as const;
  return {
    operationId: route.id,
    summary: route.summary,
    description: `Needs ${route.permissions
      .map(({ name }) => `\`${name}\``)
      .join(' and ')}${
      route.servicesOnly
        ? ', and is for services named in the configuration only'
        : ''
    }.`,
    parameters: [
      ...parameters('path', route.params),
      ...parameters('query', route.query),
    ],
    ...(route.body && {
      requestBody: {
        required: true,
        content: content(toSchema(route.body, 'input')),
      },
    }),
    responses: {
      [route.status]: {
        description: route.status === 202 ? 'Accepted' : 'Done',
        ...(route.answer && {
          content: content(toSchema(route.answer, 'output')),
        }),
        ...(route.streams && {
          content: { [route.streams]: { schema: { type: 'string' } } },
        }),
      },
      ...Object.fromEntries(
        errors.map(status => [
          status,
          {
            description: errorTexts[status],
            content: content({ $ref: '#/components/schemas/Error' }),
          },
        ]),
      ),
    },
  };
}

function parameters(place: 'path' | 'query', schema?: z.ZodType): Json[] {
  if (!schema) {
    return [];
  }
  const { properties = {}, required = [] } = toSchema(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, one]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: one,
  }));
}

function content(schema: Json): Json {
  return { 'application/json': { schema } };
}

function toSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    override({ jsonSchema }) {
      // The format says it; the pattern would be most of the document.
      if (jsonSchema.format === 'date-time') {
        delete jsonSchema.pattern;
      }
    },
  });
  return rest;
}
