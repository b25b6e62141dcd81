import { tryAdapter } from "./try-adapter.ts";

tryAdapter("platformatic");
