// SPDX-License-Identifier: Apache-2.0
import { NotFoundError } from '@backstage/errors';
import type {
  ComplianceConfig,
  PageRule,
  PolicyConfig,
  StructureRule,
} from '../config';
import type { Lookups, NamedPage, NamedSpace, Revision } from '../history';
import type { Acknowledgements } from './Acknowledgements';
import type { ApprovalRows } from './ApprovalRows';
import type { FoundStructure, StructureRows } from './StructureRows';

/** A required policy and the pages that its rule finds. */
export interface PolicyState extends PolicyConfig {
  /** How its page is found, in words. */
  rule: string;
  /** Whatever their status; at most a hundred. */
  pages: NamedPage[];
  /** The space that the rule names, where it names one that is known. */
  space?: NamedSpace;
}

export interface PoliciesOptions {
  config: Pick<ComplianceConfig, 'policies'>;
  lookups: Lookups;
  approvals: ApprovalRows;
  /** Default: no text was read. */
  structures?: StructureRows;
  /** Default: no policy concerns anybody. */
  acknowledgements?: Pick<Acknowledgements, 'numbersOf'>;
}

/** The documents that the organization must have. */
export class Policies {
  readonly #config: PoliciesOptions['config'];
  readonly #lookups: Lookups;
  readonly #structures?: StructureRows;
  readonly #acknowledgements?: PoliciesOptions['acknowledgements'];
  /** What was approved of their pages; it is about now. */
  readonly approvals: Pick<ApprovalRows, 'list' | 'newest'>;

  static create(options: PoliciesOptions): Policies {
    return new Policies(options);
  }

  private constructor(options: PoliciesOptions) {
    const { config, lookups, approvals, structures } = options;
    this.#structures = structures;
    this.#acknowledgements = options.acknowledgements;
    this.approvals = approvals;
    this.#config = config;
    this.#lookups = lookups;
  }

  /** Ids of the connections that must have one. */
  connections(): string[] {
    return [
      ...new Set(this.#config.policies.map(({ connection }) => connection)),
    ];
  }

  /** What is looked for in the text of a policy. */
  ruleOf({ structure }: PolicyConfig): StructureRule {
    return structure ?? { headings: [], placeholders: [] };
  }

  /** What was found in the text of one of its pages; it is about now. */
  async structureOf(
    policy: PolicyConfig,
    pageId: string,
  ): Promise<FoundStructure | undefined> {
    const { id, connection } = policy;
    const page = { policy: id, connection, pageId };
    return this.#structures?.get(page, this.ruleOf(policy));
  }

  /** How many have acknowledged it; undefined where it concerns nobody. It is about now. */
  async acknowledgedOf(policy: PolicyState) {
    return this.#acknowledgements?.numbersOf(policy);
  }

  /** Title of a policy; undefined when the configuration has none of this id. */
  titleOf(id: string): string | undefined {
    return this.#config.policies.find(policy => policy.id === id)?.title;
  }

  /** One of them as it stands; a NotFoundError when the configuration has none of this id. */
  async get(id: string, revision: Revision): Promise<PolicyState> {
    const found = (await this.list({ revision })).find(each => each.id === id);
    if (!found) {
      throw new NotFoundError(
        `There is no policy '${id}': confluenceCompliance.policies.required names them`,
      );
    }
    return found;
  }

  /** All of them in the order of the configuration. */
  async list(options: {
    revision: Revision;
    /** Default all. */
    connections?: string[];
  }): Promise<PolicyState[]> {
    const { revision, connections = this.connections() } = options;
    const states: PolicyState[] = [];
    for (const policy of this.#config.policies) {
      const { connection, page } = policy;
      if (connections.includes(connection)) {
        states.push({
          ...policy,
          rule: inWords(page),
          pages: await this.#lookups.pages(connection, page, revision),
          space:
            page.by === 'title'
              ? await this.#lookups.space(connection, page.space, revision)
              : undefined,
        });
      }
    }
    return states;
  }
}

function inWords(page: PageRule): string {
  switch (page.by) {
    case 'id':
      return `The page with the id ${page.id}`;
    case 'label':
      return `The page with the label ${page.label}`;
    default:
      return `The page '${page.title}' in the space ${page.space}`;
  }
}
