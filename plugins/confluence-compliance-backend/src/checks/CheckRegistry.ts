// SPDX-License-Identifier: Apache-2.0
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { ConfluenceCheck } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { HumanDuration } from '@backstage/types';
import { z } from 'zod';
import type { CheckConfig } from '../config';
import { builtinChecks } from './builtin';

/** Checks that bring their own id keep to this, so that it fits keys, routes and config. */
const ID = /^[a-z0-9]+([.-][a-z0-9]+)*$/;

/** A check together with how often it runs, and with which parameters. */
export interface RegisteredCheck {
  check: ConfluenceCheck;
  every: HumanDuration;
  parameters: Record<string, unknown>;
}

/** All checks there are: our own, and those that modules add. */
export class CheckRegistry {
  readonly #checks = new Map<string, ConfluenceCheck>();

  /** With the built-in checks already in it, or only with these. */
  static create(checks: ConfluenceCheck[] = builtinChecks): CheckRegistry {
    const registry = new CheckRegistry();
    registry.add(...checks);
    return registry;
  }

  /**
   * Throws a ConflictError when a check of the same id is there, an InputError for a bad id or for a
   * parameter named `schedule`.
   */
  add<S extends z.ZodType>(...checks: ConfluenceCheck<S>[]): void {
    for (const check of checks) {
      if (!ID.test(check.id) || check.id.length > 100) {
        throw new InputError(
          `The check id '${check.id}' must be words of a-z and 0-9 joined by dots or dashes, at most 100 characters`,
        );
      }
      if (this.#checks.has(check.id)) {
        throw new ConflictError(
          `A check '${check.id}' is already there: choose another id`,
        );
      }
      if (
        check.parameters instanceof z.ZodObject &&
        'schedule' in check.parameters.shape
      ) {
        throw new InputError(
          `The parameter 'schedule' of the check ${check.id} is how often every check runs: choose another name`,
        );
      }
      // What a check is evaluated with always comes from its own schema.
      this.#checks.set(check.id, check as ConfluenceCheck);
    }
  }

  /**
   * All checks with their schedules and parameters from the configuration; those without a schedule run
   * `every` so long. Throws an InputError of one line that names the key: a check that does not exist, or
   * a parameter that does not fit.
   */
  configure(
    config: Record<string, CheckConfig>,
    every: HumanDuration,
  ): Map<string, RegisteredCheck> {
    for (const id of Object.keys(config)) {
      if (!this.#checks.has(id)) {
        throw new InputError(
          `confluenceCompliance.checks.${id} names no check: use one of ${[
            ...this.#checks.keys(),
          ].join(', ')}`,
        );
      }
    }
    return new Map(
      [...this.#checks].map(([id, check]) => {
        const { schedule = every, ...values } = config[id] ?? {};
        const parameters = parametersOf(check, values);
        return [id, { check, every: schedule, parameters }];
      }),
    );
  }
}

function parametersOf(
  check: ConfluenceCheck,
  values: Record<string, unknown>,
): Record<string, unknown> {
  const parsed = check.parameters.safeParse(values);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : [];
    const path = ['confluenceCompliance.checks', check.id]
      .concat(issue.path.map(String), unknown)
      .join('.');
    throw new InputError(`${path}: ${issue.message}`);
  }
  return parsed.data as Record<string, unknown>;
}

/** The check of an id; an unknown one is a NotFoundError. */
export function checkOf(
  checks: Map<string, RegisteredCheck>,
  id: string,
): RegisteredCheck {
  const found = checks.get(id);
  if (!found) {
    throw new NotFoundError(`There is no check '${id}'`);
  }
  return found;
}

/** Whether runs judge it: by what is read, or by what people attested. */
export function isRunnable({ check }: RegisteredCheck): boolean {
  return check.state !== 'later';
}

/** Those of some checks that runs judge. */
export function runnableOf(
  checks: Map<string, RegisteredCheck>,
): RegisteredCheck[] {
  return [...checks.values()].filter(isRunnable);
}
