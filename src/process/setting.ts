/** What a user may set in the environment: the run that notebooks are about, the folder that holds data sets. */
export type SettingName = "SAFELAB_RUN" | "SAFELAB_DATA";

/** The value of a setting; `undefined` where it is not set, or set to nothing. */
export function setting(name: SettingName): string | undefined {
  const value = process.env[name];
  return value === "" ? undefined : value;
}
