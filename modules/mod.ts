/**
 * The modules that answer requests, in the order in which they are asked.
 *
 * `WebServer` answers every path and stays last.
 *
 * @module
 */
import type { ModuleFactory } from "../core/module.ts";
import { appServer } from "./app_server/mod.ts";
import { authServer } from "./auth_server/mod.ts";
import { benchModules } from "./bench/mod.ts";
import { webServer } from "./web_server/mod.ts";

/** Every module of the program; the configuration decides which of them run. */
export const moduleFactories: ModuleFactory[] = [
  ...benchModules(),
  authServer,
  appServer,
  webServer,
];
