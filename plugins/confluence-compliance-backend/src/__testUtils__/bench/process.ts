// SPDX-License-Identifier: Apache-2.0

/**
 * The plugin on the backend of Backstage, in a process of its own to be measured: everything is as in
 * a portal, but tasks run when they are told to and the catalog is everybody in the sandbox. What is
 * below `/api/bench` belongs to the measurement.
 */
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import Router from 'express-promise-router';
import { database, pluginClient } from './database';
import { employees } from './employees';
import { ManualScheduler } from './ManualScheduler';
import { Tables } from './Tables';
import { Usage } from './Usage';

const usage = new Usage();
const tasks = new ManualScheduler();

const scheduler = createServiceFactory({
  service: coreServices.scheduler,
  deps: {},
  factory: () => tasks,
});

const bench = createBackendPlugin({
  pluginId: 'bench',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter },
      async init({ http }) {
        let opened: Tables | undefined;
        const tables = async () => {
          opened ??= new Tables(await pluginClient());
          return opened;
        };
        const router = Router();
        router.post('/tasks/:id', async (request, response) => {
          const begun = performance.now();
          await tasks.run(request.params.id);
          response.json({ ms: performance.now() - begun });
        });
        router.get('/usage', async (_request, response) => {
          const logPosition = await (await tables()).logPosition();
          const { bytesWritten, ...rest } = await usage.report();
          response.json({ ...rest, bytesWritten: logPosition ?? bytesWritten });
        });
        router.get('/head', async (_request, response) => {
          response.json({ head: await (await tables()).head() });
        });
        router.get('/written/:revision', async (request, response) => {
          const since = Number(request.params.revision);
          response.json(await (await tables()).writtenSince(since));
        });
        router.get('/standing', async (_request, response) => {
          response.json(await (await tables()).standing());
        });
        router.put('/watch', async (_request, response) => {
          (await tables()).watch();
          response.json({});
        });
        router.delete('/watch', async (_request, response) => {
          response.json({ tables: await (await tables()).readWhole() });
        });
        router.get('/stream', async (request, response) => {
          const { search } = new URL(request.url, 'http://127.0.0.1');
          const names = new URLSearchParams(search).getAll('table');
          response.json(await (await tables()).stream(names));
        });
        http.use(router);
        http.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
      },
    });
  },
});

const backend = createBackend();
backend.add(database);
backend.add(scheduler);
backend.add(employees);
backend.add(import('../..'));
backend.add(bench);
backend.start().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
