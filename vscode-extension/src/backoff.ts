// How soon a server that ended by itself is started again.

/** Earlier ends than this are forgotten. */
const MEMORY = 180_000;

/** Milliseconds before each start. Behind the last one nothing is tried any more. */
const DELAYS = [0, 1_000, 2_000, 4_000, 8_000];

export class Backoff {
    #ends: number[] = [];

    /** Notes an end and tells the milliseconds to wait, or `undefined` where it has ended too often. */
    next(now: number): number | undefined {
        this.#ends = [...this.#ends.filter((end) => now - end < MEMORY), now];
        return DELAYS[this.#ends.length - 1];
    }

    forget(): void {
        this.#ends = [];
    }
}
