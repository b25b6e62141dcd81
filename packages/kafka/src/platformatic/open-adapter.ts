export { openAdmin } from "./admin.ts";
export { openProducer } from "./producer.ts";
export { openReader } from "./reader.ts";
export { openSession } from "./session.ts";
export { openTransactionalProducer } from "./transactional-producer.ts";
export { permissions } from "./permissions.ts";
