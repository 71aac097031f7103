// Decides when a server that exited unexpectedly is restarted.

/** Milliseconds after which an exit no longer counts. */
const MEMORY = 180_000;

/** Milliseconds before each restart. After the last one, the server is not restarted. */
const DELAYS = [0, 1_000, 2_000, 4_000, 8_000];

export class Backoff {
    #ends: number[] = [];

    /** Records an exit. Returns the milliseconds to wait, or `undefined` after too many exits. */
    next(now: number): number | undefined {
        this.#ends = [...this.#ends.filter((end) => now - end < MEMORY), now];
        return DELAYS[this.#ends.length - 1];
    }

    forget(): void {
        this.#ends = [];
    }
}
