export const LOG_LEVELS = ["debug", "info", "warning", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What the environment decides. */
export interface Settings {
  readonly port: number;
  readonly logLevel: LogLevel;
  readonly shutdownDelaySeconds: number;
  readonly shutdownTimeoutSeconds: number;
  {{? database }}readonly databaseUrl: string;
  {{? database }}readonly databasePoolSize: number;
}

/** Says in one line everything that is wrong with the environment; never a value that may be secret. */
export class SettingsError extends Error {}

/** Reads the environment variables and checks all of them. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const problems: string[] = [];

  function integer(name: string, fallback: number, minimum: number, maximum: number): number {
    const text = environment[name] ?? "";
    const value = text === "" ? fallback : /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (!(value >= minimum && value <= maximum)) {
      problems.push(`${name} must be a whole number from ${String(minimum)} to ${String(maximum)}`);
    }
    return value;
  }

  function level(name: string): LogLevel {
    const text = environment[name]?.toLowerCase() ?? "";
    const value = LOG_LEVELS.find((known) => known === text);
    if (value === undefined && text !== "") {
      problems.push(`${name} must be one of ${LOG_LEVELS.join(", ")}`);
    }
    return value ?? "info";
  }
{{? database }}
  {{? database }}function postgres(name: string): string {
    {{? database }}const text = environment[name] ?? "";
    {{? database }}if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) {
      {{? database }}problems.push(`${name} must be a URL such as postgresql://user:password@host:5432/name`);
    {{? database }}}
    {{? database }}return text;
  {{? database }}}

  const settings: Settings = {
    port: integer("PORT", {{ parameters.port }}, 1, 65535),
    logLevel: level("LOG_LEVEL"),
    shutdownDelaySeconds: integer("SHUTDOWN_DELAY_SECONDS", 0, 0, 300),
    shutdownTimeoutSeconds: integer("SHUTDOWN_TIMEOUT_SECONDS", 20, 1, 300),
    {{? database }}databaseUrl: postgres("DATABASE_URL"),
    {{? database }}databasePoolSize: integer("DATABASE_POOL_SIZE", 10, 1, 100),
  };
  if (problems.length > 0) {
    throw new SettingsError(problems.join("; "));
  }
  return settings;
}
