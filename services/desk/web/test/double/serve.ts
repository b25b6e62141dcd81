import { startDeskDouble } from "./desk-double.ts";
import { password } from "./people.ts";

/** To look at the page without a service: `tools/with-node services/desk/web/test/double/serve.ts`. */
const { url } = await startDeskDouble();
console.log(`${url} as hanna, omar, chen, auditor or admin; password: ${password}`);
