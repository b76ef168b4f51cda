/** What the tests use of mocha and chai. */
declare function describe(what: string, tests: () => void): void;
declare function it(what: string, test: () => void): void;
declare module "chai" {
  export const assert: {
    equal<T>(found: T, expected: T, message?: string): void;
    deepEqual<T>(found: T, expected: T, message?: string): void;
    isAtLeast(found: number, least: number): void;
    isAtMost(found: number, most: number): void;
  };
}
