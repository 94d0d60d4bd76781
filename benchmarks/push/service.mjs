// The push service that the bench sends to: reads each message whole and answers 201; under /late/ after 30 ms.
// HTTP/2 for whoever asks for it, else HTTP/1.1. Arguments: key, certificate. Prints its port.
import { readFileSync } from "node:fs";
import { createSecureServer } from "node:http2";

const [key, cert] = process.argv.slice(2, 4).map((file) => readFileSync(file));
const server = createSecureServer({ key, cert, allowHTTP1: true });
server.on("request", (request, response) => {
  const answer = () => {
    response.writeHead(201);
    response.end();
  };
  request.resume();
  request.on("end", () => (request.url.startsWith("/late/") ? setTimeout(answer, 30) : answer()));
});
server.listen(0, "127.0.0.1", 4096, () => console.log(server.address().port));
