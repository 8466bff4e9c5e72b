// SPDX-License-Identifier: Apache-2.0
import { AtlassianError } from '@confluence-compliance/atlassian-client';
import type {
  ConnectionTest,
  RunDataset,
  UserGroupChoices,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { InputError } from '@backstage/errors';
import type { Access, Opened } from './Clients';
import { cloudIdProblem } from './cloudId';
import { accessFor, clientOf, type Connections } from './Connections';
import type { KnownCapability } from './ConnectionStates';
import { isFailure, PATIENCE_MS } from './failures';
import { problemOf, runProblem } from './problems';
import { probeDatasets, type Probed } from './probe';
import { directoryOf, probeOrganization } from './probeOrganization';
import type { ConnectionDefinition } from './types';
import { choicesOf } from './userGroups';

/** What Atlassian just answered; what is derived of it is added by whoever asks. */
export type TestAnswer = Omit<ConnectionTest, 'capabilities'> & {
  capabilities: Array<Probed & { checkedAt: string }>;
};

/** Asks Atlassian what the credentials of a connection can read. */
export class ConnectionTests {
  readonly #connections: Connections;
  readonly #now: () => Date;
  readonly #patienceMs: number;

  /** @param patienceMs - how long Atlassian may take for all questions of a test together */
  constructor(
    connections: Connections,
    now: () => Date = () => new Date(),
    patienceMs = PATIENCE_MS,
  ) {
    this.#connections = connections;
    this.#now = now;
    this.#patienceMs = patienceMs;
  }

  /** Failures are answers, not errors. What is found is remembered. */
  async test(id: string): Promise<TestAnswer> {
    const signal = AbortSignal.timeout(this.#patienceMs);
    const connections = this.#connections;
    const opened = await connections.prepare(id);
    const definition = connections.get(id);
    const before = connections.usage(id).requests;
    const now = this.#now();
    const testedAt = now.toISOString();
    const context = { definition, opened, now, signal };
    const credentials = await Promise.all(
      opened.access.map(async access => {
        const found = await testCredential(definition, access, now, signal);
        const { clients } = connections;
        const problem = found.ok
          ? await cloudIdProblem(clients, definition, access, now, signal)
          : undefined;
        return problem ? { ...found, ok: false, problem } : found;
      }),
    );
    const organization = await probeOrganization(context);
    const refused = new Map(
      opened.access.flatMap((access, index) => {
        const { ok, problem } = credentials[index];
        return ok || !problem ? [] : [[access, problem]];
      }),
    );
    const probed = [
      ...(await probeDatasets({ ...context, refused })),
      ...directoryOf(definition, organization),
    ];
    const capabilities = probed.map(found => ({
      ...found,
      checkedAt: testedAt,
    }));
    await this.#remember(definition, capabilities);
    return {
      ok: credentials.every(({ ok }) => ok),
      testedAt,
      requests: connections.usage(id).requests - before,
      durationMs: this.#now().getTime() - now.getTime(),
      credentials,
      organization: organization && {
        ok: !organization.problem,
        ...organization,
      },
      capabilities,
    };
  }

  /** Takes over what a run has found of what can be read; never fails the run. */
  async noteRun(id: string, report: readonly RunDataset[]): Promise<void> {
    const connections = this.#connections;
    const opened = await connections.prepare(id);
    const definition = connections.get(id);
    const now = this.#now();
    const checkedAt = now.toISOString();
    const found: Array<Probed & { checkedAt: string }> = report
      .filter(({ state }) => state !== 'waiting' && state !== 'running')
      // Where nothing was asked, nothing was learnt; a failure has the reason of what it needs.
      .filter(
        ({ state, containers }) => state !== 'complete' || containers.total > 0,
      )
      .map(dataset => ({ ...capabilityOf(opened, dataset), checkedAt }));
    const signal = AbortSignal.timeout(this.#patienceMs);
    const context = { definition, opened, now, signal };
    const organization = await probeOrganization(context);
    for (const probed of directoryOf(definition, organization)) {
      const wasRead = found.some(({ dataset }) => dataset === probed.dataset);
      // What a run saw says more than that the key is accepted.
      if (!wasRead || probed.problem) {
        found.push({ ...probed, checkedAt });
      }
    }
    await this.#remember(definition, found);
  }

  /** Groups that can hold the population of a site, as Confluence lists them now. */
  async userGroups(
    id: string,
    search: string | undefined,
    signal?: AbortSignal,
  ): Promise<UserGroupChoices> {
    const opened = await this.#connections.prepare(id);
    const access = accessFor(opened, 'access-review');
    try {
      return await choicesOf(clientOf(access), search, signal);
    } catch (error) {
      if (!(error instanceof AtlassianError)) {
        throw error;
      }
      const { method, expiresAt } = access.method;
      const { site } = this.#connections.get(id);
      const now = this.#now();
      const { text } = problemOf(error, { method, site, expiresAt, now });
      throw new InputError(`The groups cannot be read: ${text}`);
    }
  }

  /** Of a connection that was changed meanwhile nothing is remembered. */
  async #remember(
    { id, version, madeAt }: ConnectionDefinition,
    found: ReadonlyArray<Probed & { checkedAt: string }>,
  ): Promise<void> {
    const connections = this.#connections;
    await connections.reload();
    const present = connections.all().find(other => other.id === id);
    if (present?.version !== version || present.madeAt !== madeAt) {
      return;
    }
    const known = Object.fromEntries(
      found.map(({ dataset, ...capability }): [string, KnownCapability] => [
        dataset,
        capability,
      ]),
    );
    await connections.states.addCapabilities(id, known);
  }
}

/** Who a credential is. */
async function testCredential(
  { site }: ConnectionDefinition,
  access: Access,
  now: Date,
  signal?: AbortSignal,
): Promise<ConnectionTest['credentials'][number]> {
  const { method, purposes, expiresAt } = access.method;
  try {
    const user = await clientOf(access).currentUser({ signal });
    const accountName = user.displayName ?? user.publicName;
    const { accountId } = user;
    // The sync that follows need not ask again as whom it reads.
    access.principal ??= Promise.resolve({ name: accountId, accountId });
    return { method, purposes, ok: true, accountId, accountName };
  } catch (error) {
    if (!isFailure(error)) {
      throw error;
    }
    const problem = problemOf(error, { method, site, expiresAt, now });
    // Accepted, and not allowed to say who it is: the datasets tell what it can do.
    const ok = problem.code === 'scope-missing';
    return { method, purposes, ok, problem };
  }
}

const abilities: Partial<Record<RunDataset['state'], Probed['ability']>> = {
  complete: 'can',
  partial: 'partly',
};

/** Datasets that are read with the method for policy. */
const CONTENT = new Set<string>(['spaces', 'pages', 'labels', 'restrictions']);

/** What a run says of whether a dataset can be read. */
function capabilityOf(
  opened: Opened,
  { dataset, state, rows, reasons }: RunDataset,
): Probed {
  const [reason] = reasons;
  const purpose = CONTENT.has(dataset) ? 'policy' : 'access-review';
  const { method } = accessFor(opened, purpose).method;
  const ability = abilities[state] ?? 'cannot';
  return {
    dataset: dataset as Probed['dataset'],
    ability,
    ...(ability !== 'cannot' && { saw: `${rows} read` }),
    ...(reason && { problem: runProblem(reason, method) }),
  };
}
