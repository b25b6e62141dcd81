export { fakeEngine } from "./testing/fake-engine.ts";
export { fromHttp, type HttpSource, ok, startHttpSource, status } from "./testing/http-source.ts";
export { textList } from "./testing/text-list.ts";
