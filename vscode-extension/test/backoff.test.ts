import assert from "node:assert/strict";
import { test } from "node:test";

import { Backoff } from "../src/backoff";

test("each start waits longer, and after five ends there is none", () => {
    const backoff = new Backoff();
    const waits = [0, 1, 2, 3, 4, 5, 6].map((second) => backoff.next(second * 1_000));
    assert.deepEqual(waits, [0, 1_000, 2_000, 4_000, 8_000, undefined, undefined]);
});

test("ends long ago do not count", () => {
    const backoff = new Backoff();
    assert.equal(backoff.next(0), 0);
    assert.equal(backoff.next(179_999), 1_000);
    assert.equal(backoff.next(180_000), 1_000);
    assert.equal(backoff.next(1_000_000), 0);
});

test("who asks for a start begins anew", () => {
    const backoff = new Backoff();
    backoff.next(0);
    backoff.forget();
    assert.equal(backoff.next(1), 0);
});
