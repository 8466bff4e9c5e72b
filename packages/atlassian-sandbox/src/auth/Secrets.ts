// SPDX-License-Identifier: Apache-2.0
import { digest } from '../world/ids';

/** Makes secrets; every one it ever made stays listed, so that tests can look for leaks. */
export class Secrets {
  readonly #seed: number;
  readonly #issued: string[] = [];

  constructor(seed: number) {
    this.#seed = seed;
  }

  issue(kind: string): string {
    const secret = `sandbox-${kind}-${digest(
      `${this.#seed}:${kind}:${this.#issued.length}`,
    ).slice(0, 40)}`;
    this.#issued.push(secret);
    return secret;
  }

  /** Every secret issued so far, ended ones included. */
  list(): string[] {
    return [...this.#issued];
  }
}
