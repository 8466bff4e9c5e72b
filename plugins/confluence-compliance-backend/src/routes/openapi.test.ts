// SPDX-License-Identifier: Apache-2.0
import type { Express } from 'express';
import express from 'express';
import { allRoutes } from '.';
import { mountRoutes } from './mountRoutes';
import { openApiDocument } from './openapi';
import type { Rooms } from './rooms';

interface Operation {
  operationId: string;
  parameters: Array<{
    name: string;
    in: string;
    required: boolean;
    schema: object;
  }>;
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
}

type Content = Record<string, { schema: Record<string, unknown> }>;

interface Layer {
  name: string;
  route?: { path: string; methods: Record<string, boolean> };
}

/** What express really serves. */
function servedBy(router: Express | express.Router): string[] {
  return (router.stack as Layer[]).flatMap(({ route }) =>
    route
      ? Object.keys(route.methods).map(method => `${method} ${route.path}`)
      : [],
  );
}

describe('openApiDocument', () => {
  const routes = allRoutes({} as Rooms);
  const document = JSON.parse(JSON.stringify(openApiDocument(routes))) as {
    openapi: string;
    info: { title: string; version: string };
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, object> };
  };
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path,
      method,
      operation,
    })),
  );

  it('speaks of every route that is served, and of no other', () => {
    const served = servedBy(mountRoutes(routes, {} as never));
    expect(served).not.toHaveLength(0);
    expect(
      operations
        .map(({ path, method }) => `${method} ${path}`)
        .map(text => text.replace(/\{(\w+)\}/g, ':$1'))
        .sort(),
    ).toEqual([...served].sort());
    const { paths } = document;
    expect(Object.keys(paths)).toContain('/openapi.json');
  });

  it('has the form of OpenAPI 3.1', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.info).toMatchObject({
      title: expect.any(String),
      version: expect.any(String),
    });
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operations) {
      const inPath = operation.parameters.filter(p => p.in === 'path');
      const templated = [...path.matchAll(/\{(\w+)\}/g)].map(
        ([, name]) => name,
      );
      expect(inPath.map(({ name }) => name)).toEqual(templated);
      for (const parameter of operation.parameters) {
        expect(['path', 'query']).toContain(parameter.in);
        expect(parameter.in === 'query' || parameter.required).toBe(true);
        expect(parameter.schema).not.toEqual({});
      }
      expect(Object.keys(operation.responses)).toEqual(
        expect.arrayContaining(['400', '401', '403']),
      );
      for (const [status, response] of Object.entries(operation.responses)) {
        expect(status).toMatch(/^[2-5]\d\d$/);
        expect(response.description).not.toBe('');
      }
    }
  });

  it('resolves every reference and says no secret of its making', () => {
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)];
    expect(references).not.toHaveLength(0);
    for (const [, reference] of references) {
      const name = reference.replace('#/components/schemas/', '');
      expect(document.components.schemas).toHaveProperty([name]);
    }
    expect(text).not.toContain('"$schema"');
  });

  it('tells limits, choices and defaults of parameters', () => {
    const { parameters } = document.paths['/accounts'].get;
    const named = (name: string) => parameters.find(p => p.name === name);
    expect(named('limit')).toMatchObject({
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    });
    expect(named('sort')).toMatchObject({
      schema: {
        enum: ['name', 'status', 'class', '-name', '-status', '-class'],
      },
    });
    const { requestBody } = document.paths['/runs/{id}/accept'].post;
    expect(requestBody?.content['application/json'].schema).toMatchObject({
      required: ['readId', 'reason'],
    });
  });
});
