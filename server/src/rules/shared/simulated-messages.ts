/**
 * What is said of a statement that a database refuses, by the operation that it belongs to; what the database answers
 * stands behind it. `upgrade-released` is an upgrade from versions that archives are known of. With `-alone` where it is about a table that neither the package nor the framework makes, with `-on` where it is not so on all databases that were tried, with `-likely` where it rests on
 * tables of which only the present `DatabaseInstall` tells.
 */
export const failureMessages = {
  install: "This {element} fails in installations.",
  "install-on": "This {element} fails in installations on {databases}.",
  "install-alone": "This {element} fails in installations, unless another package has made its table.",
  "install-alone-on":
    "This {element} fails in installations on {databases}, unless another package has made its table.",
  upgrade: "This {element} fails in upgrades from below {version}.",
  "upgrade-on": "This {element} fails in upgrades from below {version} on {databases}.",
  "upgrade-between": "This {element} fails in upgrades from {since} on and below {version}.",
  "upgrade-between-on":
    "This {element} fails in upgrades from {since} on and below {version}, on {databases}.",
  "upgrade-likely":
    "This {element} most likely fails in upgrades from below {version}, which is not sure, because it depends on what older versions have made.",
  "upgrade-likely-on":
    "This {element} most likely fails in upgrades from below {version} on {databases}, which is not sure, because it depends on what older versions have made.",
  "upgrade-released": "This {element} fails in upgrades from what was released as {version}.",
  "upgrade-released-on":
    "This {element} fails in upgrades from what was released as {version}, on {databases}.",
  again: "This {element} fails when the package is installed again after it was uninstalled.",
  "again-on":
    "This {element} fails when the package is installed again after it was uninstalled, on {databases}.",
  uninstall: "This {element} fails in uninstallations.",
  "uninstall-on": "This {element} fails in uninstallations on {databases}.",
} as const;

export type FailureVariant = keyof typeof failureMessages;

/** The same of a statement that the framework sends in a way in which nobody hears of its failure. */
export const silenceMessages: Readonly<Record<FailureVariant, string>> = {
  install: "This {element} makes nothing in installations, without a word in any log.",
  "install-on": "This {element} makes nothing in installations on {databases}, without a word in any log.",
  "install-alone":
    "This {element} makes nothing in installations, unless another package has made its table.",
  "install-alone-on":
    "This {element} makes nothing in installations on {databases}, unless another package has made its table.",
  upgrade: "This {element} makes nothing in upgrades from below {version}, without a word in any log.",
  "upgrade-on":
    "This {element} makes nothing in upgrades from below {version} on {databases}, without a word in any log.",
  "upgrade-between":
    "This {element} makes nothing in upgrades from {since} on and below {version}, without a word in any log.",
  "upgrade-between-on":
    "This {element} makes nothing in upgrades from {since} on and below {version} on {databases}, without a word in any log.",
  "upgrade-likely":
    "This {element} most likely makes nothing in upgrades from below {version}, which is not sure, because it depends on what older versions have made.",
  "upgrade-likely-on":
    "This {element} most likely makes nothing in upgrades from below {version} on {databases}, which is not sure, because it depends on what older versions have made.",
  "upgrade-released":
    "This {element} makes nothing in upgrades from what was released as {version}, without a word in any log.",
  "upgrade-released-on":
    "This {element} makes nothing in upgrades from what was released as {version}, on {databases}, without a word in any log.",
  again: "This {element} makes nothing when the package is installed again after it was uninstalled.",
  "again-on":
    "This {element} makes nothing when the package is installed again after it was uninstalled, on {databases}.",
  uninstall: "This {element} makes nothing in uninstallations, without a word in any log.",
  "uninstall-on":
    "This {element} makes nothing in uninstallations on {databases}, without a word in any log.",
};
