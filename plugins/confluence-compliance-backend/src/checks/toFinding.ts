// SPDX-License-Identifier: Apache-2.0
import type {
  Account,
  Finding,
  Resource,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ConfluenceCheck } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { FindingRecord, Lookups, Revision } from '../history';
import type { Policies } from '../policies';
import { type NameInFact, namesInFacts } from './factNames';
import { toReason } from './reasons';

/** Shows findings as the contract has them, with names of what they are about. */
export class FindingDescriber {
  readonly #resourceOf: (finding: FindingRecord) => Resource | undefined;
  readonly #nameInFact: NameInFact;

  static async of(
    { lookups, policies }: { lookups: Lookups; policies: Policies },
    findings: FindingRecord[],
    revision: Revision,
  ): Promise<FindingDescriber> {
    const describe = await lookups.resources(
      findings.flatMap(finding => {
        const id = refOf(finding);
        return id ? [{ connection: finding.connection, id }] : [];
      }),
      revision,
    );
    const titles = await policies.titles();
    const nameInFact = await namesInFacts(lookups, findings, revision);
    return new FindingDescriber(finding => {
      const ref = refOf(finding);
      const resource = ref ? describe(finding.connection, ref) : undefined;
      return resource && withPolicy(resource, titles);
    }, nameInFact);
  }

  private constructor(
    resourceOf: (finding: FindingRecord) => Resource | undefined,
    nameInFact: NameInFact,
  ) {
    this.#resourceOf = resourceOf;
    this.#nameInFact = nameInFact;
  }

  toFinding(
    finding: FindingRecord,
    { severity, reasons }: Pick<ConfluenceCheck, 'severity' | 'reasons'>,
  ): Finding {
    const { account, connection, exception, key, life, result, revision } =
      finding;
    const resource = this.#resourceOf(finding);
    const isAccount = result.subjectKind === 'account';
    const accountId = isAccount ? result.subjectId : result.accountId;
    return {
      id: `${connection}|${key}`,
      checkId: result.checkId,
      severity,
      verdict: result.verdict,
      reason: toReason(result.reason, reasons),
      subject: {
        kind: result.subjectKind,
        connection,
        id: result.subjectId,
        ...(isAccount ? nameOf(account) : {}),
        // An account is not the title of its membership or access.
        ...(!accountId && subjectOf(resource)),
      },
      person: account?.person?.ref,
      ...(accountId &&
        !isAccount && {
          account: {
            connection,
            accountId,
            name: account?.name,
            entityRef: account?.entityRef,
          },
        }),
      ...(resource && { resource }),
      facts: toFacts(finding, this.#nameInFact),
      ...life,
      ...(exception && { exception }),
      revision,
    };
  }
}

/** What a result is about; of a policy without one page it is the policy itself. */
function refOf({ result }: FindingRecord): string | undefined {
  const { resource, subjectKind, subjectId } = result;
  const own = subjectKind === 'policy' ? `policy:${subjectId}` : undefined;
  return resource ?? own;
}

function withPolicy(resource: Resource, titles: Map<string, string>): Resource {
  const id = resource.ref.replace(/^policy:/, '');
  return resource.kind === 'policy'
    ? { ...resource, title: titles.get(id) ?? resource.title }
    : resource;
}

function nameOf(account: Account | undefined) {
  return { title: account?.name, entityRef: account?.entityRef };
}

function subjectOf(resource: Resource | undefined) {
  return { title: resource?.title, entityRef: resource?.entityRef };
}

/**
 * A fact named `<dataset>.<field>` comes from that dataset, any other from the check itself. Groups,
 * spaces and pages stand with their names, and with their ids where no name is known.
 */
function toFacts(
  { connection, result: { facts, checkId } }: FindingRecord,
  nameInFact: NameInFact,
): Finding['facts'] {
  return Object.entries(facts).map(([fact, value]) => {
    const dot = fact.indexOf('.');
    const values = Array.isArray(value) ? value : [value];
    return {
      name: fact.slice(dot + 1),
      value: values
        .map(each => nameInFact(connection, fact, each) ?? inWords(each))
        .join(', '),
      source: dot > 0 ? fact.slice(0, dot) : checkId,
    };
  });
}

function inWords(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value) ?? '';
}
