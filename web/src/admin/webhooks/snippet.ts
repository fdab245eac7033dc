/** A receiver that verifies what comes, to copy and run: Node alone, and the small package `standardwebhooks`. */
export const receiverSnippet = `import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks'; // npm install standardwebhooks

const webhook = new Webhook(process.env.WEBHOOK_SECRET);

createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  try {
    // The body as it came: parse it only after it is verified.
    const event = webhook.verify(Buffer.concat(parts).toString(), request.headers);
    console.log(request.headers['webhook-id'], event.type, event.data);
    response.writeHead(204).end();
  } catch {
    response.writeHead(401).end();
  }
}).listen(process.env.PORT ?? 3000);
`;
