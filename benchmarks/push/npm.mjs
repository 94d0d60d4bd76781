// npm web-push, 32 at a time over connections that are kept. Standard input: what to send, as JSON. Prints seconds.
import { readFileSync } from "node:fs";
import { Agent } from "node:https";
import { createRequire } from "node:module";

const webpush = createRequire(process.argv[2] + "/package.json")("web-push");
const { ca, subscriptions, body, publicKey, privateKey, contact } = JSON.parse(readFileSync(0, "utf8"));
const options = {
  agent: new Agent({ keepAlive: true, ca, maxSockets: 32 }),
  vapidDetails: { subject: contact, publicKey, privateKey },
  TTL: 3600,
  urgency: "high",
  topic: "a".repeat(32),
};
const queue = [...subscriptions];
const begun = performance.now();
await Promise.all(
  Array.from({ length: 32 }, async () => {
    for (let next = queue.pop(); next; next = queue.pop()) await webpush.sendNotification(next, body, options);
  }),
);
console.log((performance.now() - begun) / 1000);
process.exit(0);
