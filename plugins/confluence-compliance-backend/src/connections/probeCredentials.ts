// SPDX-License-Identifier: Apache-2.0
import type { Problem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { isFailure } from './failures';
import { credentialsProblem } from './problems';
import { many, type ProbeContext } from './probe';

/** What the key of an organization reads of the credentials of people. */
export interface CredentialsAnswer {
  /** What was seen of the lists that can be read. */
  saw: string[];
  /** Why others cannot. */
  problems: Problem[];
}

/** Asks for a little of both lists. A failure of one is an answer, not an error. */
export async function probeCredentials({
  definition,
  opened,
  now,
  signal,
}: ProbeContext): Promise<CredentialsAnswer> {
  const { organization: client } = opened;
  const answer: CredentialsAnswer = { saw: [], problems: [] };
  if (!client) {
    return answer;
  }
  const expiresAt = definition.organization?.expiresAt;
  const ask = async (list: string, look: () => Promise<string>) => {
    try {
      answer.saw.push(await look());
    } catch (error) {
      if (!isFailure(error)) {
        throw error;
      }
      answer.problems.push(credentialsProblem(error, list, { expiresAt, now }));
    }
  };
  await ask('api-tokens', async () => {
    const { items, next } = await client.apiTokens({ signal });
    return many(items.length, next, 'API token');
  });
  await ask('service-accounts', async () => {
    const { items, next } = await client.serviceAccounts({ signal });
    return many(items.length, next, 'service account');
  });
  return answer;
}
